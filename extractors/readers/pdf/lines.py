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
    return text_lines(grouped(glyphs), page)


def text_lines(groups: Iterable[list[Glyph]], page: int = 0) -> list[TextLine]:
    """The same from characters that are grouped already."""
    return [_line(members, page) for members in groups]


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
    reach = 0.0
    for glyph in members:
        x0, _, x1, _, text, _, _ = glyph
        if last is not None and x0 - reach > 1.0 and x0 - reach > _gap(last, glyph):
            parts.append(" ")
        parts.append(text)
        if last is None or x1 > reach:
            last, reach = glyph, x1
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
    if len(glyphs) < 2:
        return [list(glyphs)] if glyphs else []
    middles = [glyph[1] + glyph[3] for glyph in glyphs]
    if max(middles) - min(middles) <= 0.9 * min([glyph[3] - glyph[1] for glyph in glyphs]):
        return [sorted(glyphs)]  # one line, as most cells have
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
    heights = sorted([glyph[3] - glyph[1] for glyph in members])
    return TextLine(
        text=spaced(members),
        x0=members[0].x0,
        top=min([glyph[1] for glyph in members]),
        x1=max([glyph[2] for glyph in members]),
        bottom=max([glyph[3] for glyph in members]),
        size=heights[len(heights) // 2],
        page=page,
        confidence=min([glyph[6] for glyph in members]),
    )


def _upright(glyph: Glyph) -> Glyph:
    """A sideways character in the coordinates of its own reading direction."""
    if glyph.angle == 90:  # reads from bottom to top
        return Glyph(-glyph.bottom, glyph.x0, -glyph.top, glyph.x1, glyph.text, 0, glyph.confidence)
    return Glyph(glyph.top, -glyph.x1, glyph.bottom, -glyph.x0, glyph.text, 0, glyph.confidence)
