"""Tables handed in: what is accepted, and that every fault of a file is told by row, column and remedy."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from extractors.report import Quantity
from flows.grammar import HouseGrammar
from warehouse.errors import TableFileError
from warehouse.handed_in.kinds import handed_in_words
from warehouse.handed_in.reading import HandedInTable, read_handed_in

EXAMPLES = Path(__file__).parents[3] / "docs" / "handed-in"


def read(path: Path, kind: str = "approved_budgets", year: int | None = None) -> HandedInTable:
    return read_handed_in(path, kind, year, HouseGrammar())


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "表.csv"
    path.write_bytes(text.encode(encoding))
    return path


def faults(path: Path, kind: str = "approved_budgets", year: int | None = None) -> tuple[str, ...]:
    with pytest.raises(TableFileError) as error:
        read(path, kind, year)
    assert all(fault in str(error.value) for fault in error.value.faults)
    return error.value.faults


@pytest.mark.parametrize("kind", list(handed_in_words().kinds))
def test_the_example_of_the_documentation_is_accepted(kind: str) -> None:
    table = read(EXAMPLES / f"{kind}.csv", kind)
    assert table.rows
    assert table.years


@pytest.mark.parametrize("kind", list(handed_in_words().kinds))
def test_every_first_title_stands_in_the_documentation(kind: str) -> None:
    page = (EXAMPLES.parent / "handed-in.md").read_text("utf-8")
    for column in handed_in_words().kinds[kind].columns.values():
        assert column.titles[0] in page


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_the_encodings_people_save(tmp_path: Path, encoding: str) -> None:
    text = "单位名称,年度,年初预算数（万元）\n甲局,2024年,1234.50\n"
    (row,) = read(write(tmp_path, text, encoding)).rows
    assert row["initial_budget_yuan"] == Decimal("12345000")
    assert row["money_step_yuan"] == Decimal(100)
    assert (row["fiscal_year"], row["item"]) == (2024, "total")


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("单位名称,年度,年初预算数（元）\n甲局,2024,100\n", 100),
        ("单位名称,年度,年初预算数(单位：千元)\n甲局,2024,100\n", 100_000),
        ("单位名称,年度,年初预算数,金额单位\n甲局,2024,100,亿元\n", 10_000_000_000),
        ("2024年预算,,单位：万元\n单位名称,年度,年初预算数\n甲局,2024,100\n", 1_000_000),
        ("单位名称,年度,年初预算数\n甲局,2024,100万元\n", 1_000_000),
        ("单位名称,年度,年初预算数（元）\n甲局,2024,100万元\n", 1_000_000),
        ('单位名称,年度,年初预算数（元）\n甲局,2024,"56,306,300.00"\n', 56_306_300),
    ],
)
def test_the_money_unit_is_said_by_heading_column_line_above_or_cell(
    tmp_path: Path, text: str, yuan: int
) -> None:
    (row,) = read(write(tmp_path, text)).rows
    assert row["initial_budget_yuan"] == yuan


def test_a_money_unit_is_never_guessed(tmp_path: Path) -> None:
    text = "单位名称,年度,年初预算数,调整后预算数（万元）\n甲局,2024,100,100\n乙局,2024,200,200\n"
    (fault,) = faults(write(tmp_path, text))
    assert "第2行C列「年初预算数」没有写明金额单位" in fault
    assert "年初预算数（万元）" in fault


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("单位：元,,单位：万元\n单位名称,年度,年初预算数\n甲局,2024,1\n", "多个金额单位"),
        (
            "单位：元,,\n单位名称,年度,年初预算数（万元）\n甲局,2024,1\n",
            "「单位：元」，C列表头写「年初预算数（万元）」",
        ),
        ("单位名称,年度,年初预算数（元）,金额单位\n甲局,2024,1,万元\n", "第2行D列「金额单位」为万元"),
        ("单位名称,年度,年初预算数,金额单位\n甲局,2024,1,美元\n", "第2行D列「金额单位」「美元」不是金额单位"),
        ("单位名称,年度,年初预算数（元）,年初预算（万元）\n甲局,2024,1,1\n", "第C、D列都可作「年初预算数」"),
        ("单位名称,年度,备注\n甲局,2024,1\n", "缺少金额列"),
        ("单位名称,年初预算数（元）\n甲局,1\n", "没有「年度」列"),
        ("单位名称,年度,年初预算数（元）\n", "没有任何一行"),
        ("姓名,电话\n张三,1\n", "找不到表头"),
        ("单位名称,年度,年初预算数（元）\n甲局,2024,99999999999999999999\n", "过大"),
    ],
)
def test_what_contradicts_or_is_missing_is_told(tmp_path: Path, text: str, said: str) -> None:
    assert any(said in fault for fault in faults(write(tmp_path, text)))


def test_every_fault_of_a_file_is_listed(tmp_path: Path) -> None:
    lines = [f"单位{n},去年,十二,1\n" for n in range(3, 60)]
    text = (
        "单位名称,年度,年初预算数（元）,调整后预算数（元）\n,2024,1,1\n"
        + "".join(lines)
        + "单位3,2024,1,1\n单位3,2024,1,1\n"
    )
    listed = faults(write(tmp_path, text))
    assert len(listed) == 1 + 2 * len(lines) + 1
    assert "第2行A列「单位名称」为空" in listed[0]
    assert "第3行B列「年度」「去年」不是年度，应写作 2024" in listed[1]
    assert "第3行C列「年初预算数（元）」「十二」不是金额" in listed[2]
    assert "第61行与第60行重复（单位3、2024、合计）" in listed[-1]


def test_totals_and_notes_around_the_table_are_no_rows(tmp_path: Path) -> None:
    text = (
        "2024年度部门预算批复表,,\n单位名称,年度,年初预算数（万元）\n甲局,2024,1\n乙局,2024,—\n合 计,,1\n"
        "注：本表不含上年结转,,\n填表人：某某,,\n"
    )
    first, second = read(write(tmp_path, text)).rows
    assert (first["unit_name"], second["unit_name"]) == ("甲局", "乙局")
    assert second["initial_budget_yuan"] is None


def test_headings_between_rows_headers_repeated_and_numbered_columns_are_no_rows(tmp_path: Path) -> None:
    header = "序号,单位名称,资金项目,年初预算数（万元）\n"
    text = (
        f"{header}甲,乙,丙,1\n一、行政单位,,,\n1,甲局,合计,1\n小计,,,1\n{header}二、事业单位,,,\n2,乙站,合计,2\n"
        "合计,2家,,3\n制表人：某某,,审核：某某,\n"
    )
    assert [row["unit_name"] for row in read(write(tmp_path, text), year=2024).rows] == ["甲局", "乙站"]


@pytest.mark.parametrize(("delimiter", "encoding"), [("\t", "utf-16"), ("\t", "gb18030"), (";", "utf-8")])
def test_other_delimiters_that_excel_writes_are_read(tmp_path: Path, delimiter: str, encoding: str) -> None:
    text = "单位名称,年度,年初预算数（元）\n甲局,2024,1\n".replace(",", delimiter)
    (row,) = read(write(tmp_path, text, encoding)).rows
    assert (row["unit_name"], row["initial_budget_yuan"]) == ("甲局", Decimal(1))


def test_a_merged_name_speaks_for_its_rows_and_a_merged_amount_only_for_the_first(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["批复表", None, None],
        ["单位名称", "资金项目", "年初预算数（万元）"],
        ["甲局", "合计", 10],
        [None, "基本支出", None],
        [None, None, None],
        ["乙局", "合计", 5],
    ):
        sheet.append(row)
    for merged in ("A1:C1", "A3:A5", "C3:C5"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "预算.xlsx")
    rows = read(tmp_path / "预算.xlsx", year=2024).rows
    assert [(row["unit_name"], row["item"], row["initial_budget_yuan"]) for row in rows] == [
        ("甲局", "total", Decimal(100_000)),
        ("甲局", "基本支出", None),
        ("乙局", "total", Decimal(50_000)),
    ]


def test_a_formula_without_its_result_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["单位名称", "年初预算数（元）", "备考"], ["甲局", "=1+2", None], ["乙局", 1, "=B3"]):
        sheet.append(row)
    book.save(tmp_path / "预算.xlsx")
    (fault,) = faults(tmp_path / "预算.xlsx", year=2024)
    assert fault.startswith("第2行B列「年初预算数（元）」是没有计算结果的公式")


def test_a_title_of_another_year_is_not_overruled_by_the_run(tmp_path: Path) -> None:
    text = "2023年部门预算批复表,\n单位名称,年初预算数（元）\n甲局,1\n"
    (fault,) = faults(write(tmp_path, text), year=2024)
    assert fault.startswith("表头上方写的是2023年，本次需要2024年的数据")
    assert read(write(tmp_path, text.replace("2023年部门", "2025年1月10日 部门")), year=2024).years == (2024,)


def test_what_comes_nearest_to_a_header_is_named(tmp_path: Path) -> None:
    (fault,) = faults(write(tmp_path, "批复表,\n机构,年度,年初预算数（元）\n甲局,2024,1\n"))
    assert "第2行最像表头，缺「单位名称」（也可写作 预算单位、" in fault


def test_blank_actuals_of_last_year_are_rows_that_decide_nothing(tmp_path: Path) -> None:
    text = "单位名称,年度,三级指标,上年实际完成值\n甲局,2023,培训人次,\n"
    (row,) = read(write(tmp_path, text), "last_year").rows
    assert isinstance(row["quantity"], Quantity) and row["quantity"].kind == "blank"


def test_the_year_of_the_run_serves_a_table_without_one(tmp_path: Path) -> None:
    text = "单位名称,年初预算数（元）\n甲局,1\n"
    assert read(write(tmp_path, text), year=2023).years == (2023,)


def test_a_workbook_is_read_by_its_content_from_the_sheet_that_has_the_header(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["说明"])
    sheet = book.create_sheet("明细")
    for row in (
        ["2024年度部门预算批复表", None, None, "单位：万元"],
        ["预算单位", "预算年度", "资金性质", "年初预算"],
        ["甲局", 2024, "部门支出合计", 1234.57],
        ["甲局", 2024, "基本支出", 0.1 + 0.2],
    ):
        sheet.append(row)
    path = tmp_path / "批复预算.csv"  # a wrong ending decides nothing
    book.save(tmp_path / "book.xlsx")
    (tmp_path / "book.xlsx").rename(path)
    total, basic = read(path).rows
    assert (total["item"], total["initial_budget_yuan"]) == ("total", Decimal("12345700"))
    assert (basic["item"], basic["initial_budget_yuan"]) == ("基本支出", Decimal(3000))
    assert total["source_row"] == "批复预算.csv 第3行"


def test_an_old_workbook_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "批复.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    (fault,) = faults(path)
    assert "另存为" in fault


def test_targets_are_read_as_reports_are(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["单位名称", "年度", "三级指标", "指标性质", "指标值", "计量单位"],
        ["甲局", 2024, "改造面积", "≥", 2, "万亩"],
        ["甲局", 2024, "合格率", "=", 0.95, None],
        ["甲局", 2024, "保障水平", "定性", "有效提升", None],
        ["甲局", 2024, "到位时间", None, "9月底前", None],
    ):
        sheet.append(row)
    sheet.cell(3, 5).number_format = "0%"
    book.save(tmp_path / "目标.xlsx")
    rows = read(tmp_path / "目标.xlsx", "approved_targets").rows
    quantities = [row["quantity"] for row in rows]
    assert [row["target_text"] for row in rows] == ["≥2万亩", "＝95%", "有效提升", "9月底前"]
    assert [(q.kind, q.value, q.comparator) for q in quantities if isinstance(q, Quantity)] == [
        ("number", 20000, "GE"),
        ("number", Decimal("0.95"), "EQ"),
        ("qualitative", None, None),
        ("date", None, "LE"),
    ]


@pytest.mark.parametrize(
    ("sign", "value", "unit", "said"),
    [
        ("≥", "95%", "%", "≥95%"),
        ("小于等于", "50万元", "万元", "≤50万元"),
        ("＝", "2024年12月底前", "", "2024年12月底前"),
        ("≥", "2-3", "次", "2-3"),
        ("≥", "≥3次", "次", "≥3次"),
    ],
)
def test_a_sign_in_its_own_column_belongs_to_a_figure_with_its_unit(
    tmp_path: Path, sign: str, value: str, unit: str, said: str
) -> None:
    text = f"单位名称,年度,三级指标,指标性质,指标值,计量单位\n甲局,2024,指标,{sign},{value},{unit}\n"
    (row,) = read(write(tmp_path, text), "approved_targets").rows
    assert row["target_text"] == said


def test_an_unknown_sign_is_told(tmp_path: Path) -> None:
    text = "单位名称,年度,三级指标,指标性质,指标值\n甲局,2024,面积,大约,2\n甲局,2024,合格率,≥,\n"
    unknown, empty = faults(write(tmp_path, text), "approved_targets")
    assert "第2行D列「指标性质」「大约」不认识" in unknown
    assert "第3行E列「指标值」为空" in empty
