"""Rows made in Python on their way into a table: by Arrow, in the table's own types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa


def schema_of(con: duckdb.DuckDBPyConnection, table: str) -> pa.Schema:
    """The columns of a table as Arrow writes them. Raises duckdb.CatalogException where there is none of this name."""
    return con.table(table).limit(0).to_arrow_table().schema


def insert_rows(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Append rows by the names of their columns; other names are left out, absent columns are NULL."""
    schema = schema_of(con, table)
    arrow = pa.Table.from_pylist([{name: row.get(name) for name in schema.names} for row in rows], schema)
    con.from_arrow(arrow).insert_into(table)
