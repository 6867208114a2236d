"""Hands in what stands beside the submissions: the roster, approved budgets and targets, final accounts, decisions on findings."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import duckdb

from tests.corpus.trial import Beside

ROSTER_COLUMNS = {
    "unit_name": "单位名称", "unit_code": "单位编码", "aliases": "别名", "parent_name": "上级单位", "department": "主管部门",
    "region": "地区", "deadline": "截止日期", "extension_until": "延期至", "expected_forms": "应报份数",
}  # fmt: skip
RETURNED = Path(__file__).with_name("returned.sql")


def hand_in(con: duckdb.DuckDBPyConnection, besides: Sequence[Beside], folder: Path) -> None:
    """Load every roster entry through the roster's own reader, the other tables as rows."""
    from warehouse.roster import load_roster, match_units

    entries = [entry for beside in besides for entry in beside.roster]
    if entries:
        path = folder / "roster.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(ROSTER_COLUMNS.values())
            for entry in entries:
                row = [getattr(entry, name) for name in ROSTER_COLUMNS]
                writer.writerow(
                    ["；".join(v) if isinstance(v, tuple) else "" if v is None else v for v in row]
                )
        load_roster(con, path)
        match_units(con)
    for beside in besides:
        _tables(con, beside)


def _tables(con: duckdb.DuckDBPyConnection, beside: Beside) -> None:
    from extractors.values import parse_quantity

    for t in beside.targets:
        read = parse_quantity(t.text)
        con.execute(
            "INSERT INTO raw.approved_targets (unit_name, fiscal_year, project_name, name, target_text, target_value, target_unit,"
            " comparator, target_kind, target_low, target_high) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [t.unit, t.year, t.project, t.name, t.text, read.value, read.unit, read.comparator, read.kind, read.low, read.high],
        )  # fmt: skip
    for a in beside.budgets:
        con.execute(
            "INSERT INTO raw.approved_budgets (unit_name, fiscal_year, project_name, item, initial_budget_yuan, adjusted_budget_yuan)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [a.unit, a.year, a.project, a.item, a.initial, a.adjusted],
        )
    for a in beside.accounts:
        con.execute(
            "INSERT INTO raw.final_accounts (unit_name, fiscal_year, item, executed_yuan) VALUES (?, ?, ?, ?)",
            [a.unit, a.year, a.item, a.executed or Decimal(0)],
        )


def return_findings(con: duckdb.DuckDBPyConnection, besides: Sequence[Beside]) -> None:
    """A reviewer returns every finding of the named units' reports of a year."""
    from warehouse.decisions import record

    for beside in besides:
        for unit, year in beside.returned:
            found = con.execute(RETURNED.read_text(encoding="utf-8"), [unit, year]).fetchall()
            for (finding_id,) in found:
                record(con, finding_id, "return", "复核人", "请整改")
