"""The header of a budget block: its money columns, by words and where those fail by the block's arithmetic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.forms.columns import MONEY, Column, Header, as_cells, first_of_each, with_told_apart
from extractors.forms.headers import (
    LONGEST_CHILD,
    PARTS,
    Match,
    child_line,
    columns_of,
    depth_of,
    matches,
    unit_line,
    width_of,
    without_tall,
)
from extractors.forms.inferred_budget import block_below, has_figures, infer_budget
from extractors.forms.labels import (
    Term,
    amount_part,
    any_budget_column,
    budget_column,
    is_budget_block_label,
    squeeze,
)
from extractors.forms.lines import Line, TableLines

MONEY_FIELDS = frozenset(MONEY)
FIGURE = re.compile(r"-?[\d,]+(?:\.\d+)?%?")


_BARE_BUDGET = re.compile(r"(?:部门|批复|安排)?预算(?:安排)?(?:数|额|金额)?(?:[(（][^()（）]*[)）])?")
_CHANGED_BUDGET = re.compile(r"全年|调整")


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
        return Term(part, FIGURE) if part else None

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
    if any(len(squeeze(cell.text)) > 30 or FIGURE.fullmatch(squeeze(cell.text)) for cell in line.filled):
        return None
    if any("目标" in cell.text and len(squeeze(cell.text)) <= LONGEST_CHILD for cell in line.filled[1:]):
        return None  # 年度预期目标 | 具体完成情况 | 总体完成率 head the goals
    below = child_line(lines, row, match)
    known = len(found) + (len(matches(below, match)) if below else 0)
    if known * 2 < len(line.filled) and not block_below(lines, row):
        return None
    units = unit_line(lines, row, below)
    depth = depth_of(line, below, match) if units is None else units.row - row + 1
    own = Line(row, line.own)
    columns = without_tall(line, row, depth, columns_of(own, below, match))
    columns = _with_units(columns, units)
    if not {"adjusted_budget", "executed", "execution_rate"} <= {column.field for column in columns}:
        columns = _with_inferred_money(line, block_below(lines, row + depth - 1), columns)
        if not told and not {"adjusted_budget", "executed"} <= {column.field for column in columns}:
            return None
    if not columns:
        return None
    told_apart = _initial_by_contrast(first_of_each(columns))
    kept = [c for n, c in enumerate(told_apart) if n or c.field != "other_adjusted_budget"]
    header = Header(row, row + depth, tuple(kept))
    return _with_label_column(lines, header)


def _initial_by_contrast(columns: Sequence[Column]) -> Sequence[Column]:
    """预算数 beside 全年预算数 or 调整后预算数 is the initial one."""
    adjusted = next((c for c in columns if c.field == "adjusted_budget"), None)
    bare = [c for c in columns if c.field == "other_adjusted_budget" and _BARE_BUDGET.fullmatch(c.label)]
    if adjusted is None or not _CHANGED_BUDGET.search(adjusted.label) or len(bare) != 1:
        return columns
    if any(column.field == "initial_budget" for column in columns):
        return columns
    return [replace(c, field="initial_budget") if c is bare[0] else c for c in columns]


def _with_units(columns: list[Column], units: Line | None) -> list[Column]:
    """The columns with the unit below each heading as a part of its label."""
    below = {cell.column: squeeze(cell.text).strip("()") for cell in units.filled} if units else {}
    return [
        replace(column, label=f"{column.label}({below[column.first]})") if column.first in below else column
        for column in columns
    ]


def _with_inferred_money(line: Line, body: Sequence[Line], columns: list[Column]) -> list[Column]:
    """The budget's columns with those besides that its arithmetic proves."""
    told = {column.first for column in columns}
    headings = [cell for cell in line.filled if cell.column not in told and len(squeeze(cell.text)) <= 20]
    if len(body) < 2 or not headings:
        return columns
    return with_told_apart(columns, infer_budget(body, headings, as_cells(columns, line.row)))


def _with_label_column(lines: TableLines, header: Header) -> Header:
    """A flattened header that lost the empty cell over the labels moves right by what its rows have more."""
    if not lines.is_flat or header.columns[0].first > 0 or header.last_row >= len(lines):
        return header
    shift = width_of(lines[header.last_row]) - width_of(lines[header.last_row - 1])
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
