"""Totals whose items stand under a heading of their name: （二）项目支出情况 / 1、农业支出60万元。… / 2、水利支出40万元。…

The total itself is told elsewhere; it is known by the heading's name, and by its amount.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.narrative.itemised import numbering_style
from extractors.narrative.model import Claim, Figure, Passage
from extractors.narrative.sections import heading_words
from extractors.narrative.words import pattern

_NAME = pattern("headed_totals")
_MOST_ITEMS = 30
_SLIP = Decimal("0.005")


def headed_claims(passages: Sequence[Passage]) -> list[Claim]:
    """Sums of the first amounts of the paragraphs under a heading, where a total of that name is told."""
    claims = []
    for index, passage in enumerate(passages):
        named = _NAME.search(heading_words(passage.text)) if passage.is_heading else None
        if named is None:
            continue
        items = list(_items(passages, index + 1))
        whole = _whole(passages, named[0], items) if len(items) > 1 else None
        if whole is not None:
            terms = [(1, part) for _, part in items]
            told, figure = whole
            claims.append(Claim("sum", "other", figure.subject or named[0], told, figure, terms))
    return claims


def _items(passages: Sequence[Passage], index: int) -> Iterator[tuple[Passage, Figure]]:
    """The paragraphs in one numbering style that open with an amount."""
    style = numbering_style(passages[index].folded) if index < len(passages) else None
    for passage in passages[index : index + _MOST_ITEMS]:
        first = next(iter(passage.figures), None)
        is_amount = (
            first is not None and first.key == "money" and first.value is not None and first.depth == 0
        )
        if style is None or numbering_style(passage.folded) != style or first is None or not is_amount:
            return
        if first.sentence != 0:
            return
        yield passage, first


def _whole(
    passages: Sequence[Passage], name: str, items: Sequence[tuple[Passage, Figure]]
) -> tuple[Passage, Figure] | None:
    total = sum((part.amount for _, part in items), Decimal(0))
    inside = {id(item) for item, _ in items}
    near = [
        (abs(figure.amount - total), passage, figure)
        for passage in passages
        if id(passage) not in inside
        for figure in passage.figures
        if figure.key == "money"
        and figure.value is not None
        and name in figure.subject
        and abs(figure.amount - total) <= total * _SLIP
    ]
    return min(near, key=lambda found: found[0])[1:] if near else None
