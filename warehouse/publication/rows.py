"""Rows of a query as records by column name, and named blocks of a .sql file."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

Record = dict[str, Any]


@cache
def blocks(file: Path) -> dict[str, str]:
    """The statements of a file whose blocks begin with `-- : name`."""
    parts = re.split(r"^-- : (\w+)\n", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def records(con: duckdb.DuckDBPyConnection, query: str, parameters: object = None) -> list[Record]:
    """All rows of a query."""
    cursor = con.execute(query, parameters)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
