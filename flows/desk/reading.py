"""`jixiao queue` and `jixiao query`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from flows.desk.printing import print_rows
from flows.desk.snapshot import fetch, snapshot
from flows.errors import WrongUsageError
from flows.home import Home
from flows.words import word

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
    if severity:
        # 重大 is what the workbook calls it, major what the tables do.
        names = {word("severities", code).split()[0]: code for code in SEVERITIES}
        if severity not in names and severity not in SEVERITIES:
            known = "、".join(word("severities", code) for code in SEVERITIES)
            raise WrongUsageError(f"--severity {severity} 无法识别；可用：{known}")
        severity = names.get(severity, severity)
    with snapshot(Home.at(home)) as con:
        columns, rows = fetch(con, "queue", severity=severity, unit=unit, check_id=check, most=limit)
        number = fetch(con, "queue_length", severity=severity, unit=unit, check_id=check)[1][0][0]
    if sys.stdout.isatty() and not as_csv and not as_json:
        for row in rows:
            _print_finding(dict(zip(columns, row, strict=True)))
    else:
        print_rows(columns, rows, as_csv, as_json)
    if number > len(rows):
        print(f"共 {number} 个问题，列出前 {len(rows)} 个；--limit 可列出更多", file=sys.stderr)
    if not rows:
        print("没有待复核的问题", file=sys.stderr)


def _print_finding(row: dict[str, Any]) -> None:
    """One finding as a person reads it: whose and how grave, what, where."""
    year = f"{row['year']}年度" if row["year"] else "年度不明"
    heading = (
        word("severities", row["severity"]),
        row["check"],
        row["unit"],
        year,
        word("states", row["state"]),
    )
    print(f"{row['id']}  {'  '.join(str(part) for part in heading)}")
    print(f"    {row['message']}")
    print(f"    {row['place'] or '全文'} · {row['file_name']}")


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
