"""Figures in running text: numbers with their units, not dates, document numbers, names or numbering."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from decimal import Decimal

from extractors.narrative.model import BARE, Figure
from extractors.narrative.words import WORDS, pattern
from extractors.values.numerals import read_digits
from extractors.values.text import comparator_words, fold
from extractors.values.units import SCALE_PATTERN, SCALES, UNIT_PATTERN, Unit, find_unit

_COMPARATORS = comparator_words()
_BOUNDS = {
    fold(word): code
    for code, words in _COMPARATORS["before"].items()
    for word in words
    if word not in WORDS["plain_bounds"]
}
_NOT_IN_WORDS = {"约": "(?<![节合条预特签履集])"}
"""节约43.5万元 is no bound."""
_BOUND = re.compile(
    "(?:"
    + "|".join(_NOT_IN_WORDS.get(w, "") + re.escape(w) for w in sorted(_BOUNDS, key=len, reverse=True))
    + r")\s*$"
)
_SUFFIXES = {
    fold(word): code for code, words in _COMPARATORS["after"].items() for word in words if word != "上下"
}
_SUFFIX = re.compile(
    r"\s*(?:" + "|".join(re.escape(w) for w in sorted(_SUFFIXES, key=len, reverse=True)) + ")"
)
_YEAR = r"(?:19|20)\d\d"
_NUMBER = r"\d[\d,.]*\d|\d"
_TOKEN = re.compile(
    r"(?P<skip>《[^》\n]{1,80}》|“[^“”\n]{1,40}”|[〔\[【(]\s*"
    + _YEAR
    + r"\s*年?\s*[〕\]】)]\s*(?:第?\s*\d+\s*号)?"
    rf"|(?:{_COMPARATORS['names_with_digits']})"
    rf"|{_YEAR}\s*年?\s*(?:-|—+|~|至|到)\s*(?P<to>{_YEAR})\s*年"
    rf"|(?P<year>{_YEAR})\s*(?:年度?|[-./]\d{{1,2}}[-./]\d{{1,2}})(?:\s*\d{{1,2}}\s*月(?:\s*\d{{1,2}}\s*日)?)?"
    r"|(?<![\d.])(?:1[0-2]|0?[1-9])\s*月(?:\s*\d{1,2}\s*日|份|底|初|末)?"
    r"|(?<=月)\s*\d{1,2}\s*日|(?:^|\n)\s*\(?\d{1,2}(?:\)|、|\.(?!\d))|第\s*\d+|[×xX*]\s*100(?:\.0+)?\s*%|\d+(?:\.\d+)?\s*[:+×xX]\s*\d+(?:\.\d+)?"
    r"|\d+\s*号|[A-Za-z]+\d+(?:\.\d+)?|\d+\+[NnXx])"
    rf"|(?P<number>{_NUMBER})"
)
_RANGE_TO = re.compile(rf"\s*(?:-|—+|~|至|到)\s*(?P<high>{_NUMBER})")
_MORE = "[余多]"
_MEASURE = re.compile(
    rf"\s*(?:(?P<plain>{UNIT_PATTERN})|(?P<scale>{SCALE_PATTERN})(?:{_MORE})?\s*(?P<unit>{UNIT_PATTERN})?"
    rf"|{_MORE}\s*(?P<unit1>{UNIT_PATTERN}))"
)
_NOT_UNITS = re.compile(WORDS["not_units"])
_LONGEST_CLAUSE = 160
_DELIMITERS = ",;。:()\n!?"
_LAST_YEAR = pattern("last_year")
_MONEY_WORDS = pattern("money_words")
_LEAD, _TRAIL = pattern("subject_lead"), pattern("subject_trail")
_TAIL = re.compile(r"[\u3400-\u9fffA-Za-z“”]{0,16}")
_END_OF_ITEM = re.compile(r"\s*(?:[,;。)、]|和|及|$)")


def fold_passage(text: str) -> str:
    """Folded text of the same length in which a full-width comma has become the only kind that separates clauses.

    An ASCII comma between digits stays a grouping mark; a full-width one never is.
    """
    return fold(text.replace("，", "\ue000")).replace("\ue000", "，")


def scan(
    raw: str, sentences: list[tuple[int, int]], depths: list[int], fiscal_year: int | None, passage: int = 0
) -> list[Figure]:
    """All figures of a passage whose folded text (with full-width commas kept) is `raw`."""
    folded = raw.replace("，", ",")
    starts = [start for start, _ in sentences]
    stops = [i for i, character in enumerate(folded) if character in _DELIMITERS and not _groups(raw, i)]
    figures: list[Figure] = []
    year: int | None = None
    year_sentence = -1
    for match in _TOKEN.finditer(raw):
        sentence = max(bisect_right(starts, match.start()) - 1, 0)
        if match["skip"]:
            if match["year"]:
                year, year_sentence = int(match["year"]), sentence
            continue
        if figures and match.start() < figures[-1].end:
            continue
        stop = bisect_right(stops, match.start()) - 1
        if stop >= 0 and folded[stops[stop]] == ":" and not folded[stops[stop] + 1 : match.start()].strip():
            stop -= 1  # 基本支出：20万元 is a label and its value
        if stop >= 0 and folded[stops[stop]] == ")":
            stop = _before_brackets(folded, stops, stop, figures)
        clause = max(stops[stop] + 1 if stop >= 0 else 0, match.start() - _LONGEST_CLAUSE)
        said = year if year_sentence == sentence else None
        if fiscal_year and _LAST_YEAR.search(folded, clause, match.start()):
            said = fiscal_year - 1
        figure = _read(match, raw, folded, clause, figures, depths, sentence, said)
        if figure is not None:
            figure = _as_money(figure, folded)
            printed = raw[figure.start : figure.end].strip()
            figures.append(replace(figure, passage=passage, printed=printed))
    return figures


def _before_brackets(folded: str, stops: list[int], stop: int, figures: list[Figure]) -> int:
    """Brackets without figures belong to the words around them: 查询次数（含网络）80万次."""
    opening = folded.rfind("(", 0, stops[stop])
    if opening < 0 or any(figure.start > opening for figure in figures):
        return stop
    return bisect_right(stops, opening) - 2


def _groups(raw: str, position: int) -> bool:
    character = raw[position]
    return (
        character == ","
        and raw[position - 1 : position].isdigit()
        and raw[position + 1 : position + 2].isdigit()
    )


def _read(
    match: re.Match[str], raw: str, folded: str, clause: int, before: list[Figure], depths: list[int],
    sentence: int, year: int | None,
) -> Figure | None:  # fmt: skip
    low, high, end = read_digits(match["number"]), None, match.end()
    ranged = _RANGE_TO.match(raw, end)
    if ranged is not None:
        high, end = read_digits(ranged["high"]), ranged.end()
        if high is None or low is None or low.value >= high.value:
            return None
    if low is None or (raw[match.start() - 1 : match.start()].isalpha() and raw[match.start() - 1].isascii()):
        return None
    unit, scale, printed_scale, end = _measure(raw, end)
    comparator, end = _bound(folded, clause, match.start(), end)
    if unit is None and printed_scale == 1 and not _END_OF_ITEM.match(folded, end):
        return None
    clause_start = max(clause, before[-1].end if before else 0)
    subject, tail = _words(folded, clause_start, match.start(), end, before)
    divisor = unit.divisor if unit else Decimal(1)
    step = max((number.step for number in (low, high) if number), default=Decimal(1)) * scale / divisor
    first = low.value * scale / divisor
    last = high.value * scale / divisor if high else first
    return Figure(
        match.start(), end, None if high else first, step, unit.symbol if unit else None, _key(unit),
        unit.base if unit else Decimal(1), depths[match.start()], sentence, clause, subject, tail, printed_scale,
        comparator, first, last, year,
    )  # fmt: skip


def _measure(raw: str, end: int) -> tuple[Unit | None, Decimal, Decimal, int]:
    measure = _MEASURE.match(raw, end)
    if measure is None:
        return None, Decimal(1), Decimal(1), end
    symbol = measure["plain"] or measure["unit"] or measure["unit1"]
    scale = SCALES[measure["scale"]] if measure["scale"] else Decimal(1)
    if symbol and _NOT_UNITS.match(raw, measure.end() - len(symbol)):
        return None, scale, scale, measure.end() - len(symbol)
    unit = find_unit(symbol) if symbol else None
    return unit, scale * (unit.scale if unit else 1), scale, measure.end()


def _bound(folded: str, clause: int, start: int, end: int) -> tuple[str | None, int]:
    before = _BOUND.search(folded, clause, start)
    after = _SUFFIX.match(folded, end)
    if after is not None:
        return _SUFFIXES[after[0].strip()], after.end()
    return (_BOUNDS[before[0].strip()] if before else None), end


def _words(folded: str, clause: int, start: int, end: int, before: list[Figure]) -> tuple[str, str]:
    subject = _TRAIL.sub("", _LEAD.sub("", folded[clause:start].strip())).strip("、和及与 ")
    tail = (_TAIL.match(folded, end) or [""])[0]
    if not subject and not tail and before and before[-1].end == start:
        subject = before[-1].subject
    return subject[-40:], tail


def _key(unit: Unit | None) -> str:
    if unit is None:
        return BARE
    if unit.symbol.startswith("个") and unit.dimension.startswith("count:"):
        return "count:个"
    return unit.dimension


def sentence_spans(folded: str) -> list[tuple[int, int]]:
    """Sentences as spans: ended by 。!? or a line break."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in re.finditer(r"[。!?\n]+[”)]?", folded):
        if folded[start : match.end()].strip():
            spans.append((start, match.end()))
        start = match.end()
    if folded[start:].strip() or not spans:
        spans.append((start, len(folded)))
    return spans


def bracket_depths(folded: str) -> list[int]:
    """How deep in brackets each character stands; unbalanced brackets end with their sentence."""
    depths: list[int] = []
    depth = 0
    for character in folded:
        if character == ")":
            depth = max(depth - 1, 0)
        depths.append(depth)
        if character == "(":
            depth += 1
        elif character in "。\n":
            depth = 0
    return depths


def _as_money(figure: Figure, folded: str) -> Figure:
    """293万 behind 预算, 资金, 投资 … is money whose 元 was left out."""
    if figure.key != BARE or figure.scale not in _MONEY_SCALES or figure.value is None:
        return figure
    if not _MONEY_WORDS.search(folded, figure.clause, figure.start):
        return figure
    value, step = figure.value / figure.scale, figure.step / figure.scale
    return replace(
        figure, value=value, low=value, high=value, step=step, unit=_MONEY_SCALES[figure.scale], key="money",
        factor=figure.scale,
    )  # fmt: skip


_MONEY_SCALES = {
    Decimal(1000): "千元",
    Decimal(10**4): "万元",
    Decimal(10**6): "百万元",
    Decimal(10**8): "亿元",
}


def with_unit_of(figure: Figure, sibling: Figure) -> Figure:
    """A bare figure in a list takes its neighbours' unit; 2000万 beside amounts of money is 2000 万元."""
    value, step, unit, factor = figure.value or Decimal(0), figure.step, sibling.unit, sibling.factor
    if sibling.key == "money" and figure.scale in _MONEY_SCALES:
        unit, factor = _MONEY_SCALES[figure.scale], figure.scale
        value, step = value / factor, step / factor
    return replace(
        figure, value=value, low=value, high=value, step=step, unit=unit, key=sibling.key, factor=factor
    )
