"""Excel 97 workbooks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlwt

from flows.samples.sheet import GridCell, Line, SampleDocument
from flows.samples.writers.xlsx import as_number


def write(document: SampleDocument, path: Path, numbers: bool = True) -> None:
    """Write blocks below each other, a new worksheet where a line of role sheet stands; merges as merged ranges."""
    book = xlwt.Workbook(encoding="utf-8")
    styles: dict[str, xlwt.XFStyle] = {}

    def style(number_format: str) -> xlwt.XFStyle:
        if number_format not in styles:
            styles[number_format] = xlwt.easyxf("align: wrap on, vert centre", num_format_str=number_format)
        return styles[number_format]

    for name, blocks in document.sheets():
        sheet, row = book.add_sheet(name), 0
        for block in blocks:
            if isinstance(block, Line):
                sheet.write(row, 0, block.text)
                row += 1
                continue
            for cell in block.cells:
                _put(sheet, row, cell, style, numbers)
            row += block.row_count + 1
    book.save(str(path))


def _put(sheet: Any, top: int, cell: GridCell, style: Callable[[str], xlwt.XFStyle], numbers: bool) -> None:
    row, column = top + cell.row, cell.column
    figure = as_number(cell.text) if numbers and cell.shows else None
    value: float | str = figure[0] if figure else cell.text
    kind = style(figure[1] if figure else "general")
    if cell.row_span > 1 or cell.column_span > 1:
        last_row, last_column = row + cell.row_span - 1, column + cell.column_span - 1
        sheet.write_merge(row, last_row, column, last_column, value, kind)
    else:
        sheet.write(row, column, value, kind)
