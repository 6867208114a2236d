"""Budgets that were adjusted: 年初预算 + 追加 - 核减 = 调整后预算, in the orders in which reports tell it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from extractors.narrative.budgets import BudgetFigure
from extractors.narrative.model import Claim, Figure, PartList, Passage
from extractors.narrative.signs import is_signed, sign_of
from extractors.narrative.words import pattern

_DECREASE, _INCREASE = pattern("decrease"), pattern("increase")
_CHAINED = ("basic", "project", "personnel", "operating")
_STAGED = ("initial", "adjustment", "adjusted")
_BASIC_MOVED = (("basic", "adjustment"), ("basic", "adjusted"))
_SLIP = Decimal("0.05")
_CARRIED = re.compile(r"上年(?:度)?结转|结转上年")
_COMPARED = pattern("adjusted_compared")
_FROM = pattern("adjusted_from")
_INTO = pattern("adjusted_into")
_BY = pattern("adjusted_by")
_OF = re.compile(r"[,(;:]?\s*(?:其中|包括|包含|含|由)[:,]?")
_TOTAL = pattern("adjusted_total")


def adjustment_chains(
    passage: Passage, figures: Sequence[BudgetFigure], lists: Sequence[PartList]
) -> list[Claim]:
    """All adjustments of a passage whose two budgets and changes are printed."""
    return [
        *_in_order(passage, figures),
        *_from_into(passage, lists),
        *_total_first(passage, figures),
        *_by_class(passage, figures),
    ]


def _in_order(passage: Passage, figures: Sequence[BudgetFigure]) -> list[Claim]:
    """年初预算, its changes, 调整后预算; or 年初预算, 调整后预算, 净增."""
    staged = {entry.figure.start: entry for entry in figures}
    claims: list[Claim] = []
    initial: BudgetFigure | None = None
    adjusted: BudgetFigure | None = None
    changes: list[Figure] = []
    is_open = False
    for figure in passage.money:
        entry = staged.get(figure.start)
        if entry is not None and entry.is_part:
            continue
        stage = entry.stage if entry is not None and entry.classed == "total" else None
        if adjusted is not None and initial is not None:
            if _BY.fullmatch(passage.folded[adjusted.figure.end : figure.start]):
                claims.append(_chain(passage, initial.figure, [figure], adjusted.figure))
            initial, adjusted = None, None
        if stage == "initial":
            initial, changes, is_open = entry, [], False
        elif initial is None:
            continue
        elif stage == "adjusted" and entry is not None:
            if not changes:
                adjusted = entry
                continue
            if not is_open:
                claims.append(_chain(passage, initial.figure, changes, figure))
            initial, changes = None, []
        elif _is_move(passage, figure):
            is_open = is_open or passage.folded[figure.end :].startswith("等")
            changes.append(figure)
        elif entry is None and figure.depth == 0:
            is_open = True  # an amount that says nothing of itself may belong to the chain
    return claims


def _is_move(passage: Passage, figure: Figure) -> bool:
    words = passage.own_words(figure)
    if _COMPARED.search(passage.lead(figure)) or figure.depth:
        return False
    moved = is_signed(passage, figure) or _DECREASE.search(words) or _INCREASE.search(words)
    return bool(moved or _CARRIED.search(words) or re.search(r"(?:预算|收入|支出|中期|年中)?调整$", words))


def _from_into(passage: Passage, lists: Sequence[PartList]) -> list[Claim]:
    """预算由年初的100万元调整为110万元，其中追加15万元，核减5万元; the changes may stand before it, too."""
    claims = []
    money = passage.money
    for first, second in pairwise(money):
        between = passage.folded[first.end : second.start]
        if not (_FROM.search(passage.own_words(first)) and _INTO.fullmatch(between)):
            continue
        behind = next((list(found.parts) for found in lists if found.whole.start == second.start), [])
        before = [f for f in money if f.sentence == first.sentence and f.end <= first.start]
        changes = behind or before
        if changes and all(_is_move(passage, change) for change in changes):
            claims.append(_chain(passage, first, changes, second))
    return claims


def _total_first(passage: Passage, figures: Sequence[BudgetFigure]) -> list[Claim]:
    """全年预算数120万元，包括年初预算100万元和追加预算20万元."""
    claims = []
    money = passage.money
    staged = {entry.figure.start: entry.stage for entry in figures}
    for position, (whole, first) in enumerate(pairwise(money)):
        between = passage.folded[whole.end : first.start]
        opened = _OF.match(between)
        if (
            opened is None
            or "年初" not in between
            or "结转" in between
            or staged.get(whole.start) == "initial"
        ):
            continue
        if not _TOTAL.search(passage.lead(whole)):
            continue
        changes = []
        for figure in money[position + 2 :]:
            if figure.sentence != first.sentence or not _is_move(passage, figure):
                break
            changes.append(figure)
        if changes and not passage.folded[changes[-1].end :].startswith("等"):
            claims.append(_chain(passage, first, changes, whole))
    return claims


def _by_class(passage: Passage, figures: Sequence[BudgetFigure]) -> list[Claim]:
    """项目支出年初3186.14万元, 调增38.94万元, 调整后3225.08万元, told among those of the other classes.

    A class may be told in the words of another (基本保障支出): only what nearly gives the adjusted budget is a chain.
    """
    claims = []
    for classed in _CHAINED:
        staged = {
            stage: [e for e in figures if e.classed == classed and e.stage == stage] for stage in _STAGED
        }
        if any(len(entries) != 1 for entries in staged.values()):
            continue
        initial, change, adjusted = (staged[stage][0].figure for stage in _STAGED)
        sides = {entries[0].side for entries in staged.values()} - {""}
        claim = _chain(passage, initial, [change], adjusted)
        gap = abs(sum((sign * figure.amount for sign, figure in claim.terms), -adjusted.amount))
        if len(sides) <= 1 and gap <= adjusted.amount * _SLIP and is_signed(passage, change):
            claims.append(claim)
    if not any(
        claim.stated is entry.figure for claim in claims for entry in figures if entry.classed == "basic"
    ):
        claims.extend(_basic_of_two(passage, figures))
    return claims


def _basic_of_two(passage: Passage, figures: Sequence[BudgetFigure]) -> list[Claim]:
    """年初人员经费2150.3万元、公用经费294.19万元, 基本支出调增254.06万元, 调整后基本支出2698.55万元: the initial budget told in its two
    classes; read where it holds."""
    told = [
        [e for e in figures if e.classed == classed and e.stage == stage]
        for classed, stage in (("personnel", "initial"), ("operating", "initial"), *_BASIC_MOVED)
    ]
    if any(len(entries) != 1 for entries in told):
        return []
    personnel, operating, change, adjusted = (entries[0].figure for entries in told)
    if not is_signed(passage, change):
        return []
    terms = [(1, personnel), (1, operating), (sign_of(passage, change), change)]
    gap = abs(sum((sign * figure.amount for sign, figure in terms), -adjusted.amount))
    if gap * 2 > max(figure.amount_step for _, figure in [*terms, (1, adjusted)]) * len(terms):
        return []
    return [Claim("sum", "adjustment", adjusted.subject or "基本支出", passage, adjusted, terms)]


def _chain(passage: Passage, initial: Figure, changes: Sequence[Figure], adjusted: Figure) -> Claim:
    terms = [(1, initial)]
    falls = adjusted.amount < initial.amount
    for change in changes:
        own = passage.own_words(change)
        told = is_signed(passage, change) or _DECREASE.search(own) or _INCREASE.search(own)
        sign = sign_of(passage, change) if told or len(changes) > 1 else (-1 if falls else 1)
        terms.append((sign, change))
    return Claim("sum", "adjustment", adjusted.subject or "调整后预算", passage, adjusted, terms)
