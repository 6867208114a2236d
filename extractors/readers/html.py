"""HTML, also where it is saved as .doc or .xls, and web archives (mht)."""

from __future__ import annotations

import email
import email.policy
import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree, html  # pyright: ignore[reportAttributeAccessIssue]

from extractors.document import Document
from extractors.errors import Unreadable
from extractors.limits import Limits
from extractors.readers.blocks import Blocks
from extractors.readers.encodings import decode
from extractors.readers.printed import trim
from extractors.readers.span_grid import SpanCell

DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.I)
BLOCKS = frozenset(
    ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "pre", "blockquote",
     "center", "section", "article", "header", "footer", "main", "form", "fieldset", "address", "body", "hr")
)  # fmt: skip
SILENT = frozenset(
    ("script", "style", "head", "title", "template", "noscript", "object", "select", "textarea")
)
HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden", re.I)
SPACES = re.compile(r"[ \t\r\n\f]+")
XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
FRAMED = "文件是网页框架（Excel“另存为网页”），内容在附带的文件夹里；请另存为 xlsx 或单个文件网页后重新报送"
EDGE = "\x00"


def read_html(path: Path, limits: Limits) -> Document:
    """Read an HTML file of any encoding. Raises Unreadable when its content lies in other files."""
    return html_to_document(_decoded(path.read_bytes()), limits)


def read_mht(path: Path, limits: Limits) -> Document:
    """Read the page of a web archive. Raises Unreadable when it has none."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    blocks: Blocks | None = None
    for part in message.walk():
        if part.get_content_type() != "text/html":
            continue
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            continue
        blocks = blocks or Blocks(limits)
        _Walk(blocks).read(_root(_decoded(content)))
    if blocks is None or not blocks.found:
        raise Unreadable("网页归档文件中没有可读的内容；请另存为 docx 或 xlsx 后重新报送")
    return blocks.document("mht", "html")


def html_to_document(text: str, limits: Limits) -> Document:
    """Paragraphs and tables of an HTML text."""
    root = _root(text)
    if next(root.iter("frameset"), None) is not None and next(root.iter("table"), None) is None:
        raise Unreadable(FRAMED)
    blocks = Blocks(limits)
    _Walk(blocks).read(root)
    return blocks.document("html", "html")


def _decoded(content: bytes) -> str:
    declared = DECLARED.search(content[:4096])
    if declared and not content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        name = declared.group(1).decode().lower()
        # Pages declare gb2312 and use characters of its extensions.
        name = "gb18030" if name in ("gb2312", "gbk", "x-gbk") else name
        try:
            return content.decode(name)
        except (UnicodeDecodeError, LookupError):
            pass
    try:
        return decode(content)[0]
    except ValueError as error:
        raise Unreadable("网页文件的编码无法识别或内容已损坏；请另存为 docx 或 xlsx 后重新报送") from error


def _root(text: str) -> Any:
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(XML_HEAD.sub("", text.replace("\x00", "")), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("网页文件没有内容或已损坏；请另存为 docx 或 xlsx 后重新报送") from error
    return root


class _Walk:
    """One pass over a page without recursion: pages nest thousands of levels deep."""

    def __init__(self, blocks: Blocks):
        self.blocks = blocks
        self._text: list[str] = []
        self._level = 0

    def read(self, root: Any) -> None:
        skipped: Any = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if skipped is not None:
                if event == "end" and element is skipped:
                    skipped = None
                    self._text.append(element.tail or "")
                continue
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start" and (tag == "table" or _is_silent(element, tag)):
                skipped = element
                if tag == "table" and not _is_silent(element, tag):
                    self._flush()
                    self._tables(element)
            else:
                self._visit(event, element, tag)
        self._flush()

    def _visit(self, event: str, element: Any, tag: str) -> None:
        if tag in BLOCKS:
            self._flush()
            if event == "start" and len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
                self._level = int(tag[1])
        if event == "start":
            self._text.append(EDGE if tag == "br" else "")
            self._text.append(element.text or "")
        else:
            self._text.append(element.tail or "")

    def _flush(self) -> None:
        text = _collapse("".join(self._text))
        self._text = []
        level, self._level = self._level, 0
        self.blocks.add_paragraph(text, level)

    def _tables(self, table: Any) -> None:
        waiting = deque([(table, 0)])
        while waiting:
            element, depth = waiting.popleft()
            if depth > self.blocks.limits.max_table_depth:
                self.blocks.warn(f"表格嵌套超过 {self.blocks.limits.max_table_depth} 层，更深的表未读取")
                continue
            inside = [inner for inner in element.iterdescendants("table") if _holder(inner) is element]
            for inner in inside:
                _detach(inner)
            self.blocks.add_table(_rows(element, self.blocks.limits))
            waiting.extend((inner, depth + 1) for inner in inside)


def _is_silent(element: Any, tag: str) -> bool:
    return tag in SILENT or bool(HIDDEN.search(element.get("style") or ""))


def _holder(element: Any) -> Any:
    return next(element.iterancestors("table"), None)


def _detach(element: Any) -> None:
    parent, tail = element.getparent(), element.tail
    if tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    parent.remove(element)


def _rows(table: Any, limits: Limits) -> Iterator[list[SpanCell]]:
    for row in table.iter("tr"):
        if HIDDEN.search(row.get("style") or ""):
            continue
        cells = [
            SpanCell(
                _cell_text(cell),
                _span(cell.get("rowspan"), limits.max_rows),
                _span(cell.get("colspan"), limits.max_columns),
            )
            for cell in row.iterchildren("td", "th")
            if not HIDDEN.search(cell.get("style") or "")
        ]
        if cells:
            yield cells


def _cell_text(cell: Any) -> str:
    pieces: list[str] = []
    skipped: Any = None
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if skipped is not None:
            if event == "end" and element is skipped:
                skipped = None
                pieces.append(element.tail or "")
        elif event == "start" and element is not cell and _is_silent(element, tag):
            skipped = element
        elif event == "start":
            pieces.append(EDGE if tag == "br" or tag in BLOCKS else "")
            pieces.append(element.text or "")
        else:
            if tag in BLOCKS:
                pieces.append(EDGE)
            if element is not cell:
                pieces.append(element.tail or "")
    return trim(_collapse("".join(pieces)))


def _collapse(text: str) -> str:
    """White space as a browser shows it: runs are one blank, lines end at breaks and at the edges of blocks."""
    lines = SPACES.sub(" ", text).replace("\xa0", " ").split(EDGE)
    return "\n".join(line.strip(" ") for line in lines if line.strip())


def _span(text: str | None, most: int) -> int:
    digits = (text or "").strip()
    return max(1, min(int(digits), most)) if digits.isdigit() and len(digits) < 10 else 1
