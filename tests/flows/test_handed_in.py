"""Tables beside the reports, from the file a bureau hands in to the finding a reviewer reads."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from flows.errors import WrongUsageError
from flows.handed_in import HandedIn
from flows.home import Home
from flows.settings import Settings
from tests.flows.running import AS_OF, command, run
from tests.flows.self_evaluation import write_self_evaluation

EXAMPLES = Path(__file__).parents[2] / "docs" / "handed-in"
NEED_A_TABLE = ("FUN-09", "FUN-10", "XDC-01", "XDC-03", "YOY-01", "PUB-02")


def ask(home: Path, sql: str) -> list[tuple]:
    with closing(duckdb.connect(str(home / "published" / "review.duckdb"), read_only=True)) as con:
        return con.execute(sql).fetchall()


def findings(home: Path) -> dict[str, list[tuple]]:
    """Open findings of the checks that need a table: check -> subject, reported, expected, severity."""
    found: dict[str, list[tuple]] = {}
    for check, *rest in ask(
        home,
        "SELECT check_id, subject, reported_value, expected_value, severity FROM out.findings"
        " WHERE state = 'open' AND check_id IN ('FUN-09', 'FUN-10', 'XDC-01', 'XDC-03', 'YOY-01', 'PUB-02') ORDER BY ALL",
    ):
        found.setdefault(check, []).append(tuple(rest))
    return found


def reasons(home: Path) -> dict[str, str]:
    return dict(ask(home, "SELECT check_id, reason FROM out.check_results WHERE answer = 'not_applicable'"))


@pytest.mark.flow
@pytest.mark.timeout(900)
def test_each_table_of_the_documentation_gives_its_findings_and_a_change_judges_again(
    engine: str, tmp_path: Path
) -> None:
    inbox, home = tmp_path / "inbox", tmp_path / "home"
    inbox.mkdir()
    write_self_evaluation(inbox / "清河县水务局2024年度自评.html")

    # Without any table: not applicable, and why.
    run(home, inbox, year=2024)
    told = reasons(home)
    assert {check: told[check] for check in NEED_A_TABLE} == {
        "FUN-09": "未提供部门决算",
        "FUN-10": "未提供批复的预算和绩效目标",
        "XDC-01": "未提供批复的预算和绩效目标",
        "XDC-03": "未提供批复的预算和绩效目标",
        "YOY-01": "库中没有上一年度的自评报告",
        "PUB-02": "库中没有上一年度的自评报告",
    }

    # One table by option, the others from the home. The report writes the unit's former name: the roster knows it.
    (home / "inputs").mkdir()
    for name in ("roster", "approved_targets", "final_accounts", "last_year"):
        shutil.copy(EXAMPLES / f"{name}.csv", home / "inputs")
    tables = HandedIn(approved_budgets=EXAMPLES / "approved_budgets.csv")
    summary = run(home, inbox, year=2024, handed_in=tables)
    assert summary.files == 0
    assert set(summary.why) == {
        "名册有变化",
        "批复预算有变化",
        "批复绩效目标有变化",
        "部门决算有变化",
        "上年数据有变化",
    }
    found = findings(home)
    assert [row[:3] for row in found["FUN-10"]] == [
        ("基本支出（全年预算数）", "720万元", "700万元"),
        ("年度资金总额（全年预算数）", "1260万元", "1240万元"),
    ]
    assert [row[:3] for row in found["FUN-09"]] == [
        ("年度资金总额（全年执行数）", "1197万元", "1195.5万元"),
        ("项目支出（全年执行数）", "482万元", "480.5万元"),
    ]
    assert found["XDC-01"] == [("培训人次", "≥300人次", "≥500人次", "blocker")]
    assert sorted(
        ask(home, "SELECT message, expected_value FROM out.findings WHERE check_id = 'XDC-03'")
    ) == [
        ("与批复的绩效目标相比，多出 1 项指标：宣传活动场次", "无"),
        ("与批复的绩效目标相比，缺少 1 项指标：水库巡查次数", "水库巡查次数 ≥24次"),
    ]
    assert [row[:3] for row in found["YOY-01"]] == [("培训人次", "≥300人次", "480人次")]
    assert "PUB-02" in found
    assert ask(
        home,
        "SELECT kind, fiscal_year, unit_count, units_with_report, len(units_without_report) FROM out.handed_in ORDER BY 1",
    ) == [
        ("approved_budgets", 2024, 2, 1, 1),
        ("approved_targets", 2024, 1, 1, 0),
        ("final_accounts", 2024, 1, 1, 0),
        ("last_year", 2023, 1, 1, 0),
    ]

    # The same again, and without the option: nothing new; what was taken over stays in force.
    assert run(home, inbox, year=2024, handed_in=tables).state == "nothing_new"
    assert run(home, inbox, year=2024).state == "nothing_new"

    # A faulty table and a wrong configuration stop the run before it begins, and say everything at once.
    faulty = tmp_path / "决算.csv"
    faulty.write_text("单位名称,年度,决算数\n清河县水利局,2024,1197\n,去年,1\n", "utf-8")
    (home / "checks.yaml").write_text("checks:\n- {check: PUB-99, severity: minor}\n", "utf-8")
    before = (home / "warehouse.duckdb").read_bytes()
    answer = command(
        *("run", "--inbox", inbox, "--home", home, "--year", "2024", "--as-of", AS_OF.isoformat()),
        *("--final-accounts", faulty),
    )
    assert answer.returncode == 1
    for said in (
        *("「决算.csv」未导入，共 3 处", "第2行C列「决算数」没有写明金额单位", "第3行A列「单位名称」为空"),
        *("第3行B列「年度」「去年」不是年度", "第2行：检查 PUB-99 不在目录里"),
    ):
        assert said in answer.stderr, answer.stderr
    assert (home / "warehouse.duckdb").read_bytes() == before

    # Corrected budgets in the home replace those taken over; the configuration is applied, and both are seen.
    corrected = (EXAMPLES / "approved_budgets.csv").read_text("utf-8")
    corrected = corrected.replace("1240.00", "1260.00").replace("700.00,700.00", "700.00,720.00")
    (home / "inputs" / "批复预算.csv").write_text(corrected, "utf-8")
    shutil.copy(EXAMPLES / "checks.yaml", home / "checks.yaml")
    summary = run(home, inbox, year=2024)
    assert set(summary.why) >= {"批复预算有变化", "检查配置有变化"}
    found = findings(home)
    assert "FUN-10" not in found
    assert found["XDC-01"] == [("培训人次", "≥300人次", "≥500人次", "major")]
    assert "PUB-02" not in found
    assert reasons(home)["PUB-02"] == "按配置停用：本县统一公开结果应用情况，不逐单位核查"
    shown = command("checks", "XDC-01", "--home", home).stdout
    assert "改为 重大 major，2023–2024 年度：目标批复改版的过渡期（第4行）" in shown

    # Taking the configuration away is a change, too.
    (home / "checks.yaml").unlink()
    assert run(home, inbox, year=2024).why == ("检查配置有变化",)
    assert "PUB-02" in findings(home)


def test_an_option_comes_before_a_setting_and_a_setting_before_the_home(tmp_path: Path) -> None:
    home = Home.at(tmp_path)
    home.inputs.mkdir()
    laid = home.inputs / "部门决算.xlsx"
    laid.touch()
    settings = Settings(
        approved_budgets=tmp_path / "set.csv",
        roster=tmp_path / "set-roster.csv",
        calendar=tmp_path / "none.yaml",
    )
    found = HandedIn(roster=tmp_path / "named.csv").completed(home, settings)
    assert found == HandedIn(
        roster=tmp_path / "named.csv", approved_budgets=tmp_path / "set.csv", final_accounts=laid
    )


def test_two_files_of_one_kind_in_the_home_are_refused(tmp_path: Path) -> None:
    home = Home.at(tmp_path)
    home.inputs.mkdir()
    for name in ("approved_budgets.csv", "批复预算.xlsx"):
        (home.inputs / name).touch()
    with pytest.raises(WrongUsageError, match=r"approved_budgets\.csv、批复预算\.xlsx"):
        HandedIn().completed(home, Settings())


def test_the_documentation_names_every_option_setting_and_file_name() -> None:
    from flows.handed_in import ROSTER_NAMES, TITLES
    from warehouse.handed_in.kinds import handed_in_words

    page = (EXAMPLES.parent / "handed-in.md").read_text("utf-8")
    names = {"roster": ROSTER_NAMES[:2]} | {
        kind.name: kind.file_names[:2] for kind in handed_in_words().kinds.values()
    }
    for kind in TITLES:
        assert f"--{kind.replace('_', '-')}" in page
        assert f"JIXIAO_{kind.upper()}" in page
        for name in names.get(kind, ()):
            assert f"`{name}`" in page
