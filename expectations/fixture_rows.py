"""Completes the sparse rows of a fixture: identifiers, numbers, places, printed texts, and defaults (fixture_tables.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from extractors.report import BUDGET_CELLS, INDICATOR_CELLS

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FixtureTable:
    """A table that a fixture may fill. table: of the warehouse. number: the column that counts a report's rows.

    beside: its rows belong to no report. defaults: what a row gets that says nothing of a column.
    """

    table: str
    number: str | None = None
    beside: bool = False
    defaults: Mapping[str, Any] = field(default_factory=dict)


TABLES: dict[str, FixtureTable] = {
    key: FixtureTable(**said)
    for key, said in yaml.safe_load(
        (Path(__file__).parent / "fixture_tables.yaml").read_text("utf-8")
    ).items()
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


def completed(rows: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """The rows of every table with all that they do not say; at least one report."""
    if not rows["reports"]:
        rows["reports"] = [{}]
    for number, report in enumerate(rows["reports"], 1):
        _complete_report(report, number)
    first = rows["reports"][0]["report_id"]
    for key, items in rows.items():
        if key not in ("reports", "submissions") and not TABLES[key].beside:
            _complete_rows(key, items, first)
    _complete_submissions(rows)
    return {key: [{**TABLES[key].defaults, **row} for row in items] for key, items in rows.items()}


def _complete_report(report: Row, number: int) -> None:
    report.setdefault("report_id", f"r{number}")
    report.setdefault("form_no", number)
    report.setdefault("submission_id", f"s-{report['report_id']}")
    merged = {**TABLES["reports"].defaults, **report}
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
    number_column = TABLES[key].number
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
    _complete_cells(row, INDICATOR_CELLS)


def _complete_budget_line(row: Row) -> None:
    if row.get("role") == "total":
        row.setdefault("is_total", True)
    for name in ("initial_budget", "adjusted_budget", "executed"):
        if row.get(f"{name}_yuan") is not None:
            row.setdefault(f"{name}_text", _text_of(Decimal(str(row[f"{name}_yuan"])) / 10000))
    if row.get("reported_execution_rate") is not None:
        row.setdefault(
            "execution_rate_text", _text_of(Decimal(str(row["reported_execution_rate"])) * 100) + "%"
        )
    _complete_cells(row, BUDGET_CELLS)


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
