"""Columns of a header, and what they mean beside each other: levels in order, converted scores, one column of names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from extractors.document import Cell
from extractors.forms.labels import Term, normalise_label, squeeze
from extractors.forms.lines import Line

LEVELS = ("level1", "level2")
MONEY = ("initial_budget", "adjusted_budget", "executed")


@dataclass(frozen=True, slots=True)
class Column:
    """One recognised column: field, its grid columns [first, last), and the label as printed.

    field: two joined by | where the cells hold both (得分/分值). year: the year that the label names. label: with the
    heading above it before a stroke, where there is one; own_label then is the lower heading alone.
    """

    field: str
    first: int
    last: int
    label: str
    rank: int = 1
    year: int | None = None
    own_label: str = ""

    @property
    def heading(self) -> str:
        """The heading right above the column's cells, as printed: 执行率(B/A)."""
        return self.own_label or self.label


@dataclass(frozen=True, slots=True)
class Header:
    """A header over rows [first_row, last_row). columns are in grid order and do not overlap."""

    first_row: int
    last_row: int
    columns: tuple[Column, ...]

    @property
    def fields(self) -> frozenset[str]:
        """The fields that have a column."""
        return frozenset(field for column in self.columns for field in column.field.split("|"))

    @property
    def known_fields(self) -> frozenset[str]:
        """The fields that tell forms apart: without block labels and second columns of a field."""
        return frozenset(
            f for f in self.fields if not f.startswith("other_") and f not in ("block", "remark", "sequence")
        )

    def column(self, field: str) -> Column | None:
        """The column of a field, None where the form has none."""
        return next((column for column in self.columns if field in column.field.split("|")), None)

    def heading(self, field: str) -> str:
        """What stands above the column of a field; empty where the form has none."""
        column = self.column(field)
        return column.heading if column else ""


def label_of(cell: Cell) -> str:
    """The heading as columns keep it."""
    return squeeze(cell.text)


def as_cells(columns: Iterable[Column], row: int) -> dict[str, Cell]:
    """The columns as cells of their header's row, by field: beside what further headings are told apart."""
    return {
        column.field: Cell(row, column.first, column.label, 1, column.last - column.first)
        for column in columns
    }


def with_told_apart(columns: Iterable[Column], told: Iterable[tuple[Cell, str]]) -> list[Column]:
    """The columns in grid order with those of headings (each with its field) that only what stands below explains."""
    more = [
        Column(field, cell.column, cell.column + cell.column_span, label_of(cell)) for cell, field in told
    ]
    return sorted([*columns, *more], key=lambda column: column.first)


PAIRS = ({"target", "actual"}, {"reported_score", "max_score"})
"""Fields that forms print in one cell, a stroke between them."""
_YEAR = re.compile(r"20\d\d(?=年)")


def pair_of(text: str, match: Callable[[str], Term | None]) -> str | None:
    """The two fields of a heading such as 得分／分值, in the order printed and joined by |; None for any other heading."""
    parts = normalise_label(text).split("/")
    if len(parts) != 2:
        return None
    terms = [match(part) for part in parts]
    names = [term.name for term in terms if term is not None]
    return "|".join(names) if set(names) in PAIRS else None


def year_of(text: str) -> int | None:
    """The year that a heading names."""
    found = _YEAR.search(squeeze(text))
    return int(found.group()) if found else None


def settle_years(columns: list[Column]) -> list[Column]:
    """Of targets or actuals of several years the last year's count; the others are of years before."""
    last = max((column.year for column in columns if column.year), default=None)
    return [
        replace(column, field="previous_actual")
        if column.year and last and column.year < last and column.field in ("target", "actual")
        else column
        for column in columns
    ]


def settle_leading(columns: list[Column]) -> list[Column]:
    """What stands before all levels and names heads no value: targets there name the goal or task that the indicators
    serve (年度任务 | 一级指标 …), weights there are first-level labels with their points (项目权重 | 评价内容 | 分值)."""
    start = min((c.first for c in columns if c.field in (*LEVELS, "name")), default=0)
    fields = [column.field for column in columns]
    settled: list[Column] = []
    for column in columns:
        leads = column.first < start and fields.count(column.field) > 1
        if leads and column.field in ("target", "actual"):
            column = replace(column, field="block")
        elif leads and column.field == "max_score" and "name" not in fields and "level2" not in fields:
            column = replace(column, field="level1")
        elif column.field == "level1" and any(c.field == "level1" for c in settled) and "name" not in fields:
            column = replace(column, field="name")
        settled.append(column)
    return settled


def settle_weights(columns: list[Column]) -> list[Column]:
    """A weight column that stands directly after a level column is that level's weight, when a finer one exists."""
    weights = [i for i, column in enumerate(columns) if column.field == "max_score"]
    if len(weights) < 2:
        return columns
    settled = list(columns)
    for i in weights:
        before = columns[i - 1].field if i else ""
        if before in LEVELS:
            settled[i] = replace(columns[i], field=f"{before}_weight")
    return settled


def settle_levels(columns: list[Column]) -> list[Column]:
    """Of two columns called after the same level and standing before the names, the first is level 1, the second level 2
    (一级指标 | 指标类型 | 三级指标): the order of the hierarchy is the order of the columns."""
    names = [column.first for column in columns if column.field == "name"]
    before = [i for i, c in enumerate(columns) if c.field in LEVELS and names and c.first < max(names)]
    if len(before) != 2 or columns[before[0]].field != columns[before[1]].field:
        return columns
    settled = list(columns)
    for i, level in zip(before, LEVELS, strict=True):
        settled[i] = replace(columns[i], field=level)
    return settled


def settle_value(line: Line, below: Line | None, columns: list[Column]) -> list[Column]:
    """Beside a comparator's column the next one holds the target's number, whatever it is called (指标性质 | 数值 | 计量单位)."""
    sign = next((column for column in columns if column.field == "comparator"), None)
    if sign is None or any(column.field == "target" for column in columns):
        return columns
    cells = [cell for row in (below, line) if row is not None for cell in row.covering]
    cell = next((c for c in cells if c.column == sign.last and c.column_span == 1 and squeeze(c.text)), None)
    if cell is None or any(column.first <= cell.column < column.last for column in columns):
        return columns
    value = Column("target", cell.column, cell.column + 1, label_of(cell))
    return sorted([*columns, value], key=lambda column: column.first)


CONVERTED = {"converted_score": "reported_score", "converted_weight": "max_score"}
SINGLE = {"reported_score": "single_score", "max_score": "single_max"}


def settle_converted(columns: list[Column]) -> list[Column]:
    """Where scores are converted (单项得分 x 权重占比 = 折算得分), the converted ones count; the others are kept beside."""
    if not any(column.field == "converted_score" for column in columns):
        return columns
    weighted = any(column.field == "converted_weight" for column in columns)
    kept = {name: to for name, to in SINGLE.items() if name == "reported_score" or weighted}
    return [replace(c, field=CONVERTED.get(c.field, kept.get(c.field, c.field))) for c in columns]


def settle_names(columns: list[Column]) -> list[Column]:
    """One name column: the third level, else a column called 指标; the coarser ones only label the block."""
    names = [column for column in columns if column.field == "name"]
    if names:
        best = min(
            names, key=lambda column: (column.rank, -column.first if column.rank > 1 else column.first)
        )
        return [c if c.field != "name" or c is best else replace(c, field="block") for c in columns]
    for level in ("level2", "level1"):
        if any(column.field == level for column in columns):
            return [replace(column, field="name") if column.field == level else column for column in columns]
    return columns


def first_of_each(columns: list[Column]) -> tuple[Column, ...]:
    """Fields are unique: the adjusted target wins over the original one, otherwise the first column does."""
    kept: list[Column] = []
    seen: set[str] = set()
    preferred = {field: _adjusted(columns, field) for field in ("target", "adjusted_budget")}
    for column in columns:
        repeated = column.field in seen or preferred.get(column.field) not in (None, column)
        kept.append(replace(column, field=f"other_{column.field}") if repeated else column)
        seen.add(kept[-1].field)
    return tuple(kept)


def _adjusted(columns: Sequence[Column], field: str) -> Column | None:
    """Of several columns of one field the one that says adjusted or full-year; None where there is no choice."""
    same = [column for column in columns if column.field == field]
    if len(same) < 2:
        return None
    for words in (r"调整后|全年", r"调整"):
        if (found := next((column for column in same if re.search(words, column.label)), None)) is not None:
            return found
    return None
