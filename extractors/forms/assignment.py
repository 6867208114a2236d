"""Which field each cell of a row belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.document import Cell
from extractors.forms.headers import Column, Header
from extractors.forms.labels import level1_code, squeeze
from extractors.forms.levels import dimension_label
from extractors.forms.lines import Line


def assign(line: Line, header: Header, is_flat: bool, width: int) -> tuple[dict[str, list[Cell]], list[Cell]]:
    """The row's cells by field, and the cells that belong to none.

    Each cell goes to the column it overlaps most. Cells that began in or above the header are labels of the
    block. A flattened row that lost leading cells is aligned by its right end.
    """
    cells = [cell for cell in line.covering if cell.row >= header.last_row]
    shift = 0
    if is_flat and cells and len(cells) < width and not _begins_at_left(cells[0], header):
        shift = width - len(cells)
    found: dict[str, list[Cell]] = {}
    left: list[Cell] = []
    for cell in cells:
        column = best_column(cell, header.columns, shift)
        if column is None:
            left.append(cell)
        else:
            found.setdefault(column.field, []).append(cell)
    return found, left


def _begins_at_left(cell: Cell, header: Header) -> bool:
    first = header.columns[0].field
    if first != "level1":
        return True
    return not squeeze(cell.text) or (level1_code(cell.text) != "other" and not dimension_label(cell.text))


def best_column(cell: Cell, columns: Sequence[Column], shift: int) -> Column | None:
    """The column that the cell, moved right by `shift`, overlaps most; None when it overlaps none."""
    first, last = cell.column + shift, cell.column + cell.column_span + shift
    best, overlap = None, 0
    for column in columns:
        common = min(last, column.last) - max(first, column.first)
        if common > overlap:
            best, overlap = column, common
    return best
