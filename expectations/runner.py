"""Runs the catalogue over the reports that count and writes judge.tests, judge.check_results, judge.findings.

The work is SQL; this module only sequences it. Checks are evaluated into temporary tables first, so that one that
cannot run costs itself only (its answer is `not_applicable` with the reason) and what people read changes at once:

    begin -> run (slice by slice, then across reports) -> write
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import duckdb
import pyarrow as pa

from expectations.catalogue import Catalogue, Check
from expectations.slices import Slices
from expectations.sql_files import load_macros, sql_text

__all__ = ["CheckRun", "CheckRunner", "insert_rows", "load_macros"]

KEEP_PASSED_UP_TO = 5_000
"""Reports up to which every comparison that passed is kept, too; beyond, only counts of them (and the failed ones)."""
SETTLING = ("032_take_slice", "035_configuration", "040_suppress", "050_results", "060_findings", "070_write")
"""From staged comparisons to what people read, for one slice."""


@dataclass(frozen=True, slots=True)
class CheckRun:
    """What one check did: seconds (of all processors, too), comparisons made and failed, and the error where it
    could not run."""

    check_id: str
    seconds: float
    tested: int
    failed: int
    error: str | None = None
    cpu_seconds: float = 0.0


@dataclass(slots=True)
class CheckRunner:
    """One judging's evaluation of the catalogue. Needs macros and the staged configuration in place.

    keep_passed: whether comparisons that passed are kept, not only counted.
    """

    con: duckdb.DuckDBPyConnection
    catalogue: Catalogue
    keep_passed: bool
    _runs: dict[str, CheckRun] = field(default_factory=dict)

    def begin(self, run_id: str, as_of: date, year: int | None) -> None:
        """Empty staging tables; which inputs are missing."""
        self.con.execute(sql_text("judging/010_stage.sql"))
        self.con.execute("INSERT INTO this_judging VALUES (?, ?, ?)", [run_id, as_of, year])
        _stage_catalogue(self.con, self.catalogue)
        self.con.execute(sql_text("judging/020_inputs.sql"))

    def run_slice(self) -> None:
        """Evaluate, over the slice that is entered, every check that looks at one report at a time."""
        self._run(check for check in self.catalogue if not check.across_reports)

    def run_across(self) -> None:
        """Evaluate, over all reports that count, the checks that look beyond the report itself."""
        self._run(check for check in self.catalogue if check.across_reports)

    def write(self, slices: Slices) -> tuple[CheckRun, ...]:
        """Settle what was staged, slice by slice, and write it in one transaction. Gives what every check did."""
        self.con.execute("BEGIN")
        try:
            self.con.execute(sql_text("judging/031_begin_writing.sql"))
            for number in slices:
                self.con.execute("SET VARIABLE slice_no = $number", {"number": number})
                for step in SETTLING:
                    self.con.execute(sql_text(f"judging/{step}.sql"))
            self.con.execute("COMMIT")
        except duckdb.Error:
            self.con.execute("ROLLBACK")
            raise
        return tuple(self._runs[check.id] for check in self.catalogue if check.id in self._runs)

    def _run(self, checks: Iterable[Check]) -> None:
        for check in checks:
            former = self._runs.get(check.id, CheckRun(check.id, 0.0, 0, 0))
            if former.error is None:
                self._runs[check.id] = _added(former, self._run_check(check))

    def _run_check(self, check: Check) -> CheckRun:
        con, started, cpu = self.con, time.perf_counter(), time.process_time()
        error, tested, failed = None, 0, 0
        try:
            # The next statement reads this relation by its name.
            rows_of_check = con.sql(check.query)  # noqa: F841
            con.execute(sql_text("judging/029_compare.sql"))
            con.execute(sql_text("judging/030_record.sql"), {"check_id": check.id})
            con.execute(
                sql_text("judging/030_record_tests.sql"),
                {"check_id": check.id, "keep_passed": self.keep_passed},
            )
            tested, failed = con.execute(sql_text("judging/030_counted.sql")).fetchone() or (0, 0)
        except duckdb.Error as problem:
            error = str(problem).splitlines()[0][:300]
            con.execute("DELETE FROM staged_counts WHERE check_id = ?", [check.id])
            con.execute("DELETE FROM staged_tests WHERE check_id = ?", [check.id])
            con.execute("INSERT INTO staged_broken VALUES (?, ?)", [check.id, error])
        return CheckRun(
            check.id,
            time.perf_counter() - started,
            int(tested),
            int(failed),
            error,
            time.process_time() - cpu,
        )


def _added(former: CheckRun, run: CheckRun) -> CheckRun:
    """The runs of one check over two slices as one; a check that could not run on one slice did not run."""
    return CheckRun(
        run.check_id,
        former.seconds + run.seconds,
        0 if run.error else former.tested + run.tested,
        0 if run.error else former.failed + run.failed,
        run.error,
        former.cpu_seconds + run.cpu_seconds,
    )


def _stage_catalogue(con: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    rows = [
        {
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
        for check in catalogue
    ]
    if rows:
        insert_rows(con, "staged_catalogue", rows)


def insert_rows(con: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, object]]) -> None:
    """Append dicts to a table with the same column names, typed by the table itself; absent columns are NULL."""
    schema: pa.Schema = con.table(table).limit(0).to_arrow_table().schema
    arrow = pa.Table.from_pylist(
        [{name: row.get(name) for name in schema.names} for row in rows], schema=schema
    )
    con.from_arrow(arrow).insert_into(table)
