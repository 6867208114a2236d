"""Passages that report on the form's indicators: weight, target, actual and score of each, and nothing doubtful."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.document import Location, Paragraph
from extractors.narrative import read_narrative
from extractors.report import Indicator, Statement
from extractors.values import parse_quantity


def _row(number: int, name: str, target: str, actual: str, unit: str | None = None) -> Indicator:
    return Indicator(
        number, name, target_text=target, actual_text=actual, target=parse_quantity(target, unit),
        actual=parse_quantity(actual, unit), unit=unit, name_unit=unit,
    )  # fmt: skip


ROWS = (
    _row(1, "新建农村公路里程", "≥120公里", "132公里"),
    _row(2, "培训农技人员（人次）", "300", "280", "人次"),
    _row(3, "项目验收合格率", "100%", "98%"),
    _row(4, "资金拨付及时率", "100%", "100%"),
    _row(5, "带动农户增收（万元）", "≥500", "620", "万元"),
    _row(6, "服务对象满意度", "≥90%", "93.5%"),
    _row(7, "开展安全检查次数", "≥12次", "15次"),
    _row(8, "信息发布数量及转载数量（条）", "500", "633", "条"),
    _row(9, "审批环节减少数量（个）", "3", "5", "个"),
    _row(10, "举办活动场次", "10场", "8场"),
)


def told(text: str, heading: str = "") -> list[tuple[int, str, str]]:
    lines = [heading, text] if heading else [text]
    paragraphs = [Paragraph(line, Location(paragraph=n)) for n, line in enumerate(lines, start=1)]
    return [
        (s.indicator_row_no, s.role, f"{s.value:f}")
        for s in read_narrative(paragraphs, ROWS, 2023).statements
        if s.indicator_row_no is not None
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "（1）新建农村公路里程：年初目标120公里，实际完成132公里，得5分。",
            [(1, "target", "120"), (1, "actual", "132"), (1, "score", "5")],
        ),
        (
            "1.新建农村公路里程。年初目标值120公里，实际完成值132公里，完成率110%，分值5分，得分5分。",
            [(1, "target", "120"), (1, "actual", "132"), (1, "weight", "5"), (1, "score", "5")],
        ),
        (
            "①培训农技人员：目标值300人次，实际培训280人次，权重4分，自评得分3.73分。",
            [(2, "target", "300"), (2, "actual", "280"), (2, "weight", "4"), (2, "score", "3.73")],
        ),
        (
            "（2）质量指标“项目验收合格率”（5分）：指标值100%，实际98%，得4.9分。",
            [(3, "weight", "5"), (3, "target", "1"), (3, "actual", "0.98"), (3, "score", "4.9")],
        ),
        (
            "“资金拨付及时率”指标，目标值100%，完成值100%，满分3分，自评3分。",
            [(4, "target", "1"), (4, "actual", "1"), (4, "weight", "3"), (4, "score", "3")],
        ),
        (
            "经济效益指标：带动农户增收，年度指标值≥500万元，实际完成620万元，得10分。",
            [(5, "target", "500"), (5, "actual", "620"), (5, "score", "10")],
        ),
        (
            "“项目验收合格率”（5分）和“资金拨付及时率”（3分）：目标值分别为100%和100%。两个指标均完成，各得满分。",
            [(3, "weight", "5"), (4, "weight", "3"), (3, "target", "1"), (4, "target", "1")],
        ),
        (
            "（5）信息发布数量及转载数量（3分）：目标500条，全年发布信息420条，转载信息213条，得3分。",
            [(8, "weight", "3"), (8, "target", "500"), (8, "actual", "420"), (8, "actual", "213"), (8, "score", "3")],
        ),
        (
            "“举办活动场次”（2分）：年初目标10场。因天气原因实际举办8场，未完成目标，扣0.4分，得1.6分。",
            [(10, "weight", "2"), (10, "target", "10"), (10, "actual", "8"), (10, "score", "1.6")],
        ),
        (
            "“审批环节减少数量”：审批环节由9个减少至4个。",
            [(9, "actual", "5")],
        ),
        (
            "开展安全检查次数指标完成情况分析：全年共检查企业210家次，开展安全检查16次，超额完成。",
            [(7, "actual", "16")],
        ),
    ],
)  # fmt: skip
def test_item(text: str, expected: list[tuple[int, str, str]]) -> None:
    assert sorted(told(text)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新建农村公路里程132公里，培训农技人员280人次，均完成目标。", [(1, "actual", "132"), (2, "actual", "280")]),
        ("项目验收合格率目标值100%，完成值98%；资金拨付及时率为100%。", [(3, "target", "1"), (3, "actual", "0.98"), (4, "actual", "1")]),
    ],
)  # fmt: skip
def test_indicators_named_in_running_text(text: str, expected: list[tuple[int, str, str]]) -> None:
    assert sorted(told(text)) == sorted(expected)


def test_in_the_goals_they_are_targets() -> None:
    assert told("开展安全检查次数不少于12次。", "（二）年度绩效目标") == [(7, "target", "12")]


def test_what_is_counted_may_stand_behind_the_figure() -> None:
    assert told("力争开展12次安全检查，加强值守。", "（二）年度工作目标") == [(7, "target", "12")]


@pytest.mark.parametrize(
    "text",
    [
        "下一步计划新建公路45公里。",
        "上半年，新建农村公路里程80公里。",
        "“十四五”以来，培训农技人员1200人次。",
        "全县现有农村公路里程1320公里。",
        "项目验收合格率比上年提高2个百分点。",
        "“项目验收合格率”完成较好，共验收12个项目。",
        "上年培训农技人员260人次。",
        "新建农村公路里程涉及12个乡镇，投资3600万元。",
        "“举办活动场次”（2分）：派员出席上级会议3场，活动按计划推进。",
        "“举办活动场次”（2分）：第一季度3场，第二季度4场，下半年2场。",
    ],
)
def test_no_actual_where_it_is_open_which_figure_is_meant(text: str) -> None:
    assert [row for row in told(text) if row[1] in {"actual", "target"}] == []


def test_plans_under_measures_are_no_results() -> None:
    assert told("开展安全检查次数20次。", "三、下一步改进措施") == []


def statements(text: str, year: int | None = 2023) -> list[Statement]:
    return list(read_narrative([Paragraph(text, Location(paragraph=1))], (), year).statements)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("财政拨款收入5541.65万元。", [("amount", "5541.65", "万元", "财政拨款收入")]),
        ("核定编制38名，实有在职人员35人。", [("posts", "38", "名", "核定编制"), ("staff", "35", "人", "实有在职人员")]),
        ("培训学员1.2万人次。", [("count", "12000", "人次", "培训学员")]),
        ("群众满意度达到96.5%。", [("rate", "0.965", "%", "群众满意度")]),
        ("复垦土地385.77亩。", [("area", "385.77", "亩", "复垦土地")]),
        ("办结时限压缩至3个工作日。", [("duration", "3", "个工作日", "办结时限压缩")]),
        ("产出指标权重40分，实际得分37.25分。", [("weight", "40", "分", "产出指标权重"), ("score", "37.25", "分", "实际得分")]),
        ("查询次数（含网络）80万次。", [("count", "800000", "次", "查询次数(含网络)")]),
        ("走访企业200余家。", [("count", "200", "家", "走访企业")]),
        ("项目资金293万，用于维修。", [("amount", "293", "万元", "项目资金")]),
    ],
)  # fmt: skip
def test_figure(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    told_figures = [(s.quantity, s.value, s.unit, s.subject) for s in statements(text)]
    assert told_figures == [(kind, Decimal(value), unit, subject) for kind, value, unit, subject in expected]


@pytest.mark.parametrize(
    "text",
    [
        "根据《关于做好2022年工作的通知》（某财绩〔2022〕15号）要求开展自评。",
        "2023年3月15日至2023年12月31日，按“十四五”规划推进。",
        "1、加强管理。（2）强化监督。3.压实责任。",
        "坚持“1+3+N”工作模式，落实“133”布局，执行第5条规定。",
        "开展1：2000地形图测绘，服务热线12345，PM2.5持续下降。",
        "2020-2022年连续获评先进，G20峰会，5A级景区。",
        "金额为7,00.0,77，待核实。",
    ],
)
def test_no_figure(text: str) -> None:
    assert [s.printed for s in statements(text)] == []


def test_a_statement_keeps_sentence_place_year_and_bound() -> None:
    text = "先看一句。2022年发放补贴不少于45.5万元。"
    (statement,) = statements(text)
    assert statement.text == "2022年发放补贴不少于45.5万元。"
    assert (statement.year, statement.comparator, statement.step) == (2022, "GE", Decimal("0.1"))
    assert statement.value_yuan == 455000
    start, end = statement.location.start, statement.location.end
    assert text[start:end] == statement.printed == "45.5万元"


def test_last_year_is_counted_from_the_report_s_year() -> None:
    assert [s.year for s in statements("上年支出100万元，本年支出120万元。")] == [2022, None]


def test_what_was_achieved_behind_an_enumeration_comma_is_the_actual() -> None:
    rows = (Indicator(1, "维修渠道长度", target=parse_quantity("400公里"), actual=parse_quantity("410公里")),)
    text = "维修渠道长度年度目标400公里、实际完成425公里。"
    narrative = read_narrative([Paragraph(text, Location(paragraph=1))], rows, 2024)

    assert [(s.role, s.value, s.indicator_row_no) for s in narrative.statements] == [
        ("target", 400, 1),
        ("actual", 425, 1),
    ]
