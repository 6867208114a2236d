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
from functools import cache

import duckdb

from expectations.sql_files import sql_text

REPORTS_PER_SLICE = 10_000
"""About 0.7 GB of rows while a slice is judged; half as many save 0.3 GB and cost a tenth more time."""


@dataclass(frozen=True, slots=True)
class Slices:
    """The slices of one judging, by number from 0; made by `sliced`."""

    con: duckdb.DuckDBPyConnection
    count: int

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.count))

    def stage(self, number: int) -> None:
        """Copy a slice's rows into memory, in place of the former slice's; scores are empty at the beginning."""
        self.con.execute("SET VARIABLE slice_no = $number", {"number": number})
        self.con.execute(sql_text("slicing/030_stage.sql"))

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Inside, `active` and `judge` mean the slice that was staged."""
        self.con.execute(sql_text("slicing/040_enter.sql"))
        try:
            yield
        finally:
            self.con.execute(sql_text("slicing/050_leave.sql"))

    def clear(self) -> None:
        """Give the memory of the last slice back."""
        self.con.execute("DROP SCHEMA slice.active CASCADE; DROP SCHEMA slice.judge CASCADE")


@contextmanager
def sliced(con: duckdb.DuckDBPyConnection, reports_per_slice: int = REPORTS_PER_SLICE) -> Iterator[Slices]:
    """Part the reports that count into slices (temporary tables slice_plan, slice_rows)."""
    con.execute("SET VARIABLE reports_per_slice = $size", {"size": reports_per_slice})
    con.execute(sql_text("slicing/010_plan.sql"))
    (count,) = con.execute("SELECT coalesce(max(slice_no) + 1, 0) FROM slice_plan").fetchone() or (0,)
    con.execute(sql_text("slicing/020_attach.sql"))
    try:
        yield Slices(con, int(count))
    finally:
        con.execute("DETACH slice")


@cache
def tables_of_a_slice() -> frozenset[str]:
    """What checks find in a slice: `active.reports`, `judge.report_scores` and their like."""
    return frozenset(re.findall(r"TABLE slice\.(\w+\.\w+) AS", sql_text("slicing/030_stage.sql")))
