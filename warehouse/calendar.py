"""The reporting calendar in the warehouse: what letters count their dates by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

import duckdb

from warehouse.incoming import incoming
from warehouse.table_rows import schema_of

CALENDAR_SQL = Path(__file__).parent / "sql" / "load_calendar.sql"


class ReportingSeason(Protocol):
    """One fiscal year's dates, as the flow's calendar has them."""

    @property
    def fiscal_year(self) -> int:
        """The year reported on."""
        ...

    @property
    def opens(self) -> date:
        """First day of the window."""
        ...

    @property
    def deadline(self) -> date:
        """Last day of the window."""
        ...

    @property
    def corrections_due(self) -> date | None:
        """Day by which returned reports are corrected."""
        ...

    @property
    def correction_days(self) -> int:
        """Days after the letter, where no day is set."""
        ...

    @property
    def reminder_days(self) -> tuple[int, ...]:
        """Days before the deadline on which units are reminded."""
        ...


def load_calendar(con: duckdb.DuckDBPyConnection, seasons: Sequence[ReportingSeason]) -> None:
    """Replaces raw.calendar by the seasons, in one transaction."""
    import pyarrow as pa

    schema = schema_of(con, "raw.calendar")
    rows = [
        {
            "fiscal_year": season.fiscal_year,
            "opens": season.opens,
            "deadline": season.deadline,
            "corrections_due": season.corrections_due,
            "correction_days": season.correction_days,
            "reminder_days": max(season.reminder_days, default=0),
        }
        for season in seasons
    ]
    with incoming(con, "calendar", pa.Table.from_pylist(rows, schema)):
        con.execute(CALENDAR_SQL.read_text("utf-8"))
