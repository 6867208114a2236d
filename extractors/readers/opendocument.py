"""OpenDocument texts (odt) and spreadsheets (ods): the printed text stands in the XML itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractors.document import Document
from extractors.errors import ENCRYPTED, Unreadable
from extractors.limits import Limits
from extractors.readers.blocks import Blocks
from extractors.readers.package import Package
from extractors.readers.printed import trim
from extractors.readers.sheet_grid import Sheet, sheet_table
from extractors.readers.span_grid import SpanCell

NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
T, TABLE, OFFICE, STYLE = (f"{{{NAMESPACE}{name}:1.0}}" for name in ("text", "table", "office", "style"))
PARAGRAPHS = (f"{T}p", f"{T}h")
ROWS, CELL, COVERED = f"{TABLE}table-row", f"{TABLE}table-cell", f"{TABLE}covered-table-cell"
WRAPPERS = frozenset(
    f"{T}{name}" for name in ("section", "list", "list-item", "list-header", "index-body", "table-of-content")
)
ROW_WRAPPERS = frozenset(f"{TABLE}{name}" for name in ("table-rows", "table-header-rows", "table-row-group"))
SKIPPED = frozenset(
    (f"{T}tracked-changes", f"{OFFICE}annotation", f"{T}note", f"{T}ruby-text", f"{OFFICE}annotation-end")
)


def read_odt(path: Path, limits: Limits) -> Document:
    """Read an OpenDocument text. Raises Unreadable (damaged, encrypted), Refused (too large, DOCTYPE)."""
    body = _body(path, limits, "text")
    reading = _Text(Blocks(limits))
    reading.read(body, 0)
    return reading.blocks.document("odt", "opendocument")


def read_ods(path: Path, limits: Limits) -> Document:
    """Read an OpenDocument spreadsheet: one table a sheet, text as the cells show it."""
    body = _body(path, limits, "spreadsheet")
    tables = []
    warnings: list[str] = []
    for number, element in enumerate(body.iterchildren(f"{TABLE}table")):
        if number >= limits.max_sheets:
            warnings.append(f"工作表超过 {limits.max_sheets} 张，其余未读取")
            break
        sheet = _sheet(element, limits)
        table = sheet_table(sheet)
        warnings.extend(sheet.warnings())
        if table is not None:
            tables.append(table)
    return Document(tuple(tables), "ods", "opendocument", None, tuple(warnings))


def _body(path: Path, limits: Limits, kind: str) -> Any:
    with Package(path, limits) as package:
        if package.has("META-INF/manifest.xml") and b"encryption-data" in package.read(
            "META-INF/manifest.xml"
        ):
            raise Unreadable(ENCRYPTED)
        root = package.parse("content.xml")
    body = root.find(f"{OFFICE}body/{OFFICE}{kind}")
    if body is None:
        raise Unreadable("文件已损坏（没有正文部分），请重新保存后报送")
    return body


class _Text:
    def __init__(self, blocks: Blocks):
        self.blocks = blocks

    def read(self, parent: Any, depth: int) -> None:
        if depth > self.blocks.limits.max_table_depth:
            self.blocks.warn(f"嵌套超过 {self.blocks.limits.max_table_depth} 层，更深的内容未读取")
            return
        for element in parent:
            if element.tag in PARAGRAPHS:
                level = element.get(f"{T}outline-level", "0") if element.tag.endswith("h") else "0"
                self.blocks.add_paragraph(paragraph_text(element), int(level) if level.isdigit() else 0)
                self._frames(element, depth)
            elif element.tag == f"{TABLE}table":
                self._table(element, depth)
            elif element.tag in WRAPPERS:
                self.read(element, depth + 1)

    def _table(self, element: Any, depth: int) -> None:
        nested: list[Any] = []
        self.blocks.add_table(_rows(element, self.blocks.limits, nested))
        for inner in nested:
            if depth + 1 > self.blocks.limits.max_table_depth:
                self.blocks.warn(f"表格嵌套超过 {self.blocks.limits.max_table_depth} 层，更深的表未读取")
                break
            self._table(inner, depth + 1)

    def _frames(self, paragraph: Any, depth: int) -> None:
        for box in paragraph.iter("{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}text-box"):
            self.read(box, depth + 1)


def _rows(table: Any, limits: Limits, nested: list[Any]) -> Iterator[list[SpanCell]]:
    for row in _row_elements(table):
        cells: list[SpanCell] = []
        for cell in row.iterchildren(CELL):
            repeat = _count(cell, "number-columns-repeated", limits.max_columns)
            span = SpanCell(
                _cell_text(cell),
                _count(cell, "number-rows-spanned", limits.max_rows),
                _count(cell, "number-columns-spanned", limits.max_columns),
            )
            cells.extend([span] * min(repeat, limits.max_columns - len(cells)))
            nested.extend(cell.iterchildren(f"{TABLE}table"))
        for _ in range(_count(row, "number-rows-repeated", limits.max_rows)):
            yield cells


def _row_elements(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == ROWS:
            yield child
        elif child.tag in ROW_WRAPPERS:
            yield from _row_elements(child)


def _sheet(table: Any, limits: Limits) -> Sheet:
    sheet = Sheet(table.get(f"{TABLE}name", ""))
    row_no = 0
    for row in _row_elements(table):
        repeat = _count(row, "number-rows-repeated", 1 << 21)
        filled = _sheet_row(sheet, row, row_no, limits)
        # Only filled rows are worth repeating; a sheet ends with a million blank ones.
        for copy in range(1, min(repeat, limits.max_rows - row_no) if filled else 0):
            _sheet_row(sheet, row, row_no + copy, limits)
        row_no += repeat
    return sheet


def _sheet_row(sheet: Sheet, row: Any, row_no: int, limits: Limits) -> bool:
    column, filled = 0, False
    for cell in row.iterchildren(CELL, COVERED):
        repeat = _count(cell, "number-columns-repeated", 1 << 15)
        text = _cell_text(cell) if cell.tag == CELL else ""
        if cell.get(f"{OFFICE}value-type", "string") != "string":
            text = text.strip()
        filled = filled or bool(text)
        for copy in range(min(repeat, limits.max_columns) if text else 0):
            sheet.put(row_no, column + copy, text, limits)
        height = _count(cell, "number-rows-spanned", limits.max_rows)
        width = _count(cell, "number-columns-spanned", limits.max_columns)
        if height > 1 or width > 1:
            sheet.merges.append((row_no, column, row_no + height - 1, column + width - 1))
            if text:
                sheet.put(row_no + height - 1, column + width - 1, "", limits)
        column += repeat
    return filled


def _cell_text(cell: Any) -> str:
    lines: list[str] = []
    for child in cell:
        if child.tag in PARAGRAPHS:
            lines.append(paragraph_text(child))
        elif child.tag in WRAPPERS:
            lines.extend(paragraph_text(item) for item in child.iter(*PARAGRAPHS))
    return trim("\n".join(lines))


def paragraph_text(paragraph: Any) -> str:
    """The printed text: blanks collapsed as the format demands, spaces, tabs and breaks from their elements."""
    pieces: list[str] = []
    _collect(paragraph, pieces, 0)
    return "".join(pieces)


def _collect(element: Any, pieces: list[str], depth: int) -> None:
    pieces.append(_collapse(element.text))
    for child in element:
        if child.tag == f"{T}s":
            count = child.get(f"{T}c", "1")
            pieces.append(" " * (min(int(count), 200) if count.isdigit() else 1))
        elif child.tag == f"{T}tab":
            pieces.append("\t")
        elif child.tag == f"{T}line-break":
            pieces.append("\n")
        elif (
            isinstance(child.tag, str)
            and child.tag not in SKIPPED
            and "drawing" not in child.tag
            and depth < 50
        ):
            _collect(child, pieces, depth + 1)
        pieces.append(_collapse(child.tail))


def _collapse(text: str | None) -> str:
    return " ".join(text.split(" ")).replace("\n", " ") if text else ""


def _count(element: Any, name: str, most: int) -> int:
    text = element.get(f"{TABLE}{name}", "1")
    return max(1, min(int(text), most)) if text.isdigit() and len(text) < 12 else 1
