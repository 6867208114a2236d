"""Header rows: how high a header is, and which grid columns its labels open, also where merges were lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.document import Cell
from extractors.forms.columns import Column, label_of, pair_of, year_of
from extractors.forms.labels import Term, squeeze, without_year
from extractors.forms.lines import Line, TableLines

Match = Callable[[str], Term | None]


def matches(line: Line, match: Match) -> list[tuple[Cell, Term]]:
    """The cells of a row whose headings the vocabulary knows."""
    return [(cell, term) for cell in line.filled if (term := match(cell.text))]


def child_line(lines: TableLines, row: int, match: Match) -> Line | None:
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
    longer = width_of(below) - width_of(line) == count - 1
    return first if count > 1 and contiguous and longer else None


def width_of(line: Line) -> int:
    """How many grid columns the row reaches over."""
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


def columns_of(line: Line, below: Line | None, match: Match) -> list[Column]:
    """The columns that a header of one row, or of two with `below`, opens, from left to right."""
    line = _widened(line, below) if below else line
    children = matches(below, match) if below else []
    split = (
        _split_at(line, below, [cell for cell, _ in children])
        if below and width_of(below) > width_of(line)
        else None
    )
    if below and split is None and width_of(below) > width_of(line):
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
        columns.append(
            Column(
                name, child.column, child.column + child.column_span, label, rank, own_label=label_of(child)
            )
        )
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
            columns += (
                [replace(column, label=f"{label_of(cell)}/{label_of(child)}", own_label=label_of(child))]
                if column
                else []
            )
            position += 1
    return columns if position == len(lower) else []


_UNIT_REMARK = re.compile(r"[(（【]?(?:单位[:：])?(?:[百千万亿]*元|%|分|分值|百分比|A|B|B/A)[)）】]?")


def unit_line(lines: TableLines, row: int, below: Line | None) -> Line | None:
    """The row under the headings that holds nothing but their units: （万元） | （万元） | （%）."""
    at = row + (2 if below else 1)
    if at >= len(lines):
        return None
    filled = lines[at].filled
    remarks = [cell for cell in filled if _UNIT_REMARK.fullmatch(squeeze(cell.text))]
    return lines[at] if len(filled) >= 2 and len(remarks) == len(filled) else None


def depth_of(line: Line, below: Line | None, match: Match) -> int:
    """How many rows the header is high: two with a second level, else as high as its lowest label cell."""
    spans = [cell.row_span for cell, _ in matches(line, match) if cell.row == line.row]
    return max(2 if below else 1, min(spans, default=1))


def without_tall(line: Line, row: int, depth: int, columns: list[Column]) -> list[Column]:
    """Drop labels that run down beside the body (绩效指标 merged over all rows): they head no column."""
    tall = {cell.column for cell in line.covering if cell.row + cell.row_span > row + depth}
    return [column for column in columns if column.first not in tall]
