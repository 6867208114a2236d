"""Sparse rows in YAML -> core tables: the small worlds in which checks and profiles are tried.

A fixture names only what matters; the rest gets defaults. Keys: `reports`, `budget_lines`, `indicators`,
`score_groups`, `statements`, `relations`, `sections`, `header_fields`, `unread`, `doubts`, `submissions`, `roster`,
`unit_matches`, `approved_budgets`, `approved_targets`, `final_accounts`, `last_reports` and the other `last_*` tables,
`findings`, `decisions`, and beside the tables `year`, `as_of`, `with` (other checks to run along), `expect` (the failed
rows, each by some of its columns) and `not_applicable: true`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Context, Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import yaml

from expectations.errors import FixtureError
from expectations.fixture_rows import TABLES, Row, completed
from warehouse.table_rows import schema_of

WIDE = Context(prec=60)

SETTINGS = frozenset({"year", "as_of", "with", "expect", "not_applicable", "about"})


@dataclass(frozen=True, slots=True)
class Fixture:
    """Rows by table key (see TABLES), the judged year and day, and what is expected of the judging."""

    path: Path
    tables: dict[str, list[Row]]
    year: int | None
    as_of: date
    also: tuple[str, ...] = ()
    expect: tuple[dict[str, str], ...] = field(default=())
    not_applicable: bool = False


def read_fixture(path: Path) -> Fixture:
    """A fixture from its file. Raises FixtureError for a key that is neither a table nor a setting."""
    content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    return parse_fixture(content, path)


def parse_fixture(content: Row, path: Path) -> Fixture:
    """A fixture from its content; rows are completed with defaults."""
    unknown = sorted(content.keys() - TABLES.keys() - SETTINGS)
    if unknown:
        raise FixtureError(
            path, f"不认识的键 {'、'.join(unknown)}；可用 {'、'.join(sorted([*TABLES, *SETTINGS]))}"
        )
    rows = completed({key: [dict(row) for row in content.get(key) or []] for key in TABLES})
    return Fixture(
        path=path,
        tables=rows,
        year=content.get("year", rows["reports"][0]["fiscal_year"]),
        as_of=content.get("as_of", date(2025, 4, 1)),
        also=tuple(content.get("with", ())),
        expect=tuple({key: str(value) for key, value in item.items()} for item in content.get("expect", ())),
        not_applicable=bool(content.get("not_applicable", False)),
    )


def fill_warehouse(con: duckdb.DuckDBPyConnection, fixture: Fixture) -> None:
    """Insert the fixture's rows into the tables of an open warehouse."""
    for key, rows in fixture.tables.items():
        if rows:
            _insert(con, TABLES[key].table, rows, fixture.path)


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: list[Row], path: Path) -> None:
    schema = schema_of(con, table)
    unknown = sorted({key for row in rows for key in row} - set(schema.names))
    if unknown:
        raise FixtureError(path, f"表 {table} 没有列 {'、'.join(unknown)}；可用 {'、'.join(schema.names)}")
    typed = [
        {name: _as_type(row.get(name), schema.field(name).type) for name in schema.names} for row in rows
    ]
    con.from_arrow(pa.Table.from_pylist(typed, schema=schema)).insert_into(table)


def _as_type(value: Any, kind: pa.DataType) -> Any:
    if value is None:
        return None
    if pa.types.is_decimal(kind):
        return Decimal(str(value)).quantize(Decimal(1).scaleb(-kind.scale), context=WIDE)
    if pa.types.is_list(kind):
        return [_as_type(item, kind.value_type) for item in value]
    if pa.types.is_struct(kind):
        return {
            kind.field(index).name: _as_type(value.get(kind.field(index).name), kind.field(index).type)
            for index in range(kind.num_fields)
        }
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return str(value)
    if pa.types.is_date(kind) and isinstance(value, str):
        return date.fromisoformat(value)
    return value
