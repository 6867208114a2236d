"""Extraction compared with expectation, field by field: exact, missing, wrong, and wrong because it belongs elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.report import BudgetLine, Indicator, Report
from flows.samples.budget_block import LABELS
from tests.corpus.expectation import ExpectedForm, Fields, Value, is_empty, same, squeezed

EXACT, MISSING, WRONG, MISPLACED, SPURIOUS = "exact", "missing", "wrong", "misplaced", "spurious"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One field compared. verdict: exact, missing (declared, not read), wrong (read differently), misplaced (read as the value of
    another row or column), spurious (read where nothing stands)."""

    part: str
    subject: str
    field: str
    verdict: str
    expected: str
    got: str


def compare(expected: Sequence[ExpectedForm], reports: Iterable[Report]) -> list[Outcome]:
    """Every field of every form; forms are matched in order."""
    found = [report for report in reports if report.kind == "form"]
    outcomes: list[Outcome] = []
    for number, form in enumerate(expected):
        outcomes += list(compare_form(form, found[number] if number < len(found) else None))
    for report in found[len(expected) :]:
        outcomes.append(Outcome("form", f"第{report.form_no}份", "form", SPURIOUS, "", report.template))
    return outcomes


def compare_form(form: ExpectedForm, report: Report | None) -> Iterator[Outcome]:
    """Every field of one form; without a report all of them are missing."""
    header = {name: _header(report, name) for name in form.header} if report else {}
    yield from _fields("header", "", form.header, header, [])
    lines = report.budget_lines if report else ()
    yield from _budget(form, lines)
    yield from _indicators(form, [i for i in report.indicators if i.source == "form"] if report else [])
    yield from _groups(form, report)


def _header(report: Report, name: str) -> object:
    value = getattr(report, name)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _fields(
    part: str, subject: str, expected: Fields, got: Mapping[str, object], others: Sequence[Value]
) -> Iterator[Outcome]:
    for name, value in expected.items():
        read = got.get(name)
        if same(value, read):
            # a blank read as blank is right, but it is no figure that was read
            verdict = EXACT
        elif is_empty(read):
            verdict = MISSING
        elif value in (None, ""):
            verdict = MISPLACED if any(same(other, read) for other in others) else SPURIOUS
        else:
            verdict = MISPLACED if any(same(other, read) for other in others) else WRONG
        yield Outcome(part, subject, name, verdict, str(value or ""), str(read or ""))


def _known(rows: Iterable[Fields], own: Fields, name: str) -> list[Value]:
    """The values a misread field may have been taken from: its column in other rows, its row in other columns."""
    column = [fields.get(name) for fields in rows if fields is not own]
    row = [value for key, value in own.items() if key != name]
    return [value for value in (*column, *row) if value not in (None, "")]


def _compare_row(
    part: str, subject: str, fields: Fields, got: Mapping[str, object], rows: Iterable[Fields]
) -> Iterator[Outcome]:
    rows = list(rows)
    for name, value in fields.items():
        yield from _fields(part, subject, {name: value}, got, _known(rows, fields, name))


def line_name(label: str) -> str:
    """A budget label without 其中, numbering, amounts, colons and brackets."""
    return re.sub(r"其中|[（(].*?[)）]|[\d.,，：:、\s]|万元|元", "", label)


def _budget(form: ExpectedForm, lines: Sequence[BudgetLine]) -> Iterator[Outcome]:
    left = list(lines)
    for key, fields in form.budget.items():
        label = str(fields.get("label") or LABELS.get(key, key))
        match = next((line for line in left if line_name(line.label) == line_name(label)), None)
        if match is None and key == "total":
            match = next((line for line in left if line.is_total), None)
        if match is not None:
            left.remove(match)
        got = {} if match is None else {name: getattr(match, name) for name in fields if name != "label"}
        figures = {name: value for name, value in fields.items() if name != "label"}
        if key == "total":
            figures["is_total"] = "True"
            got["is_total"] = None if match is None else str(match.is_total)
        yield from _compare_row("budget", key, figures, got, [f for f in form.budget.values()])
    for line in left:
        figures = (line.initial_budget_yuan, line.adjusted_budget_yuan, line.executed_yuan)
        if any(value is not None for value in figures):
            yield Outcome("budget", line.label, "line", SPURIOUS, "", str(figures))


def indicator_name(name: str) -> str:
    """An indicator's name without its number (指标1：), stars, and brackets of unit or points at its end."""
    bare = re.sub(r"^(?:[★☆*]|指标\s*\d+\s*[：:.、])+", "", squeezed(name))
    return re.sub(r"(?:[（(][^（）()]{1,9}[)）])+$", "", bare)


def _indicators(form: ExpectedForm, found: Sequence[Indicator]) -> Iterator[Outcome]:
    left = [indicator for indicator in found if indicator.row_kind == "indicator"]
    for number, fields in form.indicators.items():
        name = indicator_name(str(fields.get("name") or ""))
        match = next((indicator for indicator in left if indicator_name(indicator.name) == name), None)
        if match is not None:
            left.remove(match)
        got = {} if match is None else {key: _of_indicator(match, key) for key in fields}
        yield from _compare_row("indicator", f"{number + 1} {name}", fields, got, form.indicators.values())
    for indicator in left:
        if not indicator.is_placeholder:
            yield Outcome(
                "indicator",
                indicator.name,
                "row",
                SPURIOUS,
                "",
                f"{indicator.target_text}|{indicator.actual_text}",
            )


def _of_indicator(indicator: Indicator, name: str) -> object:
    if name == "level1":
        return indicator.level1_code if indicator.level1 else None
    if name == "level2":
        return indicator.dimension if indicator.level2 or indicator.dimension != "other" else None
    if name == "name":
        return indicator_name(indicator.name)
    if name == "unit":
        return indicator.unit or indicator.name_unit
    if name in {"target_value", "actual_value"}:
        quantity = indicator.target if name == "target_value" else indicator.actual
        return None if quantity.kind == "date" else quantity.value  # a date's value is its code, no quantity
    return getattr(indicator, name)


def _groups(form: ExpectedForm, report: Report | None) -> Iterator[Outcome]:
    left = [group for group in report.score_groups if group.kind in {"level1", "level2"}] if report else []
    for key, fields in form.groups.items():
        kind = key.partition(":")[0]
        points = fields["max_score"]
        match = next((g for g in left if g.kind == kind and g.max_score == points), None)
        if match is not None:
            left.remove(match)
        yield from _fields("group", key, fields, {"max_score": match.max_score if match else None}, [])


@dataclass(slots=True)
class Tally:
    """Counts of verdicts, and the rates a table shows."""

    exact: int = 0
    blank: int = 0
    missing: int = 0
    wrong: int = 0
    misplaced: int = 0
    spurious: int = 0

    def add(self, outcome: Outcome) -> None:
        """Count one outcome; a blank rightly left blank is counted apart."""
        if outcome.verdict == EXACT and not outcome.expected:
            self.blank += 1
        else:
            setattr(self, outcome.verdict, getattr(self, outcome.verdict) + 1)

    @property
    def total(self) -> int:
        """Fields judged, without blanks rightly left blank."""
        return self.exact + self.missing + self.wrong + self.misplaced + self.spurious

    @property
    def exact_share(self) -> float:
        """Exact fields among all declared or read."""
        return self.exact / self.total if self.total else 1.0

    @property
    def recall(self) -> float:
        """Declared fields that were read exactly."""
        declared = self.exact + self.missing + self.wrong + self.misplaced
        return self.exact / declared if declared else 1.0

    @property
    def precision(self) -> float:
        """Fields read that are exact."""
        read = self.exact + self.wrong + self.misplaced + self.spurious
        return self.exact / read if read else 1.0


def tally(outcomes: Iterable[Outcome]) -> Tally:
    """The counts over many fields."""
    result = Tally()
    for outcome in outcomes:
        result.add(outcome)
    return result


def as_points(value: Decimal | None) -> str:
    """A figure for a message."""
    return "" if value is None else f"{value:f}"
