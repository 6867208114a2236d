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

from extractors.narrative.heads import Head, item_heads
from extractors.narrative.matching import Match, comparable
from extractors.narrative.model import BARE, Claim, Figure, Passage
from extractors.narrative.words import WORDS, pattern
from extractors.report import Indicator
from extractors.values import parse_quantity

_TARGET = pattern("target_phrase")
_ACHIEVEMENT = pattern("achievement")
_SCORE_LEAD = re.compile(rf"(?:各|均|分别)?(?:{WORDS['score_phrase']})(?:分)?(?:为|是|:)?$")
_WEIGHT_LEAD = re.compile(r"(?:分值|权重|满分|指标分)(?:为|是|:)?$")
_RESULT = re.compile(r"实际|完成|实现|达到|达$|共$|合计")
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


def read_item(passage: Passage, indicators: Sequence[Indicator]) -> list[Told]:
    """The figures of an item with their roles; empty for a passage that is none."""
    heads = item_heads(passage, indicators)
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
        if any(
            item.figure.start == rate.start for item in told
        ):  # 目标95%，完成100%: the value itself, a percentage
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


def _targets(passage: Passage, heads: list[Head], body: int) -> tuple[list[Told], int]:
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


def _scores(passage: Passage, heads: list[Head], body: int) -> list[Told]:
    told: list[Told] = []
    for figure in passage.figures:
        lead = passage.lead(figure)
        if figure.start < body or figure.key != "score":
            continue
        if len(heads) == 1 and heads[0].match and heads[0].weight is None and _WEIGHT_LEAD.search(lead):
            told.append(Told(figure, "weight", heads[0].match))
            continue
        if not _SCORE_LEAD.search(lead):
            continue
        named = heads if len(heads) == 1 else _mentioned(passage, heads, figure)
        chosen = named or (heads if re.search(r"[各均]", lead) else [])
        told.extend(Told(figure, "score", head.match) for head in chosen if head.match is not None)
    return told


def _mentioned(passage: Passage, heads: list[Head], figure: Figure) -> list[Head]:
    """The names said again in the score's own segment (up to the semicolon or full stop before it)."""
    start = max(passage.folded.rfind(";", 0, figure.start), passage.folded.rfind("。", 0, figure.start)) + 1
    segment = passage.text[start : figure.start]
    return [
        head for head in heads if passage.text[head.start : head.end].split("（")[0].split("(")[0] in segment
    ]


def _actuals(passage: Passage, heads: list[Head], figures: list[Figure]) -> list[Told]:
    told: list[Told] = []
    for head in heads:
        if head.match is not None:
            told.extend(_actual(passage, head.match, figures))
    return told


def _actual(passage: Passage, match: Match, figures: list[Figure]) -> list[Told]:
    indicator = match.indicator
    key, printed = dimension_of(indicator)
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
    agreeing = [figure for figure in same if printed is not None and figure.amount == printed]
    if agreeing:
        return [Told(agreeing[0], "actual", match)]
    if len(same) == 1:
        return [Told(same[0], "actual", match)] if _speaks_of(passage, same[0], indicator.name) else []
    if len(same) == 2 and _COORDINATED.search(indicator.name) and _parallel(passage, same, indicator.name):
        return [Told(figure, "actual", match) for figure in same]
    return []


def _speaks_of(passage: Passage, figure: Figure, name: str) -> bool:
    """A lone figure that contradicts the form must say that it is the result, or have words of the name."""
    words = passage.clause_text(figure)
    bare = comparable(name)
    return bool(_RESULT.search(passage.lead(figure))) or any(
        bare[i : i + 2] in words for i in range(len(bare) - 1)
    )


def _from_to(passage: Passage, figures: list[Figure]) -> tuple[Figure, Figure] | None:
    """由8个减少至3个."""
    for first, second in itertools.pairwise(figures):
        if _FROM_TO.search(passage.lead(first)) and re.fullmatch(
            r"\D{0,4}[至到为]\s*", passage.folded[first.end : second.start]
        ):
            return first, second
    return None


def _parallel(passage: Passage, figures: list[Figure], name: str) -> bool:
    """办理A 560件，办理B 73件: two neighbouring clauses with the same verb, or both with words of the name."""
    first, second = figures
    if first.sentence != second.sentence or first.unit != second.unit:
        return False
    between = passage.folded[first.end : second.start]
    if not between.startswith(",") or between.count(",") != 1:
        return False
    leads = passage.lead(first), passage.lead(second)
    return (len(leads[1]) >= 2 and leads[1][:2] in leads[0]) or all(
        any(lead[i : i + 2] in name for i in range(len(lead) - 1)) for lead in leads
    )


def dimension_of(indicator: Indicator) -> tuple[str | None, Decimal | None]:
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
