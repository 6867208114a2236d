"""The part of a table that stands on one page, on its own grid: what readers with pages make and join."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from extractors.document import Box

SAME_SIDE = 5.0
"""Points within which sides and columns of two pieces agree."""


class PieceCell(NamedTuple):
    """One cell of a piece, on the piece's own grid. page: one-based. fills_width: its last line reaches the right side.

    room: points that its last line leaves free. lead: points that the first word of its first line takes, which no line break
    parts. Both 0 where the reader does not know them.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    box: Box
    page: int
    fills_width: bool = False
    confidence: float = 1.0
    room: float = 0.0
    lead: float = 0.0


@dataclass(frozen=True, slots=True)
class TablePiece:
    """The part of a table on one page (or, after joining, on several; `page` and `box` are then the last one's).

    xs, ys: grid lines in points. cells: in order of row and column, each merged cell once.
    """

    page: int
    box: Box
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[PieceCell, ...]
    ruled: bool = True

    @property
    def row_count(self) -> int:
        """Grid rows."""
        return len(self.ys) - 1

    @property
    def column_count(self) -> int:
        """Grid columns."""
        return len(self.xs) - 1


def squeezed(text: str) -> str:
    """A text without white space, for comparing what is printed in different widths."""
    return "".join(text.split())


def has_digits(text: str) -> bool:
    """Whether a text may be a figure: headings have no digits."""
    return any(character.isdigit() for character in text)
