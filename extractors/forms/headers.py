"""Finding header rows: which grid columns of a table mean what."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from extractors.document import Cell, Table
from extractors.forms.labels import (
    Term,
    amount_part,
    any_budget_column,
    budget_column,
    indicator_column,
    is_budget_block_label,
    squeeze,
)
from extractors.forms.lines import Line, TableLines, column_slice

LEVELS = ("level1", "level2")


@dataclass(frozen=True, slots=True)
class Column:
    """One recognised column: field, its grid columns [first, last), and the label as printed."""

    field: str
    first: int
    last: int
    label: str
    rank: int = 1


@dataclass(frozen=True, slots=True)
class Header:
    """A header over rows [first_row, last_row). columns are in grid order and do not overlap."""

    first_row: int
    last_row: int
    columns: tuple[Column, ...]

    @property
    def fields(self) -> frozenset[str]:
        """The fields that have a column."""
        return frozenset(column.field for column in self.columns)

    @property
    def known_fields(self) -> frozenset[str]:
        """The fields that tell forms apart: without block labels and second columns of a field."""
        return frozenset(
            f for f in self.fields if not f.startswith("other_") and f not in ("block", "remark", "sequence")
        )

    def column(self, field: str) -> Column | None:
        """The column of a field, None where the form has none."""
        return next((column for column in self.columns if column.field == field), None)


Match = Callable[[str], Term | None]


def _matches(line: Line, match: Match) -> list[tuple[Cell, Term]]:
    return [(cell, term) for cell in line.filled if (term := match(cell.text))]


def _label(cell: Cell) -> str:
    return squeeze(cell.text)


def _child_line(lines: TableLines, row: int, match: Match) -> Line | None:
    """The next line, when it is the second level of the header: nothing in it but labels, one of them under a wide
    cell of the first; in a flattened table, as many cells more as the parent splits into."""
    if row + 1 >= len(lines):
        return None
    line, below = lines[row], lines[row + 1]
    if not lines.is_flat and _is_split_header(line, below, row):
        return below
    found = [cell for cell, _ in _matches(below, match)]
    if not found or len(found) < len(below.filled):
        return None
    wide = [cell for cell in line.covering if cell.column_span > 1 and cell.row_span == 1]
    if any(
        parent.column <= child.column < parent.column + parent.column_span
        for parent in wide
        for child in found
    ):
        return below
    return below if lines.is_flat and _split_at(line, below, found) is not None else None


LONGEST_CHILD = 14
"""A label below another one is short, and holds no figure: 名称, 权重, 经费保障."""


def _is_split_header(line: Line, below: Line, row: int) -> bool:
    """True when the merges alone tell a header of two rows: some cells split into several below, all others run down."""
    split = [cell for cell in line.filled if cell.row_span == 1 and len(_children(cell, below)) > 1]
    rest = [cell for cell in line.covering if squeeze(cell.text) and cell not in split]
    if not split or any(cell.row + cell.row_span <= row + 1 for cell in rest):
        return False
    inside = [cell for parent in split for cell in _children(parent, below)]
    labels = [cell.text for cell in inside if squeeze(cell.text)]
    plain = all(len(squeeze(text)) <= LONGEST_CHILD and not re.search(r"\d", text) for text in labels)
    return plain and len(labels) >= 2 and all(cell in inside for cell in below.filled)


def _children(parent: Cell, below: Line) -> list[Cell]:
    last = parent.column + parent.column_span
    return [
        cell for cell in below.own if parent.column <= cell.column and cell.column + cell.column_span <= last
    ]


def _split_at(line: Line, below: Line, found: Sequence[Cell]) -> int | None:
    """Where a flattened two-level header's parent stands: its children are contiguous and make the line longer."""
    first, count = found[0].column, len(found)
    contiguous = [cell.column for cell in found] == list(range(first, first + count))
    longer = _width(below) - _width(line) == count - 1
    return first if count > 1 and contiguous and longer else None


def _width(line: Line) -> int:
    return max((cell.column + cell.column_span for cell in line.covering), default=0)


def _columns(line: Line, below: Line | None, match: Match) -> list[Column]:
    children = _matches(below, match) if below else []
    split = (
        _split_at(line, below, [cell for cell, _ in children])
        if below and _width(below) > _width(line)
        else None
    )
    columns: list[Column] = []
    for cell in line.covering:
        term = match(cell.text) if squeeze(cell.text) else None
        term = None if term is not None and term.name in PARTS else term
        shift = len(children) - 1 if split is not None and cell.column > split else 0
        first, last = cell.column + shift, cell.column + cell.column_span + shift
        inside = (
            [child for child, _ in children]
            if split == cell.column
            else [child for child in below.filled if first <= child.column < last]
            if below
            else []
        )
        if inside and cell.row_span == 1 and (cell.column_span > 1 or split == cell.column):
            columns += _under(cell, term, inside, match)
        elif term:
            columns.append(Column(term.name, first, last, _label(cell), term.rank))
    return sorted(columns, key=lambda column: column.first)


PARTS = frozenset({"whole", "part"})


def _under(parent: Cell, term: Term | None, inside: Sequence[Cell], match: Match) -> list[Column]:
    """The columns of a split header cell. A child without a meaning of its own (名称, 总额) means what its parent means,
    unless a sibling says that in so many words; a part of an amount is kept beside the whole."""
    own = {id(child): match(child.text) for child in inside}
    told = term is not None and any(found and found.name == term.name for found in own.values())
    columns: list[Column] = []
    for child in inside:
        found = own[id(child)]
        if found is not None and found.name not in PARTS:
            name, rank = found.name, found.rank
        elif term is not None:
            beside = told if found is None else found.name == "part"
            name, rank = f"other_{term.name}" if beside else term.name, term.rank
        else:
            continue
        label = f"{_label(parent)}/{_label(child)}"
        columns.append(Column(name, child.column, child.column + child.column_span, label, rank))
    return columns


def _settle_leading(columns: list[Column]) -> list[Column]:
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


def _settle_weights(columns: list[Column]) -> list[Column]:
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


def _settle_levels(columns: list[Column]) -> list[Column]:
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


def _settle_value(line: Line, below: Line | None, columns: list[Column]) -> list[Column]:
    """Beside a comparator's column the next one holds the target's number, whatever it is called (指标性质 | 数值 | 计量单位)."""
    sign = next((column for column in columns if column.field == "comparator"), None)
    if sign is None or any(column.field == "target" for column in columns):
        return columns
    cells = [cell for row in (below, line) if row is not None for cell in row.covering]
    cell = next((c for c in cells if c.column == sign.last and c.column_span == 1 and squeeze(c.text)), None)
    if cell is None or any(column.first <= cell.column < column.last for column in columns):
        return columns
    value = Column("target", cell.column, cell.column + 1, _label(cell))
    return sorted([*columns, value], key=lambda column: column.first)


CONVERTED = {"converted_score": "reported_score", "converted_weight": "max_score"}
SINGLE = {"reported_score": "single_score", "max_score": "single_max"}


def _settle_converted(columns: list[Column]) -> list[Column]:
    """Where scores are converted (单项得分 x 权重占比 = 折算得分), the converted ones count; the others are kept beside."""
    if not any(column.field == "converted_score" for column in columns):
        return columns
    weighted = any(column.field == "converted_weight" for column in columns)
    kept = {name: to for name, to in SINGLE.items() if name == "reported_score" or weighted}
    return [replace(c, field=CONVERTED.get(c.field, kept.get(c.field, c.field))) for c in columns]


def _settle_names(columns: list[Column]) -> list[Column]:
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


def _first_of_each(columns: list[Column]) -> tuple[Column, ...]:
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


def indicator_header(lines: TableLines, row: int) -> Header | None:
    """The indicator table's header that begins in this row, one or two rows high; None when none does.

    Needs a column that names indicators and one for target or actual (or weight and score), three columns in all.
    """
    line = lines[row]
    if len(line.filled) < 3 or len(_matches(line, indicator_column)) < 2:
        return None
    below = _child_line(lines, row, indicator_column)
    depth = _depth(line, below, indicator_column)
    columns = _settle_converted(_without_tall(line, row, depth, _columns(line, below, indicator_column)))
    columns = _settle_value(line, below, _settle_levels(_settle_leading(columns)))
    header = Header(row, row + depth, _first_of_each(_settle_names(_settle_weights(columns))))
    if below is None and depth == 1 and _is_heading_of(lines, row + 1, header):
        return None
    fields = header.fields
    judged = (
        bool(fields & {"target", "actual"})
        or {"max_score", "reported_score"} <= fields
        or {"level1", "level2", "reported_score"} <= fields
    )
    return header if "name" in fields and judged and len(header.known_fields) >= 3 else None


def _is_heading_of(lines: TableLines, row: int, header: Header) -> bool:
    """True when the next row is the finer header, so that this one only groups its columns."""
    if row >= len(lines):
        return False
    finer = {term.name for _, term in _matches(lines[row], indicator_column)}
    return (
        len(lines[row].filled) > len(header.columns) and len(finer) > len(header.columns) and "name" in finer
    )


def _depth(line: Line, below: Line | None, match: Match) -> int:
    """How many rows the header is high: two with a second level, else as high as its lowest label cell."""
    spans = [cell.row_span for cell, _ in _matches(line, match) if cell.row == line.row]
    return max(2 if below else 1, min(spans, default=1))


def _without_tall(line: Line, row: int, depth: int, columns: list[Column]) -> list[Column]:
    """Drop labels that run down beside the body (绩效指标 merged over all rows): they head no column."""
    tall = {cell.column for cell in line.covering if cell.row + cell.row_span > row + depth}
    return [column for column in columns if column.first not in tall]


MONEY_FIELDS = frozenset({"initial_budget", "adjusted_budget", "executed"})
_FIGURE = re.compile(r"-?[\d,]+(?:\.\d+)?%?")


def _budget_match(line: Line) -> Match:
    """What labels mean in this row: one that runs down beside the block, or leads the row, heads no column."""
    beside = {
        cell.text
        for cell in line.covering
        if is_budget_block_label(cell.text) and (cell.row_span > 1 or cell in line.filled[:1])
    }

    def match(text: str) -> Term | None:
        if text in beside:
            return None
        if (term := any_budget_column(text)) is not None:
            return term
        part = amount_part(text)
        return Term(part, _FIGURE) if part else None

    return match


def budget_header(lines: TableLines, row: int) -> Header | None:
    """The budget block's header that begins in this row; needs two money columns, or one and the rate."""
    line = lines[row]
    match = _budget_match(line)
    found = [(cell, term) for cell, term in _matches(line, match) if term.name not in PARTS]
    names = {term.name for _, term in found}
    if not names & MONEY_FIELDS or len(names & (MONEY_FIELDS | {"execution_rate", "received"})) < 2:
        return None
    if any(len(squeeze(cell.text)) > 30 or _FIGURE.fullmatch(squeeze(cell.text)) for cell in line.filled):
        return None
    if any("目标" in cell.text and len(squeeze(cell.text)) <= LONGEST_CHILD for cell in line.filled[1:]):
        return None  # 年度预期目标 | 具体完成情况 | 总体完成率 head the goals
    below = _child_line(lines, row, match)
    told = len(found) + (len(_matches(below, match)) if below else 0)
    if told * 2 < len(line.filled):
        return None
    depth = _depth(line, below, match)
    own = Line(row, line.own)
    columns = _without_tall(line, row, depth, _columns(own, below, match))
    if not columns:
        return None
    kept = [c for n, c in enumerate(_first_of_each(columns)) if n or c.field != "other_adjusted_budget"]
    header = Header(row, row + depth, tuple(kept))
    return _with_label_column(lines, header)


def _with_label_column(lines: TableLines, header: Header) -> Header:
    """A flattened header that lost the empty cell over the labels moves right by what its rows have more."""
    if not lines.is_flat or header.columns[0].first > 0 or header.last_row >= len(lines):
        return header
    shift = _width(lines[header.last_row]) - _width(lines[header.last_row - 1])
    if shift not in (1, 2):
        return header
    moved = [
        replace(column, first=column.first + shift, last=column.last + shift) for column in header.columns
    ]
    return replace(header, columns=tuple(moved))


def transposed_budget(lines: TableLines, row: int) -> int | None:
    """The row after a budget block whose money columns run downwards (年初预算数, 全年预算数 … as first cells), or
    None. Its first row names the budget lines."""
    below = []
    for line in lines.lines[row + 1 : row + 8]:
        term = budget_column(line.filled[0].text) if line.filled else None
        if term is None or term.name in below or len(line.filled) < 2:
            break
        below.append(term.name)
    return row + 1 + len(below) if len(MONEY_FIELDS & set(below)) >= 2 else None


def split_side_by_side(table: Table) -> list[Table]:
    """Forms printed beside each other as tables of their own: cut at an empty column between two headers, or where
    the header's labels begin again."""
    cut = _gutter(table) or _repeated_labels(table)
    if cut is None:
        return [table]
    return [column_slice(table, 0, cut), *split_side_by_side(column_slice(table, cut, table.column_count))]


def _gutter(table: Table) -> int | None:
    """An empty grid column with an indicator header on either side."""
    filled = [False] * table.column_count
    for cell in table.cells:
        if squeeze(cell.text):
            for column in range(cell.column, min(cell.column + cell.column_span, table.column_count)):
                filled[column] = True
    for column in range(5, table.column_count - 5):
        if not filled[column] and all(
            _has_header(part)
            for part in (column_slice(table, 0, column), column_slice(table, column, table.column_count))
        ):
            return column
    return None


def _has_header(table: Table) -> bool:
    lines = TableLines(table)
    return any(indicator_header(lines, row) for row in range(min(len(lines), 40)))


def _repeated_labels(table: Table) -> int | None:
    for line in TableLines(table).lines:
        found = _matches(line, indicator_column)
        fields = [term.name for _, term in found]
        if fields.count("target") + fields.count("actual") < 3 or fields.count("name") < 2:
            continue
        again = next((i for i in range(3, len(fields)) if fields[i] == fields[0]), None)
        if again is not None and fields[0] in ("level1", "level2", "name", "sequence"):
            return found[again][0].column
    return None


def is_sideways(table: Table) -> bool:
    """True when the labels run down the first columns instead of along a row."""
    lines = TableLines(table)
    if any(indicator_header(lines, row) for row in range(min(len(lines), 40))):
        return False
    by_column: dict[int, set[str]] = {}
    for cell in table.cells:
        if cell.column < 3 and (term := indicator_column(cell.text)):
            by_column.setdefault(cell.column, set()).add(term.name)
    return any(
        "name" in fields and fields & {"target", "actual"} and len(fields) >= 4
        for fields in by_column.values()
    )
