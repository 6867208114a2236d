"""How a table's forms lie: beside each other, or with the indicators along its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.document import Table
from extractors.forms.headers import matches
from extractors.forms.indicator_header import indicator_header
from extractors.forms.labels import indicator_column, squeeze
from extractors.forms.lines import Line, TableLines, column_slice, row_slice, transposed


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
        found = matches(line, indicator_column)
        fields = [term.name for _, term in found]
        if fields.count("target") + fields.count("actual") < 3 or fields.count("name") < 2:
            continue
        again = next((i for i in range(3, len(fields)) if fields[i] == fields[0]), None)
        if again is not None and fields[0] in ("level1", "level2", "name", "sequence"):
            return found[again][0].column
    return None


def upright(table: Table) -> list[Table]:
    """The table with a block whose indicators stand along its columns turned, in the rows' order; else itself alone."""
    lines = TableLines(table)
    if any(indicator_header(lines, row) for row in range(min(len(lines), 40))):
        return [table]
    first, last = _labelled_rows(lines)
    if first == last:
        return [table]
    parts = [row_slice(table, 0, first)] if first else []
    rows = [lines[row] for row in range(first, last)]
    width = max(len(line.own) for line in rows)
    # flattened text lost how far merged labels reach: a shorter row belongs to nobody knows which columns
    lost = [line.row for line in rows if lines.is_flat and len(line.own) != width]
    parts += [row_slice(table, row, row + 1) for row in lost]
    parts.append(transposed(_without_rows(row_slice(table, first, last), [row - first for row in lost])))
    if last < len(lines):
        parts.append(row_slice(table, last, len(lines)))
    return parts


def _labelled_rows(lines: TableLines) -> tuple[int, int]:
    """The rows [first, last) that each begin with a heading of an indicator table; an empty range where there are none."""
    best = (0, 0)
    row = 0
    while row < len(lines):
        end, fields = row, set()
        while end < len(lines) and (field := _heading_field(lines[end])):
            fields.add(field)
            end += 1
        if "name" in fields and fields & {"target", "actual"} and len(fields) >= 4:
            best = max(best, (row, end), key=lambda span: span[1] - span[0])
        row = max(end, row + 1)
    return best


def _heading_field(line: Line) -> str | None:
    """The field of the row's heading: the first cell within the first three columns that is one, values beside it."""
    terms = [
        term.name for cell in line.filled[:3] if cell.column < 3 and (term := indicator_column(cell.text))
    ]
    return terms[0] if terms and len(line.own) >= 2 else None


def _without_rows(table: Table, rows: Sequence[int]) -> Table:
    if not rows:
        return table
    cells = tuple(
        cell._replace(row=cell.row - sum(row < cell.row for row in rows))
        for cell in table.cells
        if cell.row not in rows
    )
    return replace(table, cells=cells, row_count=table.row_count - len(rows))
