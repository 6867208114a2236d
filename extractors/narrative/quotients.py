"""Quotients with units: 户均补助1200元 is 312.48万元 / 2604户, 平均每公里2万元, 月均238万元.

Read only where one amount and one number of what is counted stand before it in its sentence, and where the
quotient is near enough to be the one that is told, or off by a power of ten (a unit that slipped).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from extractors.narrative.model import Claim, Figure, Passage
from extractors.narrative.words import WORDS, pattern
from extractors.values.units import find_unit

_COUNTED: dict[str, str] = WORDS["quotient_counts"]
_PER = re.compile(
    r"(?P<before>[^,。;:()]*?)(?:(?:平均)?(?P<mean>(?:(?!平)[\u3400-\u9fff]){1,2})均|平均(?P<field>亩)(?=产)|(?:平均)?每(?=[\u3400-\u9fff]))"
    r"(?P<rest>[^\d,。;:()]{0,9})"
)
_LONGEST_UNIT = 5
_BEHIND = re.compile(r"(?:为|达到|达|约为|约|是)+$")
_NOT_OF_IT, _LAST_YEAR = pattern("quotient_apart"), pattern("last_year")
_WHOLE_YEAR, _PART_OF_YEAR = re.compile(r"全年|年度|本年|当年"), pattern("other_time")
_IDLE = pattern("quotient_idle")
_MONTHS = Decimal(12)
_NEAREST, _FARTHEST = Decimal("0.7"), Decimal("1.43")
_SLIPS = tuple(Decimal(10) ** power for power in (-4, -3, -2, -1, 1, 2, 3, 4))
_SLIP = Decimal("0.01")


def quotient_claims(passage: Passage) -> list[Claim]:
    """The quotients of a passage; stated and terms in the printed unit of what is told, by the unit it is told for."""
    claims = []
    for figure in passage.figures:
        if figure.value is None or figure.comparator is not None or not figure.adds_up:
            continue
        told = _PER.fullmatch(passage.lead(figure))
        claim = _claim(passage, figure, told) if told is not None else None
        if claim is not None:
            claims.append(claim)
    return claims


def _claim(passage: Passage, stated: Figure, told: re.Match[str]) -> Claim | None:
    each, what = _counted(told)
    if not each:
        return None
    before = list(_before(passage, stated))
    tops = [figure for figure in before if figure.key == stated.key]
    bottoms = list(_bottoms(passage, stated, each, before, tops))
    pairs = [
        (top, bottom)
        for top in tops
        for bottom in bottoms
        if bottom.amount > 0
        and top is not bottom
        and all(_is_of(passage, words, top, bottom) for words in (told["before"], what))
    ]
    fitting = [pair for pair in pairs if _agrees(stated, *pair)]
    if not fitting and (len(pairs) != 1 or not _is_near(stated, *pairs[0])):
        return None
    top, bottom = (fitting or pairs)[-1]
    subject = _BEHIND.sub("", told[0]).strip("、和及与 ")
    return Claim("quotient", "other", subject[-24:], passage, stated, [(1, top), (1, bottom)])


def _counted(told: re.Match[str]) -> tuple[str, str]:
    """The word that says what is counted, and what is told of it: 家企业 and 补贴 of 每家企业补贴."""
    if each := told["mean"] or told["field"]:
        is_known = each in _COUNTED or find_unit(each) is not None
        return each if is_known else each[-1:], told["rest"]  # 公用经费生均: only its last character
    rest = told["rest"]
    for length in range(min(_LONGEST_UNIT, len(rest)), 0, -1):
        word = rest[:length]
        if word in _COUNTED or find_unit(word) is not None:
            return word, rest[length:]
    return "", rest


def _before(passage: Passage, stated: Figure) -> Iterator[Figure]:
    for figure in passage.in_sentence(stated.sentence):
        lead = passage.lead(figure)
        is_other = _NOT_OF_IT.search(lead) or _LAST_YEAR.search(lead) or _PER.fullmatch(lead)
        is_told = figure.value is not None and figure.comparator is None and figure.depth <= stated.depth
        if figure.end <= stated.start and is_told and not is_other:
            yield figure


def _bottoms(
    passage: Passage, stated: Figure, each: str, before: list[Figure], tops: list[Figure]
) -> Iterator[Figure]:
    """What the quotient is told for: figures of that unit, in it; a month is a twelfth of what is told for the whole year."""
    if each == "月":
        leads = [passage.lead(top) for top in tops]
        if any(_WHOLE_YEAR.search(lead) for lead in leads) and not any(map(_PART_OF_YEAR.search, leads)):
            yield replace(
                stated, value=_MONTHS, low=_MONTHS, high=_MONTHS, unit="个月", key="months", factor=Decimal(1),
                step=Decimal(1), scale=Decimal(1), printed="12个月",
            )  # fmt: skip
        return
    unit = find_unit(_COUNTED.get(each, each))
    if unit is None:
        return
    for figure in before:
        people = {figure.key, unit.dimension} <= {"count:人", "count:人次"}
        if figure.key == unit.dimension or people:
            times = figure.factor / unit.base
            value = (figure.value or Decimal(0)) * times
            yield replace(figure, value=value, step=figure.step * times, unit=unit.symbol, factor=unit.base)


def _is_of(passage: Passage, words: str, top: Figure, bottom: Figure) -> bool:
    """临时救助户均800元 is of another amount than 发放取暖补贴300万元: its own words must be said at one of the two."""
    bare = _IDLE.sub("", words).strip()
    said = "|".join(f"{passage.lead(figure)}|{figure.tail}" for figure in (top, bottom))
    return len(bare) < 2 or any(bare[i : i + 2] in said for i in range(len(bare) - 1))


def quotient_of(stated: Figure, top: Figure, bottom: Figure) -> tuple[Decimal, Decimal]:
    """The quotient in the stated figure's own unit, and what the printed digits of both terms leave open in it.

    Things counted one by one are exact.
    """
    count = bottom.value or Decimal(1)
    quotient = top.amount / stated.factor / count
    width = Decimal(0) if _is_exact(top) else top.amount_step / stated.factor / count
    return quotient, width if _is_exact(bottom) else width + quotient * bottom.step / count


def _is_exact(figure: Figure) -> bool:
    return figure.key == "months" or (figure.key.startswith("count:") and figure.scale == 1)


def _agrees(stated: Figure, top: Figure, bottom: Figure) -> bool:
    quotient, width = quotient_of(stated, top, bottom)
    return 2 * abs(quotient - (stated.value or Decimal(0))) <= stated.step + width


def _is_near(stated: Figure, top: Figure, bottom: Figure) -> bool:
    quotient, _ = quotient_of(stated, top, bottom)
    if not quotient or not stated.value:
        return False
    times = stated.value / quotient
    return _NEAREST <= times <= _FARTHEST or any(abs(times / slip - 1) <= _SLIP for slip in _SLIPS)
