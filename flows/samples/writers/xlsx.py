"""Excel workbooks: real merges, amounts and rates as numbers with formats, or all as text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from flows.samples.sheet import Grid, GridCell, Line, SampleDocument


def write(document: SampleDocument, path: Path, numbers: bool = True) -> None:
    """Write blocks below each other, a new worksheet where a line of role sheet stands. numbers: figures as numeric cells with their format."""
    book = xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"created": datetime(2025, 3, 1)})  # fixed: the same document gives the same bytes

    formats: dict[str, Format] = {}

    def style(name: str) -> Format:
        if name not in formats:
            formats[name] = book.add_format(
                {
                    "text_wrap": True,
                    "valign": "vcenter",
                    "border": 1,
                    **({"num_format": name} if name else {}),
                }
            )
        return formats[name]

    for name, blocks in document.sheets():
        sheet, row = book.add_worksheet(name), 0
        sheet.set_column(0, _widest(document), 14)
        for block in blocks:
            if isinstance(block, Line):
                sheet.write_string(row, 0, block.text)
                row += 1
                continue
            for cell in block.cells:
                _put(sheet, row, cell, style, numbers)
            row += block.row_count + 1
    book.close()


def _widest(document: SampleDocument) -> int:
    return max((block.column_count for block in document.blocks if isinstance(block, Grid)), default=1)


def as_number(text: str) -> tuple[float, str] | None:
    """The number and the format a spreadsheet would hold for a printed figure; None where it is words."""
    plain = text.replace(",", "")
    percent = plain.endswith("%")
    digits = plain.removesuffix("%")
    if (
        not digits
        or not digits.replace(".", "", 1).isdigit()
        or (digits.startswith("0") and digits[1:2].isdigit())
    ):
        return None
    decimals = len(digits.partition(".")[2])
    zeros = "." + "0" * decimals if decimals else ""
    if percent:
        return float(digits) / 100, f"0{zeros}%"
    return float(digits), ("#,##0" if "," in text else "0") + zeros


def _put(sheet: Worksheet, top: int, cell: GridCell, style: Callable[[str], Format], numbers: bool) -> None:
    row, column = top + cell.row, cell.column
    figure = as_number(cell.text) if numbers and cell.shows else None
    if cell.row_span > 1 or cell.column_span > 1:
        last_row, last_column = row + cell.row_span - 1, column + cell.column_span - 1
        sheet.merge_range(row, column, last_row, last_column, "", style(figure[1] if figure else ""))
    if figure:
        sheet.write_number(row, column, figure[0], style(figure[1]))
    elif cell.text:
        sheet.write_string(row, column, cell.text, style(""))
    else:
        sheet.write_blank(row, column, None, style(""))
