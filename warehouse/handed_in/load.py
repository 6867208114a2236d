"""Takes handed-in tables over into the warehouse: all of them in one transaction, each replacing its own years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from decimal import Context, Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from extractors.report import Quantity
from warehouse.handed_in.last_year import LastYearDatabase, report_rows
from warehouse.handed_in.reading import HandedInTable
from warehouse.quoted import attached
from warehouse.table_rows import schema_of
from warehouse.transaction import transaction

SQL_FOLDER = Path(__file__).parent / "sql"
WIDE = Context(prec=60)

Rows = Sequence[Mapping[str, object]]


def load_handed_in(
    con: duckdb.DuckDBPyConnection, tables: Sequence[HandedInTable | LastYearDatabase]
) -> None:
    """Replaces the rows of the years that each table covers; the same table again gives the same rows."""
    with _last_year(con, tables), transaction(con):
        for table in tables:
            _replace(con, table)


def _last_year(
    con: duckdb.DuckDBPyConnection, tables: Sequence[HandedInTable | LastYearDatabase]
) -> AbstractContextManager[None]:
    """The database of last year, where one is handed in, under the name that its SQL uses."""
    for table in tables:
        if isinstance(table, LastYearDatabase):
            return attached(con, table.path, "handed_in_last", read_only=True)
    return nullcontext()


def _replace(con: duckdb.DuckDBPyConnection, table: HandedInTable | LastYearDatabase) -> None:
    incoming: dict[str, Rows]
    if isinstance(table, LastYearDatabase):
        incoming, counts = {}, dict(table.counts)
        con.execute("CREATE OR REPLACE TEMP TABLE handed_in_years (fiscal_years INTEGER[])")
        con.execute("INSERT INTO handed_in_years VALUES (?)", [list(table.years)])
        con.execute((SQL_FOLDER / f"last_from_{table.source}.sql").read_text("utf-8"))
    else:
        incoming = report_rows(table) if table.kind == "last_year" else {table.kind: _flat(table.rows)}
        counts = Counter(row["fiscal_year"] for row in table.rows)
    incoming["handed_in"] = [
        {
            "kind": table.kind,
            "fiscal_year": year,
            "file_name": table.file_name,
            "sha256": table.sha256,
            "row_count": counts[year],
        }
        for year in table.years
    ]
    names = [f"incoming_{name}" for name in incoming]
    try:
        for name, rows in incoming.items():
            con.register(f"incoming_{name}", _typed(con, f"raw.{name}", rows))
        con.execute((SQL_FOLDER / f"replace_{table.kind}.sql").read_text("utf-8"))
        con.execute((SQL_FOLDER / "enter.sql").read_text("utf-8"))
    finally:
        for name in names:
            con.unregister(name)


def _flat(rows: Rows) -> Rows:
    """Targets with their parsed value in the columns of core.indicators."""
    flat: list[Mapping[str, object]] = []
    for row in rows:
        quantity = row.get("quantity")
        if isinstance(quantity, Quantity):
            row = {**row, **_target(quantity)}
        flat.append(row)
    return flat


def _target(quantity: Quantity) -> dict[str, object]:
    return {
        "comparator": quantity.comparator,
        "target_kind": quantity.kind,
        "target_value": None if quantity.kind == "date" else quantity.value,
        "target_low": quantity.low,
        "target_high": quantity.high,
        "target_base": quantity.base,
        "target_unit": quantity.unit,
    }


def _typed(con: duckdb.DuckDBPyConnection, table: str, rows: Rows) -> pa.Table:
    """Rows as an Arrow table with the columns of `table`; other fields are left out, absent ones are NULL."""
    schema = schema_of(con, table)
    return pa.Table.from_pylist(
        [{name: _exact(row.get(name), schema.field(name).type) for name in schema.names} for row in rows],
        schema=schema,
    )


def _exact(value: Any, kind: pa.DataType) -> Any:
    if isinstance(value, Decimal) and pa.types.is_decimal(kind):
        return value.quantize(Decimal(1).scaleb(-kind.scale), context=WIDE)
    return value
