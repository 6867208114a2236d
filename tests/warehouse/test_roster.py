"""The roster: what is accepted, what is refused in words, and which names mean which unit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import openpyxl
import pytest

from tests.warehouse.filling import add_report, put
from warehouse.errors import TableFileError
from warehouse.roster import load_roster, match_units, read_roster
from warehouse.unit_matching import RosterUnit, UnitMatcher, split_region

GOOD = """单位名称,单位编码,别名,主管部门,地区,归口科室,截止日期,延期至,应报表数
清河县水利局,101,清河县水务局；清河水利,清河县水利局,清河县,农业科,2024-03-31,,1
清河县第一小学,102,,清河县教育局,清河县,教科文科,2024年3月31日,2024/4/10,
"""


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "名册.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_the_encodings_people_save(tmp_path: Path, encoding: str) -> None:
    water, school = read_roster(write(tmp_path, GOOD, encoding))
    assert water.aliases == ("清河县水务局", "清河水利")
    assert (school.deadline, school.extension_until) == (date(2024, 3, 31), date(2024, 4, 10))


def test_an_xlsx_with_a_title_above_the_header_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["2023年度报送单位名册"],
        ["单位名称", "单位编码", "截止日期"],
        ["清河县水利局", 101, date(2024, 3, 31)],
    ):
        sheet.append(row)
    book.save(tmp_path / "名册.xlsx")
    (unit,) = read_roster(tmp_path / "名册.xlsx")
    assert (unit.unit_code, unit.deadline) == ("101", date(2024, 3, 31))


def test_faults_name_row_and_column(tmp_path: Path) -> None:
    text = "单位名称,单位编码,截止日期,延期至,应报表数\n甲局,1,3月底,,\n,2,,,\n乙局,1,2024-03-31,2024-03-01,一\n甲局,3,,,\n"
    with pytest.raises(TableFileError) as error:
        read_roster(write(tmp_path, text))
    words = str(error.value)
    for part in ("第2行C列「截止日期」", "第3行A列「单位名称」为空", "第4行E列「应报表数」「一」不是整数",
                 "第4行D列「延期至」早于截止日期", "第4行B列「单位编码」「1」与第2行重复", "第5行A列「单位名称」「甲局」与第2行重复"):  # fmt: skip
        assert part in words, words


def test_a_roster_as_bureaus_keep_it_is_read(tmp_path: Path) -> None:
    text = (
        "2024年度绩效自评报送名册,,,\n序号,预算单位名称,对口科室,报送截止时间\n1,清河县水利局,农业科,2025年3月31日\n"
        "2,清河县教育局,教科文科,2025-03-31 17:30\n合计,2家,,\n填表人：某某,,审核：某某,\n"
    )
    units = read_roster(write(tmp_path, text, "gb18030"))
    assert [(unit.unit_name, unit.division, unit.deadline) for unit in units] == [
        ("清河县水利局", "农业科", date(2025, 3, 31)),
        ("清河县教育局", "教科文科", date(2025, 3, 31)),
    ]


def test_a_profile_nobody_knows_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "单位名称,计分规则\n甲局,hubei\n乙局,hubai\n")
    with pytest.raises(
        TableFileError, match="第3行B列「计分规则」「hubai」不是计分规则的编号，可用 hubei、national"
    ):
        read_roster(path, {"national", "hubei"})


def test_a_file_without_the_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableFileError, match="单位名称"):
        read_roster(write(tmp_path, "姓名,电话\n张三,1\n"))


def test_a_faulty_roster_leaves_the_former_one(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    assert load_roster(con, write(tmp_path, GOOD)) == 2
    with pytest.raises(TableFileError):
        load_roster(con, write(tmp_path, GOOD.replace("2024-03-31", "下周")))
    assert con.execute("SELECT count(*) FROM raw.roster").fetchone() == (2,)


ROSTER = [
    RosterUnit("清河县水利局", "清河县", "101", ["清河县水务局"]),
    RosterUnit("清河县第一小学", "清河县"),
    RosterUnit("清河县第二小学", "清河县"),
    RosterUnit("清河县自然资源和规划局", "清河县"),
    RosterUnit("安平县水利局", "安平县"),
    RosterUnit("财政局", "清河县"),
    RosterUnit("财政局", "安平县"),
    RosterUnit("清河县退役军人事务管理服务中心", "清河县"),
]


@pytest.mark.parametrize(
    ("name", "code", "region", "unit", "how"),
    [
        ("清河县水利局", None, None, "清河县水利局", "exact"),
        ("某某局", "101", None, "清河县水利局", "code"),
        ("清河县水务局", None, None, "清河县水利局", "alias"),
        ("清河县 水利局", None, None, "清河县水利局", "normalised"),
        ("财政局", None, "安平县", "财政局", "exact"),
        ("清河县退役军人事务管理服务中心站", None, None, "清河县退役军人事务管理服务中心", "fuzzy"),
    ],
)
def test_names_that_mean_a_unit(name: str, code: str | None, region: str | None, unit: str, how: str) -> None:
    match = UnitMatcher(ROSTER).match(name, code, region)
    assert match and (match.unit.name, match.how) == (unit, how)
    assert region is None or match.unit.region == region


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("清河县第三小学", None),  # a sister unit that is not on the roster
        ("财政局", None),  # two of them
        ("水利局", "永宁县"),
        ("永宁县水利局", None),
        ("清河县林业局", None),
        (None, None),
    ],
)
def test_doubtful_names_stay_unmatched(name: str | None, region: str | None) -> None:
    assert UnitMatcher(ROSTER).match(name, None, region) is None


def test_a_path_gives_the_unit_only_when_it_names_one() -> None:
    matcher = UnitMatcher(ROSTER)
    match = matcher.match_path("收件/清河县水利局/自评报告.doc")
    assert match and match.unit.code == "101"
    assert matcher.match_path("清河县水利局、安平县水利局汇总.doc") is None


def test_the_region_is_split_from_the_bureau() -> None:
    assert split_region("江南省清河市安平县自然资源局") == ("江南省清河市安平县", "自然资源局")
    assert split_region("市场监督管理局") == ("", "市场监督管理局")


def test_matches_fill_unit_region_and_division(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    load_roster(con, write(tmp_path, GOOD))
    add_report(con, "a", "清河县水务局")
    put(
        con,
        "raw.submissions",
        submission_id="b",
        file_path="清河县第一小学.pdf",
        outcome="unreadable",
        sha256="b",
    )
    assert match_units(con) == 2
    assert con.execute("SELECT unit_name, printed_unit_name, unit_code, region, division FROM out.reports").fetchone() == (
        "清河县水利局", "清河县水务局", "101", "清河县", "农业科",
    )  # fmt: skip
    states = con.execute("SELECT unit_name, state FROM out.coverage_units ORDER BY unit_code").fetchall()
    assert states == [("清河县水利局", "received"), ("清河县第一小学", "unreadable")]
