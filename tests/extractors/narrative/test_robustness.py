"""Whatever stands in a narrative: it is read without error, and every place points at what was printed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.document import Location, Paragraph
from extractors.narrative import read_narrative
from extractors.report import Indicator
from extractors.values import parse_quantity

FRAGMENTS = st.sampled_from(
    [
        "年初预算", "调整后预算", "实际支出", "其中", "：", "；", "，", "。", "（", "）", "“", "”", "《", "》", "500万元", "12.5亿元", "3个",
        "45%", "占比", "占", "的", "执行率", "完成率", "2022年", "12月", "〔2022〕5号", "由", "组成", "合计", "比上年增长", "减少",
        "基本支出", "项目支出", "人员", "编制38人", "1、", "（2）", "得分", "2.1分", "指标", "未完成", "其余", "2-3", "万", "1,234", "7,00.0",
        "\n", " ", "\u3000", "目标值为", "实际", "新建公路里程", "超任务", "100", "～", "至",
    ]
)  # fmt: skip
TEXTS = st.lists(FRAGMENTS, max_size=60).map("".join) | st.text(max_size=120)
ROWS = (
    Indicator(1, "新建公路里程（公里）", target=parse_quantity("3个"), actual=parse_quantity("3个")),
    Indicator(2, "指标"),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXTS, max_size=4), st.booleans())
def test_any_text_is_read_and_every_place_holds(texts: list[str], with_form: bool) -> None:
    paragraphs = [Paragraph(text, Location(paragraph=n)) for n, text in enumerate(texts, start=1)]
    narrative = read_narrative(paragraphs, ROWS if with_form else (), 2022)
    for statement in narrative.statements:
        place = statement.location
        assert place.paragraph is not None
        assert texts[place.paragraph - 1][place.start : place.end].strip() == statement.printed
        assert statement.value is None or statement.step is not None
    numbers = {statement.statement_no for statement in narrative.statements}
    assert numbers == set(range(1, len(numbers) + 1))
    for relation in narrative.relations:
        assert set(relation.statement_nos) <= numbers
        assert relation.step > 0
        assert relation.kind == "count" or len(relation.terms) >= 2


@settings(max_examples=100, deadline=None)
@given(st.lists(TEXTS, max_size=4))
def test_the_same_text_is_read_the_same_way(texts: list[str]) -> None:
    paragraphs = [Paragraph(text, Location(paragraph=n)) for n, text in enumerate(texts, start=1)]
    assert read_narrative(paragraphs, (), None) == read_narrative(paragraphs, (), None)
