"""Paragraph styles of Word, as far as reading needs them: heading level and list."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from extractors.errors import Unreadable
from extractors.readers.docx_numbering import VAL, W
from extractors.readers.package import parse_xml

ROOT = re.compile(rb"<w:styles\b[^<>]*>")
DECLARED = re.compile(rb"^\s*<\?xml[^>]*?encoding=[\"']([^\"']+)")
LARGEST_KEPT = 1 << 20
"""Bytes of a part that is remembered."""
PLAIN_NAME = re.compile(r"[\w .\-]+")
HEADING_NAME = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.I)


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """level: heading level 1-9 or 0. list_id, list_level: the list of the style, or None."""

    level: int = 0
    list_id: str | None = None
    list_level: int = 0


class Styles:
    """Paragraph styles by id, inheritance resolved when one is first asked for. part: `word/styles.xml`, or nothing.

    Files carry hundreds of kilobytes of styles and forms use few: parsing them all takes ten times as long as reading the
    form. So the few that are asked for are cut out of the part and parsed one by one.
    """

    def __init__(self, part: bytes = b""):
        self.part = part
        self._root = _plain_root(part)
        self._all: dict[str | None, Any] | None = None
        self._known: dict[str, ParagraphStyle] = {}

    def __bool__(self) -> bool:
        return bool(self.part)

    def get(self, name: str) -> ParagraphStyle:
        """The style of that id; plain text where there is none."""
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = _resolve(name, self._element)
        return found

    def _element(self, name: str) -> Any | None:
        if self._root and PLAIN_NAME.fullmatch(name):
            element = self._cut_out(name.encode())
            if element is not UNCLEAR:
                return element
        if self._all is None:
            self._all = (
                {style.get(f"{W}styleId"): style for style in parse_xml(self.part).iterchildren(f"{W}style")}
                if self.part
                else {}
            )
        return self._all.get(name)

    def _cut_out(self, name: bytes) -> Any | None:
        at = self.part.find(b'w:styleId="%b"' % name)
        if at < 0:
            return UNCLEAR if b"w:styleId='%b'" % name in self.part else None
        start, end = self.part.rfind(b"<w:style ", 0, at), self.part.find(b"</w:style>", at)
        if start < 0 or end < 0 or b">" in self.part[start:at]:
            return UNCLEAR
        try:
            return parse_xml(b"%b%b</w:style></w:styles>" % (self._root, self.part[start:end]))[0]
        except Unreadable:  # cut out of a comment, say
            return UNCLEAR


def styles_of(part: bytes) -> Styles:
    """The styles of a part; what was found out for the last few is used again: units fill in the form they were sent."""
    for known in tuple(_recent):
        if known.part == part:
            return known
    styles = Styles(part)
    if 0 < len(part) <= LARGEST_KEPT:
        _recent.appendleft(styles)
    return styles


_recent: deque[Styles] = deque(maxlen=4)

UNCLEAR = object()
"""The part is written in a way that cutting does not understand: it is parsed as a whole."""


def _plain_root(part: bytes) -> bytes:
    """The start tag of the part, where it is written as Word and its kin write it; else nothing."""
    found = ROOT.search(part, 0, 8192)
    declared = DECLARED.match(part)
    if found is None or (declared and declared.group(1).lower() not in (b"utf-8", b"us-ascii")):
        return b""
    if b'xmlns:w="%b"' % W[1:-1].encode() not in found.group() or b"<!" in part[: found.start()]:
        return b""
    return found.group()


def _resolve(name: str, element_of: Callable[[str], Any | None]) -> ParagraphStyle:
    level: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    seen: set[str] = set()
    current: str | None = name
    while current and current not in seen and (element := element_of(current)) is not None:
        seen.add(current)
        level = level if level is not None else _heading_level(element)
        number = element.find(f"{W}pPr/{W}numPr")
        if number is not None:
            own, depth = number.find(f"{W}numId"), number.find(f"{W}ilvl")
            list_id = list_id if list_id is not None or own is None else own.get(VAL)
            if list_level is None and depth is not None:
                list_level = _integer(depth.get(VAL))
        based = element.find(f"{W}basedOn")
        current = based.get(VAL) if based is not None else None
    return ParagraphStyle(level or 0, list_id, list_level or 0)


def _heading_level(element: Any) -> int | None:
    outline = element.find(f"{W}pPr/{W}outlineLvl")
    if outline is not None:
        depth = _integer(outline.get(VAL))
        return depth + 1 if 0 <= depth < 9 else 0
    name = element.find(f"{W}name")
    match = HEADING_NAME.match(name.get(VAL, "")) if name is not None else None
    return int(match.group(1)) if match else None


def _integer(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 6 else 0
