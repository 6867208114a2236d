"""Sparse rows in YAML -> core tables: the small worlds in which checks and profiles are tried.

A fixture names only what matters; the rest gets defaults. Keys: `reports`, `budget_lines`, `indicators`,
`score_groups`, `statements`, `relations`, `sections`, `header_fields`, `unread`, `doubts`, `submissions`, `roster`,
`unit_matches`, `approved_budgets`, `approved_targets`, `final_accounts`, `last_reports` and the other `last_*` tables,
`findings`, `decisions`, and beside the tables `year`, `as_of`, `with` (other checks to run along), `expect` (the failed
rows, each by some of its columns) and `not_applicable: true`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Context, Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import yaml

from expectations.errors import FixtureError

Row = dict[str, Any]
WIDE = Context(prec=60)

TABLES = {
    "submissions": "raw.submissions",
    "reports": "core.reports",
    "header_fields": "core.header_fields",
    "budget_lines": "core.budget_lines",
    "indicators": "core.indicators",
    "score_groups": "core.score_groups",
    "statements": "core.statements",
    "relations": "core.relations",
    "sections": "core.sections",
    "paragraphs": "core.paragraphs",
    "unread": "core.unread",
    "doubts": "core.doubts",
    "roster": "raw.roster",
    "unit_matches": "raw.unit_matches",
    "findings": "judge.findings",
    "decisions": "judge.decisions",
    "approved_budgets": "raw.approved_budgets",
    "approved_targets": "raw.approved_targets",
    "final_accounts": "raw.final_accounts",
    "last_reports": "raw.last_reports",
    "last_indicators": "raw.last_indicators",
    "last_statements": "raw.last_statements",
    "last_sections": "raw.last_sections",
    "last_findings": "raw.last_findings",
}
SETTINGS = frozenset({"year", "as_of", "with", "expect", "not_applicable", "about"})
BESIDE = frozenset(
    {
        "roster",
        "unit_matches",
        "approved_budgets",
        "approved_targets",
        "final_accounts",
        "last_reports",
        "last_indicators",
        "last_statements",
        "last_sections",
        "last_findings",
        "decisions",
        "findings",
    }
)
NUMBERED = {
    "budget_lines": "line_no",
    "indicators": "row_no",
    "score_groups": "group_no",
    "statements": "statement_no",
    "relations": "relation_no",
    "sections": "section_no",
    "paragraphs": "paragraph_no",
}
CELL_LABELS = {
    "target": "年度指标值",
    "actual": "实际完成值",
    "max_score": "分值",
    "reported_score": "得分",
    "variance_reason": "偏差原因分析及改进措施",
    "initial_budget": "年初预算数",
    "adjusted_budget": "全年预算数",
    "executed": "全年执行数",
    "execution_rate": "执行率",
}
DEFAULTS: dict[str, Row] = {
    "submissions": {
        "file_name": "自评报告.docx",
        "sha256": "0" * 64,
        "size_bytes": 1,
        "received_at": datetime(2025, 3, 1, 9, 0),
        "outcome": "accepted",
        "seconds": 0.1,
        "extractor_version": "1",
        "run_id": "run-1",
        "format": "docx",
        "reader": "docx",
    },
    "reports": {
        "kind": "form",
        "scope": "overall",
        "template": "standard",
        "unit_name": "某市某局",
        "fiscal_year": 2024,
        "confidence": 1.0,
        "money_unit": "万元",
        "has_blocks": ["budget", "goals", "indicators", "total", "reasons"],
        "place": "表1",
    },
    "header_fields": {"field": "unit_name", "text": ""},
    "budget_lines": {
        "label": "年度资金总额",
        "role": "other",
        "is_total": False,
        "money_unit": "万元",
        "money_step_yuan": "100",
        "rate_step": "0.0001",
    },
    "indicators": {
        "source": "form",
        "row_kind": "indicator",
        "level1": "产出指标",
        "level2": "数量指标",
        "name": "指标",
        "level1_code": "output",
        "dimension": "quantity",
        "direction": "unknown",
        "target_text": "",
        "actual_text": "",
        "is_placeholder": False,
        "variance_reason": "",
        "confidence": 1.0,
    },
    "score_groups": {"kind": "level1", "label": "", "source": "form", "members": []},
    "statements": {"subject": "", "quantity": "other", "role": "plain", "printed": "", "text": ""},
    "relations": {
        "kind": "sum",
        "topic": "other",
        "subject": "",
        "step": "0.01",
        "stated_step": "0.01",
        "formula": "",
        "text": "",
    },
    "sections": {"heading": "", "kind": "other", "text": ""},
    "paragraphs": {"section_no": 1, "is_heading": False, "text": ""},
    "unread": {"text": "", "why": ""},
    "doubts": {"field": "actual", "text": "", "confidence": 0.5, "is_figure": True},
    "roster": {"expected_forms": 1},
    "unit_matches": {"how": "exact", "score": 1.0},
    "findings": {
        "check_version": 1,
        "severity": "major",
        "subject": "",
        "subject_key": "report",
        "message": "",
        "facts_hash": "0",
        "active": True,
        "first_seen_on": date(2024, 4, 1),
        "first_run_id": "run-0",
        "last_run_id": "run-0",
    },
    "decisions": {
        "facts_hash": "0",
        "decision": "accept",
        "decided_by": "复核人",
        "reason": "属实",
        "decided_at": datetime(2024, 4, 2, 9, 0),
    },
    "approved_budgets": {"item": "total", "fiscal_year": 2024, "unit_name": "某市某局"},
    "approved_targets": {"fiscal_year": 2024, "unit_name": "某市某局"},
    "final_accounts": {"item": "total", "fiscal_year": 2024, "unit_name": "某市某局"},
    "last_reports": {
        "last_report_id": "l1",
        "fiscal_year": 2023,
        "unit_name": "某市某局",
        "scope": "overall",
    },
    "last_indicators": {
        "last_report_id": "l1",
        "row_no": 1,
        "target_text": "",
        "actual_text": "",
        "actual_kind": "number",
    },
    "last_statements": {
        "last_report_id": "l1",
        "statement_no": 1,
        "subject": "",
        "quantity": "other",
        "printed": "",
        "text": "",
    },
    "last_sections": {"last_report_id": "l1", "section_no": 1, "heading": "", "kind": "other", "text": ""},
    "last_findings": {"last_report_id": "l1", "subject": "", "severity": "major", "decision": "accept"},
}


@dataclass(frozen=True, slots=True)
class Fixture:
    """Rows by table key (see TABLES), the judged year and day, and what is expected of the judging."""

    path: Path
    tables: dict[str, list[Row]]
    year: int | None
    as_of: date
    also: tuple[str, ...] = ()
    expect: tuple[dict[str, str], ...] = field(default=())
    not_applicable: bool = False


def read_fixture(path: Path) -> Fixture:
    """A fixture from its file. Raises FixtureError for a key that is neither a table nor a setting."""
    content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    return parse_fixture(content, path)


def parse_fixture(content: Row, path: Path) -> Fixture:
    """A fixture from its content; rows are completed with defaults."""
    unknown = sorted(content.keys() - TABLES.keys() - SETTINGS)
    if unknown:
        raise FixtureError(
            path, f"不认识的键 {'、'.join(unknown)}；可用 {'、'.join(sorted([*TABLES, *SETTINGS]))}"
        )
    rows = {key: [dict(row) for row in content.get(key) or []] for key in TABLES}
    if not rows["reports"]:
        rows["reports"] = [{}]
    for number, report in enumerate(rows["reports"], 1):
        _complete_report(report, number)
    first = rows["reports"][0]["report_id"]
    for key, items in rows.items():
        if key not in ("reports", "submissions", *BESIDE):
            _complete_rows(key, items, first)
    _complete_submissions(rows)
    for key, items in rows.items():
        rows[key] = [{**DEFAULTS[key], **row} for row in items]
    return Fixture(
        path=path,
        tables=rows,
        year=content.get("year", rows["reports"][0]["fiscal_year"]),
        as_of=content.get("as_of", date(2025, 4, 1)),
        also=tuple(content.get("with", ())),
        expect=tuple({key: str(value) for key, value in item.items()} for item in content.get("expect", ())),
        not_applicable=bool(content.get("not_applicable", False)),
    )


def fill_warehouse(con: duckdb.DuckDBPyConnection, fixture: Fixture) -> None:
    """Insert the fixture's rows into the tables of an open warehouse."""
    for key, rows in fixture.tables.items():
        if rows:
            _insert(con, TABLES[key], rows, fixture.path)


def _complete_report(report: Row, number: int) -> None:
    report.setdefault("report_id", f"r{number}")
    report.setdefault("form_no", number)
    report.setdefault("submission_id", f"s-{report['report_id']}")
    merged = {**DEFAULTS["reports"], **report}
    report.setdefault(
        "report_key",
        "|".join(
            str(merged.get(name) or "")
            for name in ("unit_name", "fiscal_year", "scope", "project_name", "kind")
        ),
    )


def _complete_submissions(rows: dict[str, list[Row]]) -> None:
    for row in rows["submissions"]:
        row.setdefault("submission_id", f"s-{rows['reports'][0]['report_id']}")
    known = {row["submission_id"] for row in rows["submissions"]}
    for report in rows["reports"]:
        if report["submission_id"] not in known:
            known.add(report["submission_id"])
            rows["submissions"].append({"submission_id": report["submission_id"]})
    for number, row in enumerate(rows["submissions"], 1):
        row.setdefault("file_path", f"{number}/{row.get('file_name', '自评报告.docx')}")


def _complete_rows(key: str, rows: list[Row], report_id: str) -> None:
    number_column = NUMBERED.get(key)
    counts: dict[str, int] = {}
    for row in rows:
        row.setdefault("report_id", report_id)
        counts[row["report_id"]] = counts.get(row["report_id"], 0) + 1
        number = counts[row["report_id"]]
        if number_column:
            row.setdefault(number_column, number)
        row.setdefault(
            "place",
            f"第{number}段"
            if key in ("statements", "relations", "sections", "paragraphs")
            else f"表1 第{number + 1}行",
        )
        row.setdefault("location", f'{{"row": {number}}}')
        if key == "indicators":
            _complete_indicator(row)
        elif key == "budget_lines":
            _complete_budget_line(row)
        elif key == "score_groups":
            for name in ("max_score", "reported_score"):
                row.setdefault(f"{name}_text", _text_of(row.get(name)))
                row.setdefault(f"{name}_place", f"{row['place']}「{CELL_LABELS[name]}」")


def _complete_indicator(row: Row) -> None:
    for side in ("target", "actual"):
        value, low, high = row.get(f"{side}_value"), row.get(f"{side}_low"), row.get(f"{side}_high")
        text = row.setdefault(f"{side}_text", _text_of(value))
        kind = (
            "number"
            if value is not None
            else "range"
            if low is not None
            else "qualitative"
            if text
            else "blank"
        )
        row.setdefault(f"{side}_kind", kind)
        if row[f"{side}_kind"] == "number":
            row.setdefault(f"{side}_low", value)
            row.setdefault(f"{side}_high", value)
        if value is not None or low is not None or high is not None:
            row.setdefault(f"{side}_base", "1")
            row.setdefault(f"{side}_step", str(_step(value if value is not None else low)))
            row.setdefault(f"{side}_unit", row.get("unit"))
            row.setdefault(f"{side}_dimension", row.get("unit") and f"count:{row['unit']}")
    if row["target_kind"] == "number":
        row.setdefault("comparator", "EQ")
    _complete_cells(
        row,
        ("level1", "level2", "name", "target", "actual", "max_score", "reported_score", "variance_reason"),
    )


def _complete_budget_line(row: Row) -> None:
    if row.get("role") == "total":
        row.setdefault("is_total", True)
    names = (
        "label",
        "initial_budget",
        "adjusted_budget",
        "executed",
        "execution_rate",
        "max_score",
        "reported_score",
    )
    for name in ("initial_budget", "adjusted_budget", "executed"):
        if row.get(f"{name}_yuan") is not None:
            row.setdefault(f"{name}_text", _text_of(Decimal(str(row[f"{name}_yuan"])) / 10000))
    if row.get("reported_execution_rate") is not None:
        row.setdefault(
            "execution_rate_text", _text_of(Decimal(str(row["reported_execution_rate"])) * 100) + "%"
        )
    _complete_cells(row, names)


def _complete_cells(row: Row, names: tuple[str, ...]) -> None:
    texts = {name: row.get(f"{name}_text", _text_of(row.get(name, ""))) for name in names}
    row["texts"] = {**texts, **(row.get("texts") or {})}
    places = {
        name: f"{row['place']}「{CELL_LABELS[name]}」" if name in CELL_LABELS else row["place"]
        for name in names
    }
    row["places"] = {**places, **(row.get("places") or {})}
    row.setdefault("locations", {name: row["location"] for name in names})
    for name in names:
        if f"{name}_text" not in ("target_text", "actual_text"):
            row.pop(f"{name}_text", None)


def _text_of(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def _step(value: object) -> Decimal:
    try:
        exponent = Decimal(str(value)).as_tuple().exponent
    except InvalidOperation:
        return Decimal(1)
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(1)


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: list[Row], path: Path) -> None:
    schema: pa.Schema = con.table(table).limit(0).to_arrow_table().schema
    unknown = sorted({key for row in rows for key in row} - set(schema.names))
    if unknown:
        raise FixtureError(path, f"表 {table} 没有列 {'、'.join(unknown)}；可用 {'、'.join(schema.names)}")
    typed = [
        {name: _as_type(row.get(name), schema.field(name).type) for name in schema.names} for row in rows
    ]
    con.from_arrow(pa.Table.from_pylist(typed, schema=schema)).insert_into(table)


def _as_type(value: Any, kind: pa.DataType) -> Any:
    if value is None:
        return None
    if pa.types.is_decimal(kind):
        return Decimal(str(value)).quantize(Decimal(1).scaleb(-kind.scale), context=WIDE)
    if pa.types.is_list(kind):
        return [_as_type(item, kind.value_type) for item in value]
    if pa.types.is_struct(kind):
        return {
            kind.field(index).name: _as_type(value.get(kind.field(index).name), kind.field(index).type)
            for index in range(kind.num_fields)
        }
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return str(value)
    if pa.types.is_date(kind) and isinstance(value, str):
        return date.fromisoformat(value)
    return value
