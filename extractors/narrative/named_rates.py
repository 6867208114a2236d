"""Rates by their names: 结案率 is 审结 / 受理, 控制率 is 实际 / 预算. What each divides is vocabulary (`named_rates`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from extractors.narrative.completions import is_due_and_done, is_near, is_of_things, other_figure
from extractors.narrative.model import Claim, Figure, Passage
from extractors.narrative.words import WORDS, pattern

_LAST_YEAR = pattern("last_year")
_NOT_OF_IT = pattern("rate_apart")
_MID_YEAR = pattern("rate_mid_year")
_BEHIND = re.compile(r"(?:以上|左右)?(?:为|达到|达|是|约|:|均为|均达)*$")
_IN_TIME = pattern("rate_in_time")
_FEW = 3
_PLAN_WORDS = pattern("rate_plan_words")
_QUALIFIED, _REMAINING = pattern("rate_qualified"), pattern("remaining")
_DESIGNED = re.compile(r"设计|能力")
_PLANNED, _BEYOND = pattern("target_lead"), pattern("beyond_plan")


@dataclass(frozen=True, slots=True)
class NamedRate:
    """What a rate of this name divides. part, whole: words at the two figures; whole: in order of preference.

    summed: the part may be told in several figures (非常满意102份、满意38份). any_part: without its words the
    part is the only other figure of the whole's unit. beyond: the part may be larger than the whole. unlike: they may be
    counted in different units (962人 in 1480张床位).
    """

    name: re.Pattern[str]
    part: re.Pattern[str]
    wholes: tuple[re.Pattern[str], ...]
    topic: str
    summed: bool = False
    any_part: bool = False
    beyond: bool = False
    unlike: bool = False


def _load() -> tuple[NamedRate, ...]:
    return tuple(
        NamedRate(
            re.compile(f"(?:{entry['name']})(?:为|达到|达|是|约|:|均为|均达)*$"),
            re.compile(entry["part"]),
            tuple(re.compile(words) for words in entry["whole"]),
            entry.get("topic", "achievement"),
            entry.get("summed", False),
            entry.get("any_part", False),
            entry.get("beyond", False),
            entry.get("unlike", False),
        )
        for entry in WORDS["named_rates"]
    )


_RATES = _load()


def named_rate(passage: Passage, rate: Figure, lead: str) -> list[Claim] | None:
    """The claim of a rate whose name says what it divides; None where the name or the figures say nothing.

    An empty list where the two figures are not plainly there: several pairs of which none gives the rate.
    """
    entries = [entry for entry in _RATES if entry.name.search(lead)]
    if not entries or rate.value is None:
        return None
    for entry in entries:
        for figures in (_in_brackets(passage, rate), _before(passage, rate)):
            pairs = _pairs(passage, lead, entry, figures)
            exact = [pair for pair in pairs if _gives(pair, rate)]
            if exact:
                return [_claim(passage, rate, lead, entry, *exact[-1])]
            if pairs:
                told = len(_distinct(pairs)) == 1 and _is_named_for(passage, lead, entry, *pairs[0])
                return [_claim(passage, rate, lead, entry, *pairs[0])] if told else []
    for entry in entries:
        if pair := _lone_pair(passage, rate, lead, entry):
            return [_claim(passage, rate, lead, entry, (pair[0],), pair[1])]
    return [] if _QUALIFIED.search(lead[-16:]) else None


_Pair = tuple[tuple[Figure, ...], Figure]


def _claim(
    passage: Passage, rate: Figure, lead: str, entry: NamedRate, parts: tuple[Figure, ...], whole: Figure
) -> Claim:
    subject = _BEHIND.sub("", lead)[-24:]
    if _PLANNED.search(passage.lead(whole)) or _DESIGNED.search(passage.lead(whole)):
        whole = exact_plan(whole)
    if len(parts) == 1:
        return Claim("ratio", entry.topic, subject, passage, rate, [(1, parts[0]), (1, whole)])
    total = sum((part.amount for part in parts), Decimal(0))
    terms = [*((1, part) for part in parts), (1, whole)]
    return Claim("ratio", entry.topic, subject, passage, rate, terms, values=(total, whole.amount))


def exact_plan(figure: Figure) -> Figure:
    """A planned figure printed without decimals (5万剂次) is what was planned, not something rounded to it."""
    whole = figure.value is not None and figure.step >= figure.scale and figure.value % figure.step == 0
    return replace(figure, step=min(figure.step, Decimal(1))) if whole and figure.key != "money" else figure


def _in_brackets(passage: Passage, rate: Figure) -> list[Figure]:
    """到位率100%（预算650万元，到位650万元）: the brackets right behind the rate."""
    if passage.folded[rate.end : rate.end + 1] != "(":
        return []
    depth = rate.depth + 1
    found = []
    for figure in passage.figures:
        if figure.start > rate.end and figure.sentence == rate.sentence:
            if passage.depths[figure.start] < depth or ")" in passage.folded[rate.end : figure.start]:
                break
            found.append(figure)
    return [figure for figure in found if _usable(figure)]


def _before(passage: Passage, rate: Figure) -> list[Figure]:
    return [
        figure
        for figure in passage.figures
        if figure.end <= rate.start
        and figure.sentence == rate.sentence
        and figure.depth <= rate.depth
        and _usable(figure)
        and not _LAST_YEAR.search(passage.lead(figure))
        and not _NOT_OF_IT.search(passage.lead(figure))
        and not _MID_YEAR.search(passage.lead(figure))
    ]


def _usable(figure: Figure) -> bool:
    return figure.value is not None and figure.comparator is None and figure.adds_up


def _pairs(passage: Passage, lead: str, entry: NamedRate, figures: Sequence[Figure]) -> list[_Pair]:
    """All pairs that the words allow, of the first kind of whole that is there."""
    parts = _parts(passage, lead, entry, figures)
    is_qualified = _QUALIFIED.search(lead[-16:]) is not None
    for words in entry.wholes:
        wholes = [f for f in figures if f not in parts and words.search(_words(passage, f)) and f.amount > 0]
        if not wholes:
            continue
        own = parts
        if not own and entry.any_part and not is_qualified and len(wholes) == 1:
            own = [f for f in figures if f is not wholes[0] and f.key == wholes[0].key]
            own = own if len(own) == 1 and not _PLAN_WORDS.sub("", wholes[0].subject) else []
        pairs = list(_combined(entry, own, wholes))
        if pairs:
            return pairs
    return []


def _is_named_for(
    passage: Passage, lead: str, entry: NamedRate, parts: tuple[Figure, ...], whole: Figure
) -> bool:
    """理科上线率 is not of 本科上线742人: what stands before the rate's name is said at its figures."""
    return (
        entry.summed
        or is_of_things(passage, entry.name.sub("", lead), (*parts, whole))
        or is_due_and_done(passage, whole, parts[0])
    )


def _parts(passage: Passage, lead: str, entry: NamedRate, figures: Sequence[Figure]) -> list[Figure]:
    """The figures that the words at them make the part; 按期办结率 wants those that were done in time."""
    qualifier = _QUALIFIED.search(entry.name.sub("", lead)[-16:])
    return [
        figure
        for figure in figures
        if entry.part.search(_words(passage, figure))
        and not _REMAINING.search(_words(passage, figure))
        and not _BEYOND.search(passage.lead(figure))
        and (qualifier is None or _is_qualified(qualifier[0], _words(passage, figure)))
    ]


def _lone_pair(passage: Passage, rate: Figure, lead: str, entry: NamedRate) -> tuple[Figure, Figure] | None:
    """The one part that its words tell and the only other figure of its unit, where the two nearly give the rate."""
    figures = _before(passage, rate)
    parts = [
        figure
        for figure in _parts(passage, lead, entry, figures)
        if figure.key != "money" and not _PLANNED.search(passage.lead(figure))
    ]
    if len(parts) != 1:
        return None
    whole = other_figure(passage, parts[0], figures)
    kind = entry.name.sub("", lead)
    if whole is None or not is_near(rate, parts[0].amount, whole.amount):
        return None
    return (parts[0], whole) if is_of_things(passage, kind, (parts[0], whole)) else None


def _is_qualified(qualifier: str, words: str) -> bool:
    """Whether a part says the rate's qualifier; in time is said in several words."""
    if _IN_TIME.fullmatch(qualifier):
        return _IN_TIME.search(words) is not None
    return qualifier in words


def _combined(entry: NamedRate, parts: Sequence[Figure], wholes: Sequence[Figure]) -> Iterable[_Pair]:
    for whole in wholes:
        fitting = [
            part
            for part in parts
            if (part.key == whole.key or (entry.unlike and part.adds_up))
            and (entry.beyond or part.amount <= whole.amount)
        ]
        if entry.summed and len(fitting) > 1:
            for size in range(min(len(fitting), _FEW), 0, -1):
                for group in combinations(fitting, size):
                    if sum(part.amount for part in group) <= whole.amount:
                        yield group, whole
        else:
            for part in fitting:
                yield (part,), whole


def _gives(pair: _Pair, rate: Figure) -> bool:
    """Whether the quotient rounds (or is cut) to what is printed, within the digits of the pair."""
    parts, whole = pair
    quotient = sum((part.amount for part in parts), Decimal(0)) / whole.amount
    return abs(quotient - (rate.value or Decimal(0))) * 2 <= rate.step


def _distinct(pairs: Sequence[_Pair]) -> set[tuple[Decimal, Decimal]]:
    return {(sum((part.amount for part in parts), Decimal(0)), whole.amount) for parts, whole in pairs}


def _words(passage: Passage, figure: Figure) -> str:
    """The words at a figure, those behind it included: 2处正在整改."""
    return f"{passage.words_at(figure)}|{figure.tail}"
