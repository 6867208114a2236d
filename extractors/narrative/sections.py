"""Headings, with or without their numbers, and what each part of the narrative is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.document import Paragraph
from extractors.narrative.words import first_match, patterns
from extractors.report import Section
from extractors.values.text import fold, normalise

_KINDS = patterns("sections")
_STYLES = (
    re.compile(r"\s*(?:第[一二三四五六七八九十]+[部分章节]+|[一二三四五六七八九十]+\s*[、.．])"),
    re.compile(r"\s*\([一二三四五六七八九十]+\)"),
    re.compile(r"\s*\d{1,2}\s*[、.](?!\d)"),
    re.compile(r"\s*\(\d{1,2}\)|\s*[①-⑳]"),
)
_LONGEST = 42
_ENDS_TEXT = re.compile(r"[。;,!?:]\s*$")
_INSIDE = re.compile(r"[。;!?]")
_SCORED = re.compile(r"\([^()]*分[^()]*\)")


def heading_level(paragraph: Paragraph) -> int | None:
    """1 for 一、 2 for （一） 3 for 1、 4 for （1）; 5 for a heading that lost its number; None for text."""
    text = fold(paragraph.text).strip()
    if not text or "\n" in text:
        return None
    if paragraph.level:
        return min(paragraph.level, 4)
    bare = _SCORED.sub("", text)
    if len(bare) > _LONGEST or _INSIDE.search(bare[:-1]) or _ENDS_TEXT.search(bare.rstrip()):
        return None
    for level, style in enumerate(_STYLES, start=1):
        if not _without_number(bare).strip():
            return None
        if style.match(text) or (paragraph.number and style.match(fold(paragraph.number) + "、")):
            return (
                None
                if level >= 3 and re.search(r"\d\s*(?:万|亿|元|%|个|项)", _without_number(bare))
                else level
            )
    if re.search(r"\d\s*(?:万元|亿元|元|%|亩|件|次)", bare) or "," in bare:
        return None
    return 5 if first_match(_KINDS, bare) and len(bare) <= 36 else None


def _without_number(text: str) -> str:
    for style in _STYLES:
        match = style.match(text)
        if match:
            return text[match.end() :]
    return text


def heading_words(text: str) -> str:
    """A heading without its number and scores."""
    return normalise(_SCORED.sub("", _without_number(fold(text).strip()))).strip(":、. ")


def read_sections(paragraphs: Sequence[Paragraph]) -> tuple[list[Section], list[str], list[bool]]:
    """Sections in order; for each paragraph the kind of its section, and whether it is a heading.

    A heading whose words say no kind takes that of the heading above it.
    """
    sections: list[tuple[str, str, list[str], Paragraph]] = []
    kinds: list[str] = []
    headings: list[bool] = []
    above: dict[int, str] = {}
    kind = ""
    for paragraph in paragraphs:
        level = heading_level(paragraph)
        headings.append(level is not None)
        if level is not None:
            above = {depth: word for depth, word in above.items() if depth < level}
            parent = above[max(above)] if above else (kind if level == 5 else "")
            own = first_match(_KINDS, fold(paragraph.text))
            kind = own or parent
            if level < 5:
                above[level] = kind
            sections.append((paragraph.text.strip(), kind, [], paragraph))
        elif sections:
            sections[-1][2].append(paragraph.text.strip())
        kinds.append(kind)
    return (
        [
            Section(heading, kind or "other", "\n".join(line for line in lines if line), paragraph.location)
            for heading, kind, lines, paragraph in sections
        ],
        kinds,
        headings,
    )
