"""All or nothing: what is written together is kept together, or leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@contextmanager
def transaction(con: DuckDBPyConnection) -> Iterator[DuckDBPyConnection]:
    """One transaction around what is done inside; gives the connection.

    Whatever is raised inside, an interruption too, is raised on with nothing written and the connection fit for use.
    What a failing COMMIT says is raised as it stands. Raises duckdb.TransactionException inside another transaction;
    nothing of that one can be kept then.
    """
    con.execute("BEGIN")
    try:
        yield con
        con.execute("COMMIT")
    except BaseException:
        # A COMMIT that failed has rolled back already, and a database that DuckDB gave up takes no statement at all: the
        # complaint about ROLLBACK would hide the cause.
        with suppress(Exception):
            con.execute("ROLLBACK")
        raise
