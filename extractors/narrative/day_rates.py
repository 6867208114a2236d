"""Shares of the year's days: 空气优良天数318天，优良率87.1% is 318 / 365, or of the days that were measured."""

from __future__ import annotations

from calendar import isleap
from dataclasses import replace
from decimal import Decimal

from extractors.narrative.completions import is_near
from extractors.narrative.model import Claim, Figure, Passage
from extractors.narrative.words import pattern

_RATE, _DAYS, _MEASURED = pattern("day_rate"), pattern("day_count"), pattern("day_base")
_LEAP, _FEWEST = 366, 350
"""Days without valid measurements are left out of the year: a rate that any number of days from here explains is no claim."""


def day_rate_claim(passage: Passage, rate: Figure, fiscal_year: int | None) -> Claim | None:
    """The rate of good days over those measured; over those of the year where the sentence gives no other number of days."""
    if not _RATE.search(passage.lead(rate)) or rate.value is None:
        return None
    told = [
        figure
        for figure in passage.in_sentence(rate.sentence)
        if figure.unit == "天" and figure.value is not None and figure.depth <= rate.depth
    ]
    days = [figure for figure in told if _DAYS.search(passage.lead(figure)) and figure.end <= rate.start]
    if len(days) != 1 or days[0].comparator is not None:
        return None
    good = days[0]
    rest = [figure for figure in told if figure is not good]
    if len(rest) == 1 and rest[0].end <= rate.start and _MEASURED.search(passage.lead(rest[0])):
        return _claim(passage, rate, good, rest[0])
    if rest:
        return None
    year = good.year or rate.year or fiscal_year
    bases = [base for base in range(_LEAP, _FEWEST - 1, -1) if _explains(rate, good, base)]
    base = next((base for base in bases if base >= _LEAP - 1), None)
    if base is None and bases:
        return None
    base = base or (_LEAP if year is not None and isleap(year) else _LEAP - 1)
    if not is_near(rate, good.value or Decimal(0), Decimal(base)):
        return None
    whole = replace(
        good, value=Decimal(base), low=Decimal(base), high=Decimal(base), step=Decimal(1), printed=f"{base}天"
    )
    return _claim(passage, rate, good, whole)


def _claim(passage: Passage, rate: Figure, good: Figure, whole: Figure) -> Claim:
    return Claim("ratio", "achievement", passage.lead(rate)[-24:], passage, rate, [(1, good), (1, whole)])


def _explains(rate: Figure, good: Figure, base: int) -> bool:
    quotient = (good.value or Decimal(0)) / base
    return abs(quotient - (rate.value or Decimal(0))) * 2 <= rate.step
