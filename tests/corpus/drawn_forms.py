"""Forms drawn by hand, as units of many places file them, with what a careful person reads in them.

A sample is a picture of the document: lines of text, and tables row by row between bars. `{3}` after a cell's text makes it three
columns wide, `^` continues the cell above, `/` at a line's end inside a cell is written `⏎`. `---` begins a new page or worksheet.
The expectation was written down from the picture, not from the reader. Blank fields are expected to stay blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from extractors.report import BudgetLine, Indicator, Report
from flows.samples.sheet import Grid, GridCell, Line, SampleDocument
from tests.corpus.expectation import Fields, Value, is_empty, same, squeezed
from tests.corpus.measure import (
    EXACT,
    MISPLACED,
    MISSING,
    SPURIOUS,
    WRONG,
    Outcome,
    indicator_name,
    line_name,
)

FOLDER = Path(__file__).with_name("drawn")
WIDE = re.compile(r"^(?P<text>.*?)\{(?P<columns>\d+)\}$", re.DOTALL)
YUAN = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10000), "亿元": Decimal(10) ** 8}
HEADER = {
    "scope": "scope",
    "unit": "unit_name",
    "supervisor": "supervisor",
    "year": "fiscal_year",
    "project": "project_name",
    "total": "reported_score_total",
    "max": "max_score_total",
    "grade": "reported_grade",
}
TEXTS = ("goal_target", "goal_actual")
LINE = ("initial_budget_yuan", "adjusted_budget_yuan", "executed_yuan", "reported_execution_rate", "max_score", "reported_score")  # fmt: skip
ROW = ("level1", "level2", "name", "target_text", "actual_text", "max_score", "reported_score", "variance_reason")  # fmt: skip
SCORES = frozenset({"max_score", "reported_score"})


@dataclass(frozen=True, slots=True)
class Drawn:
    """One sample. refused: the kind of document that it is instead of a self-evaluation, None for an evaluation. lost_in:
    formats that lose the merges which the form cannot be read without."""

    id: str
    document: SampleDocument
    expected: tuple[Mapping[str, Any], ...]
    refused: str | None = None
    lost_in: tuple[str, ...] = ()


def load_drawn() -> list[Drawn]:
    """All samples, in order of file and place."""
    found: list[Drawn] = []
    for path in sorted(FOLDER.glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            name = entry.get("file", entry["id"])
            document = SampleDocument(name, tuple(_blocks(entry["draw"])), (), entry["id"])
            expected, lost = tuple(entry.get("expect", ())), tuple(entry.get("lost_in", ()))
            found.append(Drawn(entry["id"], document, expected, entry.get("refused"), lost))
    return found


def _blocks(picture: str) -> Iterator[Line | Grid]:
    rows: list[str] = []
    for text in [*picture.splitlines(), ""]:
        if text.startswith("|"):
            rows.append(text)
            continue
        if rows:
            yield _grid(rows)
            rows = []
        if text.strip() == "---":
            yield Line("", "sheet")
        elif text.strip():
            yield Line(text.strip())


def _grid(rows: Sequence[str]) -> Grid:
    """Raises ValueError for rows of different widths: the picture is drawn wrong."""
    cells: list[GridCell] = []
    covering: dict[tuple[int, int], int] = {}
    widths: set[int] = set()
    for row, text in enumerate(rows):
        column = 0
        for part in text.strip().removeprefix("|").removesuffix("|").split("|"):
            content = part.strip()
            if content == "^":
                number = covering[row - 1, column]
                above = cells[number]
                cells[number] = GridCell(
                    above.row, above.column, above.text, row - above.row + 1, above.column_span
                )
                span = above.column_span
            else:
                wide = WIDE.match(content)
                content, span = (wide["text"].strip(), int(wide["columns"])) if wide else (content, 1)
                number = len(cells)
                cells.append(GridCell(row, column, content.replace("⏎", "\n"), 1, span))
            covering |= {(row, place): number for place in range(column, column + span)}
            column += span
        widths.add(column)
    if len(widths) > 1:
        drawn = [sum(1 for r, _ in covering if r == row) for row in range(len(rows))]
        raise ValueError(f"各行列数不同：{drawn} {rows[0]}")
    return Grid(tuple(cells), len(rows), widths.pop())


def compare_drawn(drawn: Drawn, reports: Sequence[Report]) -> list[Outcome]:
    """Every field of every expected form; forms are matched in order."""
    outcomes: list[Outcome] = []
    for number, form in enumerate(drawn.expected):
        outcomes += _form(form, reports[number] if number < len(reports) else None)
    for report in reports[len(drawn.expected) :]:
        outcomes.append(Outcome("form", f"第{report.form_no}份", "form", SPURIOUS, "", report.kind))
    return outcomes


def _form(form: Mapping[str, Any], report: Report | None) -> Iterator[Outcome]:
    for key, field in HEADER.items():
        if key in form:
            got = getattr(report, field) if report else None
            yield _judged("header", "", field, _value(form[key]), got, [])
    for key in TEXTS:
        if key in form:
            printed = report.header.get(key) if report else None
            yield _judged("header", "", key, form[key], printed.text if printed else None, [])
    yield from _lines(form, report.budget_lines if report else ())
    yield from _rows(form, report.indicators if report else ())


def _value(printed: object) -> Value:
    """A figure written in the sample as figure, a year as figure, all else as text."""
    if printed is None or isinstance(printed, (str, Decimal)):
        return printed
    return Decimal(str(printed))


def _table(text: str | None) -> list[list[str]]:
    return [[cell.strip() for cell in row.split("|")] for row in (text or "").splitlines() if row.strip()]


def _lines(form: Mapping[str, Any], lines: Sequence[BudgetLine]) -> Iterator[Outcome]:
    left, scale = list(lines), YUAN[form.get("money", "万元")]
    rows = _table(form.get("budget"))
    for label, *cells in rows:
        match = next((line for line in left if line_name(line.label) == line_name(label)), None)
        if match is not None:
            left.remove(match)
        values = dict(zip(LINE, (_figure(name, cell, scale) for name, cell in zip(LINE, cells, strict=False)), strict=False))  # fmt: skip
        for name in LINE:
            others = [value for key, value in values.items() if key != name and value is not None]
            got = getattr(match, name) if match else None
            yield _judged("budget", label, name, values.get(name), got, others)
        if match is None and not any(values.values()):
            yield Outcome("budget", label, "line", MISSING, label, "")
    for line in left:
        figures = [getattr(line, name) for name in (*LINE[:3], "amount_yuan")]
        if any(value is not None for value in figures):
            yield Outcome("budget", line.label, "line", SPURIOUS, "", str(figures))


def _figure(name: str, cell: str, scale: Decimal) -> Decimal | None:
    if cell in ("", "-", "/", "—"):
        return None
    if name in SCORES:
        return Decimal(cell)
    return Decimal(cell.removesuffix("%")) / 100 if cell.endswith("%") else Decimal(cell) * scale


def _rows(form: Mapping[str, Any], found: Sequence[Indicator]) -> Iterator[Outcome]:
    left = [row for row in found if row.row_kind in ("indicator", "category", "execution")]
    for cells in _table(form.get("indicators")):
        values: Fields = {
            name: (Decimal(cell) if name in SCORES and cell else cell or None)
            for name, cell in zip(ROW, cells, strict=False)
        }
        name = indicator_name(str(values["name"]))
        match = next((row for row in left if indicator_name(row.name) == name), None)
        if match is not None:
            left.remove(match)
        for field in ROW:
            others = [value for key, value in values.items() if key != field and value is not None]
            yield _judged("indicator", name, field, values.get(field), _of(match, field), others)
        if len(cells) > len(ROW) and cells[len(ROW)]:
            yield from _quantity(name, cells[len(ROW)], match)
    for row in left:
        if not row.is_placeholder:
            told = f"{row.row_kind} {row.level1}|{row.level2}|{row.target_text}|{row.actual_text}|{row.max_score}|{row.reported_score}"
            yield Outcome("indicator", row.name, "row", SPURIOUS, "", told)


def _quantity(name: str, told: str, row: Indicator | None) -> Iterator[Outcome]:
    """`GE 95 %`: comparator, target value, unit."""
    comparator, value, unit = [*told.split(), ""][:3]
    number = Decimal(value) / 100 if unit == "%" else Decimal(value)
    yield _judged("indicator", name, "comparator", comparator, row.comparator if row else None, [])
    yield _judged("indicator", name, "target_value", number, row.target_value if row else None, [])
    yield _judged("indicator", name, "unit", unit, (row.unit or row.name_unit) if row else None, [])


def _of(row: Indicator | None, field: str) -> object:
    if row is None:
        return None
    if field == "name":
        return indicator_name(row.name)
    if field in ("level1", "level2"):
        return re.sub(r"[（(].*?[)）]", "", getattr(row, field))
    return getattr(row, field)


def _judged(
    part: str, subject: str, field: str, expected: Value, got: object, others: Sequence[Value]
) -> Outcome:
    if field in ("level1", "level2") and expected is not None:
        expected = re.sub(r"[（(].*?[)）]", "", str(expected))
    if field == "name":
        expected = indicator_name(str(expected))
    if same(expected, got):
        verdict = EXACT
    elif is_empty(got):
        verdict = MISSING
    elif any(same(other, got) for other in others):
        verdict = MISPLACED
    else:
        verdict = SPURIOUS if expected in (None, "") else WRONG
    return Outcome(
        part, subject, field, verdict, squeezed(expected or ""), squeezed("" if got is None else got)
    )
