"""Forms in words and shapes that nobody foresaw: headings told by what stands below them, and nothing where that leaves a choice."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.forms import recognise
from extractors.report import Report
from tests.extractors.forms.builders import document, table

BUDGET = ("项目 | 年初预算 | 全年预算 | 全年执行 | 执行率", "资金总额 | 90 | 100 | 96 | 96%")
TITLE = "甲县某某局2024年度部门整体支出绩效自评表"


def read(*rows: str, before: tuple[str, ...] = (TITLE,)) -> Report:
    return recognise(document(*before, table(*rows)), "自评表.docx")[0]


def test_headings_nobody_knows_are_told_by_their_contents() -> None:
    report = read(
        "甲栏 | 乙栏 | 丙栏 | 丁栏 | 戊栏 | 己栏 | 庚栏",
        "产出指标 | 数量指标 | 培训学员人数 | ≥50人 | 52人 | 40 | 40",
        "^ | 质量指标 | 培训合格率 | ≥95% | 93% | 30 | 29",
        "效益指标 | 社会效益指标 | 受益群众人数 | ≥300人 | 310人 | 20 | 20",
        "满意度指标 | 服务对象满意度指标 | 学员满意度 | ≥90% | 91% | 10 | 10",
        "总分 | < | < | < | < | 100 | 99",
    )
    first = report.indicators[1]
    assert (first.name, first.target_text, first.actual_text) == ("培训合格率", "≥95%", "93%")
    assert (first.max_score, first.reported_score) == (Decimal(30), Decimal(29))
    assert (report.max_score_total, report.reported_score_total) == (Decimal(100), Decimal(99))


def test_two_columns_that_could_be_the_scores_are_neither() -> None:
    report = read(
        "一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 甲方 | 乙方",
        "产出指标 | 数量指标 | 培训学员人数 | ≥50人 | 52人 | 40 | 40 | 39",
        "^ | 质量指标 | 培训合格率 | ≥95% | 93% | 30 | 29 | 28",
        "效益指标 | 社会效益指标 | 受益群众人数 | ≥300人 | 310人 | 30 | 30 | 30",
    )
    assert [row.reported_score for row in report.indicators] == [None, None, None]
    assert {unread.text for unread in report.unread} >= {"39", "28"}


def test_money_columns_are_told_by_the_rate_they_keep_to() -> None:
    report = read(
        "渠道 | 甲数 | 乙数 | 丙数 | 使用率",
        "资金总额 | 90 | 100 | 96 | 96.00%",
        "其中：财政拨款 | 70 | 80 | 76 | 95.00%",
        "其他资金 | 20 | 20 | 20 | 100.00%",
        "一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值",
        "产出指标 | 数量指标 | 培训学员人数 | ≥50人 | 52人",
    )
    total = report.budget_lines[0]
    assert (total.adjusted_budget_yuan, total.executed_yuan) == (Decimal(1000000), Decimal(960000))
    assert total.initial_budget_yuan is None  # nothing proves what the first column is


def test_units_in_a_row_below_the_headings() -> None:
    report = read(
        "项目 | 年初预算 | 全年预算 | 全年执行 | 执行率",
        " | （元） | （元） | （元） | （%）",
        "资金总额 | 90 | 100 | 96 | 96",
        "一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值",
        "产出指标 | 数量指标 | 培训学员人数 | ≥50人 | 52人",
    )
    total = report.budget_lines[0]
    assert (total.executed_yuan, total.reported_execution_rate) == (Decimal(96), Decimal("0.96"))


def test_target_and_actual_in_one_cell_are_taken_apart() -> None:
    report = read(
        *BUDGET,
        "一级指标 | 二级指标 | 三级指标 | 目标值／完成值 | 得分/分值",
        "产出指标 | 数量指标 | 培训学员人数 | ≥50人／52人 | 9.5/10",
        "^ | 成本指标 | 户均补助 | ≤5300元/户/5100元/户 | 10/10",
    )
    first, second = report.indicators
    assert (first.target_text, first.actual_text) == ("≥50人", "52人")
    assert (first.max_score, first.reported_score) == (Decimal(10), Decimal("9.5"))
    assert (second.target_text, second.actual_text) == ("≤5300元/户", "5100元/户")


def test_of_columns_of_several_years_the_last_counts() -> None:
    report = read(
        *BUDGET,
        "一级指标 | 二级指标 | 三级指标 | 2023年实际值 | 2024年目标值 | 2024年实际值 | 分值 | 得分",
        "产出指标 | 数量指标 | 培训学员人数 | 48人 | ≥50人 | 52人 | 10 | 10",
    )
    assert report.indicators[0].actual_text == "52人"


def test_a_note_between_the_rows_ends_no_table() -> None:
    report = read(
        *BUDGET,
        "一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分",
        "产出指标 | 数量指标 | 培训学员人数 | ≥50人 | 52人 | 60 | 60",
        "注：以上指标的佐证材料另附。 | < | < | < | < | < | <",
        "效益指标 | 社会效益指标 | 受益群众人数 | ≥300人 | 310人 | 40 | 40",
        "总分 | < | < | < | < | 100 | 100",
    )
    assert [row.name for row in report.indicators] == ["培训学员人数", "受益群众人数"]
    assert report.indicators[1].level1_code == "outcome"


def test_a_heading_over_level_and_name_columns() -> None:
    report = read(
        *BUDGET,
        "绩效指标 | < | < | 指标值 | 完成值 | 分值 | 得分",
        "产出指标 | 数量指标 | 培训学员人数 | ≥50人 | 52人 | 40 | 40",
        "^ | 质量指标 | 培训合格率 | ≥95% | 96% | 30 | 30",
        "效益指标 | 社会效益指标 | 受益群众人数 | ≥300人 | 310人 | 30 | 30",
    )
    first = report.indicators[0]
    assert (first.level1, first.level2, first.name) == ("产出指标", "数量指标", "培训学员人数")


def test_the_level_written_before_the_name() -> None:
    report = read(
        *BUDGET,
        "一级指标 | 二级、三级指标 | 指标值 | 完成值 | 分值 | 得分",
        "产出指标 | 数量指标：培训学员人数 | ≥50人 | 52人 | 60 | 60",
        "产出指标 | 质量指标：培训合格率 | ≥95% | 96% | 20 | 20",
        "效益指标 | 社会效益指标：受益群众人数 | ≥300人 | 310人 | 20 | 20",
    )
    assert [(row.dimension, row.name) for row in report.indicators] == [
        ("quantity", "培训学员人数"),
        ("quality", "培训合格率"),
        ("social", "受益群众人数"),
    ]


def test_labels_above_their_values() -> None:
    report = read(
        "项目名称 | 主管部门 | 实施单位",
        "乡村教师培训 | 甲县教育局 | 甲县教师进修学校",
        "一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值",
        "产出指标 | 数量指标 | 培训学员人数 | ≥50人 | 52人",
        before=("2024年度项目支出绩效自评表",),
    )
    assert (report.project_name, report.unit_name) == ("乡村教师培训", "甲县教师进修学校")


def test_blank_values_beside_labels_are_not_taken_from_the_row_below() -> None:
    report = read(
        "项目名称 |  | 实施单位 | ",
        "主管部门 | 甲县教育局 | 联系人 | 张三",
        *BUDGET,
        "一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值",
        "产出指标 | 数量指标 | 培训学员人数 | ≥50人 | 52人",
        before=("2024年度项目支出绩效自评表",),
    )
    assert report.project_name is None
    assert report.supervisor == "甲县教育局"


def test_the_ticked_grade() -> None:
    report = read(
        "单位名称 | 甲县教育局 | 自评等级 | ☑优 □良 □中 □差",
        "一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值",
        "产出指标 | 数量指标 | 培训学员人数 | ≥50人 | 52人",
    )
    assert report.reported_grade == "优"


def test_a_level_named_between_two_tables_does_not_begin_another_form() -> None:
    heads = "二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分"
    reports = recognise(
        document(
            TITLE,
            table(*BUDGET),
            "（一）产出指标（60分）",
            table(heads, "数量指标 | 培训学员人数 | ≥50人 | 52人 | 60 | 60"),
            "（二）效益指标（40分）",
            table(heads, "社会效益指标 | 受益群众人数 | ≥300人 | 310人 | 40 | 40", number=2),
        ),
        "自评表.docx",
    )
    assert [[row.name for row in report.indicators] for report in reports] == [
        ["培训学员人数", "受益群众人数"]
    ]


def test_last_years_outturn_is_not_this_years() -> None:
    report = read(
        "经费情况 | 上年决算数 | 本年预算数 | 本年决算数",
        "三公经费 | 6.80 | 6.50 | 5.90",
        "其中：公务接待费 | 1.20 | 1.10 | 0.80",
        *BUDGET,
        "一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值",
        "产出指标 | 数量指标 | 培训学员人数 | ≥50人 | 52人",
    )
    receptions = next(line for line in report.budget_lines if "三公" in line.label)
    assert receptions.executed_yuan == Decimal(59000)
    assert [line.label for line in report.budget_lines if line.is_total] == ["资金总额"]


def test_a_level_alone_in_a_row_heads_the_rows_below_where_no_column_names_it() -> None:
    report = read(
        *BUDGET,
        "指标类型 | 指标名称 | 指标值 | 完成值 | 分值 | 得分",
        "产出指标",
        "数量指标 | 培训学员人数 | ≥50人 | 52人 | 50 | 50",
        "成本指标 | 人均培训成本 | ≤400元 | 380元 | 20 | 20",
        "效益指标",
        "社会效益指标 | 受益群众人数 | ≥300人 | 310人 | 30 | 30",
    )
    assert [(row.level1_code, row.dimension) for row in report.indicators] == [
        ("output", "quantity"),
        ("output", "cost"),
        ("outcome", "social"),
    ]


def test_indicators_along_the_columns_between_other_blocks() -> None:
    report = read(
        *BUDGET,
        "一级指标 | 产出指标 | < | 效益指标",
        "二级指标 | 数量指标 | 质量指标 | 社会效益指标",
        "三级指标 | 培训学员人数 | 培训合格率 | 受益群众人数",
        "指标值 | ≥50人 | ≥95% | ≥300人",
        "完成值 | 52人 | 93% | 310人",
        "得分 | 40 | 29 | 30",
    )
    assert [(row.level1_code, row.name, row.actual_text) for row in report.indicators] == [
        ("output", "培训学员人数", "52人"),
        ("output", "培训合格率", "93%"),
        ("outcome", "受益群众人数", "310人"),
    ]
    assert report.budget_lines[0].executed_yuan == Decimal(960000)


def test_the_total_above_the_table_it_sums_up() -> None:
    report = read(
        "总得分 | 100 | 98.5",
        *BUDGET,
        "一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分",
        "产出指标 | 数量指标 | 培训学员人数 | ≥50人 | 52人 | 100 | 98.5",
    )
    assert (report.max_score_total, report.reported_score_total) == (Decimal(100), Decimal("98.5"))


def test_numbered_rows_of_a_level_are_no_indicators() -> None:
    report = read(
        "序号 | 指标名称 | 分值 | 目标值 | 完成值 | 得分",
        "一 | 产出（60分） | < | < | < | <",
        "1 | 培训学员人数 | 60 | ≥50人 | 52人 | 60",
        "二 | 效益（40分） | < | < | < | <",
        "2 | 受益群众人数 | 40 | ≥300人 | 310人 | 40",
        "合计 | < | 100 |  |  | 100",
    )
    assert [(row.level1_code, row.name) for row in report.indicators] == [
        ("output", "培训学员人数"),
        ("outcome", "受益群众人数"),
    ]
    assert [group.max_score for group in report.score_groups if group.kind == "level1"] == [
        Decimal(60),
        Decimal(40),
    ]


def test_a_rate_in_bare_figures_is_told_by_the_amounts_beside_it() -> None:
    report = read(
        "项目 | 年初数 | 调整数 | 支出数 | 执行%",
        "总支出 | 1200 | 1310 | 1290 | 98.47",
        "人员类 | 700 | 720 | 715 | 99.31",
        "一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值",
        "产出指标 | 数量指标 | 培训学员人数 | ≥50人 | 52人",
    )
    assert [line.reported_execution_rate for line in report.budget_lines] == [
        Decimal("0.9847"),
        Decimal("0.9931"),
    ]
    assert report.budget_lines[0].is_total


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("合计 | < | < | < | < | 100 | 98.5 | ", (Decimal(100), Decimal("98.5"))),
        ("合计 | < | < | < | < | 98.5 | 100 | ", (Decimal(100), None)),
        ("合计 | < | < | < | 98.5 | 100 |  | ", (None, None)),
    ],
)
def test_a_total_row_that_lies_a_column_beside_its_table(
    row: str, expected: tuple[Decimal | None, Decimal | None]
) -> None:
    """Sheets draw the total row from the first column; the table beside it begins behind its side label."""
    report = read(
        "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分",
        "^ | 产出指标 | 数量指标 | 培训学员人数 | ≥50人 | 52人 | 60 | 60",
        "^ | 效益指标 | 社会效益 | 受益群众人数 | ≥300人 | 290人 | 40 | 38.5",
        row,
    )
    total = next(group for group in report.score_groups if group.kind == "total")
    assert (total.max_score, total.reported_score) == expected
