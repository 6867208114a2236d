"""Printed lines to paragraphs, as Chinese text is set: a new one after a short line, at an indent, at a number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractors.readers.pdf.lines import TextLine

FULL = 1.6
"""Character widths that may stay free at the end of a line that is full."""
INDENT = 1.2
"""Character widths from which a line is indented."""
PITCH = 2.7
"""Character heights between the tops of two lines of one paragraph, at most."""
STEP = 1.25
"""Times the usual step from line to line from which a new paragraph begins."""
LEEWAY = 0.7
"""Character widths that justification leaves beyond a token that did not fit."""
SHOWN = 0.75
"""Share of the page's width that lines must reach to show where the running text ends."""
_HEADING = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十\d]{1,3}[章节条部])"
)
_ITEM = re.compile(r"^\s*(?:\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[)）]|[①-⑳]|[-—•·●■◆]\s*\S)")
_TOKEN = re.compile(r"[（(“《]*(?:[A-Za-z0-9.,%:/@_~-]+|.)[。，；：！？、%）)”》]*")
_SENTENCE_END = "。；：！？;:!?"


@dataclass(frozen=True, slots=True)
class Margins:
    """Left and right side of the running text in points."""

    left: float
    right: float
    pitch: float = PITCH
    """Character heights from line to line within a paragraph, at most."""


def margins_of(lines: Iterable[TextLine], width: float) -> Margins:
    """The sides of the running text, from all lines of pages of one width (points).

    Where no line is long enough to show the right side, it is taken to be as far from the paper's edge as the left.
    """
    lines = list(lines)
    long = [line for line in lines if len(line.text) >= 12] or lines
    if not long:
        return Margins(0.0, width)
    starts = Counter(round(line.x0 / 3) for line in long)
    common = [start for start, count in starts.items() if count >= max(2, starts.most_common(1)[0][1] // 4)]
    left = min(common or starts) * 3.0
    right = max(line.x1 for line in long)
    right = right if right > SHOWN * width else max(right, width - left)
    return Margins(left, right, _pitch(lines, right))


def _pitch(lines: Sequence[TextLine], right: float) -> float:
    """The largest step from line to line within a paragraph, in character heights, from the lines that are full."""
    steps = [
        (line.top - last.top) / last.size
        for last, line in pairwise(lines)
        if last.page == line.page
        and right - last.x1 < 3 * last.size
        and abs(line.size - last.size) < 0.1 * last.size
        and 0 < line.top - last.top < PITCH * last.size
    ]
    return min(PITCH, STEP * median(steps)) if len(steps) >= 3 else PITCH


def paragraphs_of(lines: Sequence[TextLine], margins: Margins) -> list[list[TextLine]]:
    """The lines grouped into paragraphs. Lines may come from consecutive pages."""
    groups: list[list[TextLine]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line, margins):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def joined_text(lines: Sequence[TextLine]) -> str:
    """The text of a paragraph; a space only between Latin words."""
    text = lines[0].text if lines else ""
    for line in lines[1:]:
        latin = (
            text[-1:].isascii()
            and text[-1:].isalpha()
            and line.text[:1].isascii()
            and line.text[:1].isalpha()
        )
        text += (" " if latin else "") + line.text
    return text


def _first_token(text: str) -> float:
    """Width, in character heights, of what cannot be parted at the start of a line: a figure, a word, an address."""
    match = _TOKEN.match(text)
    return sum(0.55 if character.isascii() else 1.0 for character in match.group()) if match else 1.0


def _goes_on(group: list[TextLine], line: TextLine, margins: Margins) -> bool:
    """Whether `line` continues the paragraph `group`."""
    last = group[-1]
    em = last.size
    same_page = last.page == line.page
    if abs(line.size - em) > 0.15 * em or _HEADING.match(line.text):
        return False
    if same_page and (line.top - last.top > margins.pitch * em or line.top < last.top):
        return False
    if margins.right - last.x1 > max(FULL, _first_token(line.text) + LEEWAY) * em:
        return False
    ended = last.text.rstrip()[-1:] in _SENTENCE_END
    if _ITEM.match(line.text) and ended:
        return False
    if line.x0 - margins.left > INDENT * em:
        return not ended and abs(line.x0 - last.x0) < em and line.x0 - margins.left < 8 * em
    return True
