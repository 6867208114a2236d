"""Excel (xlsx): one pass over each worksheet's XML.

Own pass instead of a library: the printed text needs the number formats, which fast readers do not give, and a
value in the last cell of a sheet must cost nothing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from extractors.document import Document, Table
from extractors.errors import Unreadable
from extractors.limits import MB, Limits
from extractors.readers.number_formats import BUILT_IN, print_number
from extractors.readers.package import RELATIONSHIP, Package, parse_xml, refuse_doctype
from extractors.readers.printed import trim
from extractors.readers.sheet_grid import Merge, Sheet, sheet_table

STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
TRANSITIONAL = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION_IDS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
ROW, CELL, VALUE, FORMULA, INLINE, TEXT = (f"{S}{name}" for name in ("row", "c", "v", "f", "is", "t"))
PHONETIC = f"{S}rPh"
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
REFERENCE = re.compile(r"^\$?([A-Za-z]{1,3})\$?(\d{1,7})$")
ROW_DIGITS = "0123456789$"
FAR_COLUMN = 1 << 20
STREAMED_FROM = 8 * MB
"""Worksheets larger than this are read row by row, each row dropped after reading."""


def read_xlsx(path: Path, limits: Limits) -> Document:
    """Read a workbook: one table a sheet. Raises Unreadable (damaged) and Refused (too large, DOCTYPE)."""
    with Package(path, limits) as package:
        book = _Book(package, limits)
        tables = list(book.tables())
    return Document(tuple(tables), "xlsx", "xlsx", None, tuple(book.warnings))


class _Book:
    def __init__(self, package: Package, limits: Limits):
        self.package = package
        self.limits = limits
        self.warnings: list[str] = []
        self.main = package.main_part("xl/workbook.xml", "工作簿")
        self.folder = self.main.rpartition("/")[0]
        self.root = self._parse(self.main)
        properties = self.root.find(f"{S}workbookPr")
        self.epoch_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self.targets = self._relations()
        self.strings = self._shared_strings()
        self.formats = self._formats()
        self.printed: dict[tuple[str | None, str], str] = {}

    def tables(self) -> Iterator[Table]:
        sheets = list(self.root.iter(f"{S}sheet"))
        if len(sheets) > self.limits.max_sheets:
            self.warnings.append(f"工作表超过 {self.limits.max_sheets} 张，其余未读取")
        for element in sheets[: self.limits.max_sheets]:
            relation = next((element.get(name) for name in RELATION_IDS if element.get(name)), "")
            target = self.targets.get(relation or "")
            if target is None or not self.package.has(target) or "chartsheet" in target:
                continue
            name = element.get("name") or f"Sheet{element.get('sheetId', '')}"
            sheet = self._sheet(name, target)
            table = sheet_table(sheet)
            self.warnings.extend(sheet.warnings())
            if table is None:
                continue
            if element.get("state", "visible") != "visible":
                self.warnings.append(f"工作表「{name}」是隐藏的，已读取，请核对是否应报送")
            yield table

    def _parse(self, name: str) -> Any:
        return parse_xml(self.package.read(name).replace(STRICT, TRANSITIONAL))

    def _relations(self) -> dict[str, str]:
        name = f"{self.folder}/_rels/{self.main.rpartition('/')[2]}.rels"
        found: dict[str, str] = {}
        for relation in self.package.parse(name).iter(RELATIONSHIP):
            target = relation.get("Target", "")
            absolute = target.lstrip("/") if target.startswith("/") else f"{self.folder}/{target}"
            found[relation.get("Id", "")] = _without_dots(absolute)
        return found

    def _beside(self, name: str) -> str | None:
        """A part named by the workbook's relations, in its usual place if they are silent."""
        usual = f"{self.folder}/{name}".lstrip("/")
        if self.package.has(usual):
            return usual
        return next((target for target in self.targets.values() if target.endswith(f"/{name}")), None)

    def _shared_strings(self) -> list[str]:
        name = self._beside("sharedStrings.xml")
        if name is None or not self.package.has(name):
            return []
        return [rich_text(item) for item in self._parse(name).iterchildren(f"{S}si")]

    def _formats(self) -> list[str]:
        """Number format code of each cell style."""
        name = self._beside("styles.xml")
        if name is None or not self.package.has(name):
            return []
        root = self._parse(name)
        own = {
            element.get("numFmtId", ""): element.get("formatCode", "General")
            for element in root.iter(f"{S}numFmt")
        }
        styles = root.find(f"{S}cellXfs")
        formats: list[str] = []
        for style in styles if styles is not None else ():
            number = style.get("numFmtId", "0")
            built_in = BUILT_IN.get(int(number), "General") if number.isdigit() else "General"
            formats.append(own.get(number) or built_in)
        return formats

    def _sheet(self, name: str, target: str) -> Sheet:
        sheet = Sheet(name)
        content = self.package.read(target).replace(STRICT, TRANSITIONAL)
        uncomputed = 0
        row_no = -1
        put, print_cell, limits = sheet.put, self._cell_text, self.limits
        for row in _rows(content, sheet.merges):
            row_no = _index(row.get("r"), row_no + 1)
            column = -1
            for cell in row.iterchildren(CELL):
                reference = cell.get("r")
                column = column_index(reference.rstrip(ROW_DIGITS)) if reference else column + 1
                if len(cell) == 1 and cell[0].tag == VALUE:  # nearly all cells
                    value = cell[0].text
                    text = print_cell(cell.get("t"), cell.get("s"), value) if value else ""
                else:
                    text = self._unusual_cell(cell)
                    uncomputed += not text and cell.find(FORMULA) is not None and cell.find(VALUE) is None
                put(row_no, column, trim(text), limits)
        if uncomputed:
            self.warnings.append(
                f"工作表「{name}」有 {uncomputed} 个公式没有保存计算结果，按空白读取；请用办公软件打开并保存后重新报送"
            )
        return sheet

    def _unusual_cell(self, cell: Any) -> str:
        value, inline = cell.find(VALUE), cell.find(INLINE)
        if value is not None and value.text:
            return self._cell_text(cell.get("t"), cell.get("s"), value.text)
        return rich_text(inline) if inline is not None else ""

    def _cell_text(self, kind: str | None, style: str | None, value: str) -> str:
        if kind is None or kind == "n":
            key = (style, value)
            text = self.printed.get(key)
            if text is None:
                text = self.printed[key] = self._number(value, style or "0")
            return text
        if kind == "s":
            return self.strings[int(value)] if value.isdigit() and int(value) < len(self.strings) else ""
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        return unescape(value).partition("T00:00:00")[0] if kind == "d" else unescape(value)

    def _number(self, value: str, style: str) -> str:
        try:
            number = float(value)
        except ValueError:
            return value
        position = int(style) if style.isdigit() and len(style) < 7 else 0
        code = self.formats[position] if position < len(self.formats) else "General"
        return print_number(number, code, self.epoch_1904)


def _rows(content: bytes, merges: list[Merge]) -> Iterator[Any]:
    """The row elements of a worksheet; its merged ranges are added to `merges` on the way."""
    if len(content) <= STREAMED_FROM:
        root = parse_xml(content)
        merges.extend(_merges(root.iter(f"{S}mergeCell")))
        data = root.find(f"{S}sheetData")
        yield from data.iterchildren(ROW) if data is not None else ()
        return
    refuse_doctype(content)
    events = etree.iterparse(
        io.BytesIO(content),
        tag=(ROW, f"{S}mergeCell"),
        resolve_entities=False,
        no_network=True,
        huge_tree=True,
    )
    try:
        for _, element in events:
            if element.tag == ROW:
                yield element
            else:
                merges.extend(_merges((element,)))
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise Unreadable("文件已损坏（工作表 XML 不完整），请重新保存后报送") from error


def _merges(elements: Any) -> Iterator[Merge]:
    for element in elements:
        first, _, last = element.get("ref", "").partition(":")
        begin, end = REFERENCE.match(first), REFERENCE.match(last or first)
        if begin and end:
            yield (
                int(begin.group(2)) - 1,
                column_index(begin.group(1)),
                int(end.group(2)) - 1,
                column_index(end.group(1)),
            )


def rich_text(element: Any) -> str:
    """The text of a string item: its runs joined, phonetic guides left out."""
    pieces = [text.text or "" for text in element.iter(TEXT) if text.getparent().tag != PHONETIC]
    return unescape("".join(pieces))


def unescape(text: str) -> str:
    """Excel's own escapes (`_x000D_`) and line ends, as plain text."""
    if "_x" in text:
        text = ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


@lru_cache(maxsize=2048)
def column_index(letters: str) -> int:
    """Zero-based column of spreadsheet letters: A -> 0, AA -> 26. Anything else counts as far away."""
    letters = letters.replace("$", "")
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        return FAR_COLUMN
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _index(text: str | None, default: int) -> int:
    return int(text) - 1 if text and text.isdigit() and 0 < len(text) < 9 else default


def _without_dots(name: str) -> str:
    parts: list[str] = []
    for part in name.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
