"""Differences that the text works out: 较年初预算4800万元增加416.8万元, 比目标值90%高2.6个百分点, 节约资金17.4万元.

Read only where all three figures are printed: the difference itself and the two that it lies between.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.narrative.model import Claim, Figure, Passage
from extractors.narrative.words import WORDS, pattern

_MORE, _LESS = pattern("more"), pattern("less")
_BASE = pattern("difference_base")
_APART = re.compile(r"[。;!?]")
_JOINT = re.compile(
    rf"\)?\s*,?\s*(?:的)?\s*(?:净|共|实际|合计)?(?:{WORDS['more']}|{WORDS['less']})?(?:了|额|数|支出|收入)?(?:为|约)?\s*"
)
_COMPARING = re.compile(r"(?:比|较|同比|与|环比)")
_BASE_NAMED = re.compile(
    rf"(?:比|较)(?:年初|全年|年度)?(?P<base>预算|目标|计划|任务|控制价|控制数)(?:数|值|安排)?(?:净|共)?(?:{WORDS['more']}|{WORDS['less']})(?:支出|完成|投入)?(?:了)?$"
)
_CARRIED = re.compile(r"上年|含|年初结转|以前年度")


@dataclass(frozen=True, slots=True)
class _Named:
    """A difference by its name: result = minuend - subtrahend, each known by the words at its figure."""

    result: re.Pattern[str]
    minuend: re.Pattern[str]
    subtrahend: re.Pattern[str]


_NAMED = tuple(
    _Named(re.compile(entry["result"]), re.compile(entry["minuend"]), re.compile(entry["subtrahend"]))
    for entry in WORDS["named_differences"]
)


def difference_claims(passage: Passage) -> list[Claim]:
    """All differences of a passage: stated = current - base, signed so that the stated figure is positive."""
    claims = []
    for figure in passage.figures:
        if (
            figure.value is None
            or figure.comparator is not None
            or not (figure.adds_up or figure.key == "percent_point")
        ):
            continue
        claim = _against_base(passage, figure) or _named(passage, figure)
        if claim is not None:
            claims.append(claim)
    return claims


def _against_base(passage: Passage, delta: Figure) -> Claim | None:
    """Current, 比/较 base, 增加 delta: one behind the other, with nothing but these words between."""
    key = "percent" if delta.key == "percent_point" else delta.key
    before = [
        figure
        for figure in passage.in_sentence(delta.sentence)
        if figure.end <= delta.start and figure.key == key and figure.value is not None
    ]
    if len(before) < 2:
        return _against_named(passage, delta, before)
    base = before[-1]
    earlier = [figure for figure in before[:-1] if not _is_delta(passage, figure)]
    if not earlier or any(base.end <= figure.start < delta.start for figure in passage.figures):
        return _against_named(passage, delta, before)
    current = earlier[-1]
    since = max(figure.end for figure in passage.figures if figure.end <= base.start)
    opening = passage.folded[since : base.start]
    joint = passage.folded[base.end : delta.start]
    compared = _BASE.search(opening)
    if (
        compared is None
        or _APART.search(passage.folded[current.end : base.start])
        or not _JOINT.fullmatch(joint)
    ):
        return _against_named(passage, delta, before)
    return _compared(passage, delta, current, base, compared[0] + joint)


def _is_delta(passage: Passage, figure: Figure) -> bool:
    lead = passage.lead(figure)
    return bool(_COMPARING.match(lead)) and bool(_MORE.search(lead)) != bool(_LESS.search(lead))


def _against_named(passage: Passage, delta: Figure, before: list[Figure]) -> Claim | None:
    """预算22万元，实际支出18.35万元，比预算减少3.65万元: the base is named, its figure stands earlier."""
    named = _BASE_NAMED.match(passage.lead(delta))
    earlier = [figure for figure in before if not _is_delta(passage, figure)]
    if named is None or len(earlier) < 2:
        return None
    current = earlier[-1]
    bases = [
        f
        for f in earlier[:-1]
        if named["base"] in passage.lead(f) and named["base"] not in passage.lead(current)
    ]
    if len({figure.amount for figure in bases}) != 1 or _APART.search(
        passage.folded[current.end : delta.start]
    ):
        return None
    return _compared(passage, delta, current, bases[-1], named[0])


def _compared(passage: Passage, delta: Figure, current: Figure, base: Figure, words: str) -> Claim | None:
    rises, falls = bool(_MORE.search(words)), bool(_LESS.search(words))
    if rises == falls or current.depth > delta.depth:
        return None
    larger, smaller = (current, base) if rises else (base, current)
    kind = "差距" if delta.key in {"percent", "percent_point"} else "增减额"
    subject = f"{current.subject}{kind}"
    return Claim("difference", "other", subject, passage, delta, [(1, larger), (-1, smaller)])


def _named(passage: Passage, result: Figure) -> Claim | None:
    words = passage.words_at(result)
    entry = next((entry for entry in _NAMED if entry.result.search(words)), None)
    if entry is None or _CARRIED.search(_sentence_of(passage, result)):
        return None
    before = [figure for figure in passage.alike_before(result) if figure.comparator is None]
    minuends = [f for f in before if entry.minuend.search(passage.words_at(f))]
    subtrahends = [f for f in before if f not in minuends and entry.subtrahend.search(passage.words_at(f))]
    pairs = [(a, b) for a in minuends for b in subtrahends if a.amount >= b.amount]
    exact = [pair for pair in pairs if pair[0].amount - pair[1].amount == result.amount]
    if exact:
        return _difference(passage, result, *exact[-1])
    if len(before) != 2 or len(_distinct(pairs)) != 1:
        return None
    return _difference(passage, result, *pairs[0])


def _difference(passage: Passage, result: Figure, minuend: Figure, subtrahend: Figure) -> Claim:
    terms = [(1, minuend), (-1, subtrahend)]
    return Claim("difference", "other", result.subject or result.tail, passage, result, terms)


def _distinct(pairs: Sequence[tuple[Figure, Figure]]) -> set[tuple[Decimal, Decimal]]:
    return {(first.amount, second.amount) for first, second in pairs}


def _sentence_of(passage: Passage, figure: Figure) -> str:
    start, end = passage.sentences[figure.sentence]
    return passage.folded[start:end]
