"""One warehouse out of every check's two fixtures: rows on which each check of the catalogue finds and passes something."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from expectations.fixture import Fixture, fill_warehouse, read_fixture
from expectations.fixture_rows import TABLES
from warehouse.store import apply_judged_views, apply_schema

FIXTURES = Path(__file__).parents[1] / "checks"
OWN = ("report_id", "submission_id", "superseded_by", "duplicate_of", "last_report_id", "finding_id")
"""Columns that name rows of the fixture itself."""
JUDGED = (
    "judge.tests",
    "judge.check_results",
    "judge.findings",
    "judge.report_profiles",
    "judge.scored_items",
    "judge.budget_scores",
    "judge.indicator_scores",
    "judge.report_scores",
)


def open_world(threads: int = 1) -> duckdb.DuckDBPyConnection:
    """The warehouse in memory, not judged."""
    con = duckdb.connect(config={"threads": threads})
    apply_schema(con)
    apply_judged_views(con)
    units: set[tuple[Any, Any]] = set()
    for path in sorted(FIXTURES.glob("*.yaml")):
        fixture = _named(read_fixture(path), path.stem)
        roster = [
            row for row in fixture.tables["roster"] if (row["unit_name"], row.get("region")) not in units
        ]
        units |= {(row["unit_name"], row.get("region")) for row in roster}
        fill_warehouse(con, replace(fixture, tables={**fixture.tables, "roster": roster}))
    return con


def shuffle(con: duckdb.DuckDBPyConnection) -> None:
    """Put the rows of every input table into another order."""
    for table in (known.table for known in TABLES.values()):
        rows = con.table(table).to_arrow_table()
        if not len(rows):
            continue
        con.execute(f"DELETE FROM {table}")
        backwards = rows.take(list(range(len(rows) - 1, -1, -2)) + list(range(len(rows) - 2, -1, -2)))
        con.from_arrow(backwards).insert_into(table)


def judged(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[Any, ...]]]:
    """All that was said, table by table, sorted."""
    return {table: sorted(con.table(table).fetchall(), key=repr) for table in JUDGED}


def _named(fixture: Fixture, name: str) -> Fixture:
    """The fixture with its own identifiers made different from those of other fixtures."""
    tables = {
        key: [
            {column: f"{name}-{value}" if column in OWN and value else value for column, value in row.items()}
            for row in rows
        ]
        for key, rows in fixture.tables.items()
    }
    return replace(fixture, tables=tables)
