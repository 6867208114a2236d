"""Amounts of money in the cells of a budget block."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from extractors.values.numerals import SPACE_GROUPS, read_digits
from extractors.values.text import is_marker, normalise
from extractors.values.units import SCALES, find_unit

_AMOUNT = re.compile(
    r"(?:人民币|RMB|¥|￥)?(?P<open>\()?(?P<sign>[-+])?(?:¥|￥)?(?P<digits>[\d.,]+)(?P<unit>[百千万亿]*元?整?)(?P<close>\))?"
    r"(?P<unit2>[百千万亿]*元?|\([百千万亿]*元\))"
)
_BREAK = re.compile(r"(?<=[\d.,])\s*\n\s*(?=[\d.,])")
_BREAK_AT_POINT = re.compile(r"(?<=[.,])\s+(?=\d)|(?<=\d)\s+(?=[.,]\d)")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in yuan, the smallest difference its printed digits can show (in yuan), and the unit it was read in."""

    yuan: Decimal
    step_yuan: Decimal
    unit: str


@lru_cache(maxsize=8192)
def parse_money(text: str, default_unit: str | None) -> Money | None:
    """An amount printed in a cell under a header in `default_unit` (元, 万元 …); a unit in the cell wins.

    None for blanks, markers (—, /), words, several numbers, malformed grouping, or when no unit is known.
    Negative as -1.00 or (1.00). 0 is zero.
    """
    if is_marker(text):
        return None
    plain = normalise(_join_breaks(text))
    if SPACE_GROUPS.fullmatch(plain) or not re.search(r"\d \d", plain):
        plain = plain.replace(" ", "")
    match = _AMOUNT.fullmatch(plain)
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    number = read_digits(match["digits"])
    factor = _factor(match["unit"] or match["unit2"].strip("()"), default_unit)
    if number is None or factor is None:
        return None
    negative = (match["sign"] == "-") != (bool(match["open"]) and not match["sign"])
    yuan = number.value * factor[1]
    return Money(-yuan if negative and yuan else yuan, number.step * factor[1], factor[0])


def _join_breaks(text: str) -> str:
    """An amount cut by a line break is joined only where its point or its grouping shows that it is one number."""
    pointed = _BREAK_AT_POINT.sub("", text.strip())
    joined = _BREAK.sub("", pointed)
    if joined != pointed and "," in joined and read_digits(re.sub(r"[^\d.,]", "", joined)) is not None:
        return joined
    return pointed


def _factor(printed: str, default_unit: str | None) -> tuple[str, Decimal] | None:
    name = printed.removesuffix("整") or normalise(default_unit or "").strip("()")
    if name in SCALES:
        name = f"{name}元"
    unit = find_unit(name) if name else None
    if unit is None or unit.dimension != "money":
        return None
    return name, unit.base * unit.scale
