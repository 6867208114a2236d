"""Weights, scores and execution rates as printed in their columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from extractors.values.numerals import read_digits
from extractors.values.text import is_marker, normalise

_SCORE = re.compile(r"\(?(?:得分|得|分值|权重|满分)?:?\(?(?P<sign>[-+])?(?P<digits>[\d.,]+)分?\)?\)?")
_RATE = re.compile(r"(?P<sign>-)?(?P<digits>[\d.,]+)(?P<percent>%|‰)?")
_LARGEST_FRACTION = Decimal("1.5")


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate as a fraction (97 % -> 0.97) and the smallest difference its printed digits can show."""

    value: Decimal
    step: Decimal


@lru_cache(maxsize=8192)
def parse_score(text: str) -> Decimal | None:
    """Points in a weight or score cell (10, 10分, （9.80分）); None for blanks, percentages and words."""
    if is_marker(text):
        return None
    match = _SCORE.fullmatch(normalise(text).replace(" ", "") if not re.search(r"\d\s+\d", text) else text)
    number = read_digits(match["digits"]) if match else None
    if match is None or number is None:
        return None
    return -number.value if match["sign"] == "-" else number.value


@lru_cache(maxsize=8192)
def parse_rate(text: str, percent_header: bool = False, expected: Decimal | None = None) -> Rate | None:
    """A rate as a fraction. percent_header: the column's header says (%), so the number is in percent.

    Without a sign or such a header, a number up to 1.5 is a fraction and a greater one is in percent.
    expected: executed / budget, where known; it decides what the digits alone leave open (0.97 under a (%)
    header, 2). None for blanks, markers, words, and what stays open.
    """
    if is_marker(text):
        return None
    match = _RATE.fullmatch(normalise(text).replace(" ", ""))
    number = read_digits(match["digits"]) if match else None
    if match is None or number is None:
        return None
    value = -number.value if match["sign"] else number.value
    divisor = _divisor(match["percent"], value, percent_header, expected)
    return None if divisor is None else Rate(value / divisor, number.step / divisor)


def _divisor(
    sign: str | None, value: Decimal, percent_header: bool, expected: Decimal | None
) -> Decimal | None:
    percent, fraction = Decimal(100), Decimal(1)
    if sign:
        return percent if sign == "%" else Decimal(1000)
    if expected is not None and value:
        near = abs(value / percent - expected) <= abs(value - expected)
        return percent if near else fraction
    if percent_header:
        return None if 0 < abs(value) <= _LARGEST_FRACTION else percent
    return fraction if abs(value) <= _LARGEST_FRACTION else percent
