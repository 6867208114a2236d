"""What the cells of an indicator row say together: its target with operator and unit, its reason, its direction."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache

from extractors.forms.labels import direction_of, is_spending, squeeze
from extractors.report import Indicator, Printed, Quantity
from extractors.values import is_blank, is_marker, is_placeholder, parse_quantity, parse_score


def target_of(values: Mapping[str, Printed]) -> Printed | None:
    """The target with its operator and unit from their own columns put back: ≧ | 735 | 人次 -> ≧735人次."""
    target = values.get("target")
    if target is None or is_blank(target.text):
        target = values.get("other_target", target)  # 年初指标值 holds where 调整指标值 was left blank
    operator = values.get("comparator")
    unit = values.get("unit")
    sign = squeeze(operator.text) if operator else ""
    if not _is_operator(sign) or target is None or is_blank(target.text):
        sign = ""
    if not sign and not (operator and unit):
        return target
    if target is None:
        return None
    tail = squeeze(unit.text) if unit and not is_marker(unit.text) else ""
    body = target.text.strip()
    tail = "" if not tail or body.endswith(tail) or not re.search(r"\d\s*$", body) else tail
    shown = operator.text.strip() if operator and sign and not body.startswith(sign) else ""
    return replace(target, text=f"{shown}{body}{tail}")


@cache
def _is_operator(sign: str) -> bool:
    """Whether the column's word compares: ≥, 不低于; not 定性, 文字描述 or 正向, which speak of the indicator's nature."""
    return bool(sign) and parse_quantity(f"{sign}1").comparator is not None


def reason_of(values: dict[str, Printed], max_score: Decimal | None, score: Decimal | None) -> Printed | None:
    """The reason column's text; in forms without one the explanation (自评说明, 备注) of a score that falls short."""
    reason = values.get("variance_reason")
    if reason is None and max_score is not None and score is not None and score < max_score:
        reason = values.get("remark")
        if reason is not None:
            values["variance_reason"] = reason
    return reason


def points_to(values: Mapping[str, Printed], name: str, dimension: str, target: Quantity) -> str:
    """up, down or unknown: by the comparator's column, else the name; money under 成本 is meant as a ceiling."""
    text = squeeze(values["comparator"].text) if "comparator" in values else ""
    if "反向" in text or "负向" in text or "逆向" in text:
        return "down"
    if "正向" in text:
        return "up"
    told = direction_of(name)
    if told == "unknown" and dimension == "cost" and target.dimension == "money" and is_spending(name):
        return "down"
    return told


def is_prompt(indicator: Indicator, printed_name: str, values: Mapping[str, Printed]) -> bool:
    """True for 指标1： with nothing filled in beside it."""
    if indicator.name and not is_placeholder(printed_name) and not is_marker(indicator.name):
        return False
    return all(
        is_blank(values[key].text) or is_marker(values[key].text) or is_placeholder(values[key].text)
        for key in ("target", "actual")
        if key in values
    )


def points_of(printed: Printed | None) -> Decimal | None:
    """Points of a weight cell; a weight printed as a percentage (5%) is that many points of 100."""
    return parse_score(printed.text.strip().rstrip("%％")) if printed else None


def squeeze_lines(text: str) -> str:
    """A name printed over several lines as one line; spaces between Chinese characters are layout."""
    return re.sub(r"(?<=[^\x00-\x7f])[ \t\u3000]+(?=[^\x00-\x7f])", "", re.sub(r"\s*\n\s*", "", text)).strip()


_LEAST_PERCENT, _WHOLE = Decimal("0.05"), Decimal(1)


def on_one_scale(target: Quantity, actual: Quantity) -> tuple[Quantity, Quantity]:
    """A bare 0.96 beside 95 % in a form whose unit is % is the spreadsheet's 96 %, not 0.96 %: that side as a fraction.

    Only where the side has no sign of its own, the other is at least 5 %, and the two are then near each other.
    """
    if target.dimension != "percent" or actual.dimension != "percent":
        return target, actual
    if _is_fraction_of(actual, target):
        return target, _as_fraction(actual)
    return (_as_fraction(target), actual) if _is_fraction_of(target, actual) else (target, actual)


def _is_fraction_of(bare: Quantity, other: Quantity) -> bool:
    if bare.value is None or other.value is None or re.search(r"[%％‰百千分]", bare.text):
        return False
    fraction = bare.value * 100
    figures = re.findall(r"\d*\.?\d+", bare.text)
    return (
        len(figures) == 1
        and Decimal(figures[0]) == fraction
        and 0 < fraction <= _WHOLE
        and other.value >= _LEAST_PERCENT
        and other.value / 3 <= fraction <= other.value * 3
        and (other.value * 100 > _WHOLE or "%" in other.text)
    )


def _as_fraction(bare: Quantity) -> Quantity:
    hundred = Decimal(100)
    return replace(
        bare,
        value=None if bare.value is None else bare.value * hundred,
        low=None if bare.low is None else bare.low * hundred,
        high=None if bare.high is None else bare.high * hundred,
        step=None if bare.step is None else bare.step * hundred,
    )
