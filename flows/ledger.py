"""What was done, kept in the warehouse beside the rows it speaks of: Prefect's task records are no ledger."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.register import InboxFile
from warehouse.transaction import transaction

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SQL_FOLDER = Path(__file__).parent / "sql"


@dataclass(frozen=True, slots=True)
class LastRun:
    """The newest row of raw.runs. state: running (killed), done, stopped_by_gate, failed."""

    run_id: str
    state: str
    fiscal_year: int | None
    as_of: date
    versions: dict[str, str]
    settings: dict[str, Any]
    message: str | None

    @property
    def is_whole(self) -> bool:
        """Whether it judged all that it loaded and passed the gate; else the warehouse holds a part of it."""
        return self.state == "done"


def statement(name: str) -> str:
    """The text of flows/sql/NAME.sql."""
    return (SQL_FOLDER / f"{name}.sql").read_text("utf-8")


def rows(con: DuckDBPyConnection, name: str, **values: object) -> list[dict[str, Any]]:
    """The rows that flows/sql/NAME.sql gives, by column name."""
    found = con.execute(statement(name), values or None)
    columns = [column[0] for column in found.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def last_run(con: DuckDBPyConnection) -> LastRun | None:
    """The newest run, None in a new warehouse."""
    for row in rows(con, "last_run"):
        return LastRun(
            run_id=row["run_id"],
            state=row["state"],
            fiscal_year=row["fiscal_year"],
            as_of=row["as_of"],
            versions=json.loads(row["versions"] or "{}"),
            settings=json.loads(row["settings"] or "{}"),
            message=row["message"],
        )
    return None


def loaded_files(con: DuckDBPyConnection, archive: Path) -> list[tuple[InboxFile, str]]:
    """Every file loaded, with the extractor version that read it."""
    return [
        (
            InboxFile(
                file_path=row["file_path"],
                sha256=row["sha256"],
                size_bytes=row["size_bytes"],
                received_at=row["received_at"],
                archive_path=archive / row["archive_name"],
            ),
            row["extractor_version"],
        )
        for row in rows(con, "loaded_files")
    ]


def mark_loaded(con: DuckDBPyConnection, items_file: Path, extractor_version: str, run_id: str) -> None:
    """Records the files of a loaded batch, whose list stands in `items_file` (JSON)."""
    with transaction(con):
        con.execute(statement("forget_loaded"), {"items": str(items_file)})
        con.execute(
            statement("mark_loaded"),
            {"items": str(items_file), "extractor_version": extractor_version, "run_id": run_id},
        )


def begin_run(
    con: DuckDBPyConnection,
    run_id: str,
    started_at: datetime,
    fiscal_year: int | None,
    as_of: date,
    versions: dict[str, str],
    settings: dict[str, Any],
) -> None:
    """Enters the run; runs that were killed are marked so."""
    con.execute(statement("abandon_runs"), {"now": started_at})
    con.execute(
        statement("begin_run"),
        {
            "run_id": run_id,
            "started_at": started_at,
            "fiscal_year": fiscal_year,
            "as_of": as_of,
            "versions": json.dumps(versions, ensure_ascii=False, sort_keys=True),
            "settings": json.dumps(settings, ensure_ascii=False, sort_keys=True, default=str),
        },
    )


def end_run(
    con: DuckDBPyConnection, run_id: str, state: str, finished_at: datetime, message: str | None = None
) -> None:
    """Closes the run as done, stopped_by_gate or failed."""
    con.execute(
        statement("end_run"),
        {"run_id": run_id, "state": state, "finished_at": finished_at, "message": message},
    )
