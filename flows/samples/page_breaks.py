"""Where a long table is cut for printing: pieces that fit a page, merged cells cut with them, as word processors print them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flows.samples.sheet import Grid, GridCell


def breaks(heights: Sequence[float], room: float, most_rows: int) -> list[int]:
    """First rows of the pieces: each piece at most `room` high and `most_rows` long."""
    starts, used = [0], 0.0
    for row, height in enumerate(heights):
        if row > starts[-1] and (used + height > room or row - starts[-1] >= most_rows):
            starts.append(row)
            used = 0.0
        used += height
    return starts


def cut(grid: Grid, starts: Sequence[int], repeat_headers: bool) -> list[Grid]:
    """The grid in pieces beginning at `starts`; the label of a cell cut in two stands in its first piece only."""
    pieces: list[Grid] = []
    for top, bottom in zip(starts, [*starts[1:], grid.row_count], strict=True):
        heads = grid.header_rows if repeat_headers and grid.header_rows and grid.header_rows[-1] < top else ()
        shift = len(heads)
        cells = [
            replace(cell, row=heads.index(cell.row))
            for cell in grid.cells
            if cell.row in heads and cell.row_span <= shift
        ]
        if heads and grid.side_column:
            cells.append(GridCell(0, 0, "", shift))
        for cell in grid.cells:
            first, last = max(cell.row, top), min(cell.row + cell.row_span, bottom)
            if first < last:
                text = cell.text if first == cell.row else ""
                cells.append(replace(cell, row=first - top + shift, row_span=last - first, text=text))
        pieces.append(replace(grid, cells=tuple(cells), row_count=bottom - top + shift))
    return pieces
