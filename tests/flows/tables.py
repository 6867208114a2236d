"""What two warehouses must have in common when they were fed the same files."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import duckdb

OF_ONE_RUN = {
    "run_id",
    "seconds",
    "first_run_id",
    "last_run_id",
    "decided_at",
    "first_seen_on",
    "extractor_version",
    "text_version",
}
NOT_COMPARED = {"raw.runs", "main.schema_version", "raw.inbox_files"}


def rows_by_table(warehouse: Path) -> dict[str, list[tuple]]:
    """Every table's rows, sorted, without what differs from run to run."""
    tables: dict[str, list[tuple]] = {}
    with closing(duckdb.connect(str(warehouse), read_only=True)) as con:
        listed = con.execute(
            "SELECT schema_name || '.' || table_name, list(column_name ORDER BY column_index) FROM duckdb_columns()"
            " JOIN duckdb_tables() USING (database_name, schema_name, table_name) WHERE NOT duckdb_columns.internal"
            " GROUP BY 1 ORDER BY 1"
        ).fetchall()
        for table, columns in listed:
            if table in NOT_COMPARED:
                continue
            kept = ", ".join(f'"{column}"' for column in columns if column not in OF_ONE_RUN)
            found = con.sql(f"SELECT {kept} FROM {table}").fetchall()
            tables[table] = sorted(found, key=repr)
    return tables
