"""One worksheet as one table: true sheet coordinates, merges clamped to what is used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from extractors.document import Location, Table
from extractors.limits import Limits
from extractors.readers.cells import make_cell

FILLED_OUT = 50_000
"""Grid positions up to which blank cells are given too, as a form's empty boxes."""

MOST_MERGED = 1_000_000
"""Grid positions that all merges of a sheet may cover together; further merges are left out."""
ONE = (1, 1)
Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, zero-based and inclusive."""


@dataclass(slots=True)
class Sheet:
    """What a reader found: texts by (row, column); blanks: extent of cells that are there but empty.

    far: cells beyond the limits. unmerged: merges left out because they are too large.
    """

    name: str
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    blank_rows: int = 0
    blank_columns: int = 0
    far: int = 0
    unmerged: int = 0

    def warnings(self) -> list[str]:
        """In Chinese, what of the sheet was left out."""
        found: list[str] = []
        if self.far:
            found.append(f"工作表「{self.name}」有 {self.far} 个单元格超出读取范围，未读取")
        if self.unmerged:
            found.append(f"工作表「{self.name}」有 {self.unmerged} 处合并区域过大，按未合并读取")
        return found

    def put(self, row: int, column: int, text: str, limits: Limits) -> None:
        """Keep a cell's text; cells beyond the limits are counted, not kept."""
        if row >= limits.max_rows or column >= limits.max_columns or len(self.texts) >= limits.max_cells:
            self.far += bool(text)
        elif text and not text.isspace():
            self.texts[row, column] = text
        else:
            self.blank_rows = max(self.blank_rows, row + 1)
            self.blank_columns = max(self.blank_columns, column + 1)


def sheet_table(sheet: Sheet) -> Table | None:
    """The sheet's table, or None when nothing is written on it."""
    if not sheet.texts:
        return None
    rows = max(row for row, _ in sheet.texts) + 1
    columns = max(column for _, column in sheet.texts) + 1
    spans, rows, columns = _spans(sheet, rows, columns)
    covered = {
        (row, column)
        for (first_row, first_column), (height, width) in spans.items()
        for row in range(first_row, first_row + height)
        for column in range(first_column, first_column + width)
    }
    covered.difference_update(spans)
    positions: Iterable[tuple[int, int]]
    if rows * columns <= FILLED_OUT:
        positions = ((row, column) for row in range(rows) for column in range(columns))
    else:
        positions = sorted(set(sheet.texts) | set(spans))
    find, span, name = sheet.texts.get, spans.get, sheet.name
    cells = tuple(
        make_cell(*at, find(at, ""), *span(at, ONE), sheet=name) for at in positions if at not in covered
    )
    return Table(cells, rows, columns, Location(sheet=sheet.name))


def _spans(sheet: Sheet, rows: int, columns: int) -> tuple[dict[tuple[int, int], tuple[int, int]], int, int]:
    """Span of each merge's first cell, and the grid widened by merges as far as cells exist."""
    most_rows, most_columns = max(rows, sheet.blank_rows), max(columns, sheet.blank_columns)
    clamped: list[Merge] = []
    for first_row, first_column, last_row, last_column in sheet.merges:
        if first_row >= most_rows or first_column >= most_columns:
            continue
        last_row, last_column = min(last_row, most_rows - 1), min(last_column, most_columns - 1)
        clamped.append((first_row, first_column, last_row, last_column))
        if (first_row, first_column) in sheet.texts:
            rows, columns = max(rows, last_row + 1), max(columns, last_column + 1)
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    taken: set[tuple[int, int]] = set()
    left = MOST_MERGED
    for first_row, first_column, last_row, last_column in clamped:
        if first_row >= rows or first_column >= columns:
            continue
        height, width = (
            min(last_row, rows - 1) - first_row + 1,
            min(last_column, columns - 1) - first_column + 1,
        )
        if height * width > left:
            sheet.unmerged += 1
            continue
        left -= height * width
        area = {
            (row, column)
            for row in range(first_row, first_row + height)
            for column in range(first_column, first_column + width)
        }
        if area & taken or (
            height == 1 and width == 1
        ):  # overlapping merges are damage: the first one counts
            continue
        taken |= area
        spans[first_row, first_column] = (height, width)
        for position in area - {(first_row, first_column)}:
            sheet.texts.pop(position, None)
    return spans, rows, columns
