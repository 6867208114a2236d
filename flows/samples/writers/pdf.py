"""PDF with a text layer, ruled tables flowing over pages, through reportlab."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from flows.samples.sheet import Grid, GridCell, Line, SampleDocument

FONTS = (
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
)


@cache
def font_name() -> str:
    """An embedded Chinese font where the machine has one reportlab reads, else the PDF standard CID font."""
    for path in FONTS:
        if Path(path).exists():
            try:
                pdfmetrics.registerFont(TTFont("sample", path, subfontIndex=0))
            except Exception:
                continue
            return "sample"
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    return "STSong-Light"


def write(
    document: SampleDocument, path: Path, upright: bool = False, repeat_headers: bool | None = None
) -> None:
    """Write the document, landscape unless `upright`. repeat_headers: repeat header rows on every page (None: as the grid says)."""
    font = font_name()
    size = A4 if upright else landscape(A4)
    page = SimpleDocTemplate(
        str(path), pagesize=size, leftMargin=36, rightMargin=36, topMargin=36, bottomMargin=40, invariant=True
    )
    body = ParagraphStyle("body", fontName=font, fontSize=10, leading=15, wordWrap="CJK", firstLineIndent=20)
    title = ParagraphStyle("title", fontName=font, fontSize=14, leading=22, wordWrap="CJK", alignment=1)
    plain = ParagraphStyle("plain", parent=body, firstLineIndent=0)
    flow: list[Flowable] = []
    for block in document.blocks:
        if isinstance(block, Line):
            style = {"title": title, "body": body}.get(block.role, plain)
            flow.append(Paragraph(_markup(block.text), style))
        else:
            flow += [Spacer(1, 6), _table(block, font, page.width, repeat_headers), Spacer(1, 8)]
    page.build(flow)


def _markup(text: str) -> str:
    return escape(text).replace("\n", "<br/>")


def _table(grid: Grid, font: str, width: float, repeat_headers: bool | None) -> Flowable:
    style = ParagraphStyle("cell", fontName=font, fontSize=8, leading=10, wordWrap="CJK")
    rows: list[list[object]] = [["" for _ in range(grid.column_count)] for _ in range(grid.row_count)]
    commands: list[tuple] = [
        ("GRID", (0, 0), (-1, -1), 0.6, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
    for cell in grid.cells:
        rows[cell.row][cell.column] = Paragraph(_markup(cell.text), style) if cell.text else ""
        if cell.row_span > 1 or cell.column_span > 1:
            end = (cell.column + cell.column_span - 1, cell.row + cell.row_span - 1)
            commands.append(("SPAN", (cell.column, cell.row), end))
    repeat = grid.header_rows if repeat_headers is not False else ()
    widths = _widths(grid, width)
    return Table(
        rows, colWidths=widths, style=TableStyle(commands), repeatRows=_repeat(repeat, grid), splitByRow=1
    )


def _repeat(rows: tuple[int, ...], grid: Grid) -> int:
    """platypus repeats leading rows only: repeated headers need the table to begin with them."""
    return len(rows) if rows and rows[0] == 0 and len(rows) < grid.row_count else 0


def _widths(grid: Grid, width: float) -> list[float]:
    """Column widths by the longest line in unmerged cells, within bounds."""
    needs = [4.0] * grid.column_count
    for cell in grid.cells:
        share = min(_longest(cell), 14) / cell.column_span
        for column in range(cell.column, cell.column + cell.column_span):
            needs[column] = max(needs[column], share)
    total = sum(needs)
    return [width * need / total for need in needs]


def _longest(cell: GridCell) -> int:
    return max((len(part) for part in cell.text.split("\n")), default=0)
