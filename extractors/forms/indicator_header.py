"""The header of an indicator table: which grid columns mean what, by words and where those fail by contents."""

from __future__ import annotations

from extractors.forms.columns import (
    Column,
    Header,
    as_cells,
    first_of_each,
    settle_converted,
    settle_leading,
    settle_levels,
    settle_names,
    settle_value,
    settle_weights,
    settle_years,
    with_told_apart,
)
from extractors.forms.headers import child_line, columns_of, depth_of, matches, unit_line, without_tall
from extractors.forms.inferred import anchor_below, infer, parted
from extractors.forms.labels import indicator_column, squeeze
from extractors.forms.lines import Line, TableLines


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
    below = child_line(lines, row, indicator_column)
    units = unit_line(lines, row, below)
    depth = depth_of(line, below, indicator_column) if units is None else units.row - row + 1
    columns = settle_converted(without_tall(line, row, depth, columns_of(line, below, indicator_column)))
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
    return with_told_apart(columns, infer(lines, headings, as_cells(columns, line.row), first_row))


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
