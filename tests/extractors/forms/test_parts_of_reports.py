"""What stands between the tables of one report: the narrative, other tables, the title."""

from __future__ import annotations

from extractors.forms import recognise
from extractors.report import Report
from tests.extractors.forms.builders import document, table

TITLE = "2024年度甲县文化馆（图书馆）部门整体支出绩效自评报告"
TOLD = "2024年支出668.50万元，其中基本支出452.36万元，项目支出216.14万元。项目支出包括文艺演出68.08万元、购书经费36万元、场馆运行112.06万元，均按批复的用途使用。"
MONEY = (
    "项目 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分",
    "年度资金总额 | 615.20 | 668.50 | 668.50 | 10 | 100% | 10",
    "其中：财政拨款 | 615.20 | 668.50 | 668.50 | | |",
)
INDICATORS = (
    "二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分",
    "数量 | 组织文艺演出 | 40场 | 46场 | 50 | 50",
    "社会效益 | 服务读者人次 | 12万人次 | 13.1万人次 | 40 | 40",
    "总分 | | | | 100 | 100",
)
STAFF = ("指标 | 编制数 | 年末实有数", "行政人员 | 28 | 26", "事业人员 | 45 | 41")


def test_scored_money_before_the_narrative_is_the_form_s_own() -> None:
    reports = recognise(
        document(TITLE, "单位：万元", table(*MONEY), TOLD, "三、指标完成情况", table(*INDICATORS, number=2)),
        "报告.txt",
    )
    assert [(len(report.budget_lines), len(report.indicators)) for report in reports] == [(2, 2)]
    assert reports[0].unit_name == "甲县文化馆(图书馆)"


def with_staff() -> Report:
    blocks = (TITLE, "表1  人员情况表（单位：人）", table(*STAFF), "二、预算执行情况", TOLD, "附表")
    form = (*MONEY, *INDICATORS)
    return recognise(document(*blocks, table(*form, number=2)), "报告.docx")[0]


def test_a_table_before_the_narrative_is_no_part_of_the_form() -> None:
    assert not with_staff().unread


def test_what_is_counted_is_nobody_s_name_and_the_document_s_title_says_the_scope() -> None:
    report = with_staff()
    assert (report.unit_name, report.scope) == ("甲县文化馆(图书馆)", "overall")
