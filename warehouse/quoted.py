"""Statements that name a database: names and files cannot be parameters there, so they are quoted, here only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@contextmanager
def attached(con: DuckDBPyConnection, path: Path, name: str, read_only: bool) -> Iterator[None]:
    """The database file `path` under `name` on this connection, gone again however this is left.

    A transaction inside must end inside: DuckDB detaches no database that is written to. Raises duckdb.Error when the
    file cannot be opened.
    """
    con.execute(f"ATTACH {literal(str(path))} AS {identifier(name)}" + (" (READ_ONLY)" if read_only else ""))
    try:
        yield
    except BaseException:
        # What went wrong inside is what has to be told.
        with suppress(Exception):
            con.execute(f"DETACH {identifier(name)}")
        raise
    con.execute(f"DETACH {identifier(name)}")


def identifier(name: str) -> str:
    """A name as SQL writes it, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL writes it, whatever is in it."""
    return "'" + text.replace("'", "''") + "'"
