"""Indicators named in running text, with names that drift: what is told of them, and what is not of them."""

from __future__ import annotations

import pytest

from extractors.document import Location, Paragraph
from extractors.narrative import read_narrative
from extractors.report import Indicator
from extractors.values import parse_quantity

_ROWS = [
    ("新建高标准农田面积", "≥2.5万亩", "2.6万亩"),
    ("开展技术培训场次", "≥40场", "42场"),
    ("培训农民人数", "≥3000人次", "3120人次"),
    ("农产品抽检合格率", "≥98%", "98.6%"),
    ("项目按期完成率", "100%", "100%"),
    ("补贴资金发放及时率", "100%", "96%"),
    ("项目总成本", "≤1800万元", "1756.3万元"),
    ("带动农户户均增收", "≥500元", "620元"),
    ("新增就业岗位", "≥120个", "135个"),
    ("秸秆综合利用率", "≥92%", "92.4%"),
    ("化肥使用量下降率", "≥3%", "3.2%"),
    ("受益群众满意度", "≥90%", "93.5%"),
]
_FURTHER = [
    ("抓获犯罪嫌疑人数量", "≥900人", "1036人"),
    ("居民健康档案建档率", "≥90%", "92.5%"),
    ("刑事案件破案率", "≥60%", "65%"),
    ("发放残疾人两项补贴人数", "4000人", "4200人"),
    ("水稻机插率", "≥75%", "80%"),
    ("档案数字化卷数", "≥30万卷", "30.72万卷"),
    ("办结复议案件数量", "≥60件", "64件"),
]
INDICATORS = [
    Indicator(number, name, target=parse_quantity(target), actual=parse_quantity(actual))
    for number, (name, target, actual) in enumerate([*_ROWS, *_FURTHER], start=1)
]


def told(text: str) -> set[str]:
    """Row, role and figure of every statement that was matched to an indicator."""
    statements = read_narrative([Paragraph(text, Location(paragraph=1))], INDICATORS, 2023).statements
    return {f"{s.indicator_row_no} {s.role} {s.printed}" for s in statements if s.indicator_row_no}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年，我局新建高标准农田2.8万亩。", {"1 actual 2.8万亩"}),
        ("举办各类农业技术培训45场，共培训农民3210人次。", {"2 actual 45场", "3 actual 3210人次"}),
        ("全年举办42场农业技术培训。", {"2 actual 42场"}),
        ("农产品质量安全抽检合格率达98.9%。", {"4 actual 98.9%"}),
        ("项目按期完成率95%。", {"5 actual 95%"}),
        ("补贴资金及时发放率为98%，未达到100%的目标。", {"6 actual 98%", "6 target 100%"}),
        ("项目总成本1765.3万元，控制在1700万元以内。", {"7 actual 1765.3万元", "7 target 1700万元以内"}),
        ("带动农户户均增收680元，较目标500元高180元。", {"8 actual 680元", "8 target 500元"}),
        ("新增就业岗位153个，超过年初100个的目标。", {"9 actual 153个", "9 target 100个"}),
        ("秸秆综合利用率94.2%，化肥使用量较上年下降3.8%。", {"10 actual 94.2%", "11 actual 3.8%"}),
        ("化肥使用量减少3.8%。", {"11 actual 3.8%"}),
        ("高标准农田建设面积，年初目标值2.6万亩，实际完成2.7万亩。", {"1 target 2.6万亩", "1 actual 2.7万亩"}),
        ("技术培训，目标45场，实际48场。", {"2 target 45场", "2 actual 48场"}),
        ("培训人数目标值≥3200人次，实际完成值3210人次。", {"3 target ≥3200人次", "3 actual 3210人次"}),
        ("抽检合格率目标95%，实际99.6%。", {"4 target 95%", "4 actual 99.6%"}),
        (
            "按期完成率目标值95%，实际值98%；补贴发放及时率目标值98%，实际值99%。",
            {"5 target 95%", "5 actual 98%", "6 target 98%", "6 actual 99%"},
        ),
        ("项目按期完成率（目标值：95%）实际完成97%。", {"5 target 95%", "5 actual 97%"}),
        ("项目按期完成率年度绩效目标为95%，年末完成97%。", {"5 target 95%", "5 actual 97%"}),
        ("截至2023年底，秸秆综合利用率完成94.2%（目标93%）。", {"10 actual 94.2%", "10 target 93%"}),
        ("2023年项目按期完成率达到97%，年初目标为95%。", {"5 target 95%", "5 actual 97%"}),
        ("抽检合格率应达到95%，实际完成99.6%。", {"4 target 95%", "4 actual 99.6%"}),
        ("全年共抓获各类犯罪嫌疑人1306名。", {"13 actual 1306名"}),
        ("规范建立居民健康档案，建档率达95.2%。", {"14 actual 95.2%"}),
        ("居民健康档案建档率应不低于95%，实际为92.5%。", {"14 target 95%", "14 actual 92.5%"}),
        ("侦破各类刑事案件806起，破案率达到56%。", {"15 actual 56%"}),
        ("全年为4020名残疾人发放两项补贴。", {"16 actual 4020名"}),
        ("累计投入120万元，完成馆藏档案数字化32.7万卷。", {"18 actual 32.7万卷"}),
        ("一年来共办结行政复议案件46件。", {"19 actual 46件"}),
        ("新增就业岗位由年初目标100个提高到实际完成153个。", {"9 target 100个", "9 actual 153个"}),
        ("户均增收：目标550元，实际680元。", {"8 target 550元", "8 actual 680元"}),
        ("满意度：目标85%，实际95.3%。", {"12 target 85%", "12 actual 95.3%"}),
    ],
)  # fmt: skip
def test_what_is_told_of_an_indicator(text: str, expected: set[str]) -> None:
    assert {item.replace("≥", "") for item in told(text)} == {item.replace("≥", "") for item in expected}


@pytest.mark.parametrize(
    "text",
    [
        "全年开展专项检查100次，其中合格96次，合格率96%。",
        "2022年新建高标准农田2.4万亩。",
        "2024年计划新建高标准农田2.8万亩。",
        "其中，东部片区新建高标准农田2.4万亩。",
        "截至6月底，已开展技术培训38场。",
        "上年度受益群众满意度为91%。",
        "省里下达我县高标准农田建设任务2.4万亩。",
        "年均培训农民3100人次。",
        "甲镇新建高标准农田0.8万亩。",
        "“十四五”期间累计新建高标准农田2.7万亩。",
        "用水户对管护工作的满意程度较高，参保率95%。",
        "全县秸秆总量92.6万吨。",
        "培训农民3000人次以上。",
        "验收合格率99%。",
        "早稻机插率72%，晚稻机插率86%。",
        "服务企业满意度92.5%，群众对办事效率满意率91%。",
        "现行命案破案率100%，八类严重暴力案件破案率98.6%。",
        "打掉电诈团伙12个，抓获电诈犯罪嫌疑人213名。",
        "困难残疾人生活补贴2310人，重度残疾人护理补贴2640人。",
        "秸秆综合利用率提高1.1个百分点，秸秆综合利用量增长90%。",
    ],
)
def test_what_is_not_of_an_indicator(text: str) -> None:
    assert told(text) == set()
