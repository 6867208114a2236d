"""Expenditure that is basic and project expenditure, told without 其中: 支出合计500万元，基本支出300万元，项目支出200万元."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.narrative.model import Claim, Figure, Passage
from extractors.narrative.words import pattern

_WHOLE = pattern("nature_whole")
_NOT_WHOLE = pattern("nature_not_whole")
_BASIC, _PROJECT = re.compile(r"基本支出"), re.compile(r"项目支出")
_BOTH = pattern("nature_both")
_FURTHER = pattern("nature_further")
_APART = pattern("nature_apart")
_LARGEST_GAP = Decimal("0.5")
_FAR = 40


def nature_claims(passage: Passage, claimed: set[int]) -> list[Claim]:
    """Whole, basic and project expenditure, one behind the other. claimed: where figures stand whose sum is read already."""
    claims = []
    money = passage.money
    for position in range(len(money) - 2):
        whole, basic, project = money[position : position + 3]
        if whole.start in claimed or not _is_whole(passage, whole) or not _are_both(passage, basic, project):
            continue
        further = passage.folded[project.end : project.end + _FAR]
        between = passage.folded[whole.end : basic.start]
        gap = abs(whole.amount - basic.amount - project.amount)
        if (
            basic.depth == project.depth
            and whole.depth <= basic.depth
            and len(between) <= _FAR
            and not _APART.search(between)
            and not _FURTHER.search(further)
            and gap <= whole.amount * _LARGEST_GAP
        ):
            subject = whole.subject or "支出合计"
            claims.append(Claim("sum", "nature", subject, passage, whole, [(1, basic), (1, project)]))
    return claims


def _is_whole(passage: Passage, figure: Figure) -> bool:
    words = passage.own_words(figure)
    return _WHOLE.search(words) is not None and not _NOT_WHOLE.search(words)


def _are_both(passage: Passage, basic: Figure, project: Figure) -> bool:
    first, second = passage.own_words(basic), passage.own_words(project)
    if _BOTH.search(first):
        return second.strip() in {"、", "和", ",", "与"}
    first, second = first + basic.tail, second + project.tail
    if _APART.search(first) or _APART.search(second):
        return False
    return (
        _BASIC.search(first) is not None
        and not _PROJECT.search(first)
        and _PROJECT.search(second) is not None
        and not _BASIC.search(second)
    )
