"""Rows on the terminal, as CSV or as JSON."""

from __future__ import annotations

import csv
import json
import sys
import unicodedata
from collections.abc import Sequence
from typing import Any


def print_rows(
    columns: Sequence[str], rows: Sequence[Sequence[Any]], as_csv: bool = False, as_json: bool = False
) -> None:
    """Prints a result. The table cuts nothing; CSV and JSON are for scripts, with values as they stand."""
    if as_json:
        records = [dict(zip(columns, row, strict=True)) for row in rows]
        print(json.dumps(records, ensure_ascii=False, indent=1, default=_plain))
    elif as_csv:
        out = csv.writer(sys.stdout, lineterminator="\n")
        out.writerow(columns)
        out.writerows([["" if value is None else value for value in row] for row in rows])
    else:
        _print_table(columns, rows)


def _print_table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    texts = [["" if value is None else str(value) for value in row] for row in rows]
    if not sys.stdout.isatty():
        _print_aligned(columns, texts)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in texts:
        table.add_row(*[Text(text) for text in row])
    Console().print(table)


def _print_aligned(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Into a file or a pipe: as wide as the rows need, without the time that loading a terminal's library takes."""
    lines = [list(columns)]
    for row in rows:
        cells = [text.splitlines() or [""] for text in row]
        height = max(map(len, cells), default=1)
        lines += [[cell[at] if at < len(cell) else "" for cell in cells] for at in range(height)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        padded = (text + " " * (width - _width(text)) for text, width in zip(line, widths, strict=True))
        print("  ".join(padded).rstrip())


def _width(text: str) -> int:
    """Places on a terminal: Chinese characters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def _plain(value: object) -> str:
    return str(value)
