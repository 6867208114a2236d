"""Judging in slices: what looks at one report at a time sees some thousands of reports at once.

A province's reports do not fit into memory with all that is compared about them. Scores and most checks need only one
report at a time, so they run slice by slice: the slice's rows of `active.*` lie as tables in a database in memory, and
the search path lets `active.…` and `judge.…` mean that database while a slice is entered. Time grows with the number of
reports, memory with the size of a slice. Checks that compare reports with each other say `across_reports: true` and run
once over the warehouse itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial

import duckdb

from expectations.hands import Hands
from expectations.sql_files import folder_texts, sql_text

REPORTS_PER_SLICE = 10_000
"""About 0.7 GB of rows while a slice is judged; half as many save 0.3 GB and cost a tenth more time."""


@dataclass(frozen=True, slots=True)
class Slices:
    """The slices of one judging, by number from 0; made by `sliced`."""

    hands: Hands
    count: int

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.count))

    def stage(self, number: int) -> None:
        """Copy a slice's rows into memory, in place of the former slice's; scores are empty at the beginning."""

        def copy(con: duckdb.DuckDBPyConnection, table: str) -> None:
            con.execute("SET VARIABLE slice_no = $number", {"number": number})
            con.execute(table)

        copy(self.hands.first, sql_text("slicing/030_stage.sql"))
        self.hands.share_out([partial(copy, table=text) for text in folder_texts("slicing/rows")])

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Inside, `active` and `judge` mean the slice that was staged."""
        self.hands.each(sql_text("slicing/040_enter.sql"))
        try:
            yield
        finally:
            self.hands.each(sql_text("slicing/050_leave.sql"))

    def clear(self) -> None:
        """Give the memory of the last slice back."""
        self.hands.first.execute("DROP SCHEMA slice.active CASCADE; DROP SCHEMA slice.judge CASCADE")


def sliced(hands: Hands, reports_per_slice: int = REPORTS_PER_SLICE) -> Slices:
    """Part the reports that count into slices (tables slice_plan and slice_rows of `staging`)."""
    con = hands.first
    con.execute("SET VARIABLE reports_per_slice = $size", {"size": reports_per_slice})
    con.execute(sql_text("slicing/010_plan.sql"))
    con.execute(sql_text("slicing/020_bounds.sql"))
    (count,) = con.execute("SELECT coalesce(max(slice_no) + 1, 0) FROM slice_plan").fetchone() or (0,)
    return Slices(hands, int(count))


@cache
def tables_of_a_slice() -> frozenset[str]:
    """What checks find in a slice: `active.reports`, `judge.report_scores` and their like."""
    staged = "".join((sql_text("slicing/030_stage.sql"), *folder_texts("slicing/rows")))
    return frozenset(re.findall(r"TABLE slice\.(\w+\.\w+) AS", staged))
