"""HTML as word processors and old systems save it (also under the name .doc or .xls)."""

from __future__ import annotations

from html import escape
from pathlib import Path

from flows.samples.sheet import Grid, Line, SampleDocument


def write(document: SampleDocument, path: Path, encoding: str = "utf-8") -> None:
    """Write one page in `encoding`, declared in its head."""
    body = "\n".join(
        _line(b) if isinstance(b, Line) else _table(b)
        for b in document.blocks
        if not (isinstance(b, Line) and b.role == "sheet")
    )
    page = (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}">'
        f"<title>{escape(document.name)}</title></head><body>\n{body}\n</body></html>\n"
    )
    path.write_bytes(page.encode(encoding, errors="xmlcharrefreplace"))


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _line(line: Line) -> str:
    return f"<h2>{_text(line.text)}</h2>" if line.role == "title" else f"<p>{_text(line.text)}</p>"


def _table(grid: Grid) -> str:
    rows: list[str] = []
    for row in range(grid.row_count):
        cells = [cell for cell in grid.cells if cell.row == row]
        tags = "".join(
            f"<td{_span('rowspan', c.row_span)}{_span('colspan', c.column_span)}>{_text(c.text)}</td>"
            for c in cells
        )
        rows.append(f"<tr>{tags}</tr>")
    return '<table border="1">\n' + "\n".join(rows) + "\n</table>"


def _span(name: str, count: int) -> str:
    return f' {name}="{count}"' if count > 1 else ""
