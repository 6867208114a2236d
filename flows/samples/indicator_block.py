"""The indicator table of a sample form: headers in one or two levels, level columns merged, repeated or blank-continued."""

from __future__ import annotations

from decimal import Decimal

from flows.samples.facts import FormFacts, IndicatorFact
from flows.samples.layouts import Layout
from flows.samples.printing import number
from flows.samples.sheet import Shown, Slot
from flows.samples.values import (
    SIGNS,
    actual_text,
    comparator_shown,
    target_text,
    value_of,
)
from flows.samples.vocabulary import level1_name, level2_name

HEADERS = {
    "level1": "一级指标",
    "level2": "二级指标",
    "name": "三级指标",
    "target": "年度指标值",
    "comparator": "指标性质",
    "value": "指标值",
    "unit": "度量单位",
    "actual": "实际完成值",
    "weight": "分值",
    "score": "得分",
    "reason": "偏差原因分析及改进措施",
}
WIDTHS = {"name": 2.4, "reason": 1.6, "target": 1.2, "actual": 1.2}
LEVELS = ("level1", "level2")


def indicator_rows(facts: FormFacts, layout: Layout) -> tuple[list[list[Slot | None]], list[float], int]:
    """Rows of slots, the widths of the columns, and how many rows are headers."""
    spec = layout.indicators
    rows = _header(layout)
    headers = len(rows)
    for number_, indicator in enumerate(facts.indicators):
        cells: list[Slot | None] = []
        for column in spec.columns:
            cells.append(
                _level(facts, number_, column, layout)
                if column in LEVELS
                else _score(facts, number_, layout)
                if column == "score"
                else _name(facts, number_, layout)
                if column == "name"
                else _cell(indicator, number_, column, layout)
            )
        rows.append(cells)
    return rows, [WIDTHS.get(column, 1.0) for column in spec.columns], headers


def _header(layout: Layout) -> list[list[Slot | None]]:
    spec = layout.indicators
    words = [spec.headers.get(column, HEADERS.get(column, column)) for column in spec.columns]
    if not spec.groups:
        return [[Slot(word) for word in words]]
    upper: list[Slot | None] = [Slot(word, height=2) for word in words]
    lower: list[Slot | None] = [None] * len(words)
    for text, first, last in spec.groups:
        left, right = spec.columns.index(first), spec.columns.index(last)
        for column in range(left, right + 1):
            upper[column], lower[column] = None, Slot(words[column])
        upper[left] = Slot(text, width=right - left + 1)
    return [upper, lower]


def run_length(facts: FormFacts, start: int, level: str) -> int:
    """How many indicators from `start` on share its level (level 2 within the same level 1)."""
    first = facts.indicators[start]
    length = 0
    for indicator in facts.indicators[start:]:
        if indicator.level1 != first.level1 or (level == "level2" and indicator.level2 != first.level2):
            break
        length += 1
    return length


def starts_run(facts: FormFacts, number_: int, level: str) -> bool:
    """Whether the indicator is the first of its level 1 or level 2 group."""
    if number_ == 0:
        return True
    before, here = facts.indicators[number_ - 1], facts.indicators[number_]
    return before.level1 != here.level1 or (level == "level2" and before.level2 != here.level2)


def _label(facts: FormFacts, start: int, level: str, layout: Layout) -> tuple[str, Decimal | None]:
    """The words of a level cell, and the points in it where the layout puts them there."""
    spec = layout.indicators
    indicator = facts.indicators[start]
    key = getattr(indicator, level)
    words = spec.level1_words if level == "level1" else spec.level2_words
    name = words.get(key) or (level1_name(key) if level == "level1" else level2_name(key))
    if spec.weight_in not in {level, "both_levels"}:
        return name, None
    group = facts.indicators[start : start + run_length(facts, start, level)]
    if any(member.weight is None for member in group):
        return name, None
    points = sum((member.weight or Decimal(0) for member in group), Decimal(0))
    return f"{name}（{number(points)}分）", points


def _level(facts: FormFacts, number_: int, level: str, layout: Layout) -> Slot | None:
    spec = layout.indicators
    indicator = facts.indicators[number_]
    first = starts_run(facts, number_, level)
    if not first and spec.levels == "merged":
        return None
    if not first and spec.levels == "blank":
        return Slot("", (Shown("indicator", str(number_), level, getattr(indicator, level)),))
    start = number_ if first else _run_start(facts, number_, level)
    text, points = _label(facts, start, level, layout)
    shows = tuple(
        Shown("indicator", str(member), level, getattr(indicator, level))
        for member in range(
            number_, number_ + (run_length(facts, number_, level) if spec.levels == "merged" else 1)
        )
    )
    if points is not None and first:
        group_key = f"{level}:{indicator.level1}" + (f":{indicator.level2}" if level == "level2" else "")
        shows += (Shown("group", group_key, "max_score", points),)
    height = run_length(facts, number_, level) if spec.levels == "merged" else 1
    return Slot(text, shows, height=height)


def _run_start(facts: FormFacts, number_: int, level: str) -> int:
    while not starts_run(facts, number_, level):
        number_ -= 1
    return number_


def _score(facts: FormFacts, number_: int, layout: Layout) -> Slot | None:
    indicator = facts.indicators[number_]
    if not layout.indicators.merged_scores:
        return _points(indicator.score, number_, "reported_score")
    if not starts_run(facts, number_, "level2"):
        return None
    length = run_length(facts, number_, "level2")
    group = facts.indicators[number_ : number_ + length]
    if any(member.score is None for member in group):
        return Slot("", height=length)
    points = sum((member.score or Decimal(0) for member in group), Decimal(0))
    return Slot(number(points), (Shown("indicator", str(number_), "reported_score", points),), height=length)


def _points(points: Decimal | None, number_: int, field: str, suffix: str = "") -> Slot:
    if points is None:
        return Slot("")
    return Slot(number(points) + suffix, (Shown("indicator", str(number_), field, points),))


def _cell(indicator: IndicatorFact, number_: int, column: str, layout: Layout) -> Slot:
    key, spec = str(number_), layout.indicators
    if column == "weight":
        return _points(indicator.weight, number_, "max_score", spec.weight_suffix)
    if column == "reason":
        shows = (Shown("indicator", key, "variance_reason", indicator.reason),)
        return Slot(indicator.reason, shows)
    if column == "actual":
        text = actual_text(indicator, spec.actual_style)
        shows = (
            Shown("indicator", key, "actual_text", text),
            Shown("indicator", key, "actual_value", value_of(indicator, "actual")),
        )
        return Slot(text, shows)
    if column in {"target", "value", "comparator", "unit"}:
        return _target_part(indicator, key, column, layout)
    return Slot(spec.constants.get(column, ""))


def _target_part(indicator: IndicatorFact, key: str, column: str, layout: Layout) -> Slot:
    spec = layout.indicators
    numeric = isinstance(indicator.target, Decimal)
    if column == "unit":
        return Slot(
            indicator.unit, (Shown("indicator", key, "unit", indicator.unit or None),) if numeric else ()
        )
    if column == "comparator":
        text = SIGNS[indicator.comparator] if numeric else "定性" if indicator.target else ""
        return Slot(text, (Shown("indicator", key, "comparator", indicator.comparator),) if numeric else ())
    text = target_text(indicator, spec.value_style)
    shows = (Shown("indicator", key, "target_value", value_of(indicator, "target")),)
    if column == "target":
        shows += (Shown("indicator", key, "target_text", text),)
    if comparator := comparator_shown(indicator, spec.value_style):
        shows += (Shown("indicator", key, "comparator", comparator),)
    return Slot(text, shows)


def _name(facts: FormFacts, number_: int, layout: Layout) -> Slot:
    spec, indicator = layout.indicators, facts.indicators[number_]
    text, shows = indicator.name, (Shown("indicator", str(number_), "name", indicator.name),)
    if spec.names == "unit" and indicator.unit and indicator.unit not in {"%", "‰"}:
        text += f"（{indicator.unit}）"
        shows += (Shown("indicator", str(number_), "unit", indicator.unit),)
    if spec.weight_in == "name" and indicator.weight is not None:
        text += f"（{number(indicator.weight)}分）"
        shows += (Shown("indicator", str(number_), "max_score", indicator.weight),)
    if spec.numbered:
        text = f"指标{number_ - _run_start(facts, number_, 'level2') + 1}：{text}"
    return Slot(text, shows)
