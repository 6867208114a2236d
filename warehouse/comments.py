"""Puts the Chinese and English comments of `marts/comments.yaml` on a schema's views or tables, and their columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import yaml

from warehouse.errors import SchemaError
from warehouse.quoted import ObjectKind, comment_on


def apply_comments(
    con: duckdb.DuckDBPyConnection, schema: str, comment_file: Path, database: str | None = None
) -> None:
    """Comments every object and column of `schema` (in `database`, the current one by default).

    The file gives `views.<view>`, `columns.<view>.<column>` and, for columns that mean the same
    everywhere, `common.<column>`; each a pair [Chinese, English]. Raises SchemaError when one is missing.
    """
    comments = yaml.safe_load(comment_file.read_text(encoding="utf-8"))
    database = database or _current_database(con)
    kinds: dict[str, ObjectKind] = {
        name: "TABLE" if kind == "BASE TABLE" else "VIEW"
        for name, kind in con.execute(
            "SELECT table_name, table_type FROM information_schema.tables WHERE table_catalog = ? AND table_schema = ?",
            [database, schema],
        ).fetchall()
    }
    columns = con.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = ? AND schema_name = ?"
        " ORDER BY table_name, column_index",
        [database, schema],
    ).fetchall()
    for name, kind in sorted(kinds.items()):
        comment_on(con, kind, (database, schema, name), _both(comments["views"], name))
    for name, column in columns:
        own = comments["columns"].get(name) or {}
        words = _both(own if column in own else comments["common"], column, name)
        comment_on(con, "COLUMN", (database, schema, name, column), words)


def _both(comments: dict[str, Any], key: str, owner: str = "") -> str:
    words = comments.get(key)
    if not words or len(words) != 2:
        raise SchemaError(
            f"说明文件缺少「{owner + '.' if owner else ''}{key}」的中英文说明。请在 marts/comments.yaml 补上。"
        )
    return " / ".join(words)


def _current_database(con: duckdb.DuckDBPyConnection) -> str:
    row = con.execute("SELECT current_database()").fetchone()
    return str(row[0]) if row else "memory"
