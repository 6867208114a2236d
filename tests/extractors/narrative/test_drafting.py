"""Sections with and without numbers, and the indicators of a report that has no form."""

from __future__ import annotations

import pytest

from extractors.document import Location, Paragraph
from extractors.narrative import Narrative, read_narrative


def read(text: str) -> Narrative:
    lines = [line.strip() for line in text.strip().split("\n") if line.strip()]
    return read_narrative(
        [Paragraph(line, Location(paragraph=n)) for n, line in enumerate(lines, 1)], (), 2023
    )


NUMBERED = """
一、部门概况
（一）主要职能
负责全县水利工作。
（二）人员情况
编制30名，实有28人。
二、预算执行情况
全年支出500万元。
三、绩效目标完成情况
1、数量指标
（1）维修水库数量
全年维修小型水库6座。
（2）清淤渠道长度
清淤渠道42公里，惠及农田3万亩。
2、质量指标
（1）工程验收合格率
共验收6处，工程验收合格率100%。
四、存在的问题及原因分析
资金拨付偏慢。
五、下一步改进措施
加强调度。
六、绩效自评结果应用和公开情况
按要求公开。
"""

LOST_NUMBERS = """
单位基本情况
负责全市档案工作。
年度绩效目标
接待查档不少于5000人次，档案数字化数量20万页，查档满意率不低于95%。
绩效目标完成情况
数量指标（分值20分，自评得分18分）
接待查档5200人次，档案数字化数量18万页。
质量指标（10分，得10分）
查档满意率97%，馆藏完好率。
满意度指标（权重10分，得分9.5分）
群众普遍满意。
存在的问题
人手不足。
"""


def test_sections_of_numbered_headings() -> None:
    sections = [(section.kind, section.heading) for section in read(NUMBERED).sections]
    assert sections[0] == ("overview", "一、部门概况")
    assert ("budget", "二、预算执行情况") in sections
    assert ("completion", "1、数量指标") in sections
    assert [kind for kind, heading in sections if heading[0] in "四五六"] == [
        "problems",
        "measures",
        "publication",
    ]
    assert next(s.text for s in read(NUMBERED).sections if s.kind == "measures") == "加强调度。"


def test_sections_whose_headings_lost_their_numbers() -> None:
    kinds = [section.kind for section in read(LOST_NUMBERS).sections]
    assert kinds == [
        "overview",
        "goals",
        "completion",
        "completion",
        "completion",
        "satisfaction",
        "problems",
    ]


def test_a_long_numbered_sentence_is_no_heading() -> None:
    text = "1、预算编制不够精细。由于年初项目未定，年中追加较多，影响了执行进度。"
    assert read(f"四、存在的问题\n{text}").sections[0].text == text


def test_items_under_numbered_headings() -> None:
    rows = read(NUMBERED).indicators
    assert [(row.name, row.level2, row.actual.value) for row in rows] == [
        ("维修水库数量", "数量指标", 6),
        ("清淤渠道长度", "数量指标", None),
        ("工程验收合格率", "质量指标", 1),
    ]
    assert rows[1].actual_text == "清淤渠道42公里，惠及农田3万亩。"
    assert {row.source for row in rows} == {"narrative"}


def test_scored_categories_and_their_items() -> None:
    narrative = read(LOST_NUMBERS)
    categories = [row for row in narrative.indicators if row.row_kind == "category"]
    assert [(row.name, row.max_score, row.reported_score) for row in categories] == [
        ("数量指标", 20, 18),
        ("质量指标", 10, 10),
        ("满意度指标", 10, pytest.approx(9.5)),
    ]
    items = {row.name: row for row in narrative.indicators if row.row_kind == "indicator"}
    assert (items["接待查档"].target.comparator, items["接待查档"].target.value) == ("GE", 5000)
    assert (items["档案数字化数量"].target.value, items["档案数字化数量"].actual.value) == (200000, 180000)
    assert items["查档满意率"].actual_text == "97%"
    assert all(row.max_score is None and row.reported_score is None for row in items.values())


def test_statements_point_at_the_drafted_rows() -> None:
    narrative = read(LOST_NUMBERS)
    quantity = next(row for row in narrative.indicators if row.name == "数量指标")
    told = [(s.role, s.value) for s in narrative.statements if s.indicator_row_no == quantity.row_no]
    assert told == [("weight", 20), ("score", 18)]


def test_text_without_indicators_drafts_none() -> None:
    assert read("一、基本情况\n编制30名。\n二、预算执行情况\n支出500万元，执行率98%。").indicators == ()


def test_nothing_in_gives_nothing_out() -> None:
    assert read_narrative([], (), None) == Narrative()


def test_a_goal_may_name_what_it_counts_behind_the_figure() -> None:
    text = """一、年度绩效目标
组织开展3个批次的用地报批工作。
完成供应12宗土地。
二、履职完成情况
1、数量指标
（1）用地报批数
全年启动用地报批，均已组卷。
（2）供应土地数
全年供应土地12宗。
（3）巡查次数
巡查8次。"""
    paragraphs = [Paragraph(line, Location(paragraph=n)) for n, line in enumerate(text.splitlines(), 1)]

    found = read_narrative(paragraphs, (), 2022)

    assert [(row.name, row.target_text) for row in found.indicators] == [
        ("用地报批数", "3个批次"), ("供应土地数", "12宗"), ("巡查次数", ""),
    ]  # fmt: skip
