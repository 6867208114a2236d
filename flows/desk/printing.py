"""Rows on the terminal, as CSV or as JSON."""

from __future__ import annotations

import csv
import json
import sys
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
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    if not console.is_terminal:
        # Into a file or a pipe: as wide as the rows need.
        console = Console(width=100_000, legacy_windows=False)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*[Text("" if value is None else str(value)) for value in row])
    console.print(table)


def _plain(value: object) -> str:
    return str(value)
