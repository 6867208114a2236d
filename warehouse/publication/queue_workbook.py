"""queue.xlsx: one row a finding, in the order of priority, with the columns that people fill in and send back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from warehouse.publication.wording import in_chinese, wording
from warehouse.publication.workbook import (
    body_format,
    cell_text,
    heading_format,
    new_workbook,
    shown_width,
    words_sheet,
)

MAX_ROWS = 50_000
"""More findings than a person can open in Excel: the rest stands in review.duckdb and the sheet says so."""

QUEUE_SQL = Path(__file__).parent / "queue.sql"
ROW_HEIGHT = 13.5
MAX_LINES = 12
COLOURS = {"blocker": "#F8CBAD", "major": "#FCE4D6", "minor": "#FFF2CC"}


def write_queue(con: duckdb.DuckDBPyConnection, path: Path, year: int | None) -> int:
    """Writes the workbook from a snapshot's out.review_queue; gives the rows written."""
    plan = wording()["queue"]
    columns: list[dict[str, Any]] = plan["columns"]
    total = con.execute("SELECT count(*) FROM out.review_queue").fetchone()
    count = total[0] if total else 0
    written = min(count, MAX_ROWS)
    with new_workbook(path) as book:
        sheet = book.add_worksheet(plan["sheet"])
        _header(book, sheet, columns)
        formats = {(c["field"], s): _format(book, c, s) for c in columns for s in (None, *COLOURS)}
        cursor = con.execute(QUEUE_SQL.read_text(encoding="utf-8"), [MAX_ROWS])
        names = [d[0] for d in cursor.description or ()]
        row = 0
        while chunk := cursor.fetchmany(2_000):
            for values in chunk:
                row += 1
                _row(sheet, row, dict(zip(names, values, strict=True)), columns, formats)
        _guard(sheet, columns, row)
        lines = [*plan["help"]]
        if count > written:
            lines.append(
                f"待复核问题共{count}个，本表列出优先级最高的{written}个；其余见 review.duckdb 的 out.review_queue。"
            )
        heading = f"{year}年度绩效自评待复核问题" if year else "绩效自评待复核问题"
        words_sheet(book, plan["help_sheet"], heading, lines)
    return written


def _header(book: Workbook, sheet: Worksheet, columns: list[dict[str, Any]]) -> None:
    sheet.freeze_panes(1, 3)
    sheet.set_row(0, 30)
    heading = heading_format(book)
    asked = book.add_format({"font_name": "宋体", "font_size": 10, "bold": True, "bg_color": "#BF8F00", "font_color": "#FFFFFF", "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1})  # fmt: skip
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column["width"], None, {"hidden": True} if column.get("hidden") else {})
        sheet.write_string(0, at, column["title"], asked if column.get("editable") else heading)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _format(book: Workbook, column: dict[str, Any], severity: str | None) -> Format:
    more: dict[str, Any] = {"text_wrap": column["kind"] == "wrap"}
    if column.get("editable"):
        more |= {"locked": False, "bg_color": "#FFFBE6"}
    elif column["field"] == "severity" and severity:
        more |= {"bg_color": COLOURS[severity]}
    if column["kind"] in {"number", "count", "year"} or column["kind"].startswith("code:"):
        more |= {"align": "center"}
    if column["kind"] == "date":
        more |= {"num_format": "yyyy-mm-dd"}
    if column["kind"] == "number":
        more |= {"num_format": "0.0"}
    return body_format(book, **more)


def _row(
    sheet: Worksheet,
    row: int,
    values: dict[str, Any],
    columns: list[dict[str, Any]],
    formats: dict[Any, Format],
) -> None:
    lines = 1
    for column in columns:
        if column["kind"] == "wrap":
            text = cell_text(values[column["field"]])
            needed = sum(
                -(-int(shown_width(part)) // (column["width"] - 1)) or 1 for part in text.split("\n")
            )
            lines = max(lines, min(MAX_LINES, needed))
    sheet.set_row(row, lines * ROW_HEIGHT + 2)
    severity = values["severity"] if values["severity"] in COLOURS else None
    for at, column in enumerate(columns):
        value = values[column["field"]]
        style = formats[column["field"], severity]
        kind = column["kind"]
        if value is None:
            sheet.write_blank(row, at, None, style)
        elif kind in {"number", "count", "year"}:
            sheet.write_number(row, at, float(value), style)
        elif kind == "date" and isinstance(value, date):
            sheet.write_datetime(row, at, value, style)  # pyright: ignore[reportArgumentType]  # a day is taken, too
        elif kind.startswith("code:"):
            sheet.write_string(row, at, in_chinese(kind[5:], value), style)
        else:
            sheet.write_string(row, at, cell_text(value), style)


def _guard(sheet: Worksheet, columns: list[dict[str, Any]], rows: int) -> None:
    """Filters, print area, the dropdown, dates that are dates, and everything else locked (without a password)."""
    last = max(rows, 1)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    editable = [at for at, column in enumerate(columns) if column.get("editable")]
    sheet.print_area(0, 0, last, editable[-1])
    for at, column in enumerate(columns):
        if column["field"] == "decision":
            choices = list(wording()["decision"].values())
            sheet.data_validation(
                1, at, last, at,
                {"validate": "list", "source": choices, "error_title": "处理决定", "error_message": "请从下拉框选择：" + "、".join(choices)},
            )  # fmt: skip
        if column["field"] == "decided_until":
            sheet.data_validation(
                1, at, last, at,
                {"validate": "date", "criteria": ">=", "value": date(2000, 1, 1), "error_title": "有效期至", "error_message": "请填写日期，如 2025-12-31"},
            )  # fmt: skip
    sheet.protect("", {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True})
