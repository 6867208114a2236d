"""Passages that report on indicators one by one: “name”（3分）：年初目标值为…，实际…，得分2.1分.

An item begins with the names of one or more indicators of the form, each quoted or with its weight; its
figures are their weights, targets, actuals and scores. Where it is open which figure is meant, none is taken.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.narrative.matching import Match, best_match, comparable
from extractors.narrative.model import BARE, Claim, Figure, Passage
from extractors.narrative.words import WORDS, pattern
from extractors.report import Indicator
from extractors.values import parse_quantity

_TARGET = pattern("target_phrase")
_ACHIEVEMENT = pattern("achievement")
_SCORE_LEAD = re.compile(rf"(?:各|均|分别)?(?:{WORDS['score_phrase']})(?:分)?(?:为|是|:)?$")
_KIND = re.compile(rf"(?:{WORDS['item_kinds']})[:,、]?")
_NUMBERING = re.compile(
    r"^\s*(?:\(\d{1,2}\)|\d{1,2}[、.)]|[①-⑳]|\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、)\s*"
)
_WEIGHT = re.compile(r"\s*\((?:权重|分值|满分)?:?(?P<points>\d+(?:\.\d+)?)分\)")
_FROM_TO = re.compile(r"由\s*$")
_LESS = re.compile(r"减少|压缩|精简|下降|降低")
_COORDINATED = re.compile(r"[及和与、]")
_ACTUAL_EXCLUDED = re.compile(r"其中|占|计划|目标|应|预计|比|较|超")


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What a figure says of an indicator: role weight, target, actual or score."""

    figure: Figure
    role: str
    match: Match
    value: Decimal | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Head:
    """A name at the head of an item; match is None for one that the form does not have."""

    match: Match | None
    start: int
    end: int
    weight: Figure | None


def read_item(passage: Passage, indicators: Sequence[Indicator]) -> list[Told]:
    """The figures of an item with their roles; empty for a passage that is none."""
    heads = _heads(passage, indicators)
    if not heads:
        return []
    body = max(head.end for head in heads)
    told = [Told(head.weight, "weight", head.match) for head in heads if head.weight and head.match]
    targets, target_end = _targets(passage, heads, body)
    told.extend(targets)
    told.extend(_scores(passage, heads, body))
    used = {item.figure for item in told}
    told.extend(
        _actuals(
            passage, heads, [f for f in passage.figures if f.start >= max(body, target_end) and f not in used]
        )
    )
    return [_dressed(item) if item.role in {"target", "actual"} else item for item in told]


def _dressed(told: Told) -> Told:
    """A bare figure of an item is meant in the indicator's own unit."""
    if told.figure.key != BARE:
        return told
    indicator = told.match.indicator
    quantity = parse_quantity(told.figure.printed, indicator.unit or indicator.name_unit)
    if quantity.low is None or quantity.dimension is None:
        return told
    figure = replace(
        told.figure, value=quantity.value, low=quantity.low, high=quantity.high, unit=quantity.unit,
        key=quantity.dimension, factor=quantity.base or Decimal(1), step=quantity.step or told.figure.step,
    )  # fmt: skip
    return replace(told, figure=figure)


def achievement_claims(passage: Passage, told: Sequence[Told]) -> list[Claim]:
    """指标完成比例76% against the item's own target and actual."""
    claims: list[Claim] = []
    for rate in passage.figures:
        if rate.key != "percent" or not _ACHIEVEMENT.search(passage.lead(rate)):
            continue
        pairs = [
            pair for pair in _pairs(told) if len(_pairs(told)) == 1 or _named_before(passage, pair[0], rate)
        ]
        if len(pairs) == 1 and pairs[0][1].figure.amount:
            actual, target = pairs[0]
            terms = [(1, actual.figure), (1, target.figure)]
            claims.append(Claim("ratio", "achievement", actual.match.indicator.name, passage, rate, terms))
    return claims


def _pairs(told: Sequence[Told]) -> list[tuple[Told, Told]]:
    """Actual and target of each indicator that has one of both in the same unit."""
    pairs = []
    for actual in (item for item in told if item.role == "actual" and item.value is None):
        row = actual.match.indicator.row_no
        same = [item for item in told if item.match.indicator.row_no == row]
        targets = [item for item in same if item.role == "target" and item.figure.value is not None]
        alone = len(targets) == 1 and len([item for item in same if item.role == "actual"]) == 1
        if alone and targets[0].figure.key == actual.figure.key and actual.figure.value is not None:
            pairs.append((actual, targets[0]))
    return pairs


def _named_before(passage: Passage, told: Told, rate: Figure) -> bool:
    start = max(passage.folded.rfind(sign, 0, rate.start) for sign in ";。,") + 1
    return comparable(told.match.indicator.name) in comparable(passage.text[start : rate.start])


def _heads(passage: Passage, indicators: Sequence[Indicator]) -> list[_Head]:
    """The names before the item's first colon."""
    numbering = _NUMBERING.match(passage.folded)
    begin = numbering.end() if numbering else 0
    quoted = _quoted(passage, indicators, begin)
    if quoted:
        return quoted if any(head.match for head in quoted) else []
    colon = passage.folded.find(":", begin)
    if not begin < colon < begin + 60 or re.search(r"[。;]", passage.folded[begin:colon]):
        return []
    return _bare_head(passage, indicators, begin, colon)


def _quoted(passage: Passage, indicators: Sequence[Indicator], begin: int) -> list[_Head]:
    heads: list[_Head] = []
    position, folded = begin, passage.folded
    limit = _head_limit(folded, begin)
    while position < limit:
        opening = folded.find("“", position, limit)
        closing = _closing(folded, opening) if opening >= 0 else -1
        if closing < 0:
            break
        match = best_match(passage.text[opening + 1 : closing], indicators)
        end = closing + 1
        behind = re.compile(r"(?:指标)?").match(folded, end)
        weight = _WEIGHT.match(folded, behind.end() if behind else end)
        figure = _figure_in(passage, weight.start("points"), weight.end()) if weight else None
        heads.append(_Head(match, opening, weight.end() if weight else end, figure))
        position = weight.end() if weight else end
    return heads


def _head_limit(folded: str, begin: int) -> int:
    """Names stand before the target is told; a first mention later in the text makes no item."""
    lead = _KIND.match(folded, begin)
    first = folded.find("“", begin)
    allowed = (lead.end() if lead else begin) + 16
    if first < 0 or first > allowed:
        return begin
    stop = re.compile(r"[。;]|:(?!\s*“)|(?<=[)”]),").search(folded, first)
    return stop.start() if stop else len(folded)


def _closing(folded: str, opening: int) -> int:
    depth = 0
    for position in range(opening, min(len(folded), opening + 80)):
        if folded[position] == "“":
            depth += 1
        elif folded[position] == "”":
            depth -= 1
            if depth == 0:
                return position
    return -1


def _bare_head(passage: Passage, indicators: Sequence[Indicator], begin: int, colon: int) -> list[_Head]:
    name = passage.folded[begin:colon]
    weight = _WEIGHT.search(name)
    figure = _figure_in(passage, begin + weight.start("points"), begin + weight.end()) if weight else None
    name = _KIND.sub("", name[: weight.start()] if weight else name, count=1).strip()
    match = best_match(name, indicators, least=0.9)
    return [_Head(match, begin, colon + 1, figure)] if match else []


def _figure_in(passage: Passage, start: int, end: int) -> Figure | None:
    return next((figure for figure in passage.figures if start <= figure.start < end), None)


def _targets(passage: Passage, heads: list[_Head], body: int) -> tuple[list[Told], int]:
    """The figures of the target phrase, up to the end of its clause; 分别 gives one to each name in order."""
    phrase = _TARGET.search(passage.folded, body)
    if phrase is None or phrase.start() > body + 24:
        return [], body
    stop = re.compile(r"[。,;]").search(passage.folded, phrase.end())
    end = stop.start() if stop else len(passage.folded)
    figures = [f for f in passage.figures if phrase.end() <= f.start < end and f.depth == 0]
    if len(figures) != len(heads):
        return [], end
    if len(heads) == 1 and re.search(r"\d", passage.folded[phrase.end() : figures[0].start]):
        return [], end
    return [
        Told(figure, "target", head.match)
        for figure, head in zip(figures, heads, strict=True)
        if head.match is not None
    ], end


def _scores(passage: Passage, heads: list[_Head], body: int) -> list[Told]:
    told: list[Told] = []
    for figure in passage.figures:
        if figure.start < body or figure.key != "score" or not _SCORE_LEAD.search(passage.lead(figure)):
            continue
        lead = passage.lead(figure)
        named = heads if len(heads) == 1 else _mentioned(passage, heads, figure)
        chosen = named or (heads if re.search(r"[各均]", lead) else [])
        told.extend(Told(figure, "score", head.match) for head in chosen if head.match is not None)
    return told


def _mentioned(passage: Passage, heads: list[_Head], figure: Figure) -> list[_Head]:
    """The names said again in the score's own segment (up to the semicolon or full stop before it)."""
    start = max(passage.folded.rfind(";", 0, figure.start), passage.folded.rfind("。", 0, figure.start)) + 1
    segment = passage.text[start : figure.start]
    return [
        head for head in heads if passage.text[head.start : head.end].split("（")[0].split("(")[0] in segment
    ]


def _actuals(passage: Passage, heads: list[_Head], figures: list[Figure]) -> list[Told]:
    told: list[Told] = []
    for head in heads:
        if head.match is not None:
            told.extend(_actual(passage, head.match, figures))
    return told


def _actual(passage: Passage, match: Match, figures: list[Figure]) -> list[Told]:
    indicator = match.indicator
    key, printed = _key_of(indicator)
    if key is None:
        return []
    same = [
        figure
        for figure in figures
        if figure.key == key and figure.depth == 0 and figure.value is not None
        and not _ACTUAL_EXCLUDED.search(passage.lead(figure).split("占")[0] if key == "percent" else passage.lead(figure))
    ]  # fmt: skip
    change = _from_to(passage, same)
    if change is not None:
        if not _LESS.search(indicator.name):
            same = [figure for figure in same if figure is not change[0]]
        else:
            return [
                Told(change[1], "actual", match, (change[0].value or 0) - (change[1].value or Decimal(0)))
            ]
    if len(same) == 1:
        return [Told(same[0], "actual", match)]
    agreeing = [figure for figure in same if printed is not None and figure.amount == printed]
    if agreeing:
        return [Told(agreeing[0], "actual", match)]
    if len(same) == 2 and _COORDINATED.search(indicator.name) and _parallel(passage, same):
        return [Told(figure, "actual", match) for figure in same]
    return []


def _from_to(passage: Passage, figures: list[Figure]) -> tuple[Figure, Figure] | None:
    """由8个减少至3个."""
    for first, second in itertools.pairwise(figures):
        if _FROM_TO.search(passage.lead(first)) and re.fullmatch(
            r"\D{0,4}[至到为]\s*", passage.folded[first.end : second.start]
        ):
            return first, second
    return None


def _parallel(passage: Passage, figures: list[Figure]) -> bool:
    """办理A 560件，办理B 73件: two clauses of one sentence with the same verb, nothing but a comma between."""
    first, second = figures
    if first.sentence != second.sentence or first.unit != second.unit:
        return False
    between = passage.folded[first.end : second.start]
    lead = passage.lead(second)[:2]
    return between.startswith(",") and between.count(",") == 1 and bool(lead) and lead in passage.lead(first)


def _key_of(indicator: Indicator) -> tuple[str | None, Decimal | None]:
    """What the indicator is measured in, and its actual in the base unit, from the form."""
    for quantity in (indicator.actual, indicator.target):
        if quantity.dimension is not None:
            amount = indicator.actual.value
            base = indicator.actual.base or quantity.base
            return _loose(
                quantity.dimension, quantity.unit
            ), amount * base if amount is not None and base else None
    return None, None


def _loose(dimension: str, unit: str | None) -> str:
    return "count:个" if dimension.startswith("count:") and (unit or "").startswith("个") else dimension
