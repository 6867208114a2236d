"""A SQLAlchemy dialect by which Great Expectations reads DuckDB.

Great Expectations fetches results after it has closed the transaction, and DuckDB's rollback drops them: begin,
commit and rollback do nothing here. For reading only, over one connection.
"""

from __future__ import annotations

from typing import Any

import duckdb
import duckdb_engine
from sqlalchemy.dialects import registry

NAME = "jixiao_duckdb"
_LIVE: dict[str, duckdb.DuckDBPyConnection] = {}
_CURSORS: dict[str, list[duckdb.DuckDBPyConnection]] = {}


class ReadingDialect(duckdb_engine.Dialect):
    """duckdb_engine's dialect without transactions."""

    name = NAME
    supports_statement_cache = False

    def connect(self, *cargs: Any, **cparams: Any) -> Any:
        """A cursor of the connection lent under this name; else a connection to the file."""
        database = str(cparams.get("database") or (cargs[0] if cargs else ""))
        if database in _LIVE:
            cursor = _LIVE[database].cursor()
            _CURSORS.setdefault(database, []).append(cursor)
            return duckdb_engine.ConnectionWrapper(cursor)
        return super().connect(*cargs, **cparams)

    def do_begin(self, connection: Any) -> None:
        """Nothing: every statement stands alone."""

    def do_commit(self, dbapi_connection: Any) -> None:
        """Nothing: nothing is written."""

    def do_rollback(self, connection: Any) -> None:
        """Nothing: DuckDB would drop results that are still to be fetched."""


def register() -> None:
    """Make `jixiao_duckdb:///path` known to SQLAlchemy."""
    registry.register(NAME, __name__, "ReadingDialect")


def lend(con: duckdb.DuckDBPyConnection) -> str:
    """Give an open connection a name that the dialect connects to; `take_back` ends it."""
    name = f"live-{id(con)}"
    _LIVE[name] = con
    return name


def take_back(name: str) -> None:
    """Forget a lent connection and close every cursor taken of it, so that the file is free again."""
    _LIVE.pop(name, None)
    for cursor in _CURSORS.pop(name, []):
        cursor.close()
