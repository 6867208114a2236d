"""Statements in which names and texts cannot be parameters: put together here, with all of them quoted, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ObjectKind = Literal["TABLE", "VIEW", "COLUMN"]


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


@contextmanager
def set_meanwhile(con: DuckDBPyConnection, setting: str, value: int | str) -> Iterator[None]:
    """A setting of DuckDB changed inside, and as it was afterwards."""
    (former,) = con.execute("SELECT current_setting($setting)", {"setting": setting}).fetchone() or (None,)
    con.execute(f"SET {identifier(setting)} = $value", {"value": value})
    try:
        yield
    finally:
        con.execute(f"SET {identifier(setting)} = $value", {"value": former})


def drop_view(con: DuckDBPyConnection, name: str) -> None:
    """The view goes, where it is there."""
    con.execute(f"DROP VIEW IF EXISTS {identifier(name)}")


def comment_on(con: DuckDBPyConnection, kind: ObjectKind, names: Sequence[str], words: str) -> None:
    """Says what an object means. names: from the database down to the object, or to its column."""
    con.execute(f"COMMENT ON {kind} {'.'.join(map(identifier, names))} IS {literal(words)}")


def identifier(name: str) -> str:
    """A name as SQL writes it, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL writes it, whatever is in it."""
    return "'" + text.replace("'", "''") + "'"
