"""Tables as people type or paste them into text: tabs between cells, or bars drawn around them."""

from __future__ import annotations

from pathlib import Path

from flows.samples.sheet import Grid, Line, SampleDocument


def write(document: SampleDocument, path: Path, style: str) -> None:
    """Write UTF-8 text. style: tabs (a row a line, as pasted from a sheet) or bars (full-width bars between cells)."""
    parts = [
        block.text if isinstance(block, Line) else _table(block, style)
        for block in document.blocks
        if not (isinstance(block, Line) and block.role == "sheet")
    ]
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _table(grid: Grid, style: str) -> str:
    """Every grid position a cell; only the first one of a merged cell has its text."""
    rows = [["" for _ in range(grid.column_count)] for _ in range(grid.row_count)]
    for cell in grid.cells:
        rows[cell.row][cell.column] = cell.text.replace("\n", "")
    if style == "tabs":
        return "\n".join("\t".join(row) for row in rows)
    return "\n".join("｜" + "｜".join(row) + "｜" for row in rows)
