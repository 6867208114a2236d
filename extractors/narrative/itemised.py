"""Wholes whose parts stand in paragraphs of their own:

部门支出合计500万元，其中：
1.基本支出300万元；
2.项目支出200万元。
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.narrative.model import Claim, Figure, Passage
from extractors.narrative.parts import is_aside, is_part
from extractors.narrative.sums import topic_of

_OPENS = re.compile(r"(?:其中|如下|包括|分别为|分别是|具体为|明细为)?[:]\s*$|其中[,:]?\s*$")
_INTRODUCES = re.compile(r"\s*其中[:,]?")
_STYLES = tuple(
    re.compile(rf"\s*{style}")
    for style in (
        r"\(\d{1,2}\)",
        r"\d{1,2}[.、](?!\d)",
        r"[①-⑳]",
        r"\([一二三四五六七八九十]+\)",
        r"[一二三四五六七八九十]是",
    )
)
_GOES_ON = re.compile(r"[;,]\s*$")
_LONGEST_ITEM, _MOST_ITEMS = 160, 30
_SLIP = Decimal("0.05")


def itemised_claims(passages: Sequence[Passage]) -> list[Claim]:
    """Sums whose items are paragraphs; only lists that add up, but for a slip, claim to be complete."""
    claims: list[Claim] = []
    for index, passage in enumerate(passages[:-1]):
        introduces = _INTRODUCES.match(passages[index + 1].folded)
        if passage.figures and (introduces or _OPENS.search(passage.folded)):
            claim = _claim(passage, list(_items(passages, index + 1)))
            if claim is not None:
                claims.append(claim)
    return claims


def _items(passages: Sequence[Passage], index: int) -> list[Passage]:
    """The paragraphs of the list: in one numbering style, or each but the last ending in a semicolon."""
    items: list[Passage] = []
    style = numbering_style(passages[index].folded)
    for passage in passages[index : index + _MOST_ITEMS]:
        if (
            len(passage.folded) > _LONGEST_ITEM
            or not passage.figures
            or numbering_style(passage.folded) != style
        ):
            break
        items.append(passage)
        if style is None and not _GOES_ON.search(passage.folded):
            break
    return items


def numbering_style(folded: str) -> int | None:
    """In which style a paragraph is numbered: （1） 1. ① （一） 一是; None without a number."""
    return next((number for number, style in enumerate(_STYLES) if style.match(folded)), None)


def _claim(passage: Passage, items: list[Passage]) -> Claim | None:
    last = passage.sentences[-1]
    wholes = [
        figure
        for figure in passage.figures
        if figure.value is not None
        and figure.depth == 0
        and figure.start >= last[0]
        and not is_aside(passage, figure)
    ]
    if len(items) < 2 or not wholes:
        return None
    for whole in reversed(wholes):
        parts = [_part(item, whole) for item in items]
        found = [part for part in parts if part is not None]
        total = sum((part.amount for part in found), Decimal(0))
        if (
            len(found) == len(items)
            and whole.amount > 0
            and abs(total - whole.amount) <= whole.amount * _SLIP
        ):
            leads = [item.lead(part) for item, part in zip(items, found, strict=True)]
            topic = topic_of(whole.key, passage.lead(whole), leads)
            terms = [(1, part) for part in found]
            return Claim("sum", topic, whole.subject or whole.tail, passage, whole, terms)
    return None


def _part(item: Passage, whole: Figure) -> Figure | None:
    """The item's first figure of the whole's kind."""
    return next(
        (
            figure
            for figure in item.figures
            if figure.key == whole.key
            and figure.depth == 0
            and figure.value is not None
            and is_part(item, figure, whole)
        ),
        None,
    )
