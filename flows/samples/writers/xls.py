"""Excel 97 workbooks."""

from __future__ import annotations

from pathlib import Path

import xlwt

from flows.samples.sheet import Line, SampleDocument
from flows.samples.writers.xlsx import as_number


def write(document: SampleDocument, path: Path, numbers: bool = True) -> None:
    """Write one sheet, blocks below each other, merges as merged ranges."""
    book = xlwt.Workbook(encoding="utf-8")
    styles: dict[str, xlwt.XFStyle] = {}

    def style(number_format: str) -> xlwt.XFStyle:
        if number_format not in styles:
            styles[number_format] = xlwt.easyxf("align: wrap on, vert centre", num_format_str=number_format)
        return styles[number_format]

    sheet, row = None, 0
    for block in document.blocks:
        if sheet is None or (isinstance(block, Line) and block.role == "sheet"):
            sheet, row = (
                book.add_sheet(
                    block.text if isinstance(block, Line) and block.role == "sheet" else "绩效自评表"
                ),
                0,
            )
            if isinstance(block, Line) and block.role == "sheet":
                continue
        if isinstance(block, Line):
            sheet.write(row, 0, block.text)
            row += 1
            continue
        for cell in block.cells:
            figure = as_number(cell.text) if numbers and cell.shows else None
            value: float | str = figure[0] if figure else cell.text
            kind = style(figure[1] if figure else "general")
            top, left = row + cell.row, cell.column
            if cell.row_span > 1 or cell.column_span > 1:
                sheet.write_merge(
                    top, top + cell.row_span - 1, left, left + cell.column_span - 1, value, kind
                )
            else:
                sheet.write(top, left, value, kind)
        row += block.row_count + 1
    book.save(str(path))
