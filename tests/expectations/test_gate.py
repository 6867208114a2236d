"""The gate lets a sound warehouse through, stops a broken one in words, and counts as SQL counts."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from expectations.fixture import fill_warehouse, read_fixture
from expectations.gate import GateResult, run_gate
from expectations.judge import judge
from expectations.suites.data_docs import make_offline
from expectations.suites.rules import load_rules
from warehouse.store import open_warehouse

WORLD = Path(__file__).parent / "worlds" / "city_bureau.yaml"
FAULTS = """
INSERT INTO core.indicators BY NAME SELECT * FROM core.indicators WHERE row_no = 3;
UPDATE core.reports SET scope = 'partial';
UPDATE judge.check_results SET reason = NULL WHERE answer = 'not_applicable' AND check_id LIKE 'REC-%';
INSERT INTO core.sections VALUES ('nobody', 1, '标题', 'other', '正文', NULL, NULL);
INSERT INTO raw.roster BY NAME SELECT '某市某局' AS unit_name FROM range(2);
INSERT INTO raw.unit_matches BY NAME SELECT 'nowhere' AS submission_id, '某市某局' AS roster_unit_name, 'exact' AS how, 1 AS score;
INSERT INTO raw.handed_in_matches VALUES ('final_accounts', 'nobody', '某市某局', NULL, NULL, 'guess');
INSERT INTO raw.last_findings BY NAME
  SELECT 'nobody' AS last_report_id, 'SCO-01' AS check_id, '' AS subject, 'major' AS severity, 'accept' AS decision;
"""

# A unit that corrects its report saves it under the old name: an ordinary event, no fault of the tables.
TWO_VERSIONS_OF_ONE_PATH = """
INSERT INTO raw.inbox_files VALUES
  ('自评报告.docx', 'a', 1, TIMESTAMP '2025-03-01 09:00:00', 'aa/a.docx', '1', 'run-0'),
  ('自评报告.docx', 'b', 1, TIMESTAMP '2025-03-09 09:00:00', 'bb/b.docx', '1', 'run-1');
"""


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gate") / "warehouse.duckdb"
    with open_warehouse(path) as con:
        fixture = read_fixture(WORLD)
        fill_warehouse(con, fixture)
        con.execute(TWO_VERSIONS_OF_ONE_PATH)
        judge(con, fixture.as_of, "run-1", fixture.year)
    return path


@pytest.fixture(scope="module")
def result(judged: Path) -> GateResult:
    return run_gate(judged, judged.with_name("docs"))


def test_sound_warehouse_passes(result: GateResult):
    assert result.failures == ()
    assert result.success


def test_catalogue_counts_are_those_of_sql(judged: Path, result: GateResult):
    with duckdb.connect(str(judged), read_only=True) as con:
        rows = con.execute(
            "SELECT check_id, count(*) FILTER (answer = 'fail') FROM judge.check_results GROUP BY check_id"
        )
        counted = dict(rows.fetchall())
    assert result.check_failures == counted
    assert sum(counted.values()) > 0


def test_every_table_of_the_warehouse_is_covered(judged: Path):
    with duckdb.connect(str(judged), read_only=True) as con:
        tables = con.execute(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE schema_name IN ('core', 'raw', 'judge')"
        ).fetchall()
    assert {name for (name,) in tables} <= load_rules().keys()


def test_data_docs_load_nothing_from_elsewhere(result: GateResult):
    pages = list(result.data_docs_path.parent.rglob("*.html"))
    assert len(pages) > 20
    loaded = re.compile(
        r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE
    )
    assert [page.name for page in pages if loaded.search(page.read_text(encoding="utf-8"))] == []
    assert "数据校验通过" in result.data_docs_path.read_text(encoding="utf-8")


def test_broken_warehouse_stops_and_says_why(judged: Path, tmp_path: Path):
    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(judged.read_bytes())
    with open_warehouse(broken) as con:
        con.execute(FAULTS)
        without_reason = con.execute(
            "SELECT count(*) FROM judge.check_results WHERE answer = 'not_applicable' AND reason IS NULL"
        )
        (expected,) = without_reason.fetchone() or (0,)
        found = run_gate(con, tmp_path / "docs")
    assert not found.success
    assert "表 core.indicators：report_id、row_no 不重复，2 行不符" in found.failures
    assert "表 core.reports：scope 只能是 overall、project，1 行不符" in found.failures
    assert "表 core.sections：行没有对应的报告，1 行不符" in found.failures
    for table, told in (
        ("raw.roster", "同一地区同名单位不止一行"),
        ("raw.unit_matches", "所对应的材料不存在"),
        ("raw.handed_in_matches", "所对应的报告不存在"),
        ("raw.handed_in_matches", "how 只能是 roster、code、exact、alias、normalised"),
        ("raw.last_findings", "行没有对应的上年报告"),
    ):
        assert f"表 {table}：{told}，1 行不符" in found.failures
    assert f"表 judge.check_results：不适用而没有原因，{expected} 行不符" in found.failures
    assert "未通过" in found.data_docs_path.read_text(encoding="utf-8")


def test_offline_pages_keep_their_text(tmp_path: Path):
    page = tmp_path / "page.html"
    page.write_text(
        '<html><head><link rel="stylesheet" href="https://cdn.example/x.css"><script src="//cdn.example/x.js"></script></head>'
        "<body><script>$('x')</script><p>内容</p><img src='https://example/logo.png'></body></html>",
        encoding="utf-8",
    )
    assert make_offline(tmp_path) == 1
    text = page.read_text(encoding="utf-8")
    assert "内容" in text
    assert "cdn.example" not in text
    assert "example/logo" not in text
