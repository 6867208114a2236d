"""A table seen as rows of distinct cells, the view that recognition works on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from extractors.document import Cell, Table
from extractors.forms.labels import squeeze
from extractors.report import Printed


@dataclass(frozen=True)
class Line:
    """One grid row. covering: every cell that touches the row, once, in column order. own: those that begin in it."""

    row: int
    covering: tuple[Cell, ...]

    @cached_property
    def own(self) -> tuple[Cell, ...]:
        """The cells that begin in this row."""
        return tuple(cell for cell in self.covering if cell.row == self.row)

    @cached_property
    def filled(self) -> tuple[Cell, ...]:
        """The cells that begin in this row and hold text."""
        return tuple(cell for cell in self.own if squeeze(cell.text))


class TableLines:
    """The lines of one table, made once. headers: indicator headers already looked for, by row."""

    def __init__(self, table: Table):
        self.table = table
        covering: list[list[Cell]] = [[] for _ in range(table.row_count)]
        for cell in table.cells:
            for row in range(cell.row, min(cell.row + cell.row_span, table.row_count)):
                covering[row].append(cell)
        self.lines: tuple[Line, ...] = tuple(
            Line(row, tuple(sorted(cells, key=lambda cell: cell.column)))
            for row, cells in enumerate(covering)
        )
        self.headers: dict[int, Any] = {}

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, row: int) -> Line:
        return self.lines[row]

    @cached_property
    def is_flat(self) -> bool:
        """True when the source lost its merges (flattened text): rows differ in length and positions mean little."""
        return self.table.location.line is not None or any(
            cell.location.line is not None for cell in self.table.cells[:1]
        )


def printed(cell: Cell, label: str = "") -> Printed:
    """The cell's text and place under a column's label."""
    return Printed(cell.text.strip(), cell.location, label, cell.confidence)


def joined(cells: Sequence[Cell], label: str = "", separator: str = "") -> Printed | None:
    """Several cells of one field as one text; the place is the first filled cell's. None for no cell at all."""
    if not cells:
        return None
    filled = [cell for cell in cells if cell.text.strip()]
    if len(filled) <= 1:
        return printed((filled or list(cells))[0], label)
    text = separator.join(cell.text.strip() for cell in filled)
    return Printed(text, filled[0].location, label, min(cell.confidence for cell in filled))


def transposed(table: Table) -> Table:
    """The table with rows and columns exchanged; locations stay where they were."""
    cells = sorted(
        (
            Cell(c.column, c.row, c.text, c.column_span, c.row_span, c.location, c.confidence)
            for c in table.cells
        ),
        key=lambda cell: (cell.row, cell.column),
    )
    return Table(
        tuple(cells), table.column_count, table.row_count, table.location, table.caption, table.ruled
    )


def column_slice(table: Table, first: int, last: int) -> Table:
    """The part of a table between two grid columns, [first, last), on its own grid; cells across the cut stay left."""
    cells = tuple(
        Cell(
            c.row,
            c.column - first,
            c.text,
            c.row_span,
            min(c.column + c.column_span, last) - c.column,
            c.location,
            c.confidence,
        )
        for c in table.cells
        if first <= c.column < last
    )
    return Table(cells, table.row_count, last - first, table.location, table.caption, table.ruled)


def row_slice(table: Table, first: int, last: int) -> Table:
    """The part of a table between two grid rows, [first, last), on its own grid."""
    cells = tuple(
        Cell(
            c.row - first,
            c.column,
            c.text,
            min(c.row + c.row_span, last) - c.row,
            c.column_span,
            c.location,
            c.confidence,
        )
        for c in table.cells
        if first <= c.row < last
    )
    return Table(cells, last - first, table.column_count, table.location, table.caption, table.ruled)
