"""Loading a batch: once or twice, the same rows; faults load nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.filling import add_report, export_batch, put
from warehouse.errors import LoadError
from warehouse.load import TABLES, load_batch

Make = Callable[[str], duckdb.DuckDBPyConnection]


@pytest.fixture
def batch(make_warehouse: Make, tmp_path: Path) -> Path:
    source = make_warehouse("source")
    report = add_report(source, "s1", "清河县水利局", warnings=["第2页文字方向不明"])
    put(source, "core.indicators", report_id=report, row_no=1, name="疏浚河道", target_text="≥12公里",
        actual_text="12.5公里", target_value="12", texts={"target": "≥12公里"})  # fmt: skip
    put(
        source,
        "core.budget_lines",
        report_id=report,
        line_no=1,
        label="年度资金总额",
        is_total=True,
        executed_yuan="59236300.0000",
    )
    put(
        source,
        "raw.submissions",
        submission_id="s2",
        outcome="unreadable",
        reason="文件已加密，请解除密码后重新报送。",
    )
    return export_batch(source, tmp_path / "batch")


def rows(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple]]:
    return {t: con.execute(f"FROM {s}.{t} ORDER BY ALL").fetchall() for t, s in TABLES.items()}


def test_a_batch_loads_with_every_value(con: duckdb.DuckDBPyConnection, batch: Path) -> None:
    counts = load_batch(con, batch, "run-7")
    assert (counts.submissions, counts.reports, counts.indicators, counts.replaced) == (2, 1, 1, 0)
    assert con.execute("SELECT texts.target, target_value FROM core.indicators").fetchall()[0][0] == "≥12公里"
    assert con.execute("SELECT DISTINCT run_id FROM raw.submissions").fetchall() == [("run-7",)]
    assert con.execute(
        "SELECT status, reason FROM out.submissions WHERE submission_id = 's2'"
    ).fetchone() == (
        "unreadable",
        "文件已加密，请解除密码后重新报送。",
    )


def test_the_same_batch_twice_gives_the_same_rows(con: duckdb.DuckDBPyConnection, batch: Path) -> None:
    load_batch(con, batch, "run-1")
    once = rows(con)
    counts = load_batch(con, batch, "run-1")
    assert counts.replaced == 2
    assert rows(con) == once


def test_a_missing_file_loads_nothing(con: duckdb.DuckDBPyConnection, batch: Path) -> None:
    (batch / "indicators.parquet").unlink()
    with pytest.raises(LoadError, match=r"indicators\.parquet"):
        load_batch(con, batch, "run-1")
    assert not any(rows(con).values())


def test_a_truncated_file_is_named(con: duckdb.DuckDBPyConnection, batch: Path) -> None:
    file = batch / "reports.parquet"
    file.write_bytes(file.read_bytes()[:100])
    with pytest.raises(LoadError, match=r"reports\.parquet 已损坏"):
        load_batch(con, batch, "run-1")


@pytest.mark.parametrize(
    ("change", "word"), [("* EXCLUDE (subject)", "缺少列 subject"), ("*, 1 AS colour", "多出列 colour")]
)
def test_columns_must_be_those_of_the_schema(
    con: duckdb.DuckDBPyConnection, batch: Path, change: str, word: str
) -> None:
    con.table("core.statements").project(change).write_parquet(str(batch / "statements.parquet"))
    with pytest.raises(LoadError, match=word):
        load_batch(con, batch, "run-1")


def test_rows_without_their_report_are_refused(con: duckdb.DuckDBPyConnection, batch: Path) -> None:
    con.sql(
        "SELECT 'lost-1' AS report_id, '章' AS text, '' AS why, '' AS place, '' AS location"
    ).write_parquet(str(batch / "unread.parquet"))
    with pytest.raises(LoadError, match="没有对应的自评表：lost-1"):
        load_batch(con, batch, "run-1")
    assert not any(rows(con).values())
