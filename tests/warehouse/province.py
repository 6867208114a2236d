"""A province's year, synthesised in SQL: batch folders as extraction writes them, and what judging would add."""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse.load import TABLES, WRITTEN_LATER

INDICATORS = 25
CHECKS = 80
FINDINGS = 12

BATCH_SQL = """
CREATE OR REPLACE TEMP TABLE forms AS
SELECT n, printf('%016x', n) AS submission_id, printf('%016x-1', n) AS report_id, '市' || (n % 120) || '县' AS region,
       '市' || (n % 120) || '县第' || (n // 120) || '局' AS unit_name
FROM range($first::BIGINT, $last::BIGINT) t(n);
"""

TABLE_SQL = {
    "submissions": "SELECT submission_id, unit_name || '.docx' AS file_name, region || '/' || unit_name || '.docx' AS file_path, 'sha' || n AS sha256,"
    " 50000 + n AS size_bytes, TIMESTAMP '2024-03-01' + to_minutes((n % 40000)::INTEGER) AS received_at, 'docx' AS format, 'docx' AS reader,"
    " CASE WHEN n % 50 = 7 THEN 'unreadable' ELSE 'accepted' END AS outcome, CASE WHEN n % 50 = 7 THEN '文件已加密' END AS reason,"
    " 0.02 AS seconds, []::VARCHAR[] AS warnings, '1' AS extractor_version FROM forms",
    "reports": "SELECT report_id, submission_id, 1 AS form_no, unit_name || '|2023' AS report_key, 'form' AS kind, 'overall' AS scope, 'standard' AS template,"
    " unit_name, region, 2023 AS fiscal_year, '省第' || (n % 60) || '厅' AS supervisor, 100 AS max_score_total, 80 + n % 20 AS reported_score_total,"
    " ['budget', 'indicators', 'total'] AS has_blocks, repeat('本单位认真落实各项工作。', 60) AS narrative_text, 1.0 AS confidence, '表1' AS place"
    " FROM forms WHERE n % 50 <> 7",
    "header_fields": "SELECT report_id, unnest(['unit_name', 'contact', 'phone']) AS field, unnest(['单位名称', '联系人', '联系电话']) AS label,"
    " unnest([unit_name, '王小明', '13912345678']) AS text, '表1 第2行' AS place FROM forms WHERE n % 50 <> 7",
    "budget_lines": "SELECT report_id, k AS line_no, '行' || k AS label, CASE WHEN k = 1 THEN 'total' ELSE 'source' END AS role, k = 1 AS is_total,"
    " 1000000 + n AS initial_budget_yuan, 1000000 + n AS adjusted_budget_yuan, 900000 + n AS executed_yuan, 0.9 AS reported_execution_rate,"
    " 10 AS max_score, 9 AS reported_score, '表1 第' || (k + 4) || '行' AS place,"
    " {'label': '行' || k, 'initial_budget': '100.00', 'adjusted_budget': '100.00', 'executed': '90.00', 'execution_rate': '90%', 'max_score': '10', 'reported_score': '9'} AS texts,"
    " {'label': '表1', 'initial_budget': '表1 第5行「年初预算数」', 'adjusted_budget': '', 'executed': '', 'execution_rate': '', 'max_score': '', 'reported_score': ''} AS places"
    " FROM forms, range(1, 5) b(k) WHERE n % 50 <> 7",
    "indicators": "SELECT report_id, k AS row_no, 'form' AS source, 'indicator' AS row_kind, CASE WHEN k <= 15 THEN '产出指标' ELSE '效益指标' END AS level1,"
    " '数量指标' AS level2, '完成任务数量' || k || '（个）' AS name, CASE WHEN k <= 15 THEN 'output' ELSE 'outcome' END AS level1_code, 'quantity' AS dimension, 'up' AS direction,"
    " '≥' || (100 + k) || '个' AS target_text, (90 + (n + k) % 30) || '个' AS actual_text, 'GE' AS comparator, 'number' AS target_kind, 100 + k AS target_value,"
    " 1 AS target_step, 1 AS target_base, '个' AS target_unit, 'count:个' AS target_dimension, 'number' AS actual_kind, 90 + (n + k) % 30 AS actual_value, 1 AS actual_base,"
    " '个' AS actual_unit, 'count:个' AS actual_dimension, 3.6 AS max_score, 3.5 AS reported_score, false AS is_placeholder,"
    " CASE WHEN k % 9 = 0 THEN '受天气影响，部分任务顺延至下年' ELSE '' END AS variance_reason, 1.0 AS confidence, '表1 第' || (k + 10) || '行' AS place,"
    " {'level1': '产出指标', 'level2': '数量指标', 'name': '完成任务数量', 'target': '≥100个', 'actual': '95个', 'max_score': '3.6', 'reported_score': '3.5', 'variance_reason': ''} AS texts,"
    " {'level1': '', 'level2': '', 'name': '', 'target': '表1 第' || (k + 10) || '行「年度指标值」', 'actual': '表1 第' || (k + 10) || '行「实际完成值」', 'max_score': '', 'reported_score': '', 'variance_reason': ''} AS places"
    " FROM forms, range(1, 26) b(k) WHERE n % 50 <> 7",
    "score_groups": "SELECT report_id, k AS group_no, 'level1' AS kind, '小计' || k AS label, 'form' AS source, 30 AS max_score, 28 AS reported_score FROM forms, range(1, 4) b(k) WHERE n % 50 <> 7",
    "statements": "SELECT report_id, k AS statement_no, '任务' || k AS subject, 'count' AS quantity, 'plain' AS role, k AS value, '个' AS unit, k || '个' AS printed,"
    " '全年完成任务' || k || '个，比上年增加' || n || '个，群众反映良好。' AS text, '第' || k || '段' AS place FROM forms, range(1, 11) b(k) WHERE n % 50 <> 7",
    "relations": "SELECT report_id, 1 AS relation_no, 'sum' AS kind, 'items' AS topic, '合计' AS subject, 1 AS step, 1 AS stated_step, '1+1' AS formula, '' AS text FROM forms WHERE n % 50 <> 7",
    "sections": "SELECT report_id, k AS section_no, '一、基本情况' AS heading, 'overview' AS kind, repeat('本单位认真落实各项工作。', 20) AS text FROM forms, range(1, 4) b(k) WHERE n % 50 <> 7",
    "unread": "SELECT report_id, '备注' AS text, '无对应栏目' AS why FROM forms WHERE n % 200 = 3",
}

JUDGE_SQL = f"""
UPDATE judge.scope SET fiscal_year = 2023, as_of = DATE '2024-04-10';
INSERT INTO judge.check_catalogue BY NAME SELECT printf('CHK-%02d', k) AS check_id, 1 AS version, 'A' AS class, CASE WHEN k % 4 = 0 THEN 'major' ELSE 'minor' END AS severity, 'CHK' AS family,
  '规则' || k AS title, '财预〔2020〕10号' AS basis, '' AS body_hash, '' AS message, '' AS not_applicable, false AS grouped FROM range({CHECKS}) t(k);
INSERT INTO judge.report_profiles SELECT report_id, 'national', '默认' FROM active.reports;
INSERT INTO judge.budget_scores BY NAME SELECT report_id, line_no, 0.9 AS execution_rate, 9 AS recomputed_score, 9 AS exact_score, '分值×执行率' AS rule, '10×90%＝9' AS explanation FROM active.budget_lines;
INSERT INTO judge.indicator_scores BY NAME SELECT report_id, row_no, CASE WHEN actual_value >= target_value THEN 'met' ELSE 'unmet' END AS outcome, 0.95 AS achievement, 3.5 AS low, 3.5 AS high, 3.5 AS exact_score,
  '正向' AS rule, '3.6×95/100＝3.42' AS explanation FROM active.indicators;
INSERT INTO judge.report_scores BY NAME SELECT report_id, 90 AS recomputed_low, 90 AS recomputed_high, 90 AS recomputed_total, '优' AS recomputed_grade, true AS is_complete, '' AS explanation FROM active.reports;
INSERT INTO judge.scored_items BY NAME SELECT report_id, 'R' || row_no AS item_key, 'indicator' AS kind, name AS label, level1_code, [row_no] AS rows_covered, max_score, reported_score, 3.5 AS low, 3.5 AS high FROM active.indicators;
INSERT INTO judge.check_results BY NAME SELECT report_id, printf('CHK-%02d', k) AS check_id, 1 AS check_version, CASE WHEN k < {FINDINGS} THEN 'fail' ELSE 'pass' END AS answer, 5 AS tested, (k < {FINDINGS})::INTEGER AS failed
  FROM active.reports, range({CHECKS}) t(k);
INSERT INTO judge.tests BY NAME SELECT report_id, printf('CHK-%02d', k) AS check_id, 'R1' AS subject_key, '完成任务数量' AS subject, true AS failed, '95个' AS reported_value, '100个' AS expected_value, '表1 第11行「实际完成值」' AS place
  FROM active.reports, range({FINDINGS}) t(k);
INSERT INTO judge.findings BY NAME SELECT left(sha256(report_id || k), 16) AS finding_id, report_id, printf('CHK-%02d', k) AS check_id, 1 AS check_version, CASE WHEN k % 4 = 0 THEN 'major' ELSE 'minor' END AS severity,
  '完成任务数量' || k || '（个）' AS subject, 'R' || k AS subject_key, '「完成任务数量」完成值95个低于目标100个，未说明原因，请补充' AS message, '95个' AS reported_value, '100个' AS expected_value, '5个' AS difference,
  '95个' AS evidence, '表1 第11行「实际完成值」' AS place, ['表1 第11行「实际完成值」'] AS places, 'h' AS facts_hash, true AS active, DATE '2024-04-01' AS first_seen_on, 'run-1' AS first_run_id, 'run-1' AS last_run_id
  FROM active.reports, range({FINDINGS}) t(k);
"""


def write_batches(folder: Path, reports: int, batch: int = 5_000) -> list[Path]:
    """Batch folders with `reports` files, 98 of 100 of them a form with 25 indicators."""
    made: list[Path] = []
    with duckdb.connect(":memory:", config={"memory_limit": "2GB"}) as con:
        for first in range(0, reports, batch):
            target = folder / f"{first // batch:05d}"
            target.mkdir(parents=True)
            con.execute(BATCH_SQL, {"first": first, "last": min(reports, first + batch)})
            for table, query in TABLE_SQL.items():
                con.sql(query).create_view("rows", replace=True)
                con.table("rows").write_parquet(str(target / f"{table}.parquet"))
            made.append(target)
    return made


def complete_columns(con: duckdb.DuckDBPyConnection, folders: list[Path]) -> None:
    """Adds to the files of each folder the columns of the schema that the synthesis leaves empty, as NULL."""
    with duckdb.connect(":memory:") as plain:
        for folder in folders:
            for table, schema in TABLES.items():
                file = folder / f"{table}.parquet"
                relation = plain.read_parquet(str(file))
                missing = [
                    (name, kind)
                    for name, kind in zip(
                        con.table(f"{schema}.{table}").columns,
                        con.table(f"{schema}.{table}").types,
                        strict=True,
                    )
                    if name not in relation.columns and name not in WRITTEN_LATER and name != "run_id"
                ]
                if missing:
                    nulls = ", ".join(f"NULL::{kind} AS {name}" for name, kind in missing)
                    relation.project(f"*, {nulls}").write_parquet(str(file) + ".new")
                    Path(str(file) + ".new").replace(file)


def judge_province(con: duckdb.DuckDBPyConnection) -> None:
    """Fills the judge tables for every active report."""
    con.execute(JUDGE_SQL)
