"""What a page shows, whatever its format: characters and ruled lines, upright, in points from the upper left corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from extractors.document import Box


class Glyph(NamedTuple):
    """One visible character (or, from recognised images, one word). angle: 0, 90, 180, 270 counter-clockwise."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str
    angle: int = 0
    confidence: float = 1.0

    @property
    def box(self) -> Box:
        """x0, top, x1, bottom."""
        return (self.x0, self.top, self.x1, self.bottom)


class Edge(NamedTuple):
    """One horizontal or vertical ruled line: `at` is its y or x, `start` and `end` its extent along the other axis."""

    vertical: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class PageMarks:
    """Everything on one page that the layout is made from.

    number: one-based. fills: sides of filled rectangles, which are borders only where a page has no other lines.
    picture_share: part of the page's area that images cover (0 to 1). unmapped: characters without a known code.
    shape_count: paths and pictures on the page. unread: ink in a picture that may be text and could not be read.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    edges: tuple[Edge, ...]
    fills: tuple[Edge, ...] = ()
    picture_share: float = 0.0
    unmapped: int = 0
    shape_count: int = 0
    warnings: tuple[str, ...] = ()
    unread: tuple[Box, ...] = ()

    @property
    def is_picture(self) -> bool:
        """Whether the page must be recognised: its text is in pictures or drawn as curves, or its codes say nothing."""
        written = len(self.glyphs)
        if self.unmapped > 0.3 * (written + self.unmapped):
            return self.unmapped > 5
        if written < 40 and self.picture_share > 0.5:
            return True
        return written < 5 and (self.picture_share > 0.1 or self.shape_count > 150)
