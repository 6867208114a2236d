"""What a form's labels mean, whatever their order, merges and words."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from builders import document, table

from extractors.errors import NotAnEvaluation
from extractors.forms import recognise

BUDGET = (
    "部门名称 | 青石县水务局 | < | < | 填报日期 | 2025年3月2日 | < | <",
    "年度资金（万元） | | 年初预算数 | 全年预算数（A） | 全年执行数（B） | 分值 | 执行率（B/A） | 得分",
    "^ | 年度资金总额 | 1200.50 | 1300.00 | 1235.00 | 10 | 95% | 9.5",
    "^ | 其中：当年财政拨款 | 1100.50 | 1200.00 | 1150.00 | 10 | 95.83% | 9.5",
    "^ | 上年结转资金 | 100.00 | 100.00 | 85.00 | | 85% |",
)
INDICATORS = (
    "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施",
    "产出指标（50分） | 数量指标 | 维修渠道长度（公里） | ≥12 | 11.4 | 30 | 28.5 | 汛期停工",
    "^ | 质量指标 | 工程验收合格率 | 100% | 100% | 20 | 20 |",
    "效益指标（30分） | 社会效益指标 | 受益农户 | 2.3万户 | 2.4万户 | 30 | 30 |",
    "满意度指标（10分） | 服务对象满意度指标 | 群众满意度 | ≥90% | 93% | 10 | 10 |",
    "总分 | < | < | < | < | 100 | 98 |",
)
TITLE = "2024年度部门整体支出绩效自评表"


def only_report(*blocks):
    reports = recognise(document(*blocks), "自评表.docx")
    assert len(reports) == 1
    return reports[0]


def test_standard_form_reads_every_field_with_its_place():
    report = only_report(TITLE, table(*BUDGET, *INDICATORS))

    assert (report.kind, report.scope, report.unit_name, report.region) == (
        "form",
        "overall",
        "青石县水务局",
        "青石县",
    )
    assert report.fiscal_year == 2024
    total = next(line for line in report.budget_lines if line.is_total)
    assert total.adjusted_budget_yuan == Decimal("13000000.00")
    assert total.executed_yuan == Decimal("12350000.00")
    assert (total.reported_execution_rate, total.max_score, total.reported_score) == (
        Decimal("0.95"),
        10,
        Decimal("9.5"),
    )
    assert total.cells["executed"].place == "表1 第3行「全年执行数(B)」"
    assert total.cells["execution_rate"].place == "表1 第3行「执行率(B/A)」"
    first = report.indicators[0]
    assert (first.level1, first.level2, first.name) == ("产出指标", "数量指标", "维修渠道长度（公里）")
    assert (first.comparator, first.target_value, first.actual_value, first.unit) == (
        "GE",
        12,
        Decimal("11.4"),
        "公里",
    )
    assert (first.max_score, first.reported_score, first.variance_reason) == (30, Decimal("28.5"), "汛期停工")
    assert first.cells["actual"].place == "表1 第7行「实际完成值」"
    assert (report.max_score_total, report.reported_score_total) == (100, 98)


def test_lines_below_the_total_belong_to_it_and_are_no_second_total():
    report = only_report(TITLE, table(*BUDGET, *INDICATORS))

    assert [line.is_total for line in report.budget_lines] == [True, False, False]
    assert [line.parent_line_no for line in report.budget_lines] == [None, 1, 1]
    assert [line.label for line in report.budget_lines] == ["年度资金总额", "当年财政拨款", "上年结转资金"]


def test_weights_stand_in_labels_where_no_column_gives_them():
    report = only_report(
        "2024年度项目支出绩效自评表",
        table(
            "一级指标 | 二级指标 | 三级指标 | 年初目标值（A） | 实际完成值（B） | 得分",
            "产/n出/n指/n标（40） | 数量指标（25） | 新建泵站（座）（15分） | 3 | 3 | 15",
            "^ | ^ | 清淤长度（公里）（10分） | 20以上 | 18 | 9",
            "^ | 时效指标（15） | 完工时限（15分） | 12月前 | 11月 | 15",
            "总分 | 39",
        ),
    )

    assert [row.max_score for row in report.indicators] == [15, 10, 15]
    assert [row.name for row in report.indicators] == ["新建泵站（座）", "清淤长度（公里）", "完工时限"]
    groups = {group.label: group.max_score for group in report.score_groups if group.kind != "total"}
    assert groups == {"产出指标": 40, "数量指标": 25, "时效指标": 15}
    assert report.reported_score_total == 39


def test_weight_before_target_is_told_by_its_label():
    report = only_report(
        TITLE,
        table(
            "一级指标 | 二级指标 | 三级指标 | 分值 | 年度指标值 | 全年实际值 | 得分 | 未完成原因及拟采取的改进措施",
            "产出指标 | 数量指标 | 巡河次数 | 20 | 52次 | 50次 | 19.23 | 疫情",
        ),
    )

    row = report.indicators[0]
    assert (row.max_score, row.target_value, row.actual_value) == (20, 52, 50)


def test_two_level_header_joins_operator_value_and_unit():
    report = only_report(
        TITLE,
        table(
            "一级指标 | 二级指标 | 三级指标 | 年度指标值 | < | < | 实际完成值 | 分值 | 得分",
            "^ | ^ | ^ | 指标性质 | 指标值 | 度量单位 | ^ | ^ | ^",
            "产出指标 | 数量指标 | 培训人次 | ≧ | 735 | 人次 | 740人次 | 10 | 10",
            "^ | 质量指标 | 合格率 | ＝ | 100 | % | 98% | 10 | 9.8",
        ),
    )

    assert [row.target_text for row in report.indicators] == ["≧735人次", "＝100%"]
    assert [(row.comparator, row.target_value) for row in report.indicators] == [("GE", 735), ("EQ", 1)]


def test_one_score_over_several_rows_is_counted_once():
    report = only_report(
        TITLE,
        table(
            "一级指标 | 二级指标 | 三级指标 | 目标值 | 实际完成值 | 得分",
            "产出指标（20分） | 数量指标 | 甲 | 10个 | 10个 | 20",
            "^ | ^ | 乙 | 5个 | 5个 | ^",
            "效益指标（10分） | 社会效益 | 丙 | 90% | 95% | 10",
        ),
    )

    assert [row.reported_score for row in report.indicators] == [20, None, 10]
    assert [row.score_group for row in report.indicators] == [1, 1, None]


def test_a_row_of_prompts_is_no_indicator():
    report = only_report(
        TITLE,
        table(
            INDICATORS[0],
            "产出指标 | 数量指标 | 指标1：植树 | ≥100株 | 120株 | 50 | 50 |",
            "^ | ^ | 指标2： | | | | |",
            "^ | ^ | …… | | | | |",
            "效益指标 | 生态效益指标 | | | | | |",
        ),
    )

    assert [row.name for row in report.indicators] == ["植树"]
    assert len(report.placeholders) == 3


@pytest.mark.parametrize(
    ("label", "executed"),
    [
        ("年度资金总额（万元）", "12350000.00"),
        ("资金总额（元）", "1235.00"),
        ("年度预算资金（亿元）", "123500000000.00"),
    ],
)
def test_the_money_unit_comes_from_where_the_form_prints_it(label, executed):
    report = only_report(
        TITLE,
        table(
            f"{label} | | 全年预算数 | 全年执行数 | 执行率",
            "^ | 资金总额 | 1300.00 | 1235.00 | 95%",
            "一级指标 | 三级指标 | 目标值 | 实际完成值 | 得分",
            "产出指标 | 甲 | 1个 | 1个 | 10",
        ),
    )

    assert report.budget_lines[0].executed_yuan == Decimal(executed)


def test_without_any_unit_the_reader_says_what_it_assumed():
    report = only_report(
        TITLE,
        table(
            "资金 | 全年预算数 | 全年执行数 | 执行率",
            "资金总额 | 1300.00 | 1235.00 | 95%",
            "一级指标 | 三级指标 | 目标值 | 实际完成值 | 得分",
            "产出指标 | 甲 | 1个 | 1个 | 10",
        ),
    )

    assert any("未注明金额单位" in warning for warning in report.warnings)


def test_amounts_inside_labels_go_to_the_column_whose_total_they_sum_to():
    report = only_report(
        TITLE,
        table(
            "年度预算申请（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分",
            "^ | 年度资金总额 | 800 | 1000 | 900.5 | 10 | 90.05% | 9",
            "^ | 按收入性质分： | < | 按支出性质分： | < | < | < | <",
            "^ | 其中：一般公共预算：900.5 | < | 其中：基本支出：600.5 | < | < | < | <",
            "^ | 政府性基金拨款： | < | 项目支出：300 | < | < | < | <",
        ),
        table(*INDICATORS, number=2),
    )

    natures = {
        line.role: line.executed_yuan for line in report.budget_lines if line.role.startswith("nature")
    }
    assert natures == {"nature_basic": Decimal("6005000.0"), "nature_project": Decimal("3000000")}
    fund = next(line for line in report.budget_lines if line.fund == "government_fund")
    assert fund.executed_yuan is None and fund.amount_yuan is None


def test_a_copy_in_the_body_is_held_against_the_form_not_counted_twice():
    report = only_report(
        "2024年度某县部门整体支出绩效自评报告",
        table(
            "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值",
            "产出指标 | 数量指标 | 维修渠道长度（公里） | ≥12 | 12.4",
            "^ | 质量指标 | 工程验收合格率 | 100% | 100%",
        ),
        "以下为自评表。",
        table(*BUDGET, *INDICATORS, number=2),
    )

    assert len(report.indicators) == 4
    copied = [s for s in report.statements if s.role == "copy_actual"]
    assert [(s.indicator_row_no, s.value) for s in copied] == [(1, Decimal("12.4")), (2, 1)]


def test_two_forms_in_one_file_are_two_reports():
    second = (
        "项目支出绩效自评表 | < | < | < | < | < | < | <",
        "项目名称 | 河道清淤 | < | < | 实施单位 | 青石县水务局 | < | <",
        *BUDGET[1:],
        *INDICATORS,
    )
    reports = recognise(document(TITLE, table(*BUDGET, *INDICATORS, *second)), "自评表.docx")

    assert [report.scope for report in reports] == ["overall", "project"]
    assert reports[1].project_name == "河道清淤"
    assert [len(report.indicators) for report in reports] == [4, 4]


def test_a_form_cut_by_a_page_break_goes_on_without_a_header():
    head, tail = table(*BUDGET, *INDICATORS[:2]), table(*INDICATORS[2:], number=2)
    report = only_report(TITLE, head, tail)

    assert len(report.indicators) == 4
    assert report.indicators[1].level1 == "产出指标"
    assert report.reported_score_total == 98


def test_cells_that_no_field_takes_are_reported():
    report = only_report(TITLE, table(*BUDGET, "某科室批注 | 请核 | < | < | < | < | < | <", *INDICATORS))

    assert "某科室批注" in {unread.text for unread in report.unread}


@pytest.mark.parametrize(
    ("title", "rows", "kind"),
    [
        (
            "2025年部门整体支出绩效目标申报表",
            ("一级指标 | 二级指标 | 三级指标 | 指标值", "产出指标 | 数量指标 | 巡河次数 | ≥52次"),
            "target_setting",
        ),
        ("某县水务局2024年度部门决算公开", ("收入 | 支出", "120 | 120"), "final_accounts"),
        ("2025年某县水务局部门预算公开", ("项目 | 预算数", "基本支出 | 120"), "budget_publication"),
        ("会议签到表", ("姓名 | 单位", "甲 | 乙局"), "other"),
    ],
)
def test_another_kind_of_document_is_named_and_kept_out(title, rows, kind):
    with pytest.raises(NotAnEvaluation) as refusal:
        recognise(document(title, table(*rows)), "文件.docx")

    assert refusal.value.kind == kind


def test_a_narrative_alone_is_one_report_without_a_form():
    report = only_report(
        "青石县水务局2024年度部门整体支出绩效自评报告",
        "青石县水务局是县政府工作部门，编制30人，在职28人。",
        "2024年全年预算数1300万元，其中基本支出800万元，项目支出500万元。",
    )

    assert (report.kind, report.unit_name, report.fiscal_year) == ("narrative", "青石县水务局", 2024)
    assert report.relations[0].stated == Decimal("13000000")


def test_unit_price_of_rows_without_merges_keeps_levels_from_above():
    report = only_report(
        TITLE,
        table(
            INDICATORS[0],
            "产出指标 | 数量指标 | 甲 | 1个 | 1个 | 10 | 10 |",
            " | | 乙 | 2个 | 2个 | 10 | 10 |",
            " | 质量指标 | 丙 | 100% | 100% | 10 | 10 |",
        ),
    )

    assert [(row.level1, row.level2) for row in report.indicators] == [
        ("产出指标", "数量指标"),
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
    ]


def test_budget_columns_running_downwards_are_read():
    report = only_report(
        TITLE,
        table(
            "项目 | 资金总额 | 当年财政拨款 | 其他资金",
            "年初预算数（万元） | 100 | 90 | 10",
            "全年预算数（万元） | 120 | 105 | 15",
            "全年执行数（万元） | 110 | 100 | 10",
            "一级指标 | 三级指标 | 目标值 | 实际完成值",
            "产出指标 | 甲 | 1个 | 1个",
        ),
    )

    total = report.budget_lines[0]
    assert total.is_total and total.executed_yuan == 1100000
    assert report.budget_lines[1].adjusted_budget_yuan == 1050000


def test_converted_scores_are_the_ones_that_count():
    report = only_report(
        TITLE,
        table(
            "一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 | 单项得分 | 权重占比(%) | 折算得分",
            "产出指标 | 数量指标 | 甲 | 10个 | 9个 | 90 | 20 | 18",
        ),
    )

    assert (report.indicators[0].max_score, report.indicators[0].reported_score) == (20, 18)


def test_tasks_with_their_money_between_funds_and_indicators_do_not_split_the_form():
    report = only_report(
        TITLE,
        table(
            *BUDGET,
            "任务名称 | 主要内容 | < | 预算金额 | 执行金额 | 执行率 | < | <",
            "河道管护 | 日常巡护 | < | 500.00 | 480.00 | 96% | < | <",
            "合计 | | < | 500.00 | 480.00 | 96% | < | <",
            *INDICATORS,
        ),
    )

    assert report.unit_name == "青石县水务局"
    assert [line.label for line in report.budget_lines if line.is_total] == ["年度资金总额"]
    assert len(report.indicators) == 4


def test_level_weights_in_columns_of_their_own():
    report = only_report(
        "2024年度部门整体支出绩效评价表",
        table(
            "一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值 | 评分标准 | 得分",
            "投入 | 13 | 预算配置 | 13 | 在职人员控制率 | 5 | 以100%为标准 | 5",
            "^ | ^ | ^ | ^ | 三公经费变动率 | 8 | 小于等于0得满分 | 8",
            "过程 | 61 | 预算执行 | 20 | 预算完成率 | 5 | 100%计满分 | 5",
            "^ | ^ | 预算管理 | 41 | 管理制度健全性 | 41 | 有制度得分 | 40",
            "合计 | 74 | < | < | < | 64 | | 58",
        ),
    )

    assert [(row.name, row.max_score, row.reported_score) for row in report.indicators] == [
        ("在职人员控制率", 5, 5),
        ("三公经费变动率", 8, 8),
        ("预算完成率", 5, 5),
        ("管理制度健全性", 41, 40),
    ]
    groups = {(g.kind, g.label): g.max_score for g in report.score_groups}
    assert groups[("level1", "投入")] == 13
    assert groups[("level2", "预算管理")] == 41


def test_expected_and_achieved_of_the_year_are_told_apart():
    report = only_report(
        TITLE,
        table(
            "指标类别 | 指标名称 | 预期当年实现值 | 当年实现值 | 权重 | 自评得分",
            "产出数量 | 发放补贴人数 | 800人 | 812人 | 20 | 20",
        ),
    )

    row = report.indicators[0]
    assert (row.target_value, row.actual_value, row.dimension, row.level1_code) == (
        800,
        812,
        "quantity",
        "output",
    )


def test_narrative_written_into_the_sheet_around_the_form_is_narrative():
    wide = " | < | < | < | < | < | < | <"
    report = only_report(
        table(
            "一、部门概况" + wide,
            "青石县水务局编制30人，在职28人，其中行政人员10人，事业人员18人，全年收支平衡。" + wide,
            TITLE + wide,
            *BUDGET,
            *INDICATORS,
            "注：定量指标得分按完成比例计算，最高不超过该指标分值。" + wide,
            "填报人：甲　　联系电话：0000-1234567　　填报日期：2025年3月2日" + wide,
        )
    )

    assert any(relation.stated == 28 for relation in report.relations)
    assert report.header["notes"].text.startswith("注：")
    assert report.header["contact"].text == "甲"
    assert report.unread == ()


@pytest.mark.parametrize(
    ("blocks", "kind"),
    [
        (("请各单位于3月31日前报送绩效自评材料，逾期不予受理。",), "other"),
        (("关于开展2024年度部门整体支出绩效自评工作的通知", "各单位：", "请按要求报送。"), "notice"),
        (
            ("青石县水务局2024年度部门决算公开", "第一部分 部门概况", "绩效自评情况", "详见附件。"),
            "final_accounts",
        ),
    ],
)
def test_speaking_of_self_evaluation_is_not_being_one(blocks, kind):
    with pytest.raises(NotAnEvaluation) as refusal:
        recognise(document(*blocks), "材料.docx")

    assert refusal.value.kind == kind


def test_words_of_an_indicator_beside_figures_head_no_columns_of_money():
    rows = (
        *INDICATORS[:2],
        "^ | ^ | 栽植行道树 | ≥300株 | 圆满完成 | 10 | 按执行率赋分10 | 无",
        *INDICATORS[2:],
    )
    report = only_report(TITLE, table(*BUDGET, *rows))
    assert [row.name for row in report.indicators][1] == "栽植行道树"
    assert report.reported_score_total == 98


def test_the_year_of_the_title_stands_before_the_years_the_text_speaks_of():
    report = only_report(
        "青石县水务局2024年度部门整体支出绩效自评报告",
        "2023年维修渠道9公里，2024年维修渠道11.4公里。",
        "部门整体支出绩效自评表",
        table(*BUDGET, *INDICATORS),
    )
    assert report.fiscal_year == 2024


def test_a_place_to_sign_left_blank_is_kept_as_blank():
    report = only_report(
        TITLE, table(*BUDGET, *INDICATORS, "联系人：　　联系电话：0712-3456789 | < | < | < | < | < | < | <")
    )
    assert report.header["contact"].text == ""
    assert report.header["phone"].text == "0712-3456789"
