"""Indicators named in running text: 新建农村公路里程132公里，培训农技人员280人次.

Only a name that is the indicator's own (but for the word that counts), with a figure in the indicator's unit, in
a part of the narrative that tells goals (then it is a target) or results.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.narrative.items import Told, dimension_of
from extractors.narrative.matching import Match, core
from extractors.narrative.model import Figure, Passage
from extractors.narrative.words import pattern
from extractors.report import Indicator

_RESULTS = frozenset({"", "completion", "effect", "satisfaction"})
_TARGET, _ACTUAL = pattern("mention_target"), pattern("mention_actual")
_OTHER_TIME = pattern("other_time")
_OF_TARGET = re.compile(r"的?(?:年度|年初)?(?:目标|任务|计划)")
_SEGMENT = re.compile(r"[;。]")


def read_mentions(passage: Passage, indicators: Sequence[Indicator]) -> list[Told]:
    """Targets and actuals of indicators that a passage names in its clauses."""
    if passage.section not in _RESULTS and passage.section != "goals":
        return []
    names = {core(indicator.name): indicator for indicator in indicators}
    if len(names) < len(indicators):
        names = {
            name: row
            for name, row in names.items()
            if sum(core(other.name) == name for other in indicators) == 1
        }
    told: list[Told] = []
    current: Indicator | None = None
    last = 0
    for figure in passage.figures:
        if current is not None and _SEGMENT.search(passage.folded[last : figure.start]):
            current = None
        named = _named(passage, figure, names)
        indicator = named or (current if _says_role_only(passage, figure) else None)
        if indicator is not None and _fits(figure, indicator) and not _of_other_time(passage, figure):
            role = _role(passage, figure)
            told.append(Told(figure, role, Match(indicator, 1.0)))
        current = named or current
        last = figure.end
    return _single(told)


def _named(passage: Passage, figure: Figure, names: dict[str, Indicator]) -> Indicator | None:
    words = passage.text[figure.clause : figure.start]
    bare = _ACTUAL.sub("", _TARGET.sub("", core(_trim(words))))
    return names.get(core(bare)) if len(bare) >= 4 else None


def _trim(words: str) -> str:
    return re.sub(
        r"(?:为|是|达到|达|约|共|≥|>=|≤|<=|不少于|不低于|不超过|不高于|[:：\s])+$", "", words.strip()
    )


def _says_role_only(passage: Passage, figure: Figure) -> bool:
    lead = _trim(passage.lead(figure))
    return bool(lead) and (_TARGET.fullmatch(lead) or _ACTUAL.fullmatch(lead)) is not None


def _fits(figure: Figure, indicator: Indicator) -> bool:
    key, _ = dimension_of(indicator)
    return figure.value is not None and figure.depth == 0 and key is not None and figure.key == key


def _of_other_time(passage: Passage, figure: Figure) -> bool:
    """上半年新建80公里 is no result of the year; in the goals any time may be named."""
    start = passage.sentences[figure.sentence][0]
    return passage.section != "goals" and _OTHER_TIME.search(passage.folded, start, figure.start) is not None


def _role(passage: Passage, figure: Figure) -> str:
    if _TARGET.search(passage.lead(figure)) or _OF_TARGET.match(figure.tail):
        return "target"
    if _ACTUAL.search(passage.lead(figure)):
        return "actual"
    return "target" if passage.section == "goals" else "actual"


def _single(told: list[Told]) -> list[Told]:
    """One figure for each indicator and role; where a passage gives two, it is open which is meant."""
    seen: dict[tuple[int, str], int] = {}
    for item in told:
        key = (item.match.indicator.row_no, item.role)
        seen[key] = seen.get(key, 0) + 1
    return [item for item in told if seen[item.match.indicator.row_no, item.role] == 1]
