"""Runs the catalogue over the reports that count and writes judge.tests, judge.check_results, judge.findings.

The work is SQL; this module only sequences it. Checks are evaluated into temporary tables first, so that one that
cannot run costs itself only (its answer is `not_applicable` with the reason) and what people read changes at once:

    begin -> run (slice by slice, then across reports) -> write
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from functools import partial

import duckdb

from expectations.catalogue import Catalogue, Check
from expectations.hands import Hands, Turns
from expectations.slices import Slices
from expectations.sql_files import sql_text
from warehouse.table_rows import insert_rows
from warehouse.transaction import transaction

KEEP_PASSED_UP_TO = 5_000
"""Reports up to which every comparison that passed is kept, too; beyond, only counts of them (and the failed ones)."""
SETTLING = ("034_take_slice", "035_configuration", "040_suppress", "050_results", "060_findings", "065_tests")
"""From staged comparisons to what is written, for one slice."""


@dataclass(frozen=True, slots=True)
class CheckRun:
    """What one check did: seconds of the hand that ran it, comparisons made and failed, and the error where it could
    not run."""

    check_id: str
    seconds: float = 0.0
    tested: int = 0
    failed: int = 0
    error: str | None = None


class Way(Enum):
    """How a check's comparisons are evaluated, which changes what it costs and nothing else.

    COUNT_FIRST: counted, then those that failed are evaluated again with their words; cheaper where words cost more than
    finding out what failed. AT_ONCE: all of them with all their words, then counted.
    """

    COUNT_FIRST = auto()
    AT_ONCE = auto()


@dataclass(slots=True)
class LearntWays:
    """Which way of a check was the quicker one on the slices before. COUNT_FIRST is tried first; where nothing failed, it
    has done less than AT_ONCE would."""

    _seconds: dict[tuple[str, Way], float] = field(default_factory=dict)

    def next_of(self, check_id: str) -> Way:
        """The way to go now."""
        return min(Way, key=lambda way: self._seconds.get((check_id, way), 0.0))

    def took(self, check_id: str, way: Way, seconds: float, failed: int) -> None:
        """How long it took this time, and how many comparisons failed."""
        self._seconds[check_id, way] = seconds
        if way is Way.COUNT_FIRST and not failed:
            self._seconds[check_id, Way.AT_ONCE] = math.inf


@dataclass(slots=True)
class CheckRunner:
    """One judging's evaluation of the catalogue. Needs macros and the staged configuration in place.

    keep_passed: whether comparisons that passed are kept, not only counted.
    """

    hands: Hands
    catalogue: Catalogue
    keep_passed: bool
    _runs: dict[str, CheckRun] = field(default_factory=dict)
    _ways: LearntWays = field(default_factory=LearntWays)

    def begin(self, run_id: str, as_of: date, year: int | None) -> None:
        """Empty staging tables; which inputs are missing."""
        con = self.hands.first
        con.execute(sql_text("judging/010_stage.sql"))
        con.execute("INSERT INTO this_judging VALUES (?, ?, ?)", [run_id, as_of, year])
        _stage_catalogue(con, self.catalogue)
        con.execute(sql_text("judging/020_inputs.sql"))

    def run_slice(self) -> None:
        """Evaluate, over the slice that is entered, every check that looks at one report at a time."""
        self._run(check for check in self.catalogue if not check.across_reports)

    def run_across(self) -> None:
        """Evaluate, over all reports that count, the checks that look beyond the report itself."""
        self._run(check for check in self.catalogue if check.across_reports)

    def write(self, slices: Slices) -> tuple[CheckRun, ...]:
        """Settle what was staged and write it, slice by slice, each in one transaction. Gives what every check did."""
        with transaction(self.hands.first) as con:
            con.execute(sql_text("judging/033_begin_writing.sql"))
        turns = Turns()
        self.hands.share_out([partial(_settle, number=number, turns=turns) for number in slices])
        return tuple(self._runs[check.id] for check in self.catalogue if check.id in self._runs)

    def _run(self, checks: Iterable[Check]) -> None:
        runnable = [check for check in checks if self._so_far(check.id).error is None]
        done = self.hands.share_out([partial(self._run_check, check=check) for check in runnable])
        for run in done:
            self._runs[run.check_id] = _added(self._so_far(run.check_id), run)

    def _so_far(self, check_id: str) -> CheckRun:
        return self._runs.get(check_id, CheckRun(check_id))

    def _run_check(self, con: duckdb.DuckDBPyConnection, check: Check) -> CheckRun:
        started = time.perf_counter()
        error, tested, failed = None, 0, 0
        way = Way.AT_ONCE if self.keep_passed else self._ways.next_of(check.id)
        try:
            # The statements read this relation by its name.
            rows_of_check = con.sql(check.query)  # noqa: F841
            con.execute(
                sql_text("judging/021_all_at_once.sql" if way is Way.AT_ONCE else "judging/022_count.sql")
            )
            tested, failed = con.execute(sql_text("judging/031_counted.sql")).fetchone() or (0, 0)
            if failed and way is Way.COUNT_FIRST:
                con.execute(sql_text("judging/023_failed.sql"))
            con.execute(sql_text("judging/030_record.sql"), {"check_id": check.id})
            if failed or self.keep_passed:
                con.execute(
                    sql_text("judging/032_record_tests.sql"),
                    {"check_id": check.id, "keep_passed": self.keep_passed},
                )
        except duckdb.Error as problem:
            error = str(problem).splitlines()[0][:300]
            con.execute(sql_text("judging/024_forget_counts.sql"), {"check_id": check.id})
            con.execute("DELETE FROM staged_tests WHERE check_id = ?", [check.id])
            con.execute("INSERT INTO staged_broken VALUES (?, ?)", [check.id, error])
        seconds = time.perf_counter() - started
        self._ways.took(check.id, way, seconds, failed)
        return CheckRun(check.id, seconds, int(tested), int(failed), error)


def _settle(con: duckdb.DuckDBPyConnection, number: int, turns: Turns) -> None:
    """From one slice's staged comparisons to what people read of its reports."""
    with turns.of(number) as turn:
        con.execute("SET VARIABLE slice_no = $number", {"number": number})
        for step in SETTLING:
            con.execute(sql_text(f"judging/{step}.sql"))
        with turn(), transaction(con):
            con.execute(sql_text("judging/070_write.sql"))


def _added(former: CheckRun, run: CheckRun) -> CheckRun:
    """The runs of one check over two slices as one; a check that could not run on one slice did not run."""
    return CheckRun(
        run.check_id,
        former.seconds + run.seconds,
        0 if run.error else former.tested + run.tested,
        0 if run.error else former.failed + run.failed,
        run.error,
    )


def _stage_catalogue(con: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    rows = [
        {
            "check_no": number,
            "check_id": check.id,
            "version": check.version,
            "class": check.klass,
            "severity": check.severity,
            "family": check.family,
            "title": check.title,
            "basis": check.basis,
            "needs": list(check.needs),
            "body_hash": check.body_hash,
            "message": check.message,
            "not_applicable": check.not_applicable,
            "suppressed_by": list(check.suppressed_by),
            "grouped": check.group,
            "title_en": check.title_en or None,
        }
        for number, check in enumerate(sorted(catalogue, key=lambda check: check.id))
    ]
    if rows:
        insert_rows(con, "staged_catalogue", rows)
