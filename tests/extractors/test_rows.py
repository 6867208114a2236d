"""Rows have exactly the columns of the core tables."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from extractors.document import Location
from extractors.report import BudgetLine, Indicator, Printed, Quantity, Relation, Report, Section
from extractors.rows import SCHEMAS, BatchRows, Submission, report_key

SCHEMA_FOLDER = Path(__file__).parents[2] / "warehouse" / "schema"
LATER = {"submissions": {"run_id"}}
SUBMISSION = Submission("区/甲局.docx", "ab" * 32, 10, datetime(2023, 4, 1, 8))


def sql_columns(table: str) -> list[str]:
    files = sorted(SCHEMA_FOLDER.glob("*.sql"))
    text = re.sub(r"--[^\n]*", "", "\n".join(file.read_text(encoding="utf-8") for file in files))
    match = re.search(rf"CREATE TABLE (?:core|raw)\.{table} \((.*?)\n\);", text, re.S)
    assert match
    flat = re.sub(r"\([^()]*\)", "", match.group(1))
    return [part.split()[0] for part in flat.split(",") if part.strip()]


@pytest.mark.parametrize("table", SCHEMAS)
def test_columns_are_those_of_the_warehouse(table: str) -> None:
    assert [*SCHEMAS[table].names, *LATER.get(table, ())] == sql_columns(table)


def full_report() -> Report:
    spot = Location(table=1, row=4, column=2)
    return Report(
        1,
        "form",
        "overall",
        "standard",
        unit_name="某局",
        fiscal_year=2022,
        header={"unit_name": Printed("某局", spot, "单位名称")},
        budget_lines=(
            BudgetLine(
                1,
                "年度资金总额",
                "total",
                True,
                executed_yuan=Decimal("57371200"),
                cells={"executed": Printed("5737.12", spot, "执行数")},
                location=spot,
            ),
        ),
        indicators=(
            Indicator(1, "面积", target=Quantity("number", value=Decimal("0.3333333333333")), location=spot),
        ),
        relations=(
            Relation(
                1,
                "sum",
                "nature",
                "合计",
                Decimal(3),
                (Decimal(1), Decimal(2)),
                "元",
                Decimal(1),
                Decimal(1),
                "1+2",
                "句",
            ),
        ),
        sections=(Section("一、概况", "overview", "文"),),
    )


def test_values_keep_their_scale_and_places() -> None:
    rows = BatchRows()
    rows.add(SUBMISSION, [full_report()])
    tables = rows.tables()
    line = tables["budget_lines"].to_pylist()[0]
    assert line["executed_yuan"] == Decimal("57371200.0000")
    assert line["places"]["executed"] == "表1 第5行「执行数」"
    assert line["texts"]["label"] is None
    assert tables["indicators"].to_pylist()[0]["target_value"] == Decimal("0.33333333")
    assert tables["relations"].to_pylist()[0]["terms"] == [Decimal(1), Decimal(2)]
    assert tables["reports"].to_pylist()[0]["report_id"].endswith("-1")
    assert all(isinstance(table, pa.Table) for table in tables.values())


def test_figures_too_long_for_their_column_become_null() -> None:
    report = Report(1, "form", "overall", "x", max_score_total=Decimal(10) ** 30)
    rows = BatchRows()
    rows.add(SUBMISSION, [report])
    assert rows.tables()["reports"].to_pylist()[0]["max_score_total"] is None


def test_report_key_falls_back_on_the_content() -> None:
    assert report_key(SUBMISSION, full_report()) == "某局|2022|overall||form"
    assert report_key(SUBMISSION, Report(2, "form", "overall", "x")) == "ab" * 32 + "-2"
