"""Texts as printed: what every reader does alike to a cell's text."""

from __future__ import annotations


def trim(text: str) -> str:
    """Without blank lines at either end; the first line keeps its indent, which shows what is a part of what."""
    if not text or (text[0] > " " and text[-1] > " " and text[-1] != "\u3000" and text[0] != "\u3000"):
        return text
    lines = text.split("\n")
    while lines and not lines[0].strip():
        del lines[0]
    return "\n".join(lines).rstrip()
