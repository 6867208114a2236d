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
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from flows.samples.page_breaks import breaks, cut
from flows.samples.sheet import Grid, GridCell, Line, SampleDocument

ROWS_A_PAGE = 14
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
    document: SampleDocument,
    path: Path,
    upright: bool = False,
    pages: bool = False,
    repeat_headers: bool = False,
    size: tuple[float, float] = A4,
) -> None:
    """Write the document on pages of `size` (points), landscape unless `upright`.

    Tables that fill more than a page are cut into pieces on pages of their own, merged cells cut with them, as word
    processors print them. pages: cut already after ROWS_A_PAGE rows; repeat_headers: the indicator header again on every page.
    """
    font = font_name()
    size = size if upright else landscape(size)
    page = SimpleDocTemplate(
        str(path), pagesize=size, leftMargin=36, rightMargin=36, topMargin=36, bottomMargin=40, invariant=True
    )
    body = ParagraphStyle("body", fontName=font, fontSize=10, leading=15, wordWrap="CJK", firstLineIndent=20)
    title = ParagraphStyle("title", fontName=font, fontSize=14, leading=22, wordWrap="CJK", alignment=1)
    plain = ParagraphStyle("plain", parent=body, firstLineIndent=0)
    flow: list[Flowable] = []
    for block in document.blocks:
        if isinstance(block, Line) and block.role == "sheet":
            flow += [PageBreak()] if flow else []
        elif isinstance(block, Line):
            style = {"title": title, "body": body}.get(block.role, plain)
            flow.append(Paragraph(_markup(block.text), style))
        else:
            widths = _widths(block, page.width)
            starts = breaks(
                _heights(block, font, widths), page.height - 90, ROWS_A_PAGE if pages else block.row_count
            )
            for number, piece in enumerate(cut(block, starts, repeat_headers)):
                flow += [PageBreak() if number else Spacer(1, 6), _table(piece, font, widths)]
            flow.append(Spacer(1, 8))
    page.build(flow)


def _heights(grid: Grid, font: str, widths: list[float]) -> list[float]:
    """Row heights by the unmerged cells; a cell merged over rows spreads its height over them."""
    style = _cell_style(font)
    heights = [18.0] * grid.row_count
    for cell in grid.cells:
        if cell.text:
            width = sum(widths[cell.column : cell.column + cell.column_span]) - 12
            tall = (Paragraph(_markup(cell.text), style).wrap(max(width, 8), 10000)[1] + 7) / cell.row_span
            for row in range(cell.row, cell.row + cell.row_span):
                heights[row] = max(heights[row], tall)
    return heights


def _cell_style(font: str) -> ParagraphStyle:
    return ParagraphStyle("cell", fontName=font, fontSize=8, leading=10, wordWrap="CJK")


def _markup(text: str) -> str:
    return escape(text).replace("\n", "<br/>")


def _table(grid: Grid, font: str, widths: list[float]) -> Flowable:
    style = _cell_style(font)
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
    return Table(rows, colWidths=widths, style=TableStyle(commands), splitByRow=1)


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
