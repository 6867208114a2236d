"""Which sums, ratios and changes a narrative claims, and which figures beside each other claim nothing.

Every sample names all the relations that it holds: one more is as wrong as one less.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.document import Location, Paragraph
from extractors.narrative import read_narrative
from extractors.report import Relation


def relations(text: str) -> list[Relation]:
    lines = text.split("\n")
    paragraphs = [Paragraph(line, Location(paragraph=n)) for n, line in enumerate(lines, start=1)]
    return list(read_narrative(paragraphs, (), 2023).relations)


def claims(text: str) -> set[str]:
    return {f"{relation.kind} {_plain(relation)} = {relation.formula}" for relation in relations(text)}


def _plain(relation: Relation) -> str:
    stated = relation.stated or Decimal(0)
    stated = stated / 10000 if relation.unit == "元" and relation.kind == "sum" else stated
    text = f"{stated:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


CLAIMS = [
    # wholes and parts
    (
        "2023年部门收入总计860.50万元，其中：一般公共预算财政拨款收入820.30万元，其他收入40.20万元。",
        {"sum 860.5 = 820.30万元 + 40.20万元"},
    ),
    (
        "本年支出合计1200.00万元，其中：基本支出700.00万元，占58.33%；项目支出500.00万元，占41.67%。",
        {
            "sum 1200 = 700.00万元 + 500.00万元",
            "ratio 0.5833 = 700.00万元 / 1200.00万元",
            "ratio 0.4167 = 500.00万元 / 1200.00万元",
        },
    ),
    (
        "全年安排资金3.2亿元（中央资金1.5亿元、省级资金9000万元、县级配套8000万元）。",
        {"sum 32000 = 1.5亿元 + 9000万元 + 8000万元"},
    ),
    (
        "局机关编制60名，实有在职人员54人，其中行政人员30人、事业人员24人。",
        {"sum 54 = 30人 + 24人"},
    ),
    (
        "全局现有干部职工96人，其中在职71人，退休26人。",
        {"sum 96 = 71人 + 26人"},
    ),
    (
        "人员经费310.25万元，公用经费89.75万元，合计400.00万元。",
        {"sum 400 = 310.25万元 + 89.75万元"},
    ),
    (
        "部门总支出由基本支出420万元和项目支出180万元组成。",
        set(),
    ),
    (
        "部门总支出600万元，由基本支出420万元和项目支出180万元组成。",
        {"sum 600 = 420万元 + 180万元"},
    ),
    (
        "收入预算500.00万元，其中财政拨款480.00万元、其他收入20.00万元；支出预算500.00万元，其中基本支出300.00万元、项目支出200.00万元。",
        {"sum 500 = 480.00万元 + 20.00万元", "sum 500 = 300.00万元 + 200.00万元"},
    ),
    (
        "全年支出900万元。其中：基本支出600万元（人员经费520万元，公用经费80万元），项目支出300万元。",
        {"sum 900 = 600万元 + 300万元", "sum 600 = 520万元 + 80万元"},
    ),
    (
        "基本支出600万元，其中人员经费520万元，公用经费80万元；项目支出300万元，其中运转类100万元，特定目标类200万元。",
        {"sum 600 = 520万元 + 80万元", "sum 300 = 100万元 + 200万元"},
    ),
    (
        "全年总支出900万元，其中基本支出600万元，其中人员经费520万元，公用经费80万元，项目支出300万元。",
        {"sum 900 = 600万元 + 300万元", "sum 600 = 520万元 + 80万元"},
    ),
    (
        "新建公厕12座，其中城区7座，乡镇6座，完成投资240万元。",
        {"sum 12 = 7座 + 6座"},
    ),
    (
        "三公经费支出15.6万元，其中：因公出国（境）费0万元，公务用车运行维护费12.4万元，公务接待费3.2万元。",
        {"sum 15.6 = 0万元 + 12.4万元 + 3.2万元"},
    ),
    (
        "种植面积1200亩，其中水稻700，玉米300，大豆200。",
        {"sum 1200 = 700亩 + 300亩 + 200亩"},
    ),
    (
        "项目支出5100万元，其中道路改造2000万，管网更新3100万元。",
        {"sum 5100 = 2000万元 + 3100万元"},
    ),
    (
        "预算安排300万元，其中基本支出预算100万元，执行98万元；项目支出预算200万元，执行150万元。",
        {"sum 300 = 100万元 + 200万元"},
    ),
    # adjustments
    (
        "年初预算800.00万元，年中追加120.50万元，核减20.50万元，调整后预算900.00万元。",
        {"sum 900 = 800.00万元 + 120.50万元 - 20.50万元"},
    ),
    (
        "年中预算调整50万元，其中基本支出调增70万元，项目支出调减20万元。",
        {"sum 50 = 70万元 - 20万元"},
    ),
    # execution and other rates
    (
        "全年预算数1000.00万元，全年执行数950.00万元，预算执行率95%。",
        {"ratio 0.95 = 950.00万元 / 1000.00万元"},
    ),
    (
        "2023年末资产总额2400万元，负债总额600万元，净资产1800万元，资产负债率25%。",
        {"sum 1800 = 2400万元 - 600万元", "ratio 0.25 = 600万元 / 2400万元"},
    ),
    (
        "共受理申请120件，已办结118件，办结率98.33%。",
        {"ratio 0.9833 = 118件 / 120件"},
    ),
    (
        "计划培训300人次，实际完成培训270人次，完成率90%。",
        {"ratio 0.9 = 270人次 / 300人次"},
    ),
    (
        "已完成改造45个小区，占全县计划改造60个小区的75%。",
        {"ratio 0.75 = 45个 / 60个"},
    ),
    # changes
    (
        "全年接待群众2400人次，上年2000人次，比上年增长20%。",
        {"change 0.2 = 2400人次 / 2000人次 - 1"},
    ),
    (
        "本年支出360万元，比上年增加60万元，增长20%。",
        {"change 0.2 = 360万元 / (360万元 - 60万元) - 1"},
    ),
    (
        "公用经费45万元，较上年减少5万元，下降10%。",
        {"change -0.1 = 45万元 / (45万元 + 5万元) - 1"},
    ),
    (
        "年度任务115处，实际完成264处，超任务43%。",
        {"change 0.43 = 264处 / 115处 - 1"},
    ),
    (
        "目标50亿元，实际完成38亿元，完成目标的76%。",
        {"ratio 0.76 = 38亿元 / 50亿元"},
    ),
    # counts
    (
        "全年共设置绩效指标20项，其中完成18项，未完成2项。",
        {"sum 20 = 18项 + 2项", "count 18 = 18项", "count 2 = 2项"},
    ),
    (
        "满意度指标共设3个，3个指标全部完成。",
        {"count 3 = 3个"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), CLAIMS)
def test_claims(text: str, expected: set[str]) -> None:
    assert claims(text) == expected


NO_CLAIMS = [
    "全年培训1200人次，其中线上培训300人次。",
    "支出100万元，其中会议费10万元，培训费20万元。",
    "投入资金80万元，购置设备12台，培训人员300人次，满意度95%。",
    "2023年财政拨款收入500万元，比上年增加20万元，主要是人员增加3人。",
    "全县共有行政村120个，其中示范村15个，覆盖农户3000户。",
    "根据《关于批复2023年预算的通知》（某财预〔2023〕12号），2023年1月至12月共召开会议6次。",
    "一是完成改造3处；二是新建2处；三是维修5处，共投入45万元。",
    "其中基本支出预算100万元，执行98万元；项目支出预算200万元，执行150万元。",
    "发放补贴2.3万元，惠及脱贫户46户，户均500元。",
    "办理期限由15个工作日压缩至3个工作日，提速80%。",
    "本单位共有公务用车5辆，其中执法执勤用车3辆。",
    "检查企业210家次，发现隐患356条，整改率100%。",
    "群众满意度达98%，较上年提高2个百分点。",
    "发放问卷200份，收回有效问卷196份，满意度为97%。",
    "项目位于长江沿线10公里范围内，涉及10个矿区、16个图斑。",
    "生态补偿标准为每亩16元，共补偿2.5万亩。",
    "建成高标准农田3万亩，其中高效节水灌溉0.5万亩、宜机化改造0.8万亩。",
    "执行率为96.5%，比上年提高1.2个百分点。",
    "“十四五”期间计划投资5亿元，2023年完成投资1.2亿元，其中中央资金0.4亿元。",
    "县财政安排资金1000万元，截至12月底支付资金860万元，剩余140万元结转下年使用。",
    "第1批下达30万元，第2批下达20万元，共涉及12个乡镇。",
    "完成率100%，合格率100%，及时率100%，满意度95%以上。",
    "全年处理信访件45件，办结率100%，其中重点件5件。",
    "单位内设6个科室，分别为办公室、财务科等；下属事业单位2个。",
]


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_no_claims(text: str) -> None:
    assert claims(text) == set()


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("部门收入500万元，其中财政拨款480万元、其他收入20万元。", "fund_source"),
        ("部门支出500万元，其中基本支出300万元、项目支出200万元。", "nature"),
        ("在职人员54人，其中行政人员30人、事业人员24人。", "staff"),
        ("资产合计500万元，其中流动资产300万元，非流动资产200万元。", "assets"),
        ("年中预算调整50万元，其中基本支出调增70万元，项目支出调减20万元。", "adjustment"),
        ("修建道路50公里，其中县道30公里、乡道20公里。", "items"),
    ],
)
def test_topic(text: str, topic: str) -> None:
    assert [relation.topic for relation in relations(text)] == [topic]


def test_precision_of_the_printed_digits_is_kept() -> None:
    (relation,) = relations("总投入1.2亿元，其中中央资金7000万元、地方资金5000万元。")
    assert (relation.unit, relation.stated) == ("元", Decimal(120000000))
    assert (relation.stated_step, relation.step) == (Decimal(10000000), Decimal(10000000))


def test_a_relation_knows_its_statements_and_its_place() -> None:
    text = "无关段落。\n部门支出500万元，其中基本支出300万元、项目支出200万元。"
    narrative = read_narrative(
        [Paragraph(line, Location(paragraph=n)) for n, line in enumerate(text.split("\n"), 1)], (), 2023
    )
    (relation,) = narrative.relations
    told = {statement.statement_no: statement.printed for statement in narrative.statements}
    assert [told[number] for number in relation.statement_nos] == ["500万元", "300万元", "200万元"]
    assert relation.place == "第2段"
    assert text.split("\n")[1][relation.location.start : relation.location.end] == "500万元"


def test_a_very_long_paragraph_keeps_its_places() -> None:
    text = "本年工作有序推进。" * 800 + "部门支出500万元，其中基本支出300万元、项目支出200万元。"
    (relation,) = relations(text)
    assert relation.formula == "300万元 + 200万元"
    assert text[relation.location.start : relation.location.end] == "500万元"
