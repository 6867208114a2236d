"""Lines that belong to the paper and not to the text: page numbers, running heads and feet, 续表."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.readers.pdf.layout import PageLayout
from extractors.readers.pdf.lines import TextLine

ZONE = 0.1
"""Share of the page's height at top and bottom where page numbers and running heads stand."""
SAME_HEIGHT = 4.0
"""Points within which a running line stands at the same height on the next page."""
_DECORATED = re.compile(
    r"^(?:[-—–―－‐~～·•_|/\s]+\d{1,4}[-—–―－‐~～·•_|/\s]+"
    r"|第\s*[\d一二三四五六七八九十百]{1,5}\s*页(?:\s*[/，,、]?\s*共\s*[\d一二三四五六七八九十百]{1,5}\s*页)?"
    r"|[（(]?\d{1,4}\s*/\s*\d{1,4}\s*页?[)）]?|共\s*\d{1,4}\s*页\s*[/，,、]?\s*第\s*\d{1,4}\s*页|[Pp]age\s*\d{1,4}.*)$"
)
_CONTINUED = re.compile(
    r"^[（(]?\s*(?:续\s*上?\s*表|.{0,20}[（(]\s*续\s*表?\s*[)）]|接上[页表])\s*\d*\s*[)）]?$"
)


def is_continued_mark(line: TextLine) -> bool:
    """Whether the line says that the table below goes on from the page before (续表)."""
    return bool(_CONTINUED.match(line.text.strip()))


def page_numbers(pages: Sequence[PageLayout]) -> set[TextLine]:
    """The lines that are page numbers: decorated ones at the margin, bare ones when they count up with the pages."""
    found: set[TextLine] = set()
    bare: dict[int, list[tuple[int, TextLine]]] = {}
    for page in pages:
        for line in _at_margin(page):
            text = line.text.strip()
            if _DECORATED.match(text):
                found.add(line)
            elif text.isascii() and text.isdigit() and len(text) <= 4:
                bare.setdefault(page.number, []).append((int(text), line))
    for number, lines in bare.items():
        for value, line in lines:
            for step in (-1, 1):
                if any(other == value + step for other, _ in bare.get(number + step, ())):
                    found.add(line)
    return found


def repeated_lines(pages: Sequence[PageLayout], skipped: set[TextLine]) -> dict[TextLine, int]:
    """Lines at equal height with equal text on the page before: the line, and its how manieth repetition it is."""
    found: dict[TextLine, int] = {}
    before: dict[tuple[str, int], TextLine] = {}
    for page in pages:
        now: dict[tuple[str, int], TextLine] = {}
        for block in page.blocks:
            if not isinstance(block, TextLine) or block in skipped:
                continue
            key = ("".join(block.text.split()), round(block.top / SAME_HEIGHT))
            near = next(
                (before[k] for k in (key, (key[0], key[1] - 1), (key[0], key[1] + 1)) if k in before), None
            )
            if near is not None:
                found[block] = found.get(near, 0) + 1
            now[key] = block
        before = now
    return found


def running_lines(pages: Sequence[PageLayout], repeated: dict[TextLine, int]) -> set[TextLine]:
    """The repetitions of lines that stand in the margin of three pages in a row or more; the first print stays."""
    margin = {line for page in pages for line in _at_margin(page)}
    chains: dict[tuple[str, int], int] = {}
    for line, times in repeated.items():
        key = ("".join(line.text.split()), round(line.top / (3 * SAME_HEIGHT)))
        chains[key] = max(chains.get(key, 0), times)
    return {
        line
        for line in repeated
        if line in margin and chains[("".join(line.text.split()), round(line.top / (3 * SAME_HEIGHT)))] >= 2
    }


def _at_margin(page: PageLayout) -> list[TextLine]:
    """The page's lines at its top and bottom; a table there ends the margin."""
    lines: list[TextLine] = []
    for block in page.blocks:
        if isinstance(block, TextLine) and (
            block.bottom < ZONE * page.height or block.top > (1 - ZONE) * page.height
        ):
            lines.append(block)
    return lines
