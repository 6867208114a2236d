"""A target whose operator and unit stand in columns of their own is put back together; other words there are none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.document import Location
from extractors.forms.indicator_values import on_one_scale, target_of
from extractors.report import Printed
from extractors.values import parse_quantity


@pytest.mark.parametrize(
    ("sign", "target", "unit", "said"),
    [
        ("≧", "735", "人次", "≧735人次"),
        ("不低于", "90", "%", "不低于90%"),
        ("大于或等于", "3", "次", "大于或等于3次"),
        ("定性", "有效提升", "", "有效提升"),
        ("文字描述", "有效提升", "", "有效提升"),
        ("正向指标", "735", "人次", "735人次"),
        ("/", "735", "人次", "735人次"),
        ("≥", "≥735", "人次", "≥735人次"),
    ],
)
def test_only_what_compares_is_an_operator(sign: str, target: str, unit: str, said: str) -> None:
    cells = {"comparator": sign, "target": target, "unit": unit}
    printed = target_of({field: Printed(text, Location()) for field, text in cells.items()})
    assert printed is not None
    assert printed.text == said


@pytest.mark.parametrize(
    ("target", "actual", "read"),
    [
        ("≥95%", "0.96", "0.96"),
        ("100%", "1", "1"),
        ("≥95%", "96", "0.96"),
        ("≥95%", "0.96%", "0.0096"),  # its own sign stands
        ("≤0.5%", "0.42", "0.0042"),  # as near as it is printed
        ("≤10%", "0.9", "0.009"),  # a share that fell
    ],
)
def test_a_bare_fraction_beside_a_percentage(target: str, actual: str, read: str) -> None:
    _, quantity = on_one_scale(parse_quantity(target), parse_quantity(actual, None, "%"))
    assert quantity.value == Decimal(read)
