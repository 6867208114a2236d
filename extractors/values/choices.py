"""Choices marked with boxes: ☑优 □良 □中 □差."""

from __future__ import annotations

import re

_TICKED = "☑☒√✓✔■●▣◉"
_OPEN = "□○◯☐◻"
_CHOICE = re.compile(rf"[{_TICKED}{_OPEN}]")
_BEFORE = re.compile(rf"([{_TICKED}{_OPEN}])\s*([^\s{_TICKED}{_OPEN}；;，,、()（）]+)")
_AFTER = re.compile(rf"([^\s{_TICKED}{_OPEN}；;，,、()（）]+)\s*[(（]?([{_TICKED}{_OPEN}])[)）]?")


def ticked(text: str) -> str | None:
    """The one choice that is ticked (☑优 □良 -> 优; 优（√） 良（ ） -> 优); None for no boxes, no tick or several.

    Boxes stand before their words or after them, as the first mark of the text tells.
    """
    marks = _CHOICE.search(text)
    if marks is None:
        return None
    before = not text[: marks.start()].strip(" \u3000(（")
    pairs = (
        [(m, w) for m, w in _BEFORE.findall(text)] if before else [(m, w) for w, m in _AFTER.findall(text)]
    )
    chosen = [word for mark, word in pairs if mark in _TICKED]
    return chosen[0] if len(chosen) == 1 else None
