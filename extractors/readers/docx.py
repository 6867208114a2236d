"""Word (docx): one pass over the XML. Deleted text is not read, inserted text is; merged cells once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractors.document import Cell, Document, Location, Paragraph, Table
from extractors.errors import Unreadable
from extractors.limits import Limits
from extractors.readers.docx_clean import TextBoxes, clean
from extractors.readers.docx_numbering import VAL, Numbering, W, read_numbering
from extractors.readers.docx_styles import ParagraphStyle, read_styles
from extractors.readers.docx_table import TBL, GridCell, P, children, place_cells
from extractors.readers.package import Package, parse_xml
from extractors.readers.printed import trim

STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TEXT, TAB, BREAK, RETURN, HYPHEN, SYMBOL = (
    f"{W}{name}" for name in ("t", "tab", "br", "cr", "noBreakHyphen", "sym")
)
POSITION_TAB, PROPERTIES = f"{W}ptab", f"{W}pPr"
PRINTED = (TEXT, TAB, BREAK, RETURN, HYPHEN, SYMBOL, POSITION_TAB, MATH_TEXT)
MARKS = {TAB: "\t", RETURN: "\n", HYPHEN: "-", POSITION_TAB: "\t"}
CAPTION_LENGTH = 60
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


def read_docx(path: Path, limits: Limits) -> Document:
    """Read a Word package. Raises Unreadable (damaged) and Refused (too large, DOCTYPE)."""
    with Package(path, limits) as package:
        main = _main_part(package)
        content = package.read(main).replace(STRICT, TRANSITIONAL)
        root = parse_xml(content)
        folder = main.rpartition("/")[0]
        numbering = (
            _part(package, f"{folder}/numbering.xml") if b"numPr" in content or b"pStyle" in content else None
        )
        styles = _part(package, f"{folder}/styles.xml") if b"pStyle" in content else None
    body = root.find(f"{W}body")
    if body is None:
        raise Unreadable("文件已损坏（没有正文部分），请重新保存后报送")
    reading = _Reading(
        limits,
        clean(root, content),
        read_numbering(numbering) if numbering is not None else Numbering(),
        read_styles(styles) if styles is not None else {},
    )
    if b"altChunk" in content:
        reading.warn("文档中嵌有外部片段（altChunk），未读取")
    reading.read_blocks(body, 0)
    return Document(tuple(reading.blocks), "docx", "docx", None, tuple(reading.warnings))


def _main_part(package: Package) -> str:
    if package.has("word/document.xml"):
        return "word/document.xml"
    for relation in package.parse("_rels/.rels").iter(RELATIONSHIP):
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    raise Unreadable("文件已损坏（找不到正文部分），请重新保存后报送")


def _part(package: Package, name: str) -> Any | None:
    if not package.has(name):
        return None
    return parse_xml(package.read(name).replace(STRICT, TRANSITIONAL))


class _Reading:
    """The document so far: blocks, counters, warnings."""

    def __init__(
        self,
        limits: Limits,
        boxes: TextBoxes,
        numbering: Numbering,
        styles: dict[str, ParagraphStyle],
    ):
        self.limits = limits
        self.boxes = boxes
        self.numbering = numbering
        self.styles = styles
        self.blocks: list[Paragraph | Table] = []
        self.warnings: list[str] = []
        self._paragraphs = 0
        self._tables = 0
        self._cells = 0
        self._last_text = ""

    def warn(self, message: str) -> None:
        if message not in self.warnings:
            self.warnings.append(message)

    def read_blocks(self, parent: Any, depth: int) -> None:
        """Paragraphs and tables of a body, text box or nested part, in order."""
        if depth > self.limits.max_table_depth:
            self.warn(f"嵌套超过 {self.limits.max_table_depth} 层，更深的内容未读取")
            return
        for element in children(parent, P, TBL):
            if element.tag == TBL:
                self._read_table(element, depth)
            else:
                self._read_paragraph(element, depth)

    def _read_paragraph(self, element: Any, depth: int) -> None:
        text = paragraph_text(element).strip()
        style, number = self._style_and_number(element)
        if text or number:
            if self._paragraphs >= self.limits.max_paragraphs:
                self.warn(f"段落超过 {self.limits.max_paragraphs} 个，其余未读取")
                return
            self._paragraphs += 1
            where = Location(paragraph=self._paragraphs)
            self.blocks.append(Paragraph(text, where, _level(element, style), number))
            self._last_text = text
        for box in self.boxes.get(element, ()):
            self.read_blocks(box, depth + 1)

    def _read_table(self, element: Any, depth: int) -> None:
        # Tables inside cells follow their holder, breadth first, so that deep nesting needs no deep recursion.
        waiting = deque([(element, depth)])
        while waiting:
            table, level = waiting.popleft()
            if level > self.limits.max_table_depth:
                self.warn(f"表格嵌套超过 {self.limits.max_table_depth} 层，更深的表未读取")
                continue
            if self._tables >= self.limits.max_tables or self._cells >= self.limits.max_cells:
                self.warn("表格或单元格过多，其余未读取")
                return
            nested = self._add_table(table)
            waiting.extend((inner, level + 1) for inner in nested)

    def _add_table(self, element: Any) -> list[Any]:
        placed, row_count, column_count, cut = place_cells(element, self.limits)
        if cut:
            self.warn(f"表格超过 {self.limits.max_rows} 行，其余未读取")
        self._tables += 1
        self._cells += len(placed)
        number = self._tables
        nested: list[Any] = []
        boxes: list[Any] = []
        cells: list[Cell] = []
        for cell in placed:
            text = self._cell_text(cell, nested, boxes)
            where = Location(table=number, row=cell.row, column=cell.column)
            cells.append(Cell(cell.row, cell.column, text, cell.row_span, cell.column_span, where))
        if cells:
            caption = self._last_text if len(self._last_text) <= CAPTION_LENGTH else ""
            self.blocks.append(Table(tuple(cells), row_count, column_count, Location(table=number), caption))
        for box in boxes:
            self.read_blocks(box, 1)
        return nested

    def _cell_text(self, cell: GridCell, nested: list[Any], boxes: list[Any]) -> str:
        lines: list[str] = []
        for source in (cell.element, *cell.more):
            for element in children(source, P, TBL):
                if element.tag == TBL:
                    nested.append(element)
                    continue
                text = paragraph_text(element)
                if element.find(PROPERTIES) is not None:
                    number = self._style_and_number(element)[1]
                    # 1. before 90% would read as 1.90%: a number goes only before words, or stands alone.
                    if number and not text.strip()[:1].isdigit():
                        text = f"{number} {text}" if text.strip() else number
                lines.append(text)
                if self.boxes:
                    boxes.extend(self.boxes.get(element, ()))
        return trim("\n".join(lines))

    def _style_and_number(self, element: Any) -> tuple[ParagraphStyle, str]:
        style, list_id, level = NO_STYLE, None, 0
        properties = element.find(PROPERTIES)
        if properties is not None:
            named = properties.find(f"{W}pStyle")
            if named is not None:
                style = self.styles.get(named.get(VAL, ""), NO_STYLE)
                list_id, level = style.list_id, style.list_level
            number = properties.find(f"{W}numPr")
            if number is not None:
                own, depth = number.find(f"{W}numId"), number.find(f"{W}ilvl")
                list_id = own.get(VAL) if own is not None else list_id
                text = depth.get(VAL, "") if depth is not None else ""
                level = int(text) if text.isdigit() and len(text) < 3 else level
        if not list_id or list_id == "0":
            return style, ""
        return style, self.numbering.next(list_id, level)


NO_STYLE = ParagraphStyle()


def _level(element: Any, style: ParagraphStyle) -> int:
    outline = element.find(f"{PROPERTIES}/{W}outlineLvl")
    text = outline.get(VAL, "") if outline is not None else ""
    if text.isdigit():
        return int(text) + 1 if int(text) < 9 else 0
    return style.level


def paragraph_text(paragraph: Any) -> str:
    """The printed text of a paragraph; line breaks as newlines, page breaks as nothing."""
    return "".join(_pieces(paragraph))


def _pieces(paragraph: Any) -> Iterator[str]:
    for element in paragraph.iter(*PRINTED):
        tag = element.tag
        if tag in (TEXT, MATH_TEXT):
            yield element.text or ""
        elif tag == BREAK:
            if element.get(f"{W}type", "textWrapping") == "textWrapping":
                yield "\n"
        elif tag == SYMBOL:
            code = element.get(f"{W}char", "").upper()
            yield SYMBOLS.get(code, "□" if code else "")
        elif tag != TAB or element.getparent().tag != f"{W}tabs":
            yield MARKS[tag]
