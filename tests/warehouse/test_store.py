"""Opening the warehouse: schema once, marts when they changed, comments on everything."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from warehouse import store
from warehouse.errors import SchemaError

CONTRACT = {
    "submissions": "submission_id file_name member_path sha256 received_at status reason reader seconds",
    "reports": "report_id submission_id file_name form_no unit_name unit_code supervisor region fiscal_year scope project_name"
    " template profile max_score_total reported_score_total recomputed_score_total reported_grade recomputed_grade",
    "budget_lines": "report_id line_no label is_total initial_budget_yuan adjusted_budget_yuan executed_yuan"
    " reported_execution_rate execution_rate max_score reported_score recomputed_score place",
    "indicators": "report_id row_no level1 level2 name target_text actual_text comparator target_value actual_value unit"
    " max_score reported_score recomputed_score_low recomputed_score_high outcome variance_reason place",
    "statements": "report_id statement_no subject quantity value unit text place",
    "check_results": "report_id check_id check_version answer reason",
    "findings": "finding_id report_id file_name check_id severity subject message reported_value expected_value difference"
    " evidence place state",
    "review_queue": "priority unit year check severity message place state assignee age",
    "rollup_units": "unit_name execution_rate",
    "rollup_departments": "department units_scored units_excluded excluded_because",
    "rollup_regions": "region units_with_reported_score average_reported_score",
    "rollup_indicators": "level1 dimension met unmet not_computable",
    "year_on_year": "unit_name previous_execution_rate",
    "coverage": "expected_units received_units late_units missing_units unreadable not_an_evaluation",
    "runs": "run_id started_at finished_at counts_by_status versions settings",
}


def test_opening_twice_changes_no_byte(empty_warehouse: Path, tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    path.write_bytes(empty_warehouse.read_bytes())
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    store.open_warehouse(path).close()
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_each_numbered_file_is_applied_once(con: duckdb.DuckDBPyConnection) -> None:
    numbers = [int(f.name[:3]) for f in sorted(store.SCHEMA_FOLDER.glob("*.sql"))]
    applied = con.execute(
        "SELECT version FROM main.schema_version WHERE version > 0 ORDER BY version"
    ).fetchall()
    assert [row[0] for row in applied] == numbers
    assert store.apply_schema(con) == ()


def test_a_file_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "schema"
    folder.mkdir()
    (folder / "001_good.sql").write_text("CREATE TABLE a (x INTEGER);")
    (folder / "002_bad.sql").write_text("CREATE TABLE b (x INTEGER); SELECT nonsense;")
    with duckdb.connect() as con:
        with pytest.raises(duckdb.Error):
            store.apply_schema(con, folder)
        assert con.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall() == [
            ("a",),
            ("schema_version",),
        ]


def test_a_newer_database_is_refused_in_words(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("INSERT INTO main.schema_version VALUES (999, 'x', 'x', now()::TIMESTAMP)")
    with pytest.raises(SchemaError, match="请升级"):
        store.apply_schema(con)


def test_read_only_needs_a_file(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="不存在"):
        store.open_warehouse(tmp_path / "none.duckdb", read_only=True)


def test_every_mart_file_is_applied() -> None:
    assert {f.stem for f in store.MART_FOLDER.glob("*.sql")} == set(store.MARTS)


@pytest.mark.parametrize("view", sorted(CONTRACT))
def test_the_public_contract_has_its_columns(con: duckdb.DuckDBPyConnection, view: str) -> None:
    columns = set(con.sql(f"FROM out.{view}").columns)
    assert set(CONTRACT[view].split()) <= columns


def test_every_view_and_column_of_out_is_explained_in_two_languages(con: duckdb.DuckDBPyConnection) -> None:
    comments = con.execute(
        "SELECT table_name || '.' || column_name, comment FROM duckdb_columns() WHERE schema_name = 'out'"
        " UNION ALL SELECT view_name, comment FROM duckdb_views() WHERE schema_name = 'out'"
    ).fetchall()
    assert len(comments) > 300
    for name, words in comments:
        assert words and " / " in words, name
        chinese, english = words.split(" / ", 1)
        assert re.search(r"[\u4e00-\u9fa5]", chinese) and re.search("[a-z]", english), name


def test_a_column_without_words_is_refused(
    make_warehouse: Callable[[str], duckdb.DuckDBPyConnection],
) -> None:
    con = make_warehouse("extra")
    con.execute("CREATE VIEW out.unexplained AS SELECT 1 AS x")
    with pytest.raises(SchemaError, match="unexplained"):
        store.apply_comments(con, "out", store.COMMENT_FILE)


def test_money_in_out_is_exact(con: duckdb.DuckDBPyConnection) -> None:
    kinds = con.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE schema_name = 'out' AND column_name LIKE '%_yuan'"
    ).fetchall()
    assert kinds and all(kind.startswith("DECIMAL") for _, _, kind in kinds)


def row_by_row_joins(plan: dict[str, Any]) -> Iterator[str]:
    """The conditions of joins that compare every row with every row although they name a key."""
    if plan["name"].strip() in {"BLOCKWISE_NL_JOIN", "NESTED_LOOP_JOIN"}:
        condition = json.dumps(plan["extra_info"])
        if re.search(r"\b(\w+) = \1\b", condition) and "fiscal_year = " not in condition:
            yield condition
    for child in plan.get("children", []):
        yield from row_by_row_joins(child)


def test_no_view_compares_every_row_with_every_row(con: duckdb.DuckDBPyConnection) -> None:
    """A left join on a condition of the left side alone is no hash join in DuckDB: 100,000 reports would take days."""
    for (view,) in con.execute("SELECT view_name FROM duckdb_views() WHERE schema_name = 'out'").fetchall():
        plan = con.execute(f"EXPLAIN (FORMAT json) SELECT * FROM out.{view}").fetchall()[0][1]
        assert not [one for root in json.loads(plan) for one in row_by_row_joins(root)], view


def test_two_schema_files_of_one_number_are_refused(tmp_path: Path) -> None:
    for name in ("001_first.sql", "002_second.sql", "002_other.sql"):
        (tmp_path / name).write_text("SELECT 1;", "utf-8")
    with duckdb.connect() as con, pytest.raises(SchemaError, match=r"002_other\.sql 和 002_second\.sql"):
        store.apply_schema(con, tmp_path)
