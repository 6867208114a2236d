"""rollup.xlsx: the six rollups of the contract, coverage first, with native charts."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
from xlsxwriter.chart import Chart
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

MAX_ROWS = 300_000
CHART_ROWS = 30
CODE_LISTS = {
    "level": "level",
    "level1": "level1",
    "dimension": "dimension",
    "funds_basis": "funds_basis",
    "is_recomputed_complete": "yes_no",
    "has_previous": "yes_no",
}
"""Columns whose codes are shown in Chinese -> the list in wording.yaml."""


def write_rollup(con: duckdb.DuckDBPyConnection, path: Path, year: int | None) -> int:
    """Writes the workbook from a snapshot's rollup tables; gives the rows written."""
    plan = wording()["rollup"]
    rows = 0
    with new_workbook(path) as book:
        charts = book.add_worksheet(plan["chart_sheet"])
        charts.hide_gridlines(2)
        charts.set_landscape()
        charts.set_paper(9)
        charts.fit_to_pages(1, 1)
        explained: dict[str, list[str]] = {}
        notes: list[str] = []
        drawn = 0
        for sheet_plan in plan["sheets"]:
            written, words, note, chart = _sheet(con, book, sheet_plan, set(plan["hidden"]))
            if chart is not None:
                charts.insert_chart(1 + (drawn // 2) * 20, 1 + (drawn % 2) * 12, chart)
                drawn += 1
            rows += written
            for said in words:
                explained.setdefault(said, []).append(f"「{sheet_plan['title']}」")
            notes += note
        heading = f"{year}年度{plan['file_title']}" if year else plan["file_title"]
        lines = [f"{''.join(sheets)}{said}" for said, sheets in explained.items()]
        words_sheet(book, "说明", heading, [*plan["help"], *lines, *notes])
    return rows


def _sheet(
    con: duckdb.DuckDBPyConnection, book: Workbook, plan: dict[str, Any], hidden: set[str]
) -> tuple[int, list[str], list[str], Chart | None]:
    """Rows written, what its columns mean where the title does not say all of it, what was left out, and the chart."""
    view = plan["view"]
    comments = con.execute(
        "SELECT column_name, comment FROM duckdb_columns() WHERE schema_name = 'out' AND table_name = ? ORDER BY column_index",
        [view],
    ).fetchall()
    columns = [(name, str(comment).split(" / ", 1)[0]) for name, comment in comments if name not in hidden]
    relation = con.table(f"out.{view}")
    total = relation.count("*").fetchone()
    values = (
        relation.limit(MAX_ROWS).select(*(duckdb.ColumnExpression(name) for name, _ in columns)).fetchall()
    )
    sheet = book.add_worksheet(plan["title"])
    heading = heading_format(book)
    titles = [_title(words) for _, words in columns]
    formats = [body_format(book, **_number_format(name)) for name, _ in columns]
    sheet.freeze_panes(1, _frozen(columns))
    sheet.set_row(0, 44)
    for at, (name, _) in enumerate(columns):
        sheet.set_column(at, at, _width(name, titles[at], [row[at] for row in values[:200]]))
        sheet.write_string(0, at, titles[at], heading)
    for number, row in enumerate(values, start=1):
        for at, value in enumerate(row):
            _write(sheet, number, at, columns[at][0], value, formats[at])
    if values:
        sheet.autofilter(0, 0, len(values), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    words = [
        f"{title}：{_shown_words(full.removeprefix(title).lstrip('：；＝，'))}"
        for title, (_, full) in zip(titles, columns, strict=True)
        if full != title
    ]
    note: list[str] = []
    if total and total[0] > len(values):
        note.append(
            f"「{plan['title']}」共{total[0]}行，本表列出前{len(values)}行；全部见 review.duckdb 的 out.{view}。"
        )
    return len(values), words, note, _chart(book, plan, columns, values)


def _chart(
    book: Workbook,
    plan: dict[str, Any],
    columns: list[tuple[str, str]],
    values: list[tuple[Any, ...]],
) -> Chart | None:
    """The sheet's chart over the rows of the latest year."""
    chart_plan = plan.get("chart")
    if not chart_plan or not values:
        return None
    names = [name for name, _ in columns]
    latest = max(
        (row[names.index("fiscal_year")] for row in values if row[names.index("fiscal_year")]), default=None
    )
    wanted = {"fiscal_year": latest, **chart_plan.get("where", {})}
    at = [
        n for n, row in enumerate(values, start=1) if all(row[names.index(k)] == v for k, v in wanted.items())
    ]
    # a chart takes one run of rows
    shown = [n for at_run, n in enumerate(at) if n - at[0] == at_run][:CHART_ROWS]
    if not any(values[n - 1][names.index(s)] is not None for n in shown for s in chart_plan["series"]):
        return None
    chart = book.add_chart(
        {"type": chart_plan["kind"], **({"subtype": "stacked"} if chart_plan.get("stacked") else {})}
    )
    assert chart is not None
    category = names.index(chart_plan["category"])
    for name in chart_plan["series"]:
        column = names.index(name)
        chart.add_series(
            {
                "name": [plan["title"], 0, column],
                "categories": [plan["title"], shown[0], category, shown[-1], category],
                "values": [plan["title"], shown[0], column, shown[-1], column],
            }
        )
    chart.set_title({"name": chart_plan["title"], "name_font": {"size": 12}})
    chart.set_legend({"position": "bottom"} if len(chart_plan["series"]) > 1 else {"none": True})
    numbers: dict[str, Any] = {
        "num_format": chart_plan["format"],
        "min": 0,
        "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
    }
    if chart_plan["kind"] == "bar":
        chart.set_y_axis({"reverse": True})
        chart.set_x_axis(numbers)
    else:
        chart.set_y_axis(numbers)
    chart.set_size({"width": 740, "height": 380})
    return chart


def _write(sheet: Worksheet, row: int, at: int, name: str, value: Any, style: Any) -> None:
    if value is None:
        sheet.write_blank(row, at, None, style)
    elif name in CODE_LISTS:
        sheet.write_string(row, at, in_chinese(CODE_LISTS[name], value), style)
    elif isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        sheet.write_number(row, at, float(value), style)
    else:
        sheet.write_string(row, at, cell_text(value), style)


def _shown_words(comment: str) -> str:
    """A comment without the codes that the sheet shows in Chinese: overall 整体表 -> 整体表."""
    return re.sub(r"\b[a-z_]+ (?=[\u4e00-\u9fff])", "", comment)


def _title(words: str) -> str:
    return re.split(r"[：；＝，]", words, maxsplit=1)[0]


def _number_format(name: str) -> dict[str, Any]:
    if name.endswith("_yuan"):
        return {"num_format": "#,##0.00"}
    if name.endswith(("_rate", "_rate_change")):
        return {"num_format": "0.00%"}
    if "score" in name and name != "scored" and not name.startswith(("units_", "reports_")):
        return {"num_format": "0.00"}
    if name in {"excluded_because", "unit_name", "department"}:
        return {"text_wrap": True}
    return {}


def _width(name: str, title: str, values: list[Any]) -> float:
    if name.endswith("_yuan"):
        return 18
    widest = max((shown_width(cell_text(value)) for value in values if isinstance(value, str)), default=0)
    return min(36, max(9, widest + 2, shown_width(title) / 2 + 2))


def _frozen(columns: list[tuple[str, str]]) -> int:
    """Columns up to the one that names the row stay in sight."""
    for at, (name, _) in enumerate(columns):
        if name in {"unit_name", "name", "dimension"}:
            return at + 1
    return 2
