"""What an indicator's or group's name carries in brackets: its weight and its unit."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.values.numerals import read_digits
from extractors.values.text import fold, normalise
from extractors.values.units import find_unit

_OPEN, _CLOSE = r"[(\[【〔]", r"[)\]】〕]"
_POINTS = re.compile(
    rf"\s*{_OPEN}\s*(?:满分|权重|分值|分数|标准分|共|计)?\s*[:：]?\s*(?P<digits>\d+(?:\.\d+)?)\s*分?\s*{_CLOSE}\s*$"
)
_POINTS_NAMED = re.compile(r"分|权重|分值|满分")
_BARE_POINTS = re.compile(r"\s*(?P<digits>\d+(?:\.\d+)?)\s*分\s*$")
_BRACKET = re.compile(rf"\s*{_OPEN}\s*(?:单位[:：])?(?P<unit>[^()\[\]【】〔〕]{{1,12}}?){_CLOSE}\s*$")
_INNER_BRACKET = re.compile(rf"\s*{_OPEN}\s*(?:单位[:：])?(?P<unit>[^\[\]【】〔〕]{{1,16}}?){_CLOSE}\s*$")


def strip_weight_from_name(name: str, group: bool = False) -> tuple[str, Decimal | None]:
    """The name without the weight in its last bracket (……（3分）), and that weight in points.

    group: the name is a level-1 or level-2 label, where a bare number in brackets, 质量指标（9）, and points
    without brackets, 产出指标50分, are weights too.
    """
    folded = fold(name)
    match = _POINTS.search(folded)
    if match is not None and not group and not _POINTS_NAMED.search(match[0]):
        match = None
    if match is None and group:
        match = _BARE_POINTS.search(folded)
    number = read_digits(match["digits"]) if match else None
    if match is None or number is None or not folded[: match.start()].strip():
        return name, None
    return name[: match.start()].rstrip(), number.value


def unit_from_name(name: str) -> tuple[str, str | None]:
    """The name without the unit in its last bracket, and the unit: 新增耕地面积（亩） -> 新增耕地面积, 亩.

    A bracket that holds no unit (（含网络）) stays part of the name.
    """
    folded = fold(name)
    match = _BRACKET.search(folded) or _INNER_BRACKET.search(folded)
    if match is None or not folded[: match.start()].strip():
        return name, None
    unit = normalise(match["unit"])
    if find_unit(unit) is None:
        return name, None
    return name[: match.start()].rstrip(), unit
