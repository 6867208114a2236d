"""Finding header rows: which grid columns of a table mean what."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.document import Cell
from extractors.forms.columns import (
    Column,
    Header,
    first_of_each,
    label_of,
    pair_of,
    settle_converted,
    settle_leading,
    settle_levels,
    settle_names,
    settle_value,
    settle_weights,
    settle_years,
    year_of,
)
from extractors.forms.inferred import anchor_below, infer, parted
from extractors.forms.inferred_budget import block_below, has_figures, infer_budget
from extractors.forms.labels import (
    Term,
    amount_part,
    any_budget_column,
    budget_column,
    indicator_column,
    is_budget_block_label,
    squeeze,
    without_year,
)
from extractors.forms.lines import Line, TableLines

Match = Callable[[str], Term | None]

_FIGURE = re.compile(r"[≥≤>＜<=]*[\d,.]*\d%?")
"""A cell that no header has: 圆满完成 and 按完成比例赋分 beside two scores are an indicator's words, no columns of money."""


def matches(line: Line, match: Match) -> list[tuple[Cell, Term]]:
    """The cells of a row whose headings the vocabulary knows."""
    return [(cell, term) for cell in line.filled if (term := match(cell.text))]


def _child_line(lines: TableLines, row: int, match: Match) -> Line | None:
    """The next line, when it is the second level of the header: nothing in it but labels, one of them under a wide
    cell of the first; in a flattened table, as many cells more as the parent splits into."""
    if row + 1 >= len(lines):
        return None
    below = lines[row + 1]
    line = _widened(lines[row], below)
    if not lines.is_flat and _is_split_header(line, below, row):
        return below
    found = [cell for cell, _ in matches(below, match)]
    if not found or len(found) < len(below.filled):
        return None
    wide = [cell for cell in line.covering if cell.column_span > 1 and cell.row_span == 1]
    if any(
        parent.column <= child.column < parent.column + parent.column_span
        for parent in wide
        for child in found
    ):
        return below
    if not lines.is_flat:
        return None
    return below if _split_at(line, below, found) is not None or _is_interleaved(line, below) else None


def _is_interleaved(line: Line, below: Line) -> bool:
    """A flattened lower row in which empty cells stand under whole columns, and a run of labels under each parent."""
    filled = [bool(squeeze(cell.text)) for cell in below.own]
    runs = sum(here and not before for before, here in pairwise([False, *filled]))
    return runs >= 1 and len(line.own) == filled.count(False) + runs and len(filled) > len(line.own)


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


def _widened(line: Line, below: Line) -> Line:
    """The row with its labels as wide as the merges that were lost: a label, then blanks above labels of the next row."""
    labelled = {cell.column for cell in below.filled}
    cells: list[Cell] = []
    for cell in line.covering:
        parent = cells[-1] if cells else None
        lost = (
            parent is not None
            and squeeze(parent.text)
            and not squeeze(cell.text)
            and cell.row == line.row
            and {parent.column, cell.column} <= labelled
        )
        if parent is not None and lost:
            cells[-1] = parent._replace(column_span=cell.column + cell.column_span - parent.column)
        else:
            cells.append(cell)
    return Line(line.row, tuple(cells))


def _columns(line: Line, below: Line | None, match: Match) -> list[Column]:
    line = _widened(line, below) if below else line
    children = matches(below, match) if below else []
    split = (
        _split_at(line, below, [cell for cell, _ in children])
        if below and _width(below) > _width(line)
        else None
    )
    if below and split is None and _width(below) > _width(line):
        return _interleaved(line, below, match)
    columns: list[Column] = []
    for cell in line.covering:
        shift = len(children) - 1 if split is not None and cell.column > split else 0
        first, last = cell.column + shift, cell.column + cell.column_span + shift
        inside = (
            [child for child, _ in children]
            if split == cell.column
            else [child for child in below.filled if first <= child.column < last]
            if below
            else []
        )
        column = _column(cell, first, last, match)
        if inside and cell.row_span == 1 and (cell.column_span > 1 or split == cell.column):
            term = match(cell.text) if squeeze(cell.text) else None
            columns += _under(cell, None if term is not None and term.name in PARTS else term, inside, match)
        elif column:
            columns.append(column)
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
        label = f"{label_of(parent)}/{label_of(child)}"
        columns.append(Column(name, child.column, child.column + child.column_span, label, rank))
    return columns


def _column(cell: Cell, first: int, last: int, match: Match) -> Column | None:
    """The column that a heading opens: of one field, of two in one cell (得分/分值), of a named year's (2024年实际)."""
    if not squeeze(cell.text):
        return None
    pair = pair_of(cell.text, match)
    if pair:
        return Column(pair, first, last, label_of(cell))
    term, bare = match(cell.text), without_year(cell.text)
    if bare != squeeze(cell.text) and (term is None or term.name == "last_year"):
        term = match(bare) or term
    if term is None or term.name in PARTS:
        return None
    return Column(term.name, first, last, label_of(cell), term.rank, year_of(cell.text))


def _interleaved(line: Line, below: Line, match: Match) -> list[Column]:
    """A flattened two-level header with several parents: where the lower row is empty the upper cell has the column to
    itself, and every run of filled cells between is one parent's. No column where the runs do not account for the cells."""
    upper, lower = list(line.own), list(below.own)
    columns: list[Column] = []
    position = 0
    for cell in upper:
        if position >= len(lower):
            return []
        if not squeeze(lower[position].text):
            column = _column(cell, lower[position].column, lower[position].column + 1, match)
            columns += [column] if column else []
            position += 1
            continue
        while position < len(lower) and squeeze(lower[position].text):
            child = lower[position]
            column = _column(child, child.column, child.column + 1, match)
            columns += [replace(column, label=f"{label_of(cell)}/{label_of(child)}")] if column else []
            position += 1
    return columns if position == len(lower) else []


def indicator_header(lines: TableLines, row: int) -> Header | None:
    """The indicator table's header that begins in this row, one or two rows high; None when none does.

    Needs a column that names indicators and one for target or actual (or weight and score), three columns in all.
    Headings that the vocabulary does not know are told by what stands below them where level labels prove the table.
    """
    if row not in lines.headers:
        lines.headers[row] = _indicator_header(lines, row)
    return lines.headers[row]


def _indicator_header(lines: TableLines, row: int) -> Header | None:
    line = lines[row]
    if len(line.filled) < 3:
        return None
    anchor = anchor_below(lines, row)
    if len(matches(line, indicator_column)) < (0 if anchor else 2):
        return None
    below = _child_line(lines, row, indicator_column)
    units = _unit_line(lines, row, below)
    depth = _depth(line, below, indicator_column) if units is None else units.row - row + 1
    columns = settle_converted(_without_tall(line, row, depth, _columns(line, below, indicator_column)))
    columns = settle_value(line, below, settle_years(settle_levels(settle_leading(columns))))
    if anchor:
        columns = _with_inferred(lines, line, row + depth, columns)
    header = Header(row, row + depth, first_of_each(settle_names(settle_weights(columns))))
    if below is None and depth == 1 and _is_heading_of(lines, row + 1, header):
        return None
    fields = header.fields
    judged = (
        bool(fields & {"target", "actual"})
        or {"max_score", "reported_score"} <= fields
        or {"level1", "level2", "reported_score"} <= fields
    )
    return header if "name" in fields and judged and len(header.known_fields) >= 3 else None


def _with_inferred(lines: TableLines, line: Line, first_row: int, columns: list[Column]) -> list[Column]:
    """The columns with those besides whose headings only their contents explain."""
    columns = [column for column in columns if not _covers_levels(lines, line, column, first_row)]
    told = {column.first for column in columns}
    headings = [
        part
        for cell in line.filled
        if cell.column not in told and cell.row + cell.row_span <= first_row and len(squeeze(cell.text)) <= 30
        for part in parted(lines, cell, first_row)
    ]
    if not headings:
        return columns
    known = {
        column.field: Cell(line.row, column.first, column.label, 1, column.last - column.first)
        for column in columns
    }
    inferred = [
        Column(field, cell.column, cell.column + cell.column_span, label_of(cell), 1)
        for cell, field in infer(lines, headings, known, first_row)
    ]
    return sorted([*columns, *inferred], key=lambda column: column.first)


def _covers_levels(lines: TableLines, line: Line, column: Column, first_row: int) -> bool:
    """True for 绩效指标 over the columns of level 1, level 2 and name: a heading of neither one."""
    if column.field != "name" or column.rank == 1 or column.last - column.first == 1:
        return False
    cell = next((cell for cell in line.filled if cell.column == column.first), None)
    return cell is not None and len(parted(lines, cell, first_row)) > 1


def _is_heading_of(lines: TableLines, row: int, header: Header) -> bool:
    """True when the next row is the finer header, so that this one only groups its columns."""
    if row >= len(lines):
        return False
    finer = {term.name for _, term in matches(lines[row], indicator_column)}
    return (
        len(lines[row].filled) > len(header.columns) and len(finer) > len(header.columns) and "name" in finer
    )


_UNIT_REMARK = re.compile(r"[(（【]?(?:单位[:：])?(?:[百千万亿]*元|%|分|分值|百分比|A|B|B/A)[)）】]?")


def _unit_line(lines: TableLines, row: int, below: Line | None) -> Line | None:
    """The row under the headings that holds nothing but their units: （万元） | （万元） | （%）."""
    at = row + (2 if below else 1)
    if at >= len(lines):
        return None
    filled = lines[at].filled
    remarks = [cell for cell in filled if _UNIT_REMARK.fullmatch(squeeze(cell.text))]
    return lines[at] if len(filled) >= 2 and len(remarks) == len(filled) else None


def _with_units(columns: list[Column], units: Line | None) -> list[Column]:
    """The columns with the unit below each heading as a part of its label."""
    below = {cell.column: squeeze(cell.text).strip("()") for cell in units.filled} if units else {}
    return [
        replace(column, label=f"{column.label}({below[column.first]})") if column.first in below else column
        for column in columns
    ]


def _depth(line: Line, below: Line | None, match: Match) -> int:
    """How many rows the header is high: two with a second level, else as high as its lowest label cell."""
    spans = [cell.row_span for cell, _ in matches(line, match) if cell.row == line.row]
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


def budget_header(lines: TableLines, row: int, match: Match | None = None) -> Header | None:
    """The budget block's header that begins in this row; needs two money columns, or one and the rate, or a block below
    whose arithmetic tells them. match: what labels mean, where their place has told it already."""
    line = lines[row]
    match = match or _budget_match(line)
    found = [(cell, term) for cell, term in matches(line, match) if term.name not in PARTS]
    names = {term.name for _, term in found}
    told = bool(names & MONEY_FIELDS) and len(names & (MONEY_FIELDS | {"execution_rate", "received"})) >= 2
    if not told and (len(line.filled) < 3 or has_figures(line) or not block_below(lines, row)):
        return None
    if any(len(squeeze(cell.text)) > 30 or _FIGURE.fullmatch(squeeze(cell.text)) for cell in line.filled):
        return None
    if any("目标" in cell.text and len(squeeze(cell.text)) <= LONGEST_CHILD for cell in line.filled[1:]):
        return None  # 年度预期目标 | 具体完成情况 | 总体完成率 head the goals
    below = _child_line(lines, row, match)
    known = len(found) + (len(matches(below, match)) if below else 0)
    if known * 2 < len(line.filled) and not block_below(lines, row):
        return None
    units = _unit_line(lines, row, below)
    depth = _depth(line, below, match) if units is None else units.row - row + 1
    own = Line(row, line.own)
    columns = _without_tall(line, row, depth, _columns(own, below, match))
    columns = _with_units(columns, units)
    if not {"adjusted_budget", "executed", "execution_rate"} <= {column.field for column in columns}:
        columns = _with_inferred_money(line, block_below(lines, row + depth - 1), columns)
        if not told and not {"adjusted_budget", "executed"} <= {column.field for column in columns}:
            return None
    if not columns:
        return None
    kept = [c for n, c in enumerate(first_of_each(columns)) if n or c.field != "other_adjusted_budget"]
    header = Header(row, row + depth, tuple(kept))
    return _with_label_column(lines, header)


def _with_inferred_money(line: Line, body: Sequence[Line], columns: list[Column]) -> list[Column]:
    """The budget's columns with those besides that its arithmetic proves."""
    told = {column.first for column in columns}
    headings = [cell for cell in line.filled if cell.column not in told and len(squeeze(cell.text)) <= 20]
    if len(body) < 2 or not headings:
        return columns
    known = {
        column.field: Cell(line.row, column.first, column.label, 1, column.last - column.first)
        for column in columns
    }
    inferred = [
        Column(field, cell.column, cell.column + cell.column_span, label_of(cell))
        for cell, field in infer_budget(body, headings, known)
    ]
    return sorted([*columns, *inferred], key=lambda column: column.first)


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
        term = _running_column(line) if line.filled else None
        if term is None or term.name in below or len(line.own) < 2:
            break
        below.append(term.name)
    return row + 1 + len(below) if len(MONEY_FIELDS & set(below)) >= 2 else None


def _running_column(line: Line) -> Term | None:
    """The field of a row that is a money column turned: 预算安排 is one where amounts stand beside it, no block's label."""
    text = line.filled[0].text
    figures = all(re.search(r"\d", cell.text) for cell in line.filled[1:])
    return any_budget_column(text) if figures else budget_column(text)
