"""A list of projects, one row each with its money and its score, as forms of their own: all that the document shows of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractors.forms.columns import Header
from extractors.forms.draft import Draft
from extractors.forms.fields import FieldReader
from extractors.forms.labels import header_field
from extractors.forms.lines import TableLines
from extractors.report import BudgetLine, ScoreGroup


def lists_projects(lines: TableLines, header: Header) -> bool:
    """True for a budget header with a column of project names before the amounts and one of scores behind them."""
    first = min((column.first for column in header.columns), default=0)
    heads = [cell for cell in lines[header.first_row].covering if cell.column < first]
    named = any(header_field(cell.text) == "project_name" for cell in heads)
    return named and "reported_score" in header.fields and "max_score" not in header.fields


def listed_projects(draft: Draft) -> Iterator[Draft]:
    """A draft a scored row of a list; nothing for a budget table that is none. The list's own total is no project."""
    if not draft.lists_projects:
        return
    for line in draft.budget_lines:
        if not line.is_total and line.reported_score is not None and "label" in line.cells:
            yield _of_row(draft, line)


def _of_row(draft: Draft, line: BudgetLine) -> Draft:
    fields = FieldReader()
    fields.fields = {**draft.fields.fields, "project_name": line.cells["label"]}
    if "grade" in line.cells:
        fields.fields["grade"] = line.cells["grade"]
    cells = {"reported_score": line.cells["reported_score"]}
    total = ScoreGroup(1, "total", "自评得分", None, line.reported_score, (), "form", line.location, cells)
    return Draft(
        titles=list(draft.titles),
        fields=fields,
        budget_headers=list(draft.budget_headers),
        budget_lines=[
            replace(
                line,
                line_no=1,
                role="total",
                is_total=True,
                parent_line_no=None,
                fund=None,
                reported_score=None,
            )
        ],
        totals=[total],
        warnings=list(draft.warnings),
        tables=list(draft.tables),
        money_unit=draft.money_unit,
    )
