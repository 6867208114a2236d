"""Scores merged over the rows of a category, in text that lost its merged cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from extractors.report import Indicator

CATEGORIES = 2
"""One category whose later rows have no score may be a unit that forgot them; several, in a table without other gaps, are merged cells."""


def with_merged_scores(rows: Sequence[Indicator]) -> list[Indicator]:
    """The rows with `score_group` where every category has all its scores, or only the first; unchanged for anything less regular."""
    categories = [list(found) for _, found in groupby(rows, lambda row: (row.level1, row.level2))]
    merged = [found for found in categories if len(found) > 1 and _is_first_only(found)]
    whole = [found for found in categories if all(row.reported_score is not None for row in found)]
    if len(merged) < CATEGORIES or len(merged) + len(whole) < len(categories):
        return list(rows)
    if any(row.score_group is not None or not row.actual_text.strip() for row in rows):
        return list(rows)
    numbers = {row.row_no: number for number, found in enumerate(merged, 1) for row in found}
    return [replace(row, score_group=numbers.get(row.row_no)) for row in rows]


def _is_first_only(rows: Sequence[Indicator]) -> bool:
    first, *others = rows
    return first.reported_score is not None and all(
        row.reported_score is None and row.max_score is None for row in others
    )
