"""The published snapshot, opened for reading: never in the way of a run, and a run never in its way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.errors import RunError
from flows.home import Home

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SQL_FOLDER = Path(__file__).parent.parent / "sql"


class NotPublishedError(RunError):
    """Nothing was published in this home yet."""


@contextmanager
def snapshot(home: Home) -> Iterator[DuckDBPyConnection]:
    """A read-only connection to review.duckdb. Raises NotPublishedError where there is none."""
    import duckdb

    if not home.review.exists():
        raise NotPublishedError(
            f"{home.root} 还没有发布结果；请先运行 jixiao run --inbox 收件目录（或用 --home 指定数据目录）"
        )
    con = duckdb.connect(str(home.review), read_only=True)
    try:
        yield con
    finally:
        con.close()


def fetch(con: DuckDBPyConnection, name: str, **values: object) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Columns and rows that flows/sql/NAME.sql gives."""
    found = con.execute((SQL_FOLDER / f"{name}.sql").read_text("utf-8"), values or None)
    return [column[0] for column in found.description or ()], found.fetchall()
