"""What both workbooks share: a book that runs nothing from a submission, its formats, and sheets of words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

MAX_CELL = 32_000
"""Characters a cell may hold (Excel's limit is 32,767)."""

_NOT_XML = re.compile("[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

FONT = {"font_name": "宋体", "font_size": 10, "valign": "top"}


@contextmanager
def new_workbook(path: Path) -> Iterator[Workbook]:
    """A workbook at `path`, written when the block ends. Texts stay texts: no formula and no link comes of them."""
    book = xlsxwriter.Workbook(
        str(path),
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "constant_memory": True,
        },
    )
    try:
        yield book
    finally:
        book.close()


def heading_format(book: Workbook) -> Format:
    """Header cells: bold on grey, wrapped, with a border."""
    return book.add_format(
        FONT
        | {
            "bold": True,
            "bg_color": "#1F4E79",
            "font_color": "#FFFFFF",
            "text_wrap": True,
            "valign": "vcenter",
            "align": "center",
            "border": 1,
            "border_color": "#9FB6CD",
        }
    )


def body_format(book: Workbook, **more: Any) -> Format:
    """Body cells: thin border, top aligned."""
    return book.add_format(FONT | {"border": 1, "border_color": "#D0D7DE"} | more)


def cell_text(value: object) -> str:
    """A value as the text of a cell: control characters dropped, cut to what a cell may hold."""
    if value is None:
        return ""
    text = _NOT_XML.sub("", str(value))
    return text if len(text) <= MAX_CELL else text[:MAX_CELL] + "……"


def shown_width(text: str) -> float:
    """Width of a text in Excel's characters: Chinese characters take two."""
    return max((sum(2 if ord(c) > 0x2E7F else 1 for c in line) for line in text.split("\n")), default=0)


def words_sheet(book: Workbook, title: str, heading: str, lines: Sequence[str]) -> Worksheet:
    """A sheet of numbered sentences."""
    sheet = book.add_worksheet(title)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 4)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 1, heading, book.add_format({"font_name": "宋体", "bold": True, "font_size": 14}))
    wrap = book.add_format({"font_name": "宋体", "font_size": 11, "text_wrap": True, "valign": "top"})
    for at, line in enumerate(lines, start=1):
        sheet.set_row(at + 1, 18 * max(1, -(-int(shown_width(line)) // 98)))
        sheet.write_number(at + 1, 0, at, wrap)
        sheet.write_string(at + 1, 1, line, wrap)
    return sheet
