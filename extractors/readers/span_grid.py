"""Rows of cells with spans, as HTML and OpenDocument write them, placed on a grid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extractors.document import Cell, Location, Table
from extractors.limits import Limits
from extractors.readers.cells import make_cell


@dataclass(frozen=True, slots=True)
class SpanCell:
    """A cell as written: text and how many rows and columns it covers (at least 1 each)."""

    text: str
    row_span: int = 1
    column_span: int = 1


def place_spans(
    rows: Iterable[list[SpanCell]], number: int, caption: str, limits: Limits
) -> tuple[Table | None, bool]:
    """The table, each cell put at the first column that no span from above covers; and whether rows were cut."""
    cells: list[Cell] = []
    taken: dict[int, int] = {}  # column -> first row that is free again
    width = row = 0
    reach: list[tuple[int, int]] = []
    cut = False
    for row, written in enumerate(rows):
        if row >= limits.max_rows or len(cells) >= limits.max_cells:
            cut = True
            row -= 1
            break
        column = 0
        for cell in written:
            while taken.get(column, 0) > row:
                column += 1
            if column >= limits.max_columns:
                break
            span = max(1, min(cell.column_span, limits.max_columns - column))
            # A span that would run into one from above ends before it.
            while span > 1 and any(taken.get(at, 0) > row for at in range(column, column + span)):
                span -= 1
            height = max(1, min(cell.row_span, limits.max_rows))
            for at in range(column, column + span):
                taken[at] = row + height
            reach.append((len(cells), height))
            cells.append(make_cell(row, column, cell.text, 1, span, table=number))
            column += span
            width = max(width, column)
    if not cells:
        return None, cut
    count = row + 1
    for index, height in reach:
        if height > 1:
            old = cells[index]
            tall = min(height, count - old.row)
            cells[index] = make_cell(old.row, old.column, old.text, tall, old.column_span, table=number)
    return Table(tuple(cells), count, width, Location(table=number), caption), cut
