"""Paragraphs and tables collected in reading order, counted and bounded alike for every format."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.document import Document, Location, Paragraph, Table
from extractors.limits import Limits
from extractors.readers.span_grid import SpanCell, place_spans

CAPTION_LENGTH = 60


class Blocks:
    """What a reader has found so far."""

    def __init__(self, limits: Limits):
        self.limits = limits
        self.found: list[Paragraph | Table] = []
        self.warnings: list[str] = []
        self._paragraphs = 0
        self._tables = 0

    def warn(self, message: str) -> None:
        """Add a warning once."""
        if message not in self.warnings:
            self.warnings.append(message)

    def add_paragraph(self, text: str, level: int = 0, number: str = "") -> None:
        """Add a paragraph unless it is blank."""
        text = text.strip()
        if not text:
            return
        if self._paragraphs >= self.limits.max_paragraphs:
            self.warn(f"段落超过 {self.limits.max_paragraphs} 个，其余未读取")
            return
        self._paragraphs += 1
        self.found.append(Paragraph(text, Location(paragraph=self._paragraphs), level, number))

    def add_table(self, rows: Iterable[list[SpanCell]]) -> None:
        """Add a table of cells with spans unless it has none."""
        if self._tables >= self.limits.max_tables:
            self.warn(f"表格超过 {self.limits.max_tables} 个，其余未读取")
            return
        above = next((block for block in reversed(self.found) if isinstance(block, Paragraph)), None)
        caption = above.text if above is not None and len(above.text) <= CAPTION_LENGTH else ""
        table, cut = place_spans(rows, self._tables + 1, caption, self.limits)
        if cut:
            self.warn(f"表格超过 {self.limits.max_rows} 行或单元格过多，其余未读取")
        if table is not None:
            self._tables += 1
            self.found.append(table)

    def document(self, name: str, reader: str) -> Document:
        """The document read."""
        return Document(tuple(self.found), name, reader, None, tuple(self.warnings))
