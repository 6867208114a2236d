"""Flattened text as common converters make it of Word tables: TAB before a cell, a blank line after a row."""

from __future__ import annotations

from pathlib import Path

from flows.samples.sheet import Grid, GridCell, Line, SampleDocument


def write(document: SampleDocument, path: Path) -> None:
    """Write UTF-8 text."""
    path.write_text(flatten(document), encoding="utf-8")


def flatten(document: SampleDocument) -> str:
    """The whole document as text; a cell merged from above appears as an empty cell."""
    parts: list[str] = []
    for block in document.blocks:
        if isinstance(block, Line) and block.role == "sheet":
            continue
        parts.append(block.text + "\n" if isinstance(block, Line) else _table(block))
    return "\n".join(parts) + "\n"


def _table(grid: Grid) -> str:
    covering: dict[tuple[int, int], GridCell] = {}
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            covering[row, cell.column] = cell
    rows: list[str] = []
    for row in range(grid.row_count):
        columns = sorted(column for r, column in covering if r == row)
        texts = [covering[row, column].text if covering[row, column].row == row else "" for column in columns]
        rows.append("".join(f"\t{text}\n" for text in texts))
    return "\n".join(rows)
