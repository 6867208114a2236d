"""Characters to lines of text, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.document import Box
from extractors.readers.pdf.marks import Glyph


@dataclass(frozen=True, slots=True)
class TextLine:
    """One printed line. size: character height in points."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    page: int = 0
    confidence: float = 1.0

    @property
    def box(self) -> Box:
        """x0, top, x1, bottom."""
        return (self.x0, self.top, self.x1, self.bottom)


def lines_of(glyphs: Sequence[Glyph], page: int = 0) -> list[TextLine]:
    """The printed lines from top to bottom; characters that share a height share a line."""
    return [_line(members, page) for members in grouped(glyphs)]


def text_of(glyphs: Sequence[Glyph]) -> str:
    """The text in reading order, its lines separated by newlines."""
    if not glyphs:
        return ""
    if (
        glyphs[0].angle in (90, 270)
        and sum(glyph.angle == glyphs[0].angle for glyph in glyphs) > len(glyphs) / 2
    ):
        glyphs = [_upright(glyph) for glyph in glyphs]
    return "\n".join(spaced(members) for members in grouped(glyphs))


def spaced(members: Iterable[Glyph]) -> str:
    """The text of one line's characters in order of x, with a space where the print leaves one."""
    parts: list[str] = []
    last: Glyph | None = None
    for glyph in members:
        if last is not None and glyph.x0 - last.x1 > 1.0 and glyph.x0 - last.x1 > _gap(last, glyph):
            parts.append(" ")
        parts.append(glyph.text)
        if last is None or glyph.x1 > last.x1:
            last = glyph
    return "".join(parts)


def _gap(left: Glyph, right: Glyph) -> float:
    """The least gap in points that a reader sees as a space: Chinese is justified by stretching, Latin is not."""
    em, other = left.bottom - left.top, right.bottom - right.top
    em = other if other < em else em
    if left.text[-1].isascii() and right.text[0].isascii():
        return 0.17 * em
    return 0.45 * em


def grouped(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Lines as lists of characters in order of x."""
    if len(glyphs) == 1:
        return [list(glyphs)]
    ordered = sorted(glyphs, key=_middle)
    groups: list[list[Glyph]] = []
    anchor = reach = 0.0
    for glyph in ordered:
        middle = (glyph.top + glyph.bottom) / 2
        if groups and middle - anchor <= reach:
            group = groups[-1]
            group.append(glyph)
            anchor += (middle - anchor) / len(group)
            continue
        groups.append([glyph])
        anchor, reach = middle, 0.45 * (glyph.bottom - glyph.top)
    for group in groups:
        group.sort()
    return groups


def _middle(glyph: Glyph) -> float:
    return (glyph.top + glyph.bottom) / 2


def _line(members: list[Glyph], page: int) -> TextLine:
    heights = sorted(glyph.bottom - glyph.top for glyph in members)
    return TextLine(
        text=spaced(members),
        x0=members[0].x0,
        top=min(glyph.top for glyph in members),
        x1=max(glyph.x1 for glyph in members),
        bottom=max(glyph.bottom for glyph in members),
        size=heights[len(heights) // 2],
        page=page,
        confidence=min(glyph.confidence for glyph in members),
    )


def _upright(glyph: Glyph) -> Glyph:
    """A sideways character in the coordinates of its own reading direction."""
    if glyph.angle == 90:  # reads from bottom to top
        return Glyph(-glyph.bottom, glyph.x0, -glyph.top, glyph.x1, glyph.text, 0, glyph.confidence)
    return Glyph(glyph.top, -glyph.x1, glyph.bottom, -glyph.x0, glyph.text, 0, glyph.confidence)
