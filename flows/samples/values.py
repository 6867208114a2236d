"""How a layout prints targets and actuals, and what a reader must make of them.

Styles of a target: joined (≥50个), ascii (>=50个), bare (50; the unit stands in the name), suffix (50个以上), words
(不少于50个), number (50 in a column beside its unit column), exact (50个, no comparator), spaced (≥ 50 个).
"""

from __future__ import annotations

from decimal import Decimal

from flows.samples.facts import IndicatorFact
from flows.samples.printing import number

SIGNS = {"GE": "≥", "LE": "≤", "EQ": "=", "GT": ">", "LT": "<"}
ASCII = {"GE": ">=", "LE": "<=", "EQ": "=", "GT": ">", "LT": "<"}
WORDS = {"GE": "不少于", "LE": "不超过", "EQ": "", "GT": "超过", "LT": "低于"}
SUFFIX = {"GE": "以上", "LE": "以内", "EQ": "", "GT": "以上", "LT": "以下"}


def value_of(indicator: IndicatorFact, side: str) -> Decimal | None:
    """The number a reader must get for the target or actual: percent and permille as fractions, None for words."""
    value = indicator.target if side == "target" else indicator.actual
    if not isinstance(value, Decimal):
        return None
    return value / {"%": 100, "‰": 1000}.get(indicator.unit, 1)


def comparator_shown(indicator: IndicatorFact, style: str) -> str | None:
    """The comparator a reader must get, None where the style prints none."""
    if not isinstance(indicator.target, Decimal) or style in {"bare", "number", "exact"}:
        return None
    if indicator.comparator == "EQ" and style not in {"joined", "ascii", "spaced", "sign"}:
        return None
    if style == "suffix" and indicator.comparator in {"GT", "LT"}:
        return {"GT": "GE", "LT": "LT"}[indicator.comparator]
    return indicator.comparator


def target_text(indicator: IndicatorFact, style: str) -> str:
    """The target as the layout prints it."""
    target = indicator.target
    if not isinstance(target, Decimal):
        return str(target or "")
    digits, unit, sign = number(target), indicator.unit, indicator.comparator
    percent = unit in {"%", "‰"}
    if style == "joined":
        return f"{SIGNS[sign]}{digits}{unit}"
    if style == "spaced":
        return f"{SIGNS[sign]} {digits} {unit}"
    if style == "ascii":
        return f"{ASCII[sign]}{digits}{unit}"
    if style == "sign":
        return f"{SIGNS[sign]}{digits}{unit if percent else ''}"
    if style == "suffix":
        return f"{digits}{unit}{SUFFIX[sign]}"
    if style == "words":
        return f"{WORDS[sign]}{digits}{unit}"
    if style == "bare":
        return f"{digits}{unit if percent else ''}"
    if style == "scaled":
        return f"{SIGNS[sign]}{scaled(target)}{unit}"
    if style == "number":
        return digits
    return f"{digits}{unit}"


def scaled(value: Decimal) -> str:
    """Counts from ten thousand on in 万, where that loses no digit: 23000 -> 2.3万."""
    if value >= 10000 and value % 100 == 0:
        return number(value / 10000) + "万"
    return number(value)


def actual_text(indicator: IndicatorFact, style: str) -> str:
    """The actual as the layout prints it: with_unit (480件), bare (480, percent keeps its sign), number (480) or scaled."""
    actual = indicator.actual
    if not isinstance(actual, Decimal):
        return str(actual or "")
    digits, unit = number(actual), indicator.unit
    if style == "number":
        return digits
    if style == "bare":
        return digits + (unit if unit in {"%", "‰"} else "")
    if style == "scaled":
        return scaled(actual) + unit
    return digits + unit
