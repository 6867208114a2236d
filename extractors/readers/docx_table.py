"""One Word table onto the grid of its column edges, in one pass over its elements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from extractors.document import Cell, Location
from extractors.limits import Limits
from extractors.readers.docx_numbering import VAL, W
from extractors.readers.printed import trim

TBL, TR, TC, P = f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}p"
TEXT, TAB, BREAK, RETURN, HYPHEN, SYMBOL, POSITION_TAB = (
    f"{W}{name}" for name in ("t", "tab", "br", "cr", "noBreakHyphen", "sym", "ptab")
)
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
GRID_SPAN, VERTICAL, LEGACY, BEFORE, AFTER = (
    f"{W}{name}" for name in ("gridSpan", "vMerge", "hMerge", "gridBefore", "gridAfter")
)
PRINTED = (TEXT, TAB, BREAK, RETURN, HYPHEN, SYMBOL, POSITION_TAB, MATH_TEXT)
STREAM = (TR, TC, P, GRID_SPAN, VERTICAL, LEGACY, BEFORE, AFTER, *PRINTED)
TAB_STOPS = f"{W}tabs"
MARKS = {RETURN: "\n", HYPHEN: "-", POSITION_TAB: "\t"}
# Symbol fonts put their glyphs into the private area; these are the ones forms use.
SYMBOLS = {
    "F0B3": "≥",
    "F0A3": "≤",
    "F0B1": "±",
    "F0B4": "×",
    "F0B7": "·",
    "F0FE": "☑",
    "F0A8": "□",
    "F052": "☑",
}
SYMBOL_FONTS = (b"ingdings", b"Symbol")
"""What the names of these fonts have in common."""
EDGE_TOLERANCE = 60
"""Edges nearer than this (twips, a millimetre) are one edge."""

_new = tuple.__new__

OnParagraph = Callable[[Any], str]
"""Called for each paragraph of a cell; gives the automatic number printed before it, or nothing."""


class GridCell:
    """A cell as Word stores it, with its place on the grid. parts: the pieces of its text."""

    __slots__ = ("column", "column_span", "continues", "element", "parts", "row", "row_span")

    def __init__(self, element: Any, row: int, column: int, parts: list[str]):
        self.element = element
        self.row = row
        self.column = column
        self.parts = parts
        self.row_span = 1
        self.column_span = 1
        self.continues = False


def with_symbols(content: bytes) -> bytes:
    """A part with the private characters that stand for glyphs of symbol fonts replaced by what is printed."""
    if not any(name in content for name in SYMBOL_FONTS):
        return content
    for code, glyph in SYMBOLS.items():
        content = content.replace(chr(int(code, 16)).encode(), glyph.encode())
    return content


def mark_text(element: Any) -> str:
    """What an element other than text prints: tabs, breaks, symbols; page breaks and tab stops print nothing."""
    tag = element.tag
    if tag == BREAK:
        return "\n" if element.get(f"{W}type", "textWrapping") == "textWrapping" else ""
    if tag == TAB:
        return "" if element.getparent().tag == TAB_STOPS else "\t"
    if tag == SYMBOL:
        code = element.get(f"{W}char", "").upper()
        return SYMBOLS.get(code, "□" if code else "")
    return MARKS.get(tag, "")


def place_cells(
    table: Any, limits: Limits, on_paragraph: OnParagraph | None
) -> tuple[list[GridCell], int, int, bool]:
    """The cells of a table without tables inside, merges resolved; rows, columns, and whether rows were cut."""
    rows: list[list[GridCell]] = []
    totals: list[int] = []
    cut = False
    for row, total in _rows(table, limits, on_paragraph):
        if len(rows) >= limits.max_rows:
            cut = True
            break
        rows.append(row)
        totals.append(total)
    column_count = max(totals, default=0)
    if len(set(totals)) > 1:
        column_count = _align_by_width(rows) or column_count
    return _merge_down(rows), len(rows), column_count, cut


def finished_cells(placed: list[GridCell], table: int) -> tuple[Cell, ...]:
    """The cells of table number `table` (one-based) with their printed text."""
    cells: list[Cell] = []
    for cell in placed:
        parts, row, column = cell.parts, cell.row, cell.column
        text = parts[0] if len(parts) == 1 else "".join(parts)
        if text.strip() != text:
            text = trim(text)
        # As make_cell does, without the call: a form has hundreds.
        location = _new(Location, (None, None, table, row, column, None, None, None, None, None))
        cells.append(_new(Cell, (row, column, text, cell.row_span, cell.column_span, location, 1.0)))
    return tuple(cells)


def _rows(  # noqa: C901 - the hot loop over every element of every form: calls would cost more than they clear
    table: Any, limits: Limits, on_paragraph: OnParagraph | None
) -> Iterator[tuple[list[GridCell], int]]:
    """Rows with the number of grid columns each fills. Content controls and insertions need no care here:
    the elements come in document order, whatever wraps them."""
    most = limits.max_columns
    row: list[GridCell] | None = None
    row_no = -1
    column = after = 0
    cell: GridCell | None = None
    parts: list[str] = []
    blank = True
    for element in table.iter(*STREAM):
        tag = element.tag
        if tag == TEXT or tag == MATH_TEXT:  # noqa: SIM109
            text = element.text
            if text:
                parts.append(text)
        elif tag == P:
            if blank:
                blank = False
            else:
                parts.append("\n")
            if on_paragraph is not None and cell is not None:
                number = on_paragraph(element)
                if number:
                    parts.append(number)
        elif tag == TC:
            if row is None:
                continue
            if cell is not None:
                column = _close(cell, row, column, most)
            parts = []
            cell = GridCell(element, row_no, column, parts)
            blank = True
        elif tag == TR:
            if row is not None:
                if cell is not None:
                    column = _close(cell, row, column, most)
                yield row, min(column + after, most)
            row, cell, column, after = [], None, 0, 0
            row_no += 1
        elif cell is not None:
            if tag == GRID_SPAN:
                cell.column_span = _number(element, most) or 1
            elif tag == VERTICAL:
                cell.continues = element.get(VAL, "continue") == "continue"
            elif tag == LEGACY:
                if element.get(VAL, "continue") == "continue" and row:
                    # The legacy way to merge to the left: this cell is the rest of the one before it.
                    cell.element = None
            else:
                parts.append(mark_text(element))
        elif tag == BEFORE:
            column = _number(element, most)
        elif tag == AFTER:
            after = _number(element, most)
    if row is not None:
        if cell is not None:
            column = _close(cell, row, column, most)
        yield row, min(column + after, most)


def _close(cell: GridCell, row: list[GridCell], column: int, most: int) -> int:
    """Put a finished cell into its row; the grid column after it."""
    if column + cell.column_span > most:
        if column >= most:
            return column
        cell.column_span = most - column
    if cell.element is None:
        row[-1].column_span += cell.column_span
        row[-1].parts += ["\n", *cell.parts]
    else:
        row.append(cell)
    return column + cell.column_span


def _merge_down(rows: list[list[GridCell]]) -> list[GridCell]:
    merged: list[GridCell] = []
    anchors: dict[int, GridCell] = {}
    for row in rows:
        current: dict[int, GridCell] = {}
        for cell in row:
            anchor = anchors.get(cell.column) if cell.continues else None
            # A narrower cell below is none of the merge, whatever it says: the next cell would overlap.
            if anchor is None or cell.column_span < anchor.column_span:
                merged.append(cell)
                current[cell.column] = cell
            else:
                anchor.row_span += 1
                if cell.parts:
                    anchor.parts += ["\n", *cell.parts]
                current[cell.column] = anchor
        anchors = current
    return merged


def _align_by_width(rows: list[list[GridCell]]) -> int:
    """Where rows disagree on the number of grid columns, the printed widths decide; 0 when they cannot."""
    filled = [row for row in rows if row]
    if not filled or any(row[0].column for row in filled):  # gridBefore: the width before it is unknown
        return 0
    widths = [[_width(cell.element) for cell in row] for row in filled]
    if any(width <= 0 for row in widths for width in row):
        return 0
    sums = [sum(row) for row in widths]
    if max(sums) - min(sums) > max(EDGE_TOLERANCE * 2, 0.02 * max(sums)):
        return 0
    grid = [0]
    for edge in sorted({sum(row[: count + 1]) for row in widths for count in range(len(row))}):
        if edge - grid[-1] > EDGE_TOLERANCE:
            grid.append(edge)
    placed = [_edges(row, grid) for row in widths]
    if any(end <= start for edges in placed for start, end in edges):
        return 0
    for row, edges in zip(filled, placed, strict=True):
        for cell, (start, end) in zip(row, edges, strict=True):
            cell.column, cell.column_span = start, end - start
    return len(grid) - 1


def _edges(widths: list[int], grid: list[int]) -> list[tuple[int, int]]:
    position = 0
    starts: list[int] = []
    for width in widths:
        starts.append(min(range(len(grid)), key=lambda index: abs(grid[index] - position)))
        position += width
    return list(zip(starts, [*starts[1:], len(grid) - 1], strict=True))


def _number(element: Any, most: int) -> int:
    text = element.get(VAL, "")
    return min(int(text), most) if text.isdigit() and len(text) < 12 else 0


def _width(cell: Any) -> int:
    element = cell.find(f"{W}tcPr/{W}tcW")
    if element is None or element.get(f"{W}type", "dxa") != "dxa":
        return 0
    text = element.get(f"{W}w", "").partition(".")[0]
    return int(text) if text.isdigit() and len(text) < 7 else 0
