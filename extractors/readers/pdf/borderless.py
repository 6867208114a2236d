"""Tables without any line: read only where every text keeps to its column, else named for the reviewer.

What is taken as a table needs at least three lines of at least three texts each, all in the same columns. A line with
fewer texts goes on with the row above only where it stands clearly nearer to it than to the next row.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from extractors.readers.pdf.lines import text_of
from extractors.readers.pdf.marks import Glyph
from extractors.readers.piece import PieceCell, TablePiece

CORRIDOR = 1.5
"""Character heights of white between two texts of one line, at least."""
LEAST_ROWS = 3
LEAST_COLUMNS = 3
FAR = 4.0
"""Character heights between two lines from which they do not belong together."""
NEARER = 0.75
"""Share of the distance to the next row within which a short line belongs to the row above."""


@dataclass(frozen=True, slots=True)
class _Line:
    parts: tuple[tuple[Glyph, ...], ...]
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def borderless_tables(
    glyphs: list[Glyph], lines: Sequence[Sequence[Glyph]], page: int
) -> tuple[list[TablePiece], list[Glyph], bool]:
    """Tables by alignment alone, the characters that are in none, and whether something looked like one but was unclear.

    lines: the characters grouped into printed lines.
    """
    if not glyphs:
        return [], glyphs, False
    em = median([glyph[3] - glyph[1] for glyph in glyphs])
    pieces: list[TablePiece] = []
    taken: set[int] = set()
    unclear = False
    for block in _blocks([_split(line, em) for line in lines], em):
        piece = _table(block, page)
        if piece is None:
            unclear = True
            continue
        pieces.append(piece)
        taken.update(id(glyph) for line in block for part in line.parts for glyph in part)
    if not taken:
        return pieces, glyphs, unclear
    return pieces, [glyph for glyph in glyphs if id(glyph) not in taken], unclear


def _split(line: Sequence[Glyph], em: float) -> _Line:
    parts: list[list[Glyph]] = []
    reach = 0.0
    part: list[Glyph] = []
    corridor = CORRIDOR * em
    for glyph in line:
        x0, x1 = glyph[0], glyph[2]
        if part and x0 - reach < corridor:
            part.append(glyph)
            if x1 > reach:
                reach = x1
        else:
            part = [glyph]
            parts.append(part)
            reach = x1
    return _Line(
        tuple(map(tuple, parts)), min([glyph[1] for glyph in line]), max([glyph[3] for glyph in line])
    )


def _blocks(lines: Sequence[_Line], em: float) -> list[list[_Line]]:
    """Stretches of lines from the first to the last with enough texts, no far gap between."""
    blocks: list[list[_Line]] = []
    current: list[_Line] = []
    for line in lines:
        if current and (line.top - current[-1].bottom > FAR * em or _is_prose(line, current)):
            blocks.append(current)
            current = []
        if current or len(line.parts) >= LEAST_COLUMNS:
            current.append(line)
    blocks.append(current)
    found: list[list[_Line]] = []
    for block in blocks:
        while block and len(block[-1].parts) < LEAST_COLUMNS:
            block.pop()
        if sum(len(line.parts) >= LEAST_COLUMNS for line in block) >= LEAST_ROWS:
            found.append(block)
    return found


def _is_prose(line: _Line, block: Sequence[_Line]) -> bool:
    """Whether a line of one text is wider than any text of the block: running text below or above a table."""
    if len(line.parts) != 1:
        return False
    (text,) = line.parts
    width = text[-1].x1 - text[0].x0
    return width > 1.5 * max(part[-1].x1 - part[0].x0 for other in block for part in other.parts)


def _table(block: Sequence[_Line], page: int) -> TablePiece | None:
    """The block as a table, or None where a text lies across columns or a short line belongs to no row for sure."""
    columns = _columns(block)
    if len(columns) < LEAST_COLUMNS:
        return None
    rows: list[list[list[Glyph]]] = []
    tops: list[float] = []
    full = [index for index, line in enumerate(block) if len(line.parts) >= LEAST_COLUMNS]
    for index, line in enumerate(block):
        placed = _placed(line, columns)
        if placed is None:
            return None
        if index in full:
            rows.append(placed)
            tops.append(line.top)
            continue
        before = max(other for other in full if other < index)
        after = min(other for other in full if other > index)
        if line.middle - block[index - 1].middle > NEARER * (block[after].middle - line.middle) or before < 0:
            return None
        for cell, more in zip(rows[-1], placed, strict=True):
            cell.extend(more)
    xs = [columns[0][0], *((a[1] + b[0]) / 2 for a, b in itertools.pairwise(columns)), columns[-1][1]]
    ys = [*tops, max(line.bottom for line in block)]
    cells = [
        PieceCell(
            row,
            column,
            1,
            1,
            text_of(members),
            (xs[column], ys[row], xs[column + 1], ys[row + 1]),
            page,
            confidence=min((glyph.confidence for glyph in members), default=1.0),
        )
        for row, placed in enumerate(rows)
        for column, members in enumerate(placed)
    ]
    return TablePiece(page, (xs[0], ys[0], xs[-1], ys[-1]), tuple(xs), tuple(ys), tuple(cells), ruled=False)


def _columns(block: Sequence[_Line]) -> list[tuple[float, float]]:
    """Extents of the columns: overlapping texts of all full lines put together."""
    spans = sorted(
        (part[0].x0, max(glyph.x1 for glyph in part))
        for line in block
        if len(line.parts) >= LEAST_COLUMNS
        for part in line.parts
    )
    columns: list[tuple[float, float]] = []
    for start, end in spans:
        if columns and start < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], end))
        else:
            columns.append((start, end))
    return columns


def _placed(line: _Line, columns: Sequence[tuple[float, float]]) -> list[list[Glyph]] | None:
    """The line's texts by column; None when one lies in no column or in two, or two share one."""
    placed: list[list[Glyph]] = [[] for _ in columns]
    for part in line.parts:
        start, end = part[0].x0, max(glyph.x1 for glyph in part)
        home = [index for index, (left, right) in enumerate(columns) if start < right and end > left]
        if len(home) != 1 or placed[home[0]]:
            return None
        placed[home[0]] = list(part)
    return placed
