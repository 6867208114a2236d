"""The read-only snapshot: schema `out` as tables with their comments, in a file that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.comments import apply_comments
from warehouse.errors import PublicationError
from warehouse.quoted import attached
from warehouse.store import COMMENT_FILE
from warehouse.transaction import transaction

SNAPSHOT_SQL = Path(__file__).parent / "snapshot.sql"


def build_snapshot(con: duckdb.DuckDBPyConnection, path: Path) -> Mapping[str, int]:
    """Writes the snapshot to `path`, reads it back, and gives the rows of each table.

    Raises PublicationError when what is read back is not what was written.
    """
    with attached(con, path, "snapshot", read_only=False):
        # One transaction: four hundred comments would else be four hundred commits.
        with transaction(con):
            con.execute(SNAPSHOT_SQL.read_text(encoding="utf-8"))
            apply_comments(con, "out", COMMENT_FILE, database="snapshot")
        written = _row_counts(con, "snapshot")
        con.execute("CHECKPOINT snapshot")
    with open_snapshot(path) as copy:
        read = _row_counts(copy, path.stem)
    if read != written:
        raise PublicationError("快照写入后校验不一致，已保留原有快照。请检查磁盘后重新运行。")
    return written


@contextmanager
def open_snapshot(
    path: Path, memory_limit: str = "1GB", threads: int | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to a snapshot file."""
    config: dict[str, str | bool | int | float | list[str]] = {"memory_limit": memory_limit}
    if threads is not None:
        config["threads"] = threads
    con = duckdb.connect(str(path), read_only=True, config=config)
    try:
        yield con
    finally:
        con.close()


def _row_counts(con: duckdb.DuckDBPyConnection, database: str) -> dict[str, int]:
    names = con.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = ? AND schema_name = 'out' ORDER BY table_name",
        [database],
    ).fetchall()
    counts: dict[str, int] = {}
    for (name,) in names:
        row = con.table(f"{database}.out.{name}").count("*").fetchone()
        counts[name] = int(row[0]) if row else 0
    return counts
