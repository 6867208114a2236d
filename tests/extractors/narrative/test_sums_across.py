"""Sums whose figures do not stand in one list: under a heading, class by class, beside a table of scores."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from extractors import extract_reports
from extractors.document import Location, Paragraph
from extractors.narrative import read_narrative

SEEDS = Path(__file__).parents[3].parent / "shared" / "seeds"


def sums(*lines: str) -> dict[str, Decimal | None]:
    """Formula and stated amount of every sum that a few paragraphs claim."""
    paragraphs = [Paragraph(line, Location(paragraph=number)) for number, line in enumerate(lines, start=1)]
    found = read_narrative(paragraphs, (), 2023).relations
    return {relation.formula: relation.stated for relation in found if relation.kind == "sum"}


_ITEMS = ("1、农业农村支出60.5万元。其中：种苗补助20万元。", "2、水利支出39.5万元。", "3、林业支出25万元。")


def test_items_under_a_heading_are_held_against_the_total_of_its_name() -> None:
    found = sums("（二）项目支出情况", *_ITEMS, "三、绩效情况", "基本支出300万元，项目支出125万元。")
    assert found["60.5万元 + 39.5万元 + 25万元"] == Decimal(1_250_000)


def test_a_total_that_is_off_by_a_slip_is_told_too() -> None:
    found = sums("（二）项目支出情况", *_ITEMS, "三、绩效情况", "全年项目支出125.5万元。")
    assert found["60.5万元 + 39.5万元 + 25万元"] == Decimal(1_255_000)


@pytest.mark.parametrize("told", ["年初项目支出90万元。", "基本支出125万元。"])
def test_figures_of_another_amount_or_name_are_no_total_of_the_items(told: str) -> None:
    assert sums("（二）项目支出情况", *_ITEMS, "三、绩效情况", told) == {}


_CLASSES = (
    "年初预算500万元，其中人员经费支出200万元，公用经费支出50万元，项目支出250万元。"
    "年中预算调整30万元，其中人员经费调增20万元，项目支出调增10万元。"
    "调整后预算530万元（人员经费220万元，公用经费50万元，项目支出{adjusted}万元）。"
)


@pytest.mark.parametrize("adjusted", ["260", "265"])
def test_budgets_are_followed_class_by_class(adjusted: str) -> None:
    found = sums(_CLASSES.format(adjusted=adjusted))
    assert found["250万元 + 10万元"] == Decimal(adjusted) * 10_000
    assert found["200万元 + 20万元"] == Decimal(2_200_000)


def test_a_single_part_that_is_the_whole_is_a_sum_that_holds() -> None:
    assert sums("本年收入300万元，其中：财政拨款收入300万元。") == {"300万元": Decimal(3_000_000)}
    assert sums("本年收入300万元，其中：财政拨款收入280万元。") == {}


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the four real reports are not at hand (../shared/seeds)")
@pytest.mark.parametrize(
    ("number", "formula"),
    [
        ("002", "15265.33万元 + 1229.37万元 + 183.60万元"),
        ("003", "19.4分 + 37.25分 + 28.37分 + 9.9分"),
        ("003", "3186.14万元 + 38.94万元"),
    ],
)
def test_sums_of_real_reports_that_hold(number: str, formula: str) -> None:
    (report,) = extract_reports(next(SEEDS.glob(f"{number}_*.txt")))
    found = next(relation for relation in report.relations if relation.formula == formula)
    assert found.stated == sum(found.terms)
