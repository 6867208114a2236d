"""How many indicators the narrative says were met and not met: 14个指标，其中8个完成，其余6个未完成."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.narrative.model import Claim, Figure, Passage
from extractors.narrative.words import LEVEL_NAMES, first_match, pattern, patterns

_MET, _UNMET, _REST = pattern("met"), pattern("unmet"), pattern("rest")
_OF_INDICATORS = re.compile(
    r"$|.{0,6}指标|全部|均|都|已|完成|达|实现|未|年度|超额|按|没有|偏差|基本|较好|因|明细"
)
_ALL_OF_THEM = re.compile(r"(?:年度|绩效|三级|二级)*指标[^,。;、]{0,10}")
"""16项指标全面完成14项: the first is how many there are."""
_MIDYEAR = pattern("count_mid_year")
_PARTIAL = re.compile(r"部分(?:完成|达成|实现)|基本完成")
_LEVELS = patterns("levels")
_COUNTED = frozenset({"count:个", "count:项", "count:条"})


@dataclass(frozen=True, slots=True, eq=False)
class IndicatorCount:
    """A count of met or unmet indicators and the level it speaks of (all indicators: 全部指标)."""

    figure: Figure
    role: str
    subject: str


def indicator_counts(passage: Passage) -> tuple[list[IndicatorCount], list[Claim]]:
    """Counts of met and unmet indicators in a passage, and total = met + unmet where all three are printed."""
    counts: list[IndicatorCount] = []
    claims: list[Claim] = []
    for number, (start, end) in enumerate(passage.sentences):
        sentence = passage.folded[start:end]
        if "指标" not in sentence or not (_MET.search(sentence) or _UNMET.search(sentence)):
            continue
        figures = [
            figure
            for figure in passage.in_sentence(number)
            if figure.key in _COUNTED and figure.value is not None
        ]
        roles = {figure: _role(passage, figure) for figure in figures}
        totals = [
            figure for figure in figures if roles[figure] is None and "指标" in passage.clause_text(figure)
        ]
        met = [figure for figure in figures if roles[figure] == "met_count"]
        unmet = [figure for figure in figures if roles[figure] == "unmet_count"]
        if len(met) > 1 and _ALL_OF_THEM.fullmatch(passage.folded[met[0].end : met[1].start]):
            totals, met = [met[0]], met[1:]
        told = [*met, *unmet]
        totals = [figure for figure in totals if told and figure.start < told[0].start][-1:]
        if len(met) > 1 or len(unmet) > 1 or not (met or unmet):
            continue
        if not totals and not any("指标" in passage.clause_text(figure) for figure in [*met, *unmet]):
            continue
        subject = _level(passage, totals[0] if totals else (met or unmet)[0])
        if "partial" in roles.values():
            unmet = []  # what is met in part may or may not be counted as unmet
        found = [IndicatorCount(figure, roles[figure] or "", subject) for figure in [*met, *unmet]]
        counts.extend(found)
        claims.extend(Claim("count", count.role, subject, passage, count.figure, []) for count in found)
        if totals and met and unmet:
            claims.append(
                Claim("sum", "items", f"{subject}个数", passage, totals[0], [(1, met[0]), (1, unmet[0])])
            )
    return counts, claims


def _role(passage: Passage, figure: Figure) -> str | None:
    clause = _own_words(passage, figure)
    if _MIDYEAR.search(clause):
        return None
    if not _OF_INDICATORS.match(figure.tail):
        return None
    around = clause + _next_clause(passage, figure)
    if _REST.search(passage.lead(figure)):
        return "met_count" if _MET.search(around) and not _UNMET.search(around) else "unmet_count"
    if _PARTIAL.search(clause):
        return "partial"
    if _UNMET.search(clause):
        return "unmet_count"
    return "met_count" if _MET.search(clause) else None


def _own_words(passage: Passage, figure: Figure) -> str:
    """The figure's clause, up to the figures beside it: 24个指标中有21个达到 are two."""
    others = [other for other in passage.figures if other is not figure]
    start = max([figure.clause, *(other.end for other in others if other.end <= figure.start)])
    stop = figure.start + len(passage.clause_text(figure)) - (figure.start - figure.clause)
    ends = [stop, *(other.start for other in others if other.start >= figure.end)]
    listed = passage.folded.find("、", figure.end, stop)
    end = min([*ends, listed] if listed > 0 else ends)
    return passage.folded[start : max(end, figure.end)]


def _next_clause(passage: Passage, figure: Figure) -> str:
    end = passage.sentences[figure.sentence][1]
    return passage.folded[figure.end : min(end, figure.end + 40)]


def _level(passage: Passage, figure: Figure) -> str:
    level = first_match(_LEVELS, passage.clause_text(figure))
    return LEVEL_NAMES[level] if level else "全部指标"
