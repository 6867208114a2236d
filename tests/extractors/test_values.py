"""What a printed value means: every literal of the value grammar and of the real forms, and round trips."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.values import (
    grade_in,
    is_blank,
    is_marker,
    is_placeholder,
    normalise,
    parse_money,
    parse_quantity,
    parse_rate,
    parse_score,
    split_compound,
    strip_weight_from_name,
    told_grade,
    unit_from_name,
)

NUMBERS = [
    # text, default unit, comparator, value, unit, step
    ("2", "亩", None, "2", "亩", "1"),
    ("2.3万", "亩", None, "23000", "亩", "1000"),
    ("1万人次以上", None, "GE", "10000", "人次", "10000"),
    ("93.6%（发放问卷1200份，有效回收1146份）", None, None, "0.936", "%", "0.001"),
    ("≥1000元/生·年", None, "GE", "1000", "元/生·年", "1"),
    ("≤60元/课时以内", None, "LE", "60", "元/课时", "1"),
    ("1.4万", "人次", None, "14000", "人次", "1000"),
    ("5450卷以上", None, "GE", "5450", "卷", "1"),
    ("350以上", "个", "GE", "350", "个", "1"),
    ("348", "个", None, "348", "个", "1"),
    ("2亿元以上", "亿元", "GE", "2", "亿元", "1"),
    ("1.55", "亿元", None, "1.55", "亿元", "0.01"),
    ("50%以上", None, "GE", "0.5", "%", "0.01"),
    ("46%", None, None, "0.46", "%", "0.01"),
    ("100%", None, None, "1", "%", "0.01"),
    ("100", "%", None, "1", "%", "0.01"),
    ("100", "百分比", None, "1", "%", "0.01"),
    ("≥100百分比", None, "GE", "1", "%", "0.01"),
    ("≥266米", None, "GE", "266", "米", "1"),
    ("≤30", "万元", "LE", "30", "万元", "1"),
    ("=100%", None, "EQ", "1", "%", "0.01"),
    ("56,306,300.00", "元", None, "56306300", "元", "0.01"),
    ("1320.7004万元", None, None, "1320.7004", "万元", "0.0001"),
    ("20.08亿元", None, None, "20.08", "亿元", "0.01"),
    ("3359.62万", "万元", None, "3359.62", "万元", "0.01"),
    ("3359.62万", "元", None, "3359.62", "万元", "0.01"),
    ("2.3", "万亩", None, "23000", "亩", "1000"),
    ("2.3万", "万亩", None, "23000", "亩", "1000"),
    ("600余名", None, "GT", "600", "名", "1"),
    ("98%", None, None, "0.98", "%", "0.01"),
    ("≥50个", None, "GE", "50", "个", "1"),
    (">=21933人", None, "GE", "21933", "人", "1"),
    ("≧735人次", None, "GE", "735", "人次", "1"),
    ("═8", "个", "EQ", "8", "个", "1"),
    ("=8个", None, "EQ", "8", "个", "1"),
    (">6.00(次)", None, "GT", "6", "次", "0.01"),
    ("583元/人*月", None, None, "583", "元/人*月", "1"),
    ("不少于12种", None, "GE", "12", "种", "1"),
    ("95%以上", None, "GE", "0.95", "%", "0.01"),
    ("≤5300元/户", None, "LE", "5300", "元/户", "1"),
    ("5830元/户", None, None, "5830", "元/户", "1"),
    ("0起", None, None, "0", "起", "1"),
    ("25TB", None, None, "25", "TB", "1"),
    ("100%覆盖", None, None, "1", "%", "0.01"),
    ("2.38  万元", None, None, "2.38", "万元", "0.01"),
    ("十四", "个", None, "14", "个", "1"),
    ("两次", None, None, "2", "次", "1"),
    ("二十三项", None, None, "23", "项", "1"),
    ("２０", "个", None, "20", "个", "1"),
    ("≥９５．５％", None, "GE", "0.955", "%", "0.001"),
    ("7.5折", None, None, "7.5", "折", "0.1"),
    ("90分", None, None, "90", "分", "1"),
    ("90分以上", None, "GE", "90", "分", "1"),
    ("完成3个", None, None, "3", "个", "1"),
    ("达到95%", None, "GE", "0.95", "%", "0.01"),
    ("约300人", None, "APPROX", "300", "人", "1"),
    ("300人左右", None, "APPROX", "300", "人", "1"),
    ("共12次", None, None, "12", "次", "1"),
    ("≥3个村", None, "GE", "3", "个村", "1"),
    ("3个项目", None, None, "3", "个", "1"),
    ("控制在5%以内", None, "LE", "0.05", "%", "0.01"),
    ("不超过120万元", None, "LE", "120", "万元", "1"),
    ("不足10户", None, "LT", "10", "户", "1"),
    ("百分之九十五", None, None, "0.95", "%", "0.01"),
    ("百分百", None, None, "1", "%", "0.01"),
    ("零投诉", None, None, "0", None, "1"),
    ("4860卷", "卷", None, "4860", "卷", "1"),
    ("0投诉", "%", None, "0", None, "1"),
    ("满意度95%", None, None, "0.95", "%", "0.01"),
    ("12369人次", None, None, "12369", "人次", "1"),
    ("12345热线办结率≥98%", None, "GE", "0.98", "%", "0.01"),
    ("PM2.5浓度≤35微克/立方米", None, "LE", "35", "微克/立方米", "1"),
    ("-5%", None, None, "-0.05", "%", "0.01"),
    ("3‰", None, None, "0.003", "%", "0.001"),
    ("1.2个百分点", None, None, "0.012", "个百分点", "0.001"),
    ("指标1：≥50个", None, "GE", "50", "个", "1"),
    ("10分", None, None, "10", "分", "1"),
    ("1.2E+05", None, None, "120000", None, "1"),
    ("2023.6", "万元", None, "2023.6", "万元", "0.1"),
    ("2022.12", "万元", None, "2022.12", "万元", "0.01"),
    ("“≥95%”", None, "GE", "0.95", "%", "0.01"),
    ("120 m2", None, None, "120", "m²", "1"),
    ("≤35μg/m3", None, "LE", "35", "μg/m³", "1"),
    ("500元/人.月", None, None, "500", "元/人.月", "1"),
    ("保持在90%以上", None, "GE", "0.9", "%", "0.01"),
    ("每季度1次", None, None, "1", "次", "1"),
    ("100万元（含）以上", None, "GE", "100", "万元", "1"),
    ("90%（目标值）", None, None, "0.9", "%", "0.01"),
    ("覆盖12个乡镇", None, None, "12", "个乡镇", "1"),
]


@pytest.mark.parametrize(("text", "unit", "comparator", "value", "printed_unit", "step"), NUMBERS)
def test_number(
    text: str, unit: str | None, comparator: str | None, value: str, printed_unit: str | None, step: str
) -> None:
    quantity = parse_quantity(text, name_unit=unit)
    assert quantity.kind == "number"
    assert quantity.text == text
    assert (quantity.comparator, quantity.value, quantity.unit) == (comparator, Decimal(value), printed_unit)
    assert quantity.low == quantity.high == quantity.value
    assert quantity.step == Decimal(step)


@pytest.mark.parametrize(
    ("text", "unit", "value", "printed_unit", "dimension"),
    [
        ("24小时", None, "24", "小时", "duration"),
        ("3个工作日", None, "3", "个工作日", "workdays"),
        ("2个工作日内", None, "2", "个工作日", "workdays"),
        ("3年", None, "3", "年", "months"),
        ("5", "工作日", "5", "工作日", "workdays"),
    ],
)
def test_duration(text: str, unit: str | None, value: str, printed_unit: str, dimension: str) -> None:
    quantity = parse_quantity(text, unit)
    assert (quantity.kind, quantity.value) == ("duration", Decimal(value))
    assert (quantity.unit, quantity.dimension) == (printed_unit, dimension)


@pytest.mark.parametrize(
    ("text", "unit", "low", "high", "printed_unit"),
    [
        ("2-3", None, "2", "3", None),
        ("3-5", "工作日", "3", "5", "工作日"),
        ("3—5个", None, "3", "5", "个"),
        ("3至5个工作日", None, "3", "5", "个工作日"),
        ("30%～50%", None, "0.3", "0.5", "%"),
        ("30-50%", None, "0.3", "0.5", "%"),
        ("1.5万-2万亩", None, "15000", "20000", "亩"),
        ("2-3亿元", None, "2", "3", "亿元"),
        ("≥90%且≤110%", None, "0.9", "1.1", "%"),
        ("95%≤X≤100%", None, "0.95", "1", "%"),
    ],
)
def test_range(text: str, unit: str | None, low: str, high: str, printed_unit: str | None) -> None:
    quantity = parse_quantity(text, unit)
    assert (quantity.kind, quantity.value) == ("range", None)
    assert (quantity.low, quantity.high, quantity.unit) == (Decimal(low), Decimal(high), printed_unit)


@pytest.mark.parametrize(
    ("text", "comparator", "low", "high"),
    [
        ("9月前", "LE", 901, 930),
        ("7月", None, 701, 731),
        ("2021年12月31日", None, 20211231, 20211231),
        ("2021-12-31", None, 20211231, 20211231),
        ("2022年12月底前完成", "LE", 20221201, 20221231),
        ("年底前", "LE", 101, 1231),
        ("2022-2023年", None, 20220101, 20231231),
        ("2022年", None, 20220101, 20221231),
        ("第四季度", None, 1001, 1231),
        ("2023年2月", None, 20230201, 20230228),
        ("1-12月", None, 101, 1231),
        ("2022年3月至2023年6月", None, 20220301, 20230630),
        ("2023年6月30日前完成验收", "LE", 20230630, 20230630),
        ("20221231", None, 20221231, 20221231),
        ("2022.12", None, 20221201, 20221231),
    ],
)
def test_date(text: str, comparator: str | None, low: int, high: int) -> None:
    quantity = parse_quantity(text)
    assert (quantity.kind, quantity.comparator) == ("date", comparator)
    assert (quantity.low, quantity.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    "text",
    [
        "有效推进", "完成", "有效", "优良中低差", "达成预期指标", "已完成", "第一", "优", "一般", "1级", "一次性完成",
        "已完成3个项目的验收工作", "未完成3次", "提前3天完成", "7,00.0,77", "1.2.3", "2023年度部门整体支出", "5A级景区",
        "召开2次会议后印发3号文", "三级", "万元", "8:30", "较好", "2022年第3批", "一批重点工程", "减少不必要的开支",
        "按2021年方案推进", "13月前", "2月30日",
    ],
)  # fmt: skip
def test_words_stay_words(text: str) -> None:
    quantity = parse_quantity(text)
    assert quantity.kind == "qualitative"
    assert quantity.value is None


def test_ratio() -> None:
    quantity = parse_quantity("1：2")
    assert (quantity.kind, quantity.value) == ("ratio", Decimal("0.5"))


def test_compound_holds_its_measures_apart() -> None:
    text = "基本支出1285.63万元和项目支出17423.38万元"
    assert parse_quantity(text).kind == "compound"
    assert [part.value for part in split_compound(text)] == [Decimal("1285.63"), Decimal("17423.38")]
    assert parse_quantity("机关8个股室及9个二级机构").kind == "compound"
    assert split_compound("2-3") == ()


@pytest.mark.parametrize("text", ["/", "—", "——", "-", "－", "无", "不适用", "N/A", "指标1：/", " — "])
def test_markers_are_no_values(text: str) -> None:
    assert is_marker(text)
    assert parse_quantity(text).kind == "marker"
    assert parse_money(text, "万元") is None
    assert parse_score(text) is None
    assert parse_rate(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "……",
        "*",
        "XX",
        "XXX万元",
        "指标1：",
        "指标2:",
        "公猪舍(≥**平方米)",
        "（100字以内）",
        "≥X个",
        "指标3：……",
    ],
)
def test_prompts_left_in(text: str) -> None:
    assert is_placeholder(text)
    assert not is_marker(text)
    assert parse_quantity(text).kind == "placeholder"


@pytest.mark.parametrize("text", ["", " ", "\u3000\u3000", "\xa0", "\n"])
def test_blank(text: str) -> None:
    assert is_blank(text)
    assert parse_quantity(text).kind == "blank"


@pytest.mark.parametrize(
    ("text", "header", "yuan", "step"),
    [
        ("2790.13", "万元", "27901300", "100"),
        ("620.82万元", "万元", "6208200", "100"),
        ("3359.62万", "万元", "33596200", "100"),
        ("2.38  万元", "元", "23800", "100"),
        ("215,457.6", "元", "215457.6", "0.1"),
        ("215457.6", "元", "215457.6", "0.1"),
        ("56,306,300.00", "元", "56306300", "0.01"),
        ("0", "万元", "0", "10000"),
        ("-12.5", "万元", "-125000", "1000"),
        ("(123.45)", "万元", "-1234500", "100"),
        ("1.2亿元", "万元", "120000000", "10000000"),
        ("18727\n.03", "万元", "187270300", "100"),
        ("57,371,2\n00.00", "元", "57371200", "0.01"),
        ("￥1,000", "元", "1000", "1"),
        ("１２．５", "（万元）", "125000", "1000"),
    ],
)
def test_money(text: str, header: str, yuan: str, step: str) -> None:
    money = parse_money(text, header)
    assert money is not None
    assert (money.yuan, money.step_yuan) == (Decimal(yuan), Decimal(step))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "—",
        "/",
        "7,00.0,77",
        "1234\n56",
        "约5",
        "见附表",
        "12 34",
        "1,2",
        "10%",
        "其中：3",
        "202010100.00%10",
    ],
)
def test_no_money(text: str) -> None:
    assert parse_money(text, "万元") is None


def test_money_without_any_unit_is_none() -> None:
    assert parse_money("12", None) is None
    assert parse_money("12万元", None) is not None


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("10分", "10"),
        ("10", "10"),
        ("（10分）", "10"),
        ("9.80", "9.80"),
        ("0", "0"),
        ("得2.1分", "2.1"),
        ("-2", "-2"),
    ],
)
def test_score(text: str, score: str) -> None:
    assert parse_score(text) == Decimal(score)


@pytest.mark.parametrize("text", ["100%", "", "20分*执行率", "优", "10-20", "10 20", "1.2.3"])
def test_no_score(text: str) -> None:
    assert parse_score(text) is None


@pytest.mark.parametrize(
    ("text", "percent_header", "value", "step"),
    [
        ("97%", False, "0.97", "0.01"),
        ("0.97", False, "0.97", "0.01"),
        ("97", False, "0.97", "0.01"),
        ("671.19%", False, "6.7119", "0.0001"),
        ("100.00％", False, "1", "0.0001"),
        ("97.00", True, "0.97", "0.0001"),
        ("0", True, "0", "0.01"),
        ("1", False, "1", "1"),
    ],
)
def test_rate(text: str, percent_header: bool, value: str, step: str) -> None:
    rate = parse_rate(text, percent_header=percent_header)
    assert rate is not None
    assert (rate.value, rate.step) == (Decimal(value), Decimal(step))


def test_rate_that_its_header_leaves_open_is_decided_by_the_amounts_or_not_at_all() -> None:
    assert parse_rate("0.97", percent_header=True) is None
    rate = parse_rate("0.97", percent_header=True, expected=Decimal("0.968"))
    assert rate is not None
    assert rate.value == Decimal("0.97")


@pytest.mark.parametrize(
    ("name", "group", "rest", "score"),
    [
        ("拓展发展空间面积（平方公里）（3分）", False, "拓展发展空间面积（平方公里）", "3"),
        ("产出指标\n(50分)", False, "产出指标", "50"),
        ("产出指标（40）", True, "产出指标", "40"),
        ("产出指标（40）", False, "产出指标（40）", None),
        ("举办培训人次（3分）", False, "举办培训人次", "3"),
        ("效益指标30分", True, "效益指标", "30"),
        ("数量指标（权重：20）", False, "数量指标", "20"),
        ("国家三级公路（含大修）", False, "国家三级公路（含大修）", None),
        ("（3分）", False, "（3分）", None),
    ],
)
def test_weight_in_name(name: str, group: bool, rest: str, score: str | None) -> None:
    assert strip_weight_from_name(name, group) == (rest, Decimal(score) if score else None)


@pytest.mark.parametrize(
    ("name", "rest", "unit"),
    [
        ("新增耕地面积（亩）", "新增耕地面积", "亩"),
        ("减少企业用地成本（万元）", "减少企业用地成本", "万元"),
        ("覆盖率(%)", "覆盖率", "%"),
        ("购置医疗设备（台（套））", "购置医疗设备", "台(套)"),
        ("查询次数（含网络）", "查询次数（含网络）", None),
        ("人均标准（元/人·月）", "人均标准", "元/人·月"),
        ("新增耕地面积", "新增耕地面积", None),
    ],
)
def test_unit_in_name(name: str, rest: str, unit: str | None) -> None:
    assert unit_from_name(name) == (rest, unit)


def test_normalise_makes_labels_comparable() -> None:
    assert normalise("　年度　\n资金总额（万元）：") == "年度资金总额(万元):"
    assert normalise("Total  cost") == "Total cost"


def test_area_units_compare_exactly() -> None:
    mu, hectare = parse_quantity("15亩"), parse_quantity("1公顷")
    assert mu.value is not None and mu.base is not None and hectare.value is not None
    assert mu.value * mu.base == hectare.value * (hectare.base or 0)


def test_what_is_counted_by_the_year_compares_with_what_is_counted() -> None:
    assert parse_quantity("≥4次/年").dimension == parse_quantity("5次").dimension == "count:次"
    assert parse_quantity("4次/月").dimension == "count:次/月"


AMOUNTS = st.decimals(min_value=0, max_value=10**12, places=2)


@given(AMOUNTS, st.booleans(), st.sampled_from(["元", "万元", "亿元"]))
def test_money_round_trip(amount: Decimal, grouped: bool, unit: str) -> None:
    printed = f"{amount:,.2f}" if grouped else f"{amount:.2f}"
    factor = {"元": 1, "万元": 10**4, "亿元": 10**8}[unit]
    under_header, in_cell = parse_money(printed, unit), parse_money(printed + unit, "元")
    assert under_header is not None and in_cell is not None
    assert under_header.yuan == in_cell.yuan == amount * factor


@given(
    AMOUNTS,
    st.sampled_from(["≥", "≤", "不少于", "不超过", ""]),
    st.sampled_from(["个", "亩", "万元", "人次", "公里"]),
)
def test_quantity_round_trip(amount: Decimal, bound: str, unit: str) -> None:
    quantity = parse_quantity(f"{bound}{amount:f}{unit}")
    assert (quantity.value, quantity.unit) == (amount, unit)
    assert quantity.comparator == {"≥": "GE", "≤": "LE", "不少于": "GE", "不超过": "LE", "": None}[bound]


@given(st.integers(min_value=0, max_value=9999))
def test_chinese_numerals_round_trip(number: int) -> None:
    quantity = parse_quantity(f"{_chinese(number)}个")
    assert quantity.value == number


@given(st.text(max_size=40))
def test_any_text_has_a_reading(text: str) -> None:
    assert parse_quantity(text).text == text
    assert len(normalise(text)) <= len(text)
    parse_money(text, "万元")
    parse_rate(text)
    parse_score(text)
    strip_weight_from_name(text, group=True)
    unit_from_name(text)


def _chinese(number: int) -> str:
    digits, places = "零一二三四五六七八九", ["", "十", "百", "千"]
    if number == 0:
        return "零"
    words, pending_zero = "", False
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if digit:
            words += ("零" if pending_zero and words else "") + digits[digit] + places[power]
            pending_zero = False
        else:
            pending_zero = True
    return words


@pytest.mark.parametrize(
    ("cell", "grade"),
    [
        ("优秀", "优"),
        ("自评等级：良好", "良"),
        ("☑优□良□中□差", "优"),
        ("优 □良 □中 □差", "优"),  # the tick was lost in print
        ("优□  良□  中□  差□", None),  # nothing is chosen
        ("评价等级（优、良、中、差）", None),
    ],
)
def test_grade_of_a_cell(cell: str, grade: str | None) -> None:
    assert grade_in(cell) == grade


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("综合得分92.3分，评价等级为“优”。", "优"),
        ("自评总得分85分，自评结果为良好。", "良"),
        ("综合得分92分，评定为“优”。", "优"),
        ("评价等级分为优、良、中、差四级。", None),
        ("得分90分以上等级为优。", None),
        ("2021年自评等级为良。", None),
        ("整体自评等级为优。公用经费自评等级为良。", None),
    ],
)
def test_grade_told_in_a_sentence(text: str, grade: str | None) -> None:
    assert told_grade([text], 2022) == grade
