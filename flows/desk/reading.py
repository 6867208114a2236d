"""`jixiao queue` and `jixiao query`."""

from __future__ import annotations

from pathlib import Path

from flows.desk.printing import print_rows
from flows.desk.snapshot import fetch, snapshot
from flows.errors import WrongUsageError
from flows.home import Home

SEVERITIES = ("blocker", "major", "minor", "query", "info")


def show_queue(
    home: Path | None,
    severity: str | None,
    unit: str | None,
    check: str | None,
    limit: int,
    as_csv: bool,
    as_json: bool,
) -> None:
    """Prints the review queue, highest priority first."""
    if severity and severity not in SEVERITIES:
        raise WrongUsageError(f"--severity {severity} 无法识别；可用：{'、'.join(SEVERITIES)}")
    with snapshot(Home.at(home)) as con:
        columns, rows = fetch(con, "queue", severity=severity, unit=unit, check_id=check, most=limit)
    print_rows(columns, rows, as_csv, as_json)


def run_query(home: Path | None, sql: str, as_csv: bool, as_json: bool) -> None:
    """Prints what a SELECT gives. A statement that DuckDB refuses is wrong usage, in its own words."""
    import duckdb

    with snapshot(Home.at(home)) as con:
        try:
            found = con.execute(sql)
            columns = [column[0] for column in found.description or ()]
            rows = found.fetchall()
        except duckdb.Error as error:
            raise WrongUsageError(f"查询未能执行：{error}") from error
    print_rows(columns, rows, as_csv, as_json)
