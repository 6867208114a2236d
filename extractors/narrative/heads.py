"""The names at the head of an item: “name”（3分）：, （1）name：, 数量指标：name，…"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.narrative.matching import Match, best_match
from extractors.narrative.model import Figure, Passage
from extractors.narrative.words import WORDS
from extractors.report import Indicator

_KIND = re.compile(rf"(?:{WORDS['item_kinds']})(?:方面)?[:,、。]?")
_NUMBERING = re.compile(
    r"^\s*(?:\(\d{1,2}\)|\d{1,2}[、.)]|[①-⑳]|\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、|指标\d+[:、]?)\s*"
)
_WEIGHT = re.compile(r"\s*\((?:权重|分值|满分)?:?(?P<points>\d+(?:\.\d+)?)分\)")
_NAME_STOP = re.compile(r"[:。,;]|\((?:权重|分值|满分)?:?\d+(?:\.\d+)?分\)")
_ABOUT = re.compile(r"(?:指标)?(?:完成情况|实现情况)?(?:分析|说明)?$")
_LONGEST_NAME = 48


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A name at the head of an item with its weight; match is None for a name that the form does not have."""

    match: Match | None
    start: int
    end: int
    weight: Figure | None


def item_heads(passage: Passage, indicators: Sequence[Indicator]) -> list[Head]:
    """The names before the item's first colon."""
    numbering = _NUMBERING.match(passage.folded)
    begin = numbering.end() if numbering else 0
    quoted = _quoted(passage, indicators, begin)
    if quoted:
        return quoted if any(head.match for head in quoted) else []
    return _bare_head(passage, indicators, begin)


def _quoted(passage: Passage, indicators: Sequence[Indicator], begin: int) -> list[Head]:
    heads: list[Head] = []
    position, folded = begin, passage.folded
    limit = _head_limit(folded, begin)
    while position < limit:
        opening = folded.find("“", position, limit)
        closing = _closing(folded, opening) if opening >= 0 else -1
        if closing < 0:
            break
        match = best_match(passage.text[opening + 1 : closing], indicators)
        end = closing + 1
        behind = re.compile(r"(?:指标)?").match(folded, end)
        weight = _WEIGHT.match(folded, behind.end() if behind else end)
        figure = _figure_in(passage, weight.start("points"), weight.end()) if weight else None
        heads.append(Head(match, opening, weight.end() if weight else end, figure))
        position = weight.end() if weight else end
    return heads


def _head_limit(folded: str, begin: int) -> int:
    """Names stand before the target is told; a first mention later in the text makes no item."""
    lead = _KIND.match(folded, begin)
    first = folded.find("“", begin)
    allowed = (lead.end() if lead else begin) + 16
    if first < 0 or first > allowed:
        return begin
    stop = re.compile(r"[。;]|:(?!\s*“)|(?<=[)”]),").search(folded, first)
    return stop.start() if stop else len(folded)


def _closing(folded: str, opening: int) -> int:
    depth = 0
    for position in range(opening, min(len(folded), opening + 80)):
        if folded[position] == "“":
            depth += 1
        elif folded[position] == "”":
            depth -= 1
            if depth == 0:
                return position
    return -1


def _bare_head(passage: Passage, indicators: Sequence[Indicator], begin: int) -> list[Head]:
    """A name without quotes, up to its colon, or up to another delimiter where it is surely the name."""
    kind = _KIND.match(passage.folded, begin)
    start = kind.end() if kind else begin
    stop = _NAME_STOP.search(passage.folded, start, start + _LONGEST_NAME)
    if stop is None:
        return []
    weight = _WEIGHT.match(passage.folded, stop.start())
    end = weight.end() if weight else stop.start()
    name = _ABOUT.sub("", passage.text[start : stop.start()].strip())
    sure = passage.folded[end : end + 1] == ":"
    match = best_match(name, indicators, least=0.9 if sure else 0.97)
    if match is None:
        return []
    figure = _figure_in(passage, weight.start("points"), weight.end()) if weight else None
    return [Head(match, start, end + 1, figure)]


def _figure_in(passage: Passage, start: int, end: int) -> Figure | None:
    return next((figure for figure in passage.figures if start <= figure.start < end), None)
