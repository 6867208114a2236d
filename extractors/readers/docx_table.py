"""One Word table onto the grid of its column edges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from extractors.limits import Limits
from extractors.readers.docx_numbering import VAL, W

TBL, TR, TC, P = f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}p"
WRAPPERS = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "subDoc")
) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
EDGE_TOLERANCE = 60
"""Edges nearer than this (twips, a millimetre) are one edge."""


def children(parent: Any, *tags: str) -> Iterator[Any]:
    """Child elements with these tags, looking through content controls and other wrappers."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in WRAPPERS:
            yield from children(child, *tags)


@dataclass(slots=True)
class GridCell:
    """A cell as Word stores it, with its place on the grid."""

    element: Any
    row: int
    column: int
    column_span: int
    width: int = 0
    row_span: int = 1
    more: list[Any] = field(default_factory=list)
    continues: bool = False


def place_cells(table: Any, limits: Limits) -> tuple[list[GridCell], int, int, bool]:
    """The cells of a table, merges resolved; rows, columns, and whether rows were left out."""
    rows: list[list[GridCell]] = []
    totals: list[int] = []
    cut = False
    for row_element in children(table, TR):
        if len(rows) >= limits.max_rows:
            cut = True
            break
        cells, total = _row(row_element, len(rows), limits)
        rows.append(cells)
        totals.append(total)
    column_count = max(totals, default=0)
    if len(set(totals)) > 1:
        column_count = _align_by_width(table, rows) or column_count
    return _merge_down(rows), len(rows), column_count, cut


def _row(row_element: Any, row: int, limits: Limits) -> tuple[list[GridCell], int]:
    properties = row_element.find(f"{W}trPr")
    column = _value(properties, "gridBefore", 0, limits.max_columns)
    cells: list[GridCell] = []
    for element in children(row_element, TC):
        cell_properties = element.find(f"{W}tcPr")
        span = 1
        merge = legacy = None
        width = 0
        if cell_properties is not None:
            span = _value(cell_properties, "gridSpan", 1, limits.max_columns) or 1
            merge = cell_properties.find(f"{W}vMerge")
            legacy = cell_properties.find(f"{W}hMerge")
            width = _width(cell_properties.find(f"{W}tcW"))
        span = max(1, min(span, limits.max_columns - column))
        if legacy is not None and legacy.get(VAL, "continue") == "continue" and cells:
            cells[-1].column_span += span
            cells[-1].width += width
            cells[-1].more.append(element)
        elif column < limits.max_columns:
            continues = merge is not None and merge.get(VAL, "continue") == "continue"
            cells.append(GridCell(element, row, column, span, width, continues=continues))
        column += span
    after = _value(properties, "gridAfter", 0, limits.max_columns)
    return cells, min(column + after, limits.max_columns)


def _merge_down(rows: list[list[GridCell]]) -> list[GridCell]:
    merged: list[GridCell] = []
    anchors: dict[int, GridCell] = {}
    for row_no, row in enumerate(rows):
        current: dict[int, GridCell] = {}
        for cell in row:
            anchor = anchors.get(cell.column) if cell.continues else None
            if anchor is not None and anchor.row + anchor.row_span == row_no:
                anchor.row_span += 1
                anchor.more.append(cell.element)
            else:
                anchor = cell
                merged.append(cell)
            current[cell.column] = anchor
        anchors = current
    return merged


def _align_by_width(table: Any, rows: list[list[GridCell]]) -> int:
    """Where rows disagree on the number of grid columns, the printed widths decide; 0 when they cannot."""
    filled = [row for row in rows if row]
    if not filled or any(cell.width <= 0 for row in filled for cell in row):
        return 0
    sums = [sum(cell.width for cell in row) for row in filled]
    if max(sums) - min(sums) > max(EDGE_TOLERANCE * 2, 0.02 * max(sums)):
        return 0
    if any(row[0].column for row in filled):  # gridBefore: the width before the first cell is unknown
        return 0
    edges: list[float] = []
    for row in filled:
        position = 0
        for cell in row:
            position += cell.width
            edges.append(position)
    grid = [0.0]
    for edge in sorted(edges):
        if edge - grid[-1] > EDGE_TOLERANCE:
            grid.append(edge)
    for row in filled:
        position, starts = 0, []
        for cell in row:
            starts.append(_nearest(grid, position))
            position += cell.width
        ends = [*starts[1:], len(grid) - 1]
        if any(end <= start for start, end in zip(starts, ends, strict=True)):
            return 0
        for cell, start, end in zip(row, starts, ends, strict=True):
            cell.column, cell.column_span = start, end - start
    return len(grid) - 1


def _nearest(grid: list[float], position: float) -> int:
    return min(range(len(grid)), key=lambda index: abs(grid[index] - position))


def _value(properties: Any, name: str, default: int, most: int) -> int:
    element = properties.find(f"{W}{name}") if properties is not None else None
    text = element.get(VAL, "") if element is not None else ""
    return min(int(text), most) if text.isdigit() and len(text) < 12 else default


def _width(element: Any) -> int:
    if element is None or element.get(f"{W}type", "dxa") != "dxa":
        return 0
    text = element.get(f"{W}w", "").partition(".")[0]
    return int(text) if text.isdigit() and len(text) < 7 else 0
