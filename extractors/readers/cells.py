"""Cells made quickly: a frozen dataclass pays a guarded call a field, and a form has hundreds of cells.

The slots are filled directly; what comes out equals `Cell(...)` and `Location(...)` in every way (a test holds it).
"""

from __future__ import annotations

from dataclasses import fields

from extractors.document import Cell, Location

_new = object.__new__
_location = {name.name: getattr(Location, name.name).__set__ for name in fields(Location)}
_set_sheet, _set_table, _set_row, _set_column, _set_line = (
    _location.pop(name) for name in ("sheet", "table", "row", "column", "line")
)
_unset = tuple(_location.values())
_cell_row, _cell_column, _cell_text, _cell_row_span, _cell_column_span, _cell_location, _cell_confidence = (
    getattr(Cell, name).__set__
    for name in ("row", "column", "text", "row_span", "column_span", "location", "confidence")
)


def make_cell(
    row: int,
    column: int,
    text: str,
    row_span: int = 1,
    column_span: int = 1,
    *,
    table: int | None = None,
    sheet: str | None = None,
    line: int | None = None,
) -> Cell:
    """The cell at its grid position in a table (one-based number) or worksheet."""
    location = _new(Location)
    _set_sheet(location, sheet)
    _set_table(location, table)
    _set_row(location, row)
    _set_column(location, column)
    _set_line(location, line)
    for leave in _unset:
        leave(location, None)
    cell = _new(Cell)
    _cell_row(cell, row)
    _cell_column(cell, column)
    _cell_text(cell, text)
    _cell_row_span(cell, row_span)
    _cell_column_span(cell, column_span)
    _cell_location(cell, location)
    _cell_confidence(cell, 1.0)
    return cell
