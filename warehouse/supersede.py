"""Duplicates and resubmissions: which submission and which report count, recorded on both sides."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.roster import match_units
from warehouse.transaction import transaction

SQL_FILE = Path(__file__).parent / "sql" / "supersede.sql"


@dataclass(frozen=True, slots=True)
class Supersession:
    """How many stand marked after the run: submissions with content seen before, reports and submissions with a newer version."""

    duplicates: int
    reports: int
    submissions: int


def mark_superseded(con: duckdb.DuckDBPyConnection) -> Supersession:
    """Marks duplicates (same content) and older versions (same unit, year, scope, project, kind), in one transaction.

    Computed from all that is loaded: the same marks in any order of loading. Where a roster is loaded, reports are
    matched to it first, so that two spellings of one unit are one.
    """
    if con.execute("SELECT 1 FROM raw.roster LIMIT 1").fetchone():
        match_units(con)
    with transaction(con):
        con.execute(SQL_FILE.read_text(encoding="utf-8"))
    row = con.execute(
        "SELECT (SELECT count(*) FROM raw.submissions WHERE outcome = 'duplicate' OR duplicate_of IS NOT NULL),"
        " (SELECT count(*) FROM core.reports WHERE superseded_by IS NOT NULL),"
        " (SELECT count(*) FROM raw.submissions WHERE superseded_by IS NOT NULL)"
    ).fetchone()
    assert row is not None
    return Supersession(*row)
