"""Word (docx): one pass over the XML. Deleted text is not read, inserted text is; merged cells once."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from extractors.document import Document, Location, Paragraph, Table
from extractors.errors import Unreadable
from extractors.limits import Limits
from extractors.readers.docx_clean import COMPATIBILITY, TextBoxes, clean
from extractors.readers.docx_numbering import VAL, Numbering, W, read_numbering
from extractors.readers.docx_styles import ParagraphStyle, Styles, styles_of
from extractors.readers.docx_table import (
    MATH_TEXT,
    PRINTED,
    TBL,
    TEXT,
    P,
    finished_cells,
    mark_text,
    place_cells,
    with_symbols,
)
from extractors.readers.package import Package, parse_xml

STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PROPERTIES = f"{W}pPr"
WRAPPERS = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "subDoc")
) | {f"{COMPATIBILITY}{name}" for name in ("AlternateContent", "Choice", "Fallback")}
# Word 2003 wraps the body's parts in sections of its own.
WRAPPERS |= {
    f"{{http://schemas.microsoft.com/office/word/2003/auxHint}}{name}" for name in ("sect", "sub-section")
}
USED_STYLE = re.compile(rb'<w:pStyle w:val="([\w .\-]+)" ?/>')
CAPTION_LENGTH = 60


def read_docx(path: Path, limits: Limits) -> Document:
    """Read a Word package. Raises Unreadable (damaged) and Refused (too large, DOCTYPE)."""
    with Package(path, limits) as package:
        main = package.main_part("word/document.xml", "正文")
        content = package.read(main)
        strict = STRICT in content
        content = with_symbols(content.replace(STRICT, TRANSITIONAL) if strict else content)
        root = parse_xml(content)
        folder = main.rpartition("/")[0]
        styles = styles_of(_part(package, f"{folder}/styles.xml", strict) if b"pStyle" in content else b"")
        listed = b"numPr" in content or (bool(styles) and _lists_by_style(content, styles))
        numbering = _part(package, f"{folder}/numbering.xml", strict) if listed else b""
    document = document_of(root, parse_xml(numbering) if numbering else None, styles, limits)
    if b"altChunk" not in content:
        return document
    return replace(document, warnings=(*document.warnings, "文档中嵌有外部片段（altChunk），未读取"))


def document_of(root: Any, numbering: Any | None, styles: Styles, limits: Limits) -> Document:
    """The document of a Word tree; numbering is the root of that part, where there is one."""
    body = root.find(f"{W}body")
    if body is None:
        raise Unreadable("文件已损坏（没有正文部分），请重新保存后报送")
    reading = _Reading(
        limits,
        clean(root),
        read_numbering(numbering) if numbering is not None else Numbering(),
        styles,
    )
    reading.read_blocks(body, 0)
    return Document(tuple(reading.blocks), "docx", "docx", None, tuple(reading.warnings))


def _part(package: Package, name: str, strict: bool) -> bytes:
    if not package.has(name):
        return b""
    content = package.read(name)
    return content.replace(STRICT, TRANSITIONAL) if strict else content


def _lists_by_style(content: bytes, styles: Styles) -> bool:
    """Whether a paragraph style in use puts its paragraphs into a list; a form's hundreds of cells then need asking."""
    used = USED_STYLE.findall(content)
    if len(used) != content.count(b"pStyle"):  # written some other way
        return True
    return any(styles.get(name.decode()).list_id for name in sorted(set(used)))


class _Reading:
    """The document so far: blocks, counters, warnings."""

    def __init__(
        self,
        limits: Limits,
        boxes: TextBoxes,
        numbering: Numbering,
        styles: Styles,
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
        self._has_properties = bool(numbering.lists or styles)

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
        style, number = self._style_and_number(element) if self._has_properties else (NO_STYLE, "")
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
        nested = _detach_nested(element)
        boxes: list[Any] = []
        watch = self._in_cell(boxes) if self.boxes or self.numbering.lists else None
        placed, row_count, column_count, cut = place_cells(element, self.limits, watch)
        if cut:
            self.warn(f"表格超过 {self.limits.max_rows} 行，其余未读取")
        if placed:
            self._tables += 1
            self._cells += len(placed)
            number = self._tables
            cells = finished_cells(placed, number)
            caption = self._last_text if len(self._last_text) <= CAPTION_LENGTH else ""
            self.blocks.append(Table(cells, row_count, column_count, Location(table=number), caption))
        for box in boxes:
            self.read_blocks(box, 1)
        return nested

    def _in_cell(self, boxes: list[Any]) -> Callable[[Any], str]:
        """For each paragraph of a cell: its automatic number; its text boxes go to `boxes`."""

        def watch(element: Any) -> str:
            if self.boxes:
                boxes.extend(self.boxes.get(element, ()))
            if element.find(PROPERTIES) is None:
                return ""
            number = self._style_and_number(element)[1]
            if not number:
                return ""
            text = paragraph_text(element).strip()
            # 1. before 90% would read as 1.90%: a number goes only before words, or stands alone.
            return "" if text[:1].isdigit() else f"{number} " if text else number

        return watch

    def _style_and_number(self, element: Any) -> tuple[ParagraphStyle, str]:
        style, list_id, level = NO_STYLE, None, 0
        properties = element.find(PROPERTIES)
        if properties is not None:
            named = properties.find(f"{W}pStyle")
            if named is not None:
                style = self.styles.get(named.get(VAL, ""))
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
    if text.isdigit() and len(text) < 4:
        return int(text) + 1 if int(text) < 9 else 0
    return style.level


def paragraph_text(paragraph: Any) -> str:
    """The printed text of a paragraph; line breaks as newlines, page breaks as nothing."""
    return "".join(
        [
            (element.text or "") if element.tag in (TEXT, MATH_TEXT) else mark_text(element)
            for element in paragraph.iter(*PRINTED)
        ]
    )


def children(parent: Any, *tags: str) -> Iterator[Any]:
    """Child elements with these tags, looking through content controls and other wrappers."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in WRAPPERS:
            yield from children(child, *tags)


def _detach_nested(table: Any) -> list[Any]:
    """Take the tables inside a table's cells out of the tree; those inside them stay with them."""
    inside = [inner for inner in table.iterdescendants(TBL) if next(inner.iterancestors(TBL), None) is table]
    for inner in inside:
        inner.getparent().remove(inner)
    return inside
