"""Figures that a narrow cell broke over two lines, told from two figures below each other by the room that was left."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.document import Box
from extractors.readers.pdf.lines import grouped, spaced, text_of
from extractors.readers.pdf.marks import Glyph

PADDING = 12.5
"""Points that the margins inside a cell take together, at most (Word 10.8, others 4 to 12)."""
_ENDS = re.compile(r"\d[\d,.，．]*$")
_BEGINS = re.compile(r"[\d.,，．]")
_WORD = re.compile(r"[\x21-\x7e％．，]")
_FIGURE = re.compile(r"[\d,.，．]+")


def cell_text(members: Sequence[Glyph], box: Box) -> str:
    """The cell's text, lines separated by newlines; a figure broken because the cell was full is one figure again.

    Left as printed where it could be two: where the line had room for more, or where both parts are alike in length (but for a
    cell with room for a single digit).
    """
    text = text_of(members)
    if "\n" not in text or not any(character.isdigit() for character in text) or members[0].angle:
        return text
    lines = grouped(members)
    parts = [spaced(line) for line in lines]
    if "\n".join(parts) != text:
        return text
    joined = parts[0]
    for above, below, upper, lower in zip(lines, lines[1:], parts, parts[1:], strict=False):
        joined += ("" if _goes_on(above, below, upper, lower, box) else "\n") + lower
    return joined


def room_and_lead(members: Sequence[Glyph], box: Box) -> tuple[float, float]:
    """The points that the last line leaves free in the cell, and those that the first word of the first line takes."""
    if not members or members[0].angle:
        return 0.0, 0.0
    lines = grouped(members)
    last, first = lines[-1], lines[0]
    taken = max(g.x1 for g in last) - min(g.x0 for g in last)
    end = 1
    while end < len(first) and _WORD.match(first[end - 1].text) and _WORD.match(first[end].text):
        end += 1
    return box[2] - box[0] - taken, first[end - 1].x1 - first[0].x0


def _goes_on(above: Sequence[Glyph], below: Sequence[Glyph], upper: str, lower: str, box: Box) -> bool:
    if not _ENDS.search(upper) or not _BEGINS.match(lower):
        return False
    alike = _FIGURE.fullmatch(upper) and _FIGURE.fullmatch(lower) and len(upper) <= len(lower)
    if alike and len(upper) > 1:
        return False
    room = box[2] - box[0] - (max(g.x1 for g in above) - min(g.x0 for g in above))
    next_character = (below[0].x1 - below[0].x0) / len(below[0].text)
    return room - next_character < PADDING
