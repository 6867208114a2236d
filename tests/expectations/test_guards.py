"""Guards over volumes: they watch, so that a year of which far less arrived or was read is seen before it is compared."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from expectations.fixture import fill_warehouse, parse_fixture
from expectations.suites.rules import load_rules


def rows_of(con: duckdb.DuckDBPyConnection, table: str, name: str) -> list[tuple]:
    (rule,) = [rule for rule in load_rules()[table] if rule.columns == (name,)]
    assert not rule.gates
    return con.execute(rule.query.replace("{batch}", table)).fetchall()


def fill(con: duckdb.DuckDBPyConnection, units: dict[int, int], rows_of_form: dict[int, int]) -> None:
    reports = [
        {"report_id": f"{year}-{n}", "unit_name": f"{n}局", "fiscal_year": year}
        for year, count in units.items()
        for n in range(count)
    ]
    indicators = [
        {"report_id": report["report_id"], "name": f"指标{n}"}
        for report in reports
        for n in range(rows_of_form.get(report["fiscal_year"], 0))
    ]
    fill_warehouse(con, parse_fixture({"reports": reports, "indicators": indicators}, Path("inline.yaml")))


@pytest.mark.parametrize(
    ("units", "as_of", "seen"), [(7, "2025-04-02", True), (8, "2025-04-02", False), (7, "2025-03-20", False)]
)
def test_far_fewer_units_than_last_year_are_seen_once_the_deadline_is_past(
    warehouse: duckdb.DuckDBPyConnection, units: int, as_of: str, seen: bool
) -> None:
    fill(warehouse, {2023: 10, 2024: units}, {})
    warehouse.execute("INSERT INTO raw.calendar VALUES (2024, '2025-02-01', '2025-03-31', NULL, 10, 7)")
    warehouse.execute("UPDATE judge.scope SET fiscal_year = 2024, as_of = ?", [as_of])
    assert bool(rows_of(warehouse, "core.reports", "far_fewer_units_than_last_year")) is seen


@pytest.mark.parametrize(("rows", "seen"), [(4, True), (5, False)])
def test_far_fewer_indicators_a_form_than_last_year_are_seen(
    warehouse: duckdb.DuckDBPyConnection, rows: int, seen: bool
) -> None:
    fill(warehouse, {2023: 10, 2024: 10}, {2023: 10, 2024: rows})
    assert bool(rows_of(warehouse, "core.indicators", "far_fewer_indicators_than_last_year")) is seen


def guard(con: duckdb.DuckDBPyConnection, table: str, name: str) -> tuple[bool, int]:
    """Whether the rule stops publication, and how many rows it finds."""
    (rule,) = [rule for rule in load_rules()[table] if rule.columns == (name,)]
    return rule.gates, len(con.execute(rule.query.replace("{batch}", table)).fetchall())


@pytest.mark.parametrize(("judged_by", "found"), [("run-2", 0), ("run-1", 1)])
def test_what_an_older_run_judged_is_not_published(
    warehouse: duckdb.DuckDBPyConnection, judged_by: str, found: int
) -> None:
    fill(warehouse, {2023: 1, 2024: 1}, {})
    for number, run in enumerate(("run-1", "run-2"), 1):
        warehouse.execute(
            "INSERT INTO raw.runs (run_id, started_at, fiscal_year, as_of, state) VALUES (?, ?, 2024, ?, 'running')",
            [run, f"2025-04-0{number} 01:30:00", f"2025-04-0{number}"],
        )
    warehouse.execute("UPDATE judge.scope SET fiscal_year = 2024, as_of = '2025-04-02'")
    for report, run in (("2024-0", judged_by), ("2023-0", "run-1")):
        warehouse.execute(
            "INSERT INTO judge.findings BY NAME SELECT ? AS finding_id, ? AS report_id, 'FUN-01' AS check_id, 1 AS check_version,"
            " 'major' AS severity, '资金' AS subject, 'L1' AS subject_key, '不符' AS message, 'x' AS facts_hash, true AS active,"
            " DATE '2025-04-01' AS first_seen_on, 'run-1' AS first_run_id, ? AS last_run_id",
            [report, report, run],
        )

    assert guard(warehouse, "judge.findings", "finding_of_an_older_run") == (True, found)
    assert guard(warehouse, "judge.scope", "judged_for_another_day") == (True, 0)
    warehouse.execute("UPDATE judge.scope SET as_of = '2025-04-01'")
    assert guard(warehouse, "judge.scope", "judged_for_another_day") == (True, 1)


def test_stale_readings_a_stale_calendar_and_a_wrong_clock_are_seen(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    fill(warehouse, {2024: 1}, {})
    warehouse.execute(
        "INSERT INTO raw.runs (run_id, started_at, as_of, state, versions)"
        " VALUES ('run-1', '2025-04-01 01:30:00', '2025-04-01', 'running', '{\"extractors\": \"new\"}')"
    )
    warehouse.execute("INSERT INTO raw.calendar VALUES (2023, '2024-02-01', '2024-03-31', NULL, 10, 7)")
    warehouse.execute("UPDATE judge.scope SET fiscal_year = 2024")
    warehouse.execute("UPDATE raw.submissions SET received_at = '2031-01-01'")
    warehouse.execute(
        "INSERT INTO raw.inbox_files VALUES ('甲.docx', 'a', 1, '2025-03-01', 'a.docx', 'old', 'run-1')"
    )

    assert guard(warehouse, "raw.inbox_files", "read_by_an_older_extractor") == (False, 1)
    assert guard(warehouse, "raw.calendar", "calendar_without_judged_year") == (False, 1)
    assert guard(warehouse, "raw.submissions", "received_after_the_run") == (False, 1)
