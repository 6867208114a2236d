"""Rows for a warehouse under test: `put` fills in every column that must be there, `export_batch` writes a batch folder."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.load import TABLES, WRITTEN_LATER

BLANKS: dict[str, Any] = {
    "VARCHAR": "",
    "INTEGER": 0,
    "BIGINT": 0,
    "DOUBLE": 1.0,
    "BOOLEAN": False,
    "TIMESTAMP": datetime(2024, 3, 20, 9, 0),
    "DATE": date(2024, 3, 20),
}
USUAL: dict[str, Any] = {
    "outcome": "accepted",
    "reader": "docx",
    "format": "docx",
    "extractor_version": "1",
    "run_id": "run-1",
    "kind": "form",
    "scope": "overall",
    "template": "standard",
    "source": "form",
    "row_kind": "indicator",
    "level1_code": "output",
    "dimension": "quantity",
    "direction": "up",
    "role": "total",
    "form_no": 1,
    "target_kind": "number",
    "actual_kind": "number",
    "active": True,
    "check_version": 1,
    "first_run_id": "run-1",
    "last_run_id": "run-1",
    "facts_hash": "facts-1",
    "severity": "major",
    "version": 1,
    "class": "A",
}


def put(con: duckdb.DuckDBPyConnection, table: str, **values: Any) -> None:
    """Inserts one row into `schema.table`; NOT NULL columns that are not given get a usual value."""
    schema, name = table.split(".")
    row = dict(values)
    for column, kind, nullable in con.execute(
        "SELECT column_name, data_type, is_nullable FROM duckdb_columns() WHERE database_name = current_database()"
        " AND schema_name = ? AND table_name = ?",
        [schema, name],
    ).fetchall():
        if column not in row and not nullable:
            row[column] = USUAL.get(column, BLANKS[kind])
    con.register("one_row", pa.Table.from_pylist([row]))
    con.execute(f"INSERT INTO {table} BY NAME FROM one_row")
    con.unregister("one_row")


def add_report(con: duckdb.DuckDBPyConnection, submission_id: str, unit: str | None, **values: Any) -> str:
    """A submission with one report in it; gives the report_id. Values of either table are told apart by their name."""
    own = {
        "file_path",
        "file_name",
        "member_path",
        "sha256",
        "received_at",
        "outcome",
        "duplicate_of",
        "reason",
    }
    file_values = {k: v for k, v in values.items() if k in own}
    file_values.setdefault("file_path", f"{submission_id}.docx")
    file_values.setdefault("file_name", Path(file_values["file_path"]).name)
    file_values.setdefault("sha256", f"sha-{submission_id}")
    put(con, "raw.submissions", submission_id=submission_id, **file_values)
    report = {k: v for k, v in values.items() if k not in own}
    report_id = f"{submission_id}-{report.get('form_no', 1)}"
    report.setdefault("fiscal_year", 2023)
    put(con, "core.reports", report_id=report_id, submission_id=submission_id, unit_name=unit, **report)
    return report_id


def export_batch(con: duckdb.DuckDBPyConnection, folder: Path) -> Path:
    """Writes what stands in raw and core as a batch folder, as extractors.rows does."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, schema in TABLES.items():
        relation = con.table(f"{schema}.{table}")
        drop = [c for c in relation.columns if c in WRITTEN_LATER or c == "run_id"]
        relation.project("* EXCLUDE (" + ", ".join(drop) + ")" if drop else "*").write_parquet(
            str(folder / f"{table}.parquet")
        )
    return folder
