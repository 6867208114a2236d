"""Which field each cell of a row belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.document import Cell
from extractors.forms.columns import Column, Header
from extractors.forms.fitness import WRONG, fit
from extractors.forms.labels import squeeze
from extractors.forms.lines import Line

CLEAR_MARGIN = 0.5
"""How much better than the row as it stands another alignment must suit before it is taken."""


def assign(line: Line, header: Header, is_flat: bool) -> tuple[dict[str, list[Cell]], list[Cell]]:
    """The row's cells by field, and the cells that belong to none.

    Each cell goes to the column it overlaps most. Cells that began in or above the header are labels of the
    block. A row of flattened text that lost leading cells (merged labels nobody restored) is moved right to
    where its texts suit the columns; where even the best place contradicts them, every cell is left over.
    """
    cells = [cell for cell in line.covering if cell.row >= header.last_row]
    moved = is_flat and bool(cells) and all(cell.row == line.row for cell in cells)
    shift = _shift(cells, header) if moved else 0
    if shift is None:
        return {}, list(cells)
    found: dict[str, list[Cell]] = {}
    left: list[Cell] = []
    for cell in cells:
        column = best_column(cell, header.columns, shift)
        if column is None:
            left.append(cell)
        else:
            found.setdefault(column.field, []).append(cell)
    return found, left


def _shift(cells: Sequence[Cell], header: Header) -> int | None:
    """How far right the row must move; None when no place suits it."""
    width = header.columns[-1].last
    filled = [cell for cell in cells if squeeze(cell.text)]
    if not filled:
        return 0
    room = width - filled[-1].column - filled[-1].column_span
    suits = {shift: _suits(filled, header.columns, shift) for shift in range(max(room, 0) + 1)}
    best = max(suits, key=lambda shift: (suits[shift], -shift))
    if suits[best] < suits[0] + CLEAR_MARGIN:
        best = 0
    return None if suits[best] <= WRONG else best


def _suits(cells: Sequence[Cell], columns: Sequence[Column], shift: int) -> float:
    total = 0.0
    for cell in cells:
        column = best_column(cell, columns, shift)
        total += fit(column.field, cell.text) if column is not None else 0.0
    return total


def best_column(cell: Cell, columns: Sequence[Column], shift: int) -> Column | None:
    """The column that the cell, moved right by `shift`, overlaps most; None when it overlaps none."""
    first, last = cell.column + shift, cell.column + cell.column_span + shift
    best, overlap = None, 0
    for column in columns:
        common = min(last, column.last) - max(first, column.first)
        if common > overlap:
            best, overlap = column, common
    return best
