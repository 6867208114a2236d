"""The indicator table of a sample form: headers in one or two levels, level columns merged, repeated or blank-continued."""

from __future__ import annotations

from decimal import Decimal

from flows.samples.facts import FormFacts, IndicatorFact, rounded
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
    if spec.execution_row:
        rows.append([_execution(facts, column) for column in spec.columns])
    for number_ in range(len(facts.indicators)):
        rows.append([_slot(facts, number_, column, layout) for column in spec.columns])
        if spec.prompt_rows and _ends_run(facts, number_, "level2"):
            rows.append([_prompt(column, layout) for column in spec.columns])
        if spec.subtotals and _ends_run(facts, number_, "level1"):
            rows.append(_subtotal(facts, number_, layout))
    return rows, [WIDTHS.get(column, 1.0) for column in spec.columns], headers


def _slot(facts: FormFacts, number_: int, column: str, layout: Layout) -> Slot | None:
    if column in LEVELS:
        return _level(facts, number_, column, layout)
    if column == "score":
        return _score(facts, number_, layout)
    if column == "name":
        return _name(facts, number_, layout)
    if column == "serial":
        return Slot(str(number_ + 1))
    return _cell(facts.indicators[number_], number_, column, layout)


def _ends_run(facts: FormFacts, number_: int, level: str) -> bool:
    return number_ + 1 == len(facts.indicators) or starts_run(facts, number_ + 1, level)


def _prompt(column: str, layout: Layout) -> Slot | None:
    """A cell of a prompt row nobody filled: only its name column shows something."""
    if column in LEVELS and layout.indicators.levels == "merged":
        return None
    return Slot(layout.indicators.prompt_rows if column == "name" else "")


def _subtotal(facts: FormFacts, number_: int, layout: Layout) -> list[Slot | None]:
    """The points of a level 1 group in a row of their own, its label over the columns before the points."""
    columns = layout.indicators.columns
    key = facts.indicators[number_].level1
    group = [indicator for indicator in facts.indicators if indicator.level1 == key]
    first = min(columns.index(column) for column in ("weight", "score") if column in columns)
    words = layout.indicators.subtotals.format(level1=level1_name(key))
    row: list[Slot | None] = [None] * len(columns)
    row[0] = Slot(words, width=first)
    for position, column in enumerate(columns[first:], first):
        points = [getattr(indicator, column) for indicator in group] if column in {"weight", "score"} else []
        row[position] = Slot(number(sum(points, Decimal(0))) if points and None not in points else "")
    return row


def _execution(facts: FormFacts, column: str) -> Slot:
    """The execution rate as a row of the indicator table."""
    total = facts.budget[0]
    rate = "" if total.rate is None else f"{number(total.rate * 100)}%"
    points = {"weight": total.max_score, "score": total.score}
    words = {
        "level1": "预算执行",
        "level2": "预算执行率",
        "name": "预算执行率",
        "target": "100%",
        "actual": rate,
    }
    if column in points:
        value = points[column]
        return Slot("" if value is None else number(value))
    return Slot(words.get(column, ""))


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
    return Slot(text, shows, height=_height(facts, number_, level, layout))


def _height(facts: FormFacts, number_: int, level: str, layout: Layout) -> int:
    """Rows under a level cell: its indicators, and the prompt rows between them."""
    if layout.indicators.levels != "merged":
        return 1
    length = run_length(facts, number_, level)
    if not layout.indicators.prompt_rows:
        return length
    return length + sum(_ends_run(facts, n, "level2") for n in range(number_, number_ + length))


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
    height = _height(facts, number_, "level2", layout) if layout.indicators.levels == "merged" else length
    group = facts.indicators[number_ : number_ + length]
    if any(member.score is None for member in group):
        return Slot("", height=height)
    points = sum((member.score or Decimal(0) for member in group), Decimal(0))
    return Slot(number(points), (Shown("indicator", str(number_), "reported_score", points),), height=height)


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
    if column == "done":
        return Slot(_done(indicator))
    if column == "last_year":
        return Slot(_last_year(indicator, spec.constants.get(column, "")))
    return Slot(spec.constants.get(column, "").format(weight=number(indicator.weight or Decimal(0))))


def _done(indicator: IndicatorFact) -> str:
    """The column 完成率: actual over target, a percentage that is neither of the two."""
    target, actual = indicator.target, indicator.actual
    if not isinstance(target, Decimal) or not isinstance(actual, Decimal) or not target:
        return ""
    return f"{number(rounded(actual / target * 100))}%"


def _last_year(indicator: IndicatorFact, otherwise: str) -> str:
    """The column 上年完成值: a figure near this year's."""
    if not isinstance(indicator.actual, Decimal):
        return otherwise
    return f"{number(rounded(indicator.actual * Decimal('0.93'), Decimal(1)))}{indicator.unit}"


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
    text = spec.name_prefix + text
    if spec.numbered:
        text = f"指标{number_ - _run_start(facts, number_, 'level2') + 1}：{text}"
    return Slot(text, shows)
