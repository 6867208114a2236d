"""Runs the catalogue over the reports that count and writes judge.tests, judge.check_results, judge.findings.

The work is SQL; this module only sequences it. Checks are evaluated into temporary tables first, so that one that
cannot run costs itself only (its answer is `not_applicable` with the reason) and what people read changes at once.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from expectations.catalogue import Catalogue, Check

SQL_DIR = Path(__file__).parent / "sql"
KEEP_PASSED_UP_TO = 5_000
"""Reports up to which every comparison that passed is kept, too; beyond, only counts of them (and the failed ones)."""

Fetchable = str | int | None


@dataclass(frozen=True, slots=True)
class CheckRun:
    """What one check did: seconds, comparisons made and failed, and the error where it could not run."""

    check_id: str
    seconds: float
    tested: int
    failed: int
    error: str | None = None


def sql_text(name: str) -> str:
    """The text of a file below expectations/sql."""
    return (SQL_DIR / name).read_text(encoding="utf-8")


def run_sql_folder(con: duckdb.DuckDBPyConnection, folder: str) -> None:
    """Run all files of a folder below expectations/sql in order of their numbers."""
    for path in sorted((SQL_DIR / folder).glob("*.sql")):
        con.execute(path.read_text(encoding="utf-8"))


def load_macros(con: duckdb.DuckDBPyConnection) -> None:
    """Define the temporary macros that checks and scoring use on this connection."""
    con.execute(sql_text("macros.sql"))


def run_checks(
    con: duckdb.DuckDBPyConnection,
    catalogue: Catalogue,
    *,
    run_id: str,
    as_of: date,
    year: int | None,
    keep_passed: bool | None = None,
) -> tuple[CheckRun, ...]:
    """Evaluate every check and write its answers.

    Needs macros, `active` views, scores and the staged configuration in place: `expectations.judge.judge` does it in
    order. keep_passed None keeps passed comparisons up to KEEP_PASSED_UP_TO reports.
    """
    con.execute(sql_text("judging/010_stage.sql"))
    con.execute("INSERT INTO this_judging VALUES (?, ?, ?)", [run_id, as_of, year])
    _stage_catalogue(con, catalogue)
    con.execute(sql_text("judging/020_inputs.sql"))
    if keep_passed is None:
        keep_passed = _number(con, "SELECT count(*) FROM active.reports") <= KEEP_PASSED_UP_TO
    runs = tuple(_run_check(con, check, keep_passed) for check in catalogue)
    for step in ("035_configuration", "040_suppress", "050_results", "060_findings"):
        con.execute(sql_text(f"judging/{step}.sql"))
    con.execute("BEGIN")
    try:
        con.execute(sql_text("judging/070_write.sql"))
        con.execute("COMMIT")
    except duckdb.Error:
        con.execute("ROLLBACK")
        raise
    return runs


def _run_check(con: duckdb.DuckDBPyConnection, check: Check, keep_passed: bool) -> CheckRun:
    started = time.perf_counter()
    try:
        con.sql(check.query).create_view("check_rows", replace=True)
        con.execute(sql_text("judging/029_compare.sql"))
        con.execute(sql_text("judging/030_record_counts.sql"), {"check_id": check.id})
        con.execute(
            sql_text("judging/031_record_tests.sql"), {"check_id": check.id, "keep_passed": keep_passed}
        )
    except duckdb.Error as error:
        reason = str(error).splitlines()[0][:300]
        con.execute("DELETE FROM staged_counts WHERE check_id = ?", [check.id])
        con.execute("DELETE FROM staged_tests WHERE check_id = ?", [check.id])
        con.execute("INSERT INTO staged_broken VALUES (?, ?)", [check.id, reason])
        return CheckRun(check.id, time.perf_counter() - started, 0, 0, reason)
    tested = _number(con, "SELECT coalesce(sum(tested), 0) FROM staged_counts WHERE check_id = ?", check.id)
    failed = _number(con, "SELECT coalesce(sum(failed), 0) FROM staged_counts WHERE check_id = ?", check.id)
    return CheckRun(check.id, time.perf_counter() - started, tested, failed)


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


def _number(con: duckdb.DuckDBPyConnection, query: str, *parameters: Fetchable) -> int:
    row = con.execute(query, list(parameters)).fetchone()
    return int(row[0]) if row else 0
