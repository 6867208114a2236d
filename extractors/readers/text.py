"""Plain text: the flattened layout, separators within the line, paragraphs."""

from __future__ import annotations

import re
from pathlib import Path

from extractors.document import Document, Location, Paragraph, Table
from extractors.errors import Unreadable
from extractors.limits import Limits
from extractors.readers.encodings import decode
from extractors.readers.flattened import read_flattened
from extractors.readers.ragged import RaggedRow, place_on_grid, side_by_side
from extractors.readers.separated import has_bars, is_rule, read_bars, read_commas, read_spaces, read_tabs

LINE_ENDS = re.compile(r"\r\n|\r|\n|\f|\v|\x85|\u2028|\u2029")
RESIDUE = re.compile(
    r"\[(?:bookmark|image|pic|shape|ole|embedded|footnote|endnote|comment):[^\]\n]{0,200}\]"
    r"|\[(?:pic|image)\]"
    r"|[\x13-\x15\x01\x02\x05\x07\x08\x1a\ufeff\u200b]",
    re.I,
)
FIELD_CODE = re.compile(
    r"(?:HYPERLINK|PAGEREF|TOC|PAGE|REF)\s+(?:\\[*a-z]\s*|\"[^\"\n]*\"\s*|_\w+\s*|MERGEFORMAT\s*)+"
)
LONE_NUMBER = re.compile(r"^\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[、.．）)]|[①-⑳])\s*$")
CAPTION_LENGTH = 60
PROSE_CELL = 60
LOOKAHEAD = 60


def read_text(path: Path, limits: Limits) -> Document:
    """Read a text file in any of the usual encodings. Raises Unreadable when it is none."""
    content = path.read_bytes()
    try:
        text, encoding, lossy = decode(content)
    except ValueError as error:
        raise Unreadable("文本文件的编码无法识别或内容已损坏；请另存为 UTF-8 编码后重新报送") from error
    warnings = [f"文本中有无法按 {encoding} 解码的字符，已用“\ufffd”代替"] if lossy else []
    return text_to_document(text, limits, warnings)


def text_to_document(text: str, limits: Limits, warnings: list[str] | None = None) -> Document:
    """Paragraphs and tables of a text."""
    found = list(warnings or [])
    if len(text) > limits.max_text_chars:
        text = text[: limits.max_text_chars]
        found.append(f"文本过长，只读取前 {limits.max_text_chars} 个字符")
    cleaned, removed = RESIDUE.subn("", text)
    cleaned, fields = FIELD_CODE.subn("", cleaned)
    if removed + fields:
        found.append(f"去除了转换软件留下的标记 {removed + fields} 处（如书签、域代码）")
    builder = _TextBuilder(LINE_ENDS.split(cleaned), limits)
    comma_rows = read_commas(cleaned) if "\t" not in cleaned and "," in cleaned else None
    if comma_rows:
        builder.add_table(comma_rows)
    else:
        builder.read()
    return Document(tuple(builder.blocks), "text", "text", None, tuple(found + builder.warnings))


class _TextBuilder:
    def __init__(self, lines: list[str], limits: Limits):
        self.lines = lines
        self.limits = limits
        self.blocks: list[Paragraph | Table] = []
        self.warnings: list[str] = []
        self._paragraphs = 0
        self._tables = 0

    def read(self) -> None:
        index = 0
        while index < len(self.lines):
            index = self._read_at(index)

    def _read_at(self, index: int) -> int:
        line = self.lines[index]
        if not line.strip():
            return index + 1
        if "\t" in line.rstrip():
            return self._read_tabbed(index)
        if has_bars(line) or (
            is_rule(line) and index + 1 < len(self.lines) and has_bars(self.lines[index + 1])
        ):
            rows, end = read_bars(self.lines, index)
            if rows and (len(rows) > 1 or len(rows[0].cells) > 2):
                self.add_table(rows)
                return end
        rows, end = read_spaces(self.lines, index)
        if rows:
            self.add_table(rows)
            return end
        return self._read_paragraph(index)

    def _read_tabbed(self, index: int) -> int:
        if not self._is_flattened(index):
            rows, end = read_tabs(self.lines, index)
            if len(rows) < 2 and len(rows[0].cells) < 3:
                return self._read_paragraph(index)
            self.add_table(rows)
            return end
        region = read_flattened(self.lines, index)
        for rows in region.tables:
            if _is_indented_prose(rows):
                for row in rows:
                    for cell in row.cells:
                        self._add_paragraph(cell.text, cell.line)
            else:
                self.add_table(rows)
        return region.end

    def _is_flattened(self, index: int) -> bool:
        """Whether TABs begin cells that end with a line (flattened), or separate the fields of a line."""
        begin, within, last = 0, 0, index
        for number in range(index, min(index + LOOKAHEAD, len(self.lines))):
            line = self.lines[number]
            if "\t" not in line:
                if number - last > LONGEST_GAP:
                    break
                continue
            last = number
            if line.startswith("\t") and line.count("\t") == 1:
                begin += 1
            elif line.strip("\t ").count("\t"):
                within += 1
        return self.lines[index].startswith("\t") and begin >= within

    def _read_paragraph(self, index: int) -> int:
        line = self.lines[index]
        following = self.lines[index + 1] if index + 1 < len(self.lines) else ""
        # Converters put an automatic number on a line of its own.
        alone = LONE_NUMBER.match(line) and not LONE_NUMBER.match(following)
        if alone and following.strip() and "\t" not in following:
            self._add_paragraph(following, index + 2, line.strip())
            return index + 2
        self._add_paragraph(line, index + 1)
        return index + 1

    def _add_paragraph(self, text: str, line: int, number: str = "") -> None:
        text = MARKED_HEADING.sub("", " ".join(text.replace("\t", " ").split("\n")).strip())
        if not text.strip():
            return
        if self._paragraphs >= self.limits.max_paragraphs:
            self._warn_once(f"段落超过 {self.limits.max_paragraphs} 个，其余未读取")
            return
        self._paragraphs += 1
        where = Location(paragraph=self._paragraphs, line=line)
        self.blocks.append(Paragraph(text, where, number=number))

    def add_table(self, rows: list[RaggedRow]) -> None:
        rows = [row for row in rows if row.cells]
        for part in side_by_side(rows) if rows else ():
            self._add_table(part)

    def _add_table(self, rows: list[RaggedRow]) -> None:
        if len(rows) > self.limits.max_rows:
            self._warn_once(f"表格超过 {self.limits.max_rows} 行，其余未读取")
            rows = rows[: self.limits.max_rows]
        if self._tables >= self.limits.max_tables:
            self._warn_once(f"表格超过 {self.limits.max_tables} 个，其余未读取")
            return
        self._tables += 1
        above = self.blocks[-1] if self.blocks else None
        caption = above.text if isinstance(above, Paragraph) and len(above.text) <= CAPTION_LENGTH else ""
        self.blocks.append(place_on_grid(rows, self._tables, caption, self.limits))

    def _warn_once(self, message: str) -> None:
        if message not in self.warnings:
            self.warnings.append(message)


MARKED_HEADING = re.compile(r"^#{1,6}\s+")
"""A heading as Markdown marks it; the marks are no part of the text."""
LONGEST_GAP = 8


def _is_indented_prose(rows: list[RaggedRow]) -> bool:
    """Paragraphs indented by a TAB look like cells: long texts alone in their rows, or in one single row."""
    if len(rows) > 1 and any(len(row.cells) > 1 for row in rows):
        return False
    texts = [cell.text for row in rows for cell in row.cells if cell.text]
    prose = sum(len(text) > PROSE_CELL or text.endswith(("。", "；", "：")) for text in texts)
    return prose * 2 > len(texts)
