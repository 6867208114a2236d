"""Reads the statements that stand below expectations/sql and runs them in order."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import duckdb

SQL_DIR = Path(__file__).parent / "sql"


@cache
def sql_text(name: str) -> str:
    """The text of a file below expectations/sql."""
    return (SQL_DIR / name).read_text(encoding="utf-8")


@cache
def folder_texts(folder: str) -> tuple[str, ...]:
    """The texts of all files of a folder below expectations/sql, in order of their numbers."""
    return tuple(sql_text(f"{folder}/{path.name}") for path in sorted((SQL_DIR / folder).glob("*.sql")))


def run_sql_folder(con: duckdb.DuckDBPyConnection, folder: str) -> None:
    """Run all files of a folder below expectations/sql in order of their numbers."""
    for text in folder_texts(folder):
        con.execute(text)


def load_macros(con: duckdb.DuckDBPyConnection) -> None:
    """Define the temporary macros that checks and scoring use on this connection."""
    con.execute(sql_text("macros.sql"))
