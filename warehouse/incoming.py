"""Rows from outside on their way into a table: seen by SQL under a name, and taken over in one transaction or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from warehouse.transaction import transaction

if TYPE_CHECKING:
    import pyarrow as pa


@contextmanager
def incoming(con: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> Iterator[None]:
    """Shows `rows` as incoming_<name> inside one transaction; whatever goes wrong inside leaves the tables as they were."""
    con.register(f"incoming_{name}", rows)
    try:
        with transaction(con):
            yield
    finally:
        con.unregister(f"incoming_{name}")
