"""A budget header with nothing below it before the indicators begin."""

from __future__ import annotations

from extractors.document import Cell, Document, Location, Table
from extractors.forms import recognise
from tests.extractors.forms.builders import document, table

ROWS = (
    ("项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
    ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"),
    ("产出指标", "数量指标", "维修渠道（公里）", "≥20", "22", "50", "50"),
    ("效益指标", "社会效益", "受益人口（人）", "≥900", "950", "50", "50"),
)


def test_the_indicators_are_read_all_the_same() -> None:
    cells = tuple(
        Cell(row, column, text, location=Location(table=1, row=row, column=column))
        for row, texts in enumerate(ROWS)
        for column, text in enumerate(texts)
    )
    document = Document((Table(cells, 4, 7, Location(table=1)),), format="docx", reader="docx")
    (report,) = recognise(document, "自评表")
    assert len(report.indicators) == 2
    assert report.budget_lines == ()


def test_a_bare_budget_beside_the_changed_one_is_the_initial_one() -> None:
    report = recognise(
        document(
            "甲县某某局2024年度部门整体支出绩效自评表",
            table(
                "资金来源 | 预算数 | 全年预算数 | 执行数 | 分值 | 执行率 | 得分",
                "年度资金总额 | 6120.00 | 6380.00 | 6188.60 | 10 | 97.00% | 9.70",
                "其中：财政拨款 | 6120.00 | 6380.00 | 6188.60 | | |",
                "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分",
                "产出指标 | 数量指标 | 培训人数 | ≥50人 | 52人 | 50 | 50",
                "效益指标 | 社会效益指标 | 受益群众人数 | ≥300人 | 310人 | 40 | 40",
            ),
        ),
        "自评表.docx",
    )[0]
    total = next(line for line in report.budget_lines if line.is_total)
    texts = {name: cell.text for name, cell in total.cells.items()}
    assert (texts["initial_budget"], texts["adjusted_budget"]) == ("6120.00", "6380.00")
