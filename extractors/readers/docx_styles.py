"""Paragraph styles of Word, as far as reading needs them: heading level and list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from extractors.readers.docx_numbering import VAL, W

HEADING_NAME = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.I)


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """level: heading level 1-9 or 0. list_id, list_level: the list of the style, or None."""

    level: int = 0
    list_id: str | None = None
    list_level: int = 0


class Styles:
    """Paragraph styles by id, inheritance resolved when one is first asked for: files carry hundreds, forms use few."""

    def __init__(self, root: Any | None):
        self._elements: dict[str | None, Any] = (
            {element.get(f"{W}styleId"): element for element in root.iterchildren(f"{W}style")}
            if root is not None
            else {}
        )
        self._known: dict[str, ParagraphStyle] = {}

    def __bool__(self) -> bool:
        return bool(self._elements)

    def get(self, name: str) -> ParagraphStyle:
        """The style of that id; plain text where there is none."""
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = _resolve(name, self._elements)
        return found


def _resolve(name: str, elements: dict[str | None, Any]) -> ParagraphStyle:
    level: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    seen: set[str] = set()
    current: str | None = name
    while current and current not in seen and current in elements:
        seen.add(current)
        element = elements[current]
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
