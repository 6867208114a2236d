"""Rows put into, taken out of and moved within a grid, the merged cells around them kept whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from flows.samples.sheet import Grid, GridCell


def with_row(grid: Grid, at: int, cells: Sequence[GridCell]) -> Grid:
    """The grid with a row more before row `at`; merged cells that run across it grow by it."""
    moved = [
        replace(cell, row=cell.row + 1)
        if cell.row >= at
        else replace(cell, row_span=cell.row_span + 1)
        if cell.row + cell.row_span > at
        else cell
        for cell in grid.cells
    ]
    heads = tuple(row + (row >= at) for row in grid.header_rows)
    return _sorted(replace(grid, cells=(*moved, *cells), row_count=grid.row_count + 1, header_rows=heads))


def with_wide_row(grid: Grid, at: int, text: str, shows: tuple = ()) -> Grid:
    """The grid with one cell more before row `at`, over all columns that no merged cell covers there."""
    covered = {
        column
        for cell in grid.cells
        if cell.row < at < cell.row + cell.row_span
        for column in range(cell.column, cell.column + cell.column_span)
    }
    first = next(column for column in range(grid.column_count) if column not in covered)
    return with_row(grid, at, [GridCell(at, first, text, 1, grid.column_count - first, shows)])


def cells_in(grid: Grid, row: int) -> list[GridCell]:
    """The cells that begin in a row, from left to right."""
    return [cell for cell in grid.cells if cell.row == row]


def changed(grid: Grid, change: Callable[[GridCell], GridCell | None]) -> Grid:
    """The grid with every cell changed; None takes a cell away."""
    return replace(grid, cells=tuple(new for cell in grid.cells if (new := change(cell)) is not None))


def part(grid: Grid, first: int, last: int) -> Grid:
    """Rows first to last (excluded) as a grid of their own, merged cells cut."""
    cells = [
        replace(
            cell,
            row=max(cell.row, first) - first,
            row_span=min(cell.row + cell.row_span, last) - max(cell.row, first),
        )
        for cell in grid.cells
        if cell.row < last and cell.row + cell.row_span > first
    ]
    return replace(grid, cells=tuple(cells), row_count=last - first, header_rows=())


def turned(grid: Grid) -> Grid:
    """Rows as columns and columns as rows."""
    cells = tuple(
        replace(cell, row=cell.column, column=cell.row, row_span=cell.column_span, column_span=cell.row_span)
        for cell in grid.cells
    )
    return _sorted(
        replace(grid, cells=cells, row_count=grid.column_count, column_count=grid.row_count, header_rows=())
    )


def table(rows: Sequence[Sequence[str]], columns: int) -> list[GridCell]:
    """Rows of words spread over `columns` grid columns, the last cell taking what is left."""
    cells = []
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            span = columns - column if column == len(row) - 1 else 1
            cells.append(GridCell(number, column, text, 1, span))
    return cells


def _sorted(grid: Grid) -> Grid:
    return replace(grid, cells=tuple(sorted(grid.cells, key=lambda cell: (cell.row, cell.column))))
