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
