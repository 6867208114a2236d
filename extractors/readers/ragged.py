"""Rows whose merges are lost (flattened text, separators) placed on a grid.

What can be known is used, and nothing else: an empty leading cell continues the vertical merge above it, and
the figures of a totals row stand at the columns where the rows above have figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.document import Cell, Location, Table
from extractors.limits import Limits

TOTAL_LABEL = re.compile(r"^[\s\u3000]*(总分|合计|总计|小计|总得分|得分合计|分值合计|共计)[\s\u3000：:]*$")
NUMBER = re.compile(r"^[-+]?[\d,，.]+\s*(%|％|分|万元|元)?$")
LOOK_BACK = 60
"""Rows above a totals row that tell where its figures stand."""
MARKERS = frozenset({"-", "—", "——", "/", "－"})


@dataclass(slots=True)
class RaggedCell:
    """A cell's text with the one-based line it begins on."""

    text: str
    line: int


@dataclass(slots=True)
class RaggedRow:
    """The cells of one row; blanks_before: empty lines between it and the row above."""

    cells: list[RaggedCell] = field(default_factory=list)
    blanks_before: int = 0

    @property
    def texts(self) -> list[str]:
        """The texts of the cells, blank ones as empty strings."""
        return [cell.text for cell in self.cells]


def place_on_grid(rows: Sequence[RaggedRow], number: int, caption: str, limits: Limits) -> Table:
    """A table of all rows, `column_count` of the longest. `number` is the one-based number in the document."""
    width = min(max(len(row.cells) for row in rows), limits.max_columns)
    cells: list[Cell] = []
    anchors: dict[int, int] = {}  # column -> index in `cells` of the cell a vertical merge may continue
    widths = [len(row.cells) for row in rows]
    for row_no, row in enumerate(rows):
        texts = row.texts[:width]
        kept = _continued(texts, anchors, cells, widths)
        for column in range(kept):
            _extend(cells, anchors[column], row_no)
        # A cell alone in its row fills the row: nothing else could stand beside it.
        starts = (
            _columns(texts, rows[max(0, row_no - LOOK_BACK) : row_no]) if len(texts) > 1 else [(0, width)]
        )
        for index in range(kept, len(texts)):
            column, span = starts[index]
            where = Location(table=number, row=row_no, column=column, line=row.cells[index].line)
            anchors[column] = len(cells)
            cells.append(Cell(row_no, column, texts[index], 1, span, where))
        for column in [column for column in anchors if column >= len(texts)]:
            del anchors[column]
    ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
    where = Location(table=number, line=rows[0].cells[0].line)
    return Table(ordered, len(rows), width, where, caption, ruled=False)


def side_by_side(rows: Sequence[RaggedRow]) -> list[list[RaggedRow]]:
    """Two forms printed beside each other as two tables; everything else as the one table it is.

    Sure only where nearly every row has an empty cell in its middle and some rows say the same on both sides of it.
    """
    middles = [_middle(row.texts) for row in rows]
    alike = sum(
        middle is not None and any(row.texts[:middle]) and row.texts[:middle] == row.texts[middle + 1 :]
        for row, middle in zip(rows, middles, strict=True)
    )
    odd_ones = middles.count(None)
    if alike < 2 or alike * 10 < len(rows) or odd_ones * 10 > len(rows):
        return [list(rows)]
    left: list[RaggedRow] = []
    right: list[RaggedRow] = []
    width = 0
    for row, middle in zip(rows, middles, strict=True):
        gap = middle if middle is not None else _gap_of_unequal(row.texts, width)
        if gap is None:
            return [list(rows)]
        width = gap if middle is not None else width
        left.append(RaggedRow(row.cells[:gap], row.blanks_before))
        right.append(RaggedRow(row.cells[gap + 1 :], row.blanks_before))
    return [_without_blank_tail(left), _without_blank_tail(right)]


def _middle(texts: list[str]) -> int | None:
    half, odd = divmod(len(texts), 2)
    return half if odd and half and not texts[half] else None


def _gap_of_unequal(texts: list[str], width: int) -> int | None:
    """The gap in a row whose halves differ in cells: one form's totals beside the other's last rows."""
    back = len(texts) - 1 - width
    if 0 < back < len(texts) and not any(texts[back:]):
        return back
    if 0 < width < len(texts) - 1 and not texts[width]:
        return width
    return back if 0 < back < len(texts) and not texts[back] else None


def _without_blank_tail(rows: list[RaggedRow]) -> list[RaggedRow]:
    while len(rows) > 1 and not any(rows[-1].texts):
        rows = rows[:-1]
    return rows


def _continued(texts: list[str], anchors: dict[int, int], cells: list[Cell], widths: list[int]) -> int:
    """How many leading cells of the row continue merges from above."""
    if not any(texts):
        return 0
    count = 0
    for column, text in enumerate(texts):
        anchor = anchors.get(column)
        if text or anchor is None:
            break
        above = cells[anchor].text
        # A wider row begins another block of the form; a row of one cell is a title.
        if widths[cells[anchor].row] < max(len(texts), 2) or cells[anchor].column_span > 1:
            break
        # A blank under a figure is a missing figure; a blank under a blank tells nothing.
        if not above or NUMBER.match(above) or above in MARKERS:
            break
        count += 1
    return count


def _extend(cells: list[Cell], index: int, row_no: int) -> None:
    old = cells[index]
    cells[index] = Cell(
        old.row, old.column, old.text, row_no - old.row + 1, old.column_span, old.location, old.confidence
    )


def _columns(texts: list[str], above: Sequence[RaggedRow]) -> list[tuple[int, int]]:
    """Column and column span of each cell of a row: one each, except in a totals row shorter than the rows above."""
    plain = [(column, 1) for column in range(len(texts))]
    labels = [column for column, text in enumerate(texts) if TOTAL_LABEL.match(text)]
    width = len(above[-1].cells) if above else 0
    missing = width - len(texts)
    if not labels or missing <= 0:
        return plain
    label = labels[0]
    figures = texts[label + 1 :]
    if not figures or not all(not text or NUMBER.match(text) or text in MARKERS for text in figures):
        return plain
    numeric = _numeric_columns(above, width)
    for gap in range(missing, -1, -1):
        columns = range(label + 1 + gap, label + 1 + gap + len(figures))
        under_figures = [numeric[column] for column, text in zip(columns, figures, strict=True) if text]
        complete = gap == missing and not figures[-1]
        if under_figures and (all(under_figures) or (complete and not any(numeric))):
            return [
                *plain[:label],
                (label, 1 + gap),
                *((column, 1) for column in columns),
            ]
    return plain


def _numeric_columns(above: Sequence[RaggedRow], width: int) -> list[bool]:
    """Which columns of the rows of that width hold mostly plain figures."""
    rows = [row.texts for row in above if len(row.cells) == width][1:]
    flags: list[bool] = []
    for column in range(width):
        filled = [row[column] for row in rows if row[column]]
        flags.append(bool(filled) and sum(bool(NUMBER.match(text)) for text in filled) * 2 > len(filled))
    return flags
