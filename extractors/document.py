"""What every reader gives: a document as paragraphs and tables in reading order.

Nothing here knows of evaluations. Coordinates are zero-based in the model and one-based in what people
read (`Location.place`). `Cell` and `Location` are named tuples: a form has hundreds of them, and frozen dataclasses take
ten times as long to make.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the page's upper left corner."""


class Location(NamedTuple):
    """Where a text stands in its document. Fields that the format does not have are None.

    sheet: worksheet name. page: one-based page (PDF, scans, OFD). table: one-based number of the table in
    the document (for worksheets: None, the sheet is the table). row, column: zero-based grid position.
    paragraph: one-based number of the paragraph among all paragraphs. line: one-based line of a text file.
    start, end: character span inside the cell's or paragraph's text. box: on the page.
    """

    sheet: str | None = None
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    paragraph: int | None = None
    line: int | None = None
    start: int | None = None
    end: int | None = None
    box: Box | None = None

    @property
    def a1(self) -> str | None:
        """The spreadsheet address, `F12`, for a cell of a worksheet."""
        if self.sheet is None or self.row is None or self.column is None:
            return None
        return f"{column_letters(self.column)}{self.row + 1}"

    def place(self, label: str = "") -> str:
        """What a person follows to the spot, in Chinese; `label` names the column, as in 「实际完成值」.

        `表1 第5行「实际完成值」`, `第3页 表2 第5行「得分」`, `Sheet1!F12`, `第4段`, `第4段（第31行）`.
        """
        named = f"「{label}」" if label else ""
        if self.sheet is not None:
            return f"{self.sheet}!{self.a1}{named}" if self.a1 else f"{self.sheet}{named}"
        parts: list[str] = []
        if self.page is not None:
            parts.append(f"第{self.page}页")
        if self.table is not None:
            parts.append(f"表{self.table}")
            if self.row is not None:
                spot = named or (f"第{self.column + 1}列" if self.column is not None else "")
                parts.append(f"第{self.row + 1}行{spot}")
            elif named:
                parts.append(named)
        elif self.paragraph is not None:
            parts.append(f"第{self.paragraph}段{named}")
        where = " ".join(parts) or named or "全文"
        return f"{where}（第{self.line}行）" if self.line is not None else where

    def span(self, start: int, end: int) -> Location:
        """The same place narrowed to a character span of its text."""
        return self._replace(start=start, end=end)

    def as_record(self) -> dict[str, object]:
        """The fields that are set, for storing as JSON."""
        record: dict[str, object] = {
            name: value for name, value in zip(self._fields, self, strict=True) if value is not None
        }
        if self.a1:
            record["a1"] = self.a1
        return record


def column_letters(column: int) -> str:
    """Spreadsheet letters of a zero-based column: 0 -> A, 26 -> AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class Cell(NamedTuple):
    """One cell of a table, once, however many grid positions it spans.

    row, column are the zero-based upper left grid position; row_span, column_span are at least 1. text keeps line
    breaks as newlines. confidence is 1.0 except where the text was recognised from an image.
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    location: Location = Location()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table on the grid of all its column edges. `cells` are in row, then column order; each merged cell once.

    caption: the text that stands directly above it, when the format says so. ruled is False when the grid was
    inferred from alignment and not from lines (PDF, scans).
    """

    cells: tuple[Cell, ...]
    row_count: int
    column_count: int
    location: Location = Location()
    caption: str = ""
    ruled: bool = True

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """The cells that begin in each grid row, in column order; an empty tuple for a row wholly merged away."""
        by_row: dict[int, list[Cell]] = {}
        for cell in self.cells:
            by_row.setdefault(cell.row, []).append(cell)
        for row in range(self.row_count):
            yield tuple(by_row.get(row, ()))

    def grid(self) -> list[list[Cell | None]]:
        """The full grid: every position holds the cell that covers it, None where the source has no cell."""
        grid: list[list[Cell | None]] = [[None] * self.column_count for _ in range(self.row_count)]
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.row_span, self.row_count)):
                for column in range(cell.column, min(cell.column + cell.column_span, self.column_count)):
                    grid[row][column] = cell
        return grid


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph outside tables. level: heading level 1-9, or 0. number: automatic numbering, where known."""

    text: str
    location: Location = Location()
    level: int = 0
    number: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Document:
    """One document as read. blocks are paragraphs and tables in reading order.

    format: what the content is (docx, doc, pdf, xlsx, xls, text, html ...). reader: which reader read it.
    warnings: in Chinese, what the reader had to leave out or repair, for the reviewer.
    """

    blocks: tuple[Paragraph | Table, ...]
    format: str
    reader: str
    page_count: int | None = None
    warnings: tuple[str, ...] = field(default=())

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs outside tables, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables in reading order; nested tables follow the table that holds them."""
        return tuple(block for block in self.blocks if isinstance(block, Table))
