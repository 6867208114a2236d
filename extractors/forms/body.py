"""Where an indicator table ends, and its rows from header to end."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.forms.assignment import assign
from extractors.forms.budget_header import budget_header
from extractors.forms.columns import Header
from extractors.forms.fields import goal_in_cell, is_note, pairs_in_text
from extractors.forms.indicator_header import indicator_header
from extractors.forms.indicators import Body, RowReader
from extractors.forms.labels import (
    footer_field,
    header_field,
    level1_code,
    normalise_label,
    squeeze,
    vocabulary,
)
from extractors.forms.lines import Line, TableLines
from extractors.forms.merged_scores import with_merged_scores
from extractors.forms.totals import is_total_row, read_total
from extractors.report import Printed, ScoreGroup, Unread
from extractors.values import parse_score


def _ends(lines: TableLines, line: Line) -> bool:
    """True for a row that cannot belong to an indicator body: footers, contacts, titles."""
    if not line.filled:
        return False
    first = line.filled[0]
    if line.own and first is not line.own[0] and first.column > 2:
        return False
    label = normalise_label(first.text)
    if is_note(first.text) or (len(line.filled) == 1 and goal_in_cell(first.text)):
        return True
    if len(line.filled) <= 3 and any(header_field(name) for name, *_ in pairs_in_text(first.text)):
        return True
    if len(line.filled) <= 4 and footer_field(first.text) and indicator_like(line) is False:
        return True
    if (
        header_field(first.text)
        and len(line.filled) <= 6
        and len(label) <= 8
        and level1_code(label) == "other"
    ):
        return header_field(first.text) in (
            "contact",
            "phone",
            "filled_on",
            "responsible",
            "project_name",
            "unit_name",
            "grade",
        )
    return bool(vocabulary().form_title.search(label)) and len(line.filled) == 1


def indicator_like(line: Line) -> bool:
    """True when the row's later cells look like values of an indicator."""
    return sum(1 for cell in line.filled[1:] if re.search(r"\d", cell.text) and len(cell.text) < 20) >= 2


def read_body(lines: TableLines, header: Header, first_row_no: int = 1, first_group_no: int = 1) -> Body:
    """Reads from below the header to the end of the indicator table, over repeated headers.

    Returns indicators with row_no counted from `first_row_no`, and in `stop` the first row not consumed.
    """
    reader = RowReader(lines, header, first_row_no, first_group_no)
    row = header.last_row
    while row < len(lines):
        line = lines[row]
        again = indicator_header(lines, row)
        if again is not None:
            if again.known_fields != header.known_fields:
                break
            reader.header = header = again
            row = again.last_row
            continue
        if is_total_row(line):
            reader.body.totals.append(read_total(line, header, lines.is_flat, reader.levels.group_no))
            reader.levels.group_no += 1
        elif is_note(line.filled[0].text if line.filled else "") and _goes_on(lines, row + 1, header):
            reader.body.unread += [
                Unread(cell.text, cell.location, "指标行之间的说明") for cell in line.filled
            ]
        elif _ends(lines, line) or budget_header(lines, row) is not None:
            break
        else:
            reader.read(line)
        row += 1
    reader.body.stop = row
    if lines.is_flat:
        reader.body.indicators = with_merged_scores(reader.body.indicators)
    reader.body.groups = _with_members(reader.body)
    return reader.body


def _goes_on(lines: TableLines, row: int, header: Header) -> bool:
    """True when the row after a note is another indicator: its cells suit the columns of weight and score, or it repeats
    the header."""
    if row >= len(lines):
        return False
    if indicator_header(lines, row) is not None:
        return True
    line = lines[row]
    if len(line.filled) < 4 or is_total_row(line):
        return False
    found, _ = assign(line, header, lines.is_flat)
    scored = [cell for field in ("max_score", "reported_score") for cell in found.get(field, ())]
    named = any(squeeze(cell.text) for cell in found.get("name", ()))
    figures = [cell for cell in scored if parse_score(cell.text) is not None]
    return named and (bool(figures) or (not scored and indicator_like(line)))


def _with_members(body: Body) -> list[ScoreGroup]:
    rows = body.indicators
    placed: list[ScoreGroup] = []
    for group in body.groups:
        if group.kind not in ("level1", "level2"):
            placed.append(group)
            continue
        members = tuple(
            row.row_no for row in rows if _spot(row.cells.get(group.kind)) == _spot(group.cells.get("label"))
        )
        placed.append(replace(group, members=members))
    return placed


def _spot(printed: Printed | None) -> object:
    return (printed.location, printed.text) if printed else None
