"""Cells with their places, made as fast as Python can: a form has hundreds."""

from __future__ import annotations

from extractors.document import Cell, Location

_new = tuple.__new__


def make_cell(
    row: int,
    column: int,
    text: str,
    row_span: int = 1,
    column_span: int = 1,
    *,
    table: int | None = None,
    sheet: str | None = None,
) -> Cell:
    """The cell at its grid position in a table (one-based number) or worksheet; equals `Cell(..., Location(...))`."""
    location = _new(Location, (sheet, None, table, row, column, None, None, None, None, None))
    return _new(Cell, (row, column, text, row_span, column_span, location, 1.0))
