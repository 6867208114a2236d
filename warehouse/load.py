"""Loads one batch of extraction results: one transaction, the same rows however often it runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.errors import LoadError
from warehouse.quoted import drop_view
from warehouse.transaction import transaction

SQL_FOLDER = Path(__file__).parent / "sql"

TABLES = {
    "submissions": "raw",
    "reports": "core",
    "header_fields": "core",
    "budget_lines": "core",
    "indicators": "core",
    "score_groups": "core",
    "statements": "core",
    "relations": "core",
    "sections": "core",
    "paragraphs": "core",
    "unread": "core",
    "doubts": "core",
}
"""Parquet file of a batch (without suffix) -> the schema its table stands in."""

WRITTEN_LATER = frozenset({"superseded_by", "supersedes"})
"""Columns that a batch need not have: the warehouse fills them (run_id it fills itself)."""


@dataclass(frozen=True, slots=True)
class LoadCounts:
    """What a batch gave. replaced: submissions that were there before and were replaced."""

    submissions: int
    reports: int
    indicators: int
    replaced: int


def load_batch(con: duckdb.DuckDBPyConnection, batch_dir: Path | str, run_id: str) -> LoadCounts:
    """Loads the Parquet files of `batch_dir`, written by extractors.rows, in one transaction.

    Submissions already in the warehouse are replaced with all their rows. Marks of supersession are set by
    `warehouse.supersede.mark_superseded` afterwards. Raises LoadError, with nothing loaded, when files or columns are
    missing or unknown, keys are double, or values do not fit their column.
    """
    batch_dir = Path(batch_dir)
    with _incoming_views(con, batch_dir):
        _refuse_faults(con, batch_dir)
        counts = _counts(con)
        try:
            with transaction(con):
                _replace(con, counts, run_id)
        except duckdb.Error as error:
            raise LoadError(
                f"批次「{batch_dir.name}」未能写入数据库：{error}。请重新运行；如仍失败，请把该批次目录交给维护人员。"
            ) from error
    return counts


def _replace(con: duckdb.DuckDBPyConnection, counts: LoadCounts, run_id: str) -> None:
    if counts.replaced:
        con.execute((SQL_FOLDER / "load_replace.sql").read_text(encoding="utf-8"))
    *inserts, last = _statements("load_insert.sql")
    for statement in inserts:
        con.execute(statement)
    con.execute(last, {"run_id": run_id})


@contextmanager
def _incoming_views(con: duckdb.DuckDBPyConnection, batch_dir: Path) -> Iterator[None]:
    """Temporary views incoming_<table> over the batch's files, their columns checked against the schema."""
    made: list[str] = []
    try:
        for table, schema in TABLES.items():
            file = batch_dir / f"{table}.parquet"
            if not file.is_file():
                raise LoadError(
                    f"批次「{batch_dir.name}」缺少文件 {file.name}。该批次的读取未完成，请重新运行。"
                )
            try:
                relation = con.read_parquet(str(file))
                columns = relation.columns
            except duckdb.Error as error:
                raise LoadError(
                    f"批次「{batch_dir.name}」的文件 {file.name} 已损坏：{error}。请重新运行。"
                ) from error
            _check_columns(con, schema, table, columns, batch_dir)
            if table == "submissions" and "run_id" not in columns:
                relation = relation.project("*, NULL::VARCHAR AS run_id")
            relation.create_view(f"incoming_{table}", replace=True)
            made.append(f"incoming_{table}")
        yield
    finally:
        for name in made:
            drop_view(con, name)


def _check_columns(
    con: duckdb.DuckDBPyConnection, schema: str, table: str, columns: list[str], batch_dir: Path
) -> None:
    expected = {
        row[0]
        for row in con.execute(
            "SELECT column_name FROM duckdb_columns()"
            " WHERE database_name = current_database() AND schema_name = ? AND table_name = ?",
            [schema, table],
        ).fetchall()
    }
    missing = sorted(expected - set(columns) - WRITTEN_LATER - {"run_id"})
    unknown = sorted(set(columns) - expected)
    if missing or unknown:
        words = [f"缺少列 {'、'.join(missing)}"] if missing else []
        words += [f"多出列 {'、'.join(unknown)}"] if unknown else []
        raise LoadError(
            f"批次「{batch_dir.name}」的 {table}.parquet 与数据库结构不符：{'；'.join(words)}。"
            "读取程序与数据库版本不一致，请用同一版本重新读取。"
        )


def _refuse_faults(con: duckdb.DuckDBPyConnection, batch_dir: Path) -> None:
    faults = con.execute((SQL_FOLDER / "load_faults.sql").read_text(encoding="utf-8")).fetchall()
    if faults:
        listed = "；".join(row[0] for row in faults)
        raise LoadError(f"批次「{batch_dir.name}」数据不一致：{listed}。未写入任何数据。")


def _counts(con: duckdb.DuckDBPyConnection) -> LoadCounts:
    row = con.execute(
        "SELECT (SELECT count(*) FROM incoming_submissions), (SELECT count(*) FROM incoming_reports),"
        " (SELECT count(*) FROM incoming_indicators),"
        " (SELECT count(*) FROM raw.submissions SEMI JOIN incoming_submissions USING (submission_id))"
    ).fetchone()
    assert row is not None
    return LoadCounts(*row)


def _statements(file_name: str) -> list[str]:
    text = (SQL_FOLDER / file_name).read_text(encoding="utf-8")
    return [statement.strip() for statement in text.split(";\n") if statement.strip()]
