"""A sample document before any file format: lines and grids, each cell tagged with the facts it shows.

The tags are the declaration that the accuracy corpus measures against: what a layout does not show is not expected.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from flows.samples.facts import FormFacts


@dataclass(frozen=True, slots=True)
class Shown:
    """One fact a cell or line shows.

    part: header, budget, indicator, group or total. key: the budget line's key, the indicator's zero-based number,
    the group's label, or empty. field: name of the field in the extracted report. value: what a reader must get (Decimal in
    yuan, fractions or points; or text). form: zero-based number of the form in the document.
    """

    part: str
    key: str
    field: str
    value: Decimal | str | None
    form: int = 0


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell with its upper left position, its spans and the facts it shows."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    shows: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. header_rows: rows that a page break may repeat. name: worksheet name. side_column: a label
    cell runs down the left edge beside the header rows."""

    cells: tuple[GridCell, ...]
    row_count: int
    column_count: int
    header_rows: tuple[int, ...] = ()
    name: str = "自评表"
    side_column: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph outside tables. role: title, heading, body, note, or sheet (a new page or
    worksheet of that name begins)."""

    text: str
    role: str = "body"
    shows: tuple[Shown, ...] = ()


ONE_SHEET = "绩效自评表"
"""What a workbook's only worksheet is called."""


@dataclass(frozen=True, slots=True)
class SampleDocument:
    """What one file holds. forms: the facts of every form in it, in order. layout: which layout drew it."""

    name: str
    blocks: tuple[Line | Grid, ...]
    forms: tuple[FormFacts, ...]
    layout: str
    kind: str = "evaluation"

    def shown(self) -> list[Shown]:
        """Every fact shown anywhere, in reading order."""
        found: list[Shown] = []
        for block in self.blocks:
            if isinstance(block, Grid):
                for cell in block.cells:
                    found.extend(cell.shows)
            else:
                found.extend(block.shows)
        return found

    def sheets(self) -> list[tuple[str, list[Line | Grid]]]:
        """The blocks by worksheet, each with its name: a line of role `sheet` begins one."""
        found: list[tuple[str, list[Line | Grid]]] = []
        for block in self.blocks:
            if isinstance(block, Line) and block.role == "sheet":
                found.append((block.text, []))
                continue
            if not found:
                found.append((ONE_SHEET, []))
            found[-1][1].append(block)
        return found


@dataclass(frozen=True, slots=True)
class Slot:
    """One cell of a row under construction: `width` section columns wide, `height` rows tall."""

    text: str = ""
    shows: tuple[Shown, ...] = ()
    width: int = 1
    height: int = 1


class GridBuilder:
    """Stacks sections with different numbers of columns on one grid of all column edges, as real forms do."""

    def __init__(self, column_count: int) -> None:
        self.column_count = column_count
        self.row = 0
        self.cells: list[GridCell] = []
        self.header_rows: list[int] = []
        self.side_column = False

    def section(
        self,
        rows: Sequence[Sequence[Slot | None]],
        weights: Sequence[float],
        side: str = "",
        header_rows: int = 0,
    ) -> None:
        """Add rows of slots; None stands where a slot from above or from the left covers the position.

        weights: relative widths of the section's columns. side: text of a label cell merged down the left edge.
        """
        start = 1 if side else 0
        edges = spread(self.column_count - start, weights)
        offsets = [start + sum(edges[:index]) for index in range(len(edges) + 1)]
        top = self.row
        if side:
            self.cells.append(GridCell(top, 0, side, len(rows), 1))
        for number, row in enumerate(rows):
            for column, slot in enumerate(row):
                if slot is None:
                    continue
                left, right = offsets[column], offsets[column + slot.width]
                self.cells.append(
                    GridCell(top + number, left, slot.text, slot.height, right - left, slot.shows)
                )
        if header_rows:
            self.header_rows.extend(range(top, top + header_rows))
            self.side_column = bool(side)
        self.row += len(rows)

    def build(self, name: str = "自评表") -> Grid:
        """The finished grid, cells in row, then column order."""
        cells = tuple(sorted(self.cells, key=lambda cell: (cell.row, cell.column)))
        return Grid(cells, self.row, self.column_count, tuple(self.header_rows), name, self.side_column)


def spread(columns: int, weights: Sequence[float]) -> list[int]:
    """How many of `columns` grid columns each section column takes: at least one, the rest by weight."""
    if len(weights) > columns:
        raise ValueError(f"版式需要 {len(weights)} 列，网格只有 {columns} 列")
    shares = [1] * len(weights)
    for _ in range(columns - len(weights)):
        index = max(range(len(weights)), key=lambda i: (weights[i] / shares[i], -i))
        shares[index] += 1
    return shares


def in_form(shows: Sequence[Shown], form: int) -> tuple[Shown, ...]:
    """The same facts as shown by form number `form` of the document."""
    return tuple(replace(shown, form=form) for shown in shows)
