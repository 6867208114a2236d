"""Writes PDF samples: one declared table in many kinds of borders, cut over pages or not, rotated, marked, doubled."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

CID = "STSong-Light"


@lru_cache(maxsize=1)
def embedded_font() -> str:
    """The name of an embedded Chinese font, or of the CID font where none is installed."""
    listed = subprocess.run(
        ["fc-list", ":lang=zh", "file"], capture_output=True, text=True, check=False
    ).stdout
    for line in listed.splitlines():
        path = line.strip().rstrip(":")
        if path.endswith((".ttc", ".ttf")):
            pdfmetrics.registerFont(TTFont("embedded-zh", path, subfontIndex=0))
            return "embedded-zh"
    return cid_font()


@lru_cache(maxsize=1)
def cid_font() -> str:
    """The Adobe CID font that reportlab names without embedding it."""
    pdfmetrics.registerFont(UnicodeCIDFont(CID))
    return CID


@dataclass(frozen=True)
class Box:
    """One declared cell: grid place, span, text (newlines are printed lines)."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1


@dataclass
class Form:
    """A table on a grid: column widths and row heights in points, and its cells."""

    widths: Sequence[float]
    heights: Sequence[float]
    boxes: Sequence[Box]
    left: float = 50.0
    top: float = 100.0
    size: float = 9.0
    font: str = field(default_factory=cid_font)

    def xs(self) -> list[float]:
        xs = [self.left]
        for width in self.widths:
            xs.append(xs[-1] + width)
        return xs

    def ys(self) -> list[float]:
        ys = [self.top]
        for height in self.heights:
            ys.append(ys[-1] + height)
        return ys

    def expected(self) -> list[tuple[int, int, int, int, str]]:
        return sorted((b.row, b.column, b.row_span, b.column_span, b.text) for b in self.boxes)


def grid_form(
    rows: Sequence[Sequence[str]], widths: Sequence[float], height: float = 24.0, **more: object
) -> Form:
    """A form without merged cells."""
    boxes = [Box(r, k, text) for r, row in enumerate(rows) for k, text in enumerate(row)]
    return Form(widths, [height] * len(rows), boxes, **more)  # type: ignore[arg-type]


def draw_texts(canvas: Canvas, form: Form, page_height: float = A4[1], double: bool = False) -> None:
    xs, ys = form.xs(), form.ys()
    canvas.setFont(form.font, form.size)
    for box in form.boxes:
        x0, x1 = xs[box.column], xs[box.column + box.column_span]
        top, bottom = ys[box.row], ys[box.row + box.row_span]
        lines = box.text.split("\n") if box.text else []
        first = (top + bottom) / 2 - len(lines) * form.size * 0.6 + form.size
        for number, line in enumerate(lines):
            y = page_height - (first + number * form.size * 1.2)
            for shift in (0.0, 0.3) if double else (0.0,):
                canvas.drawCentredString((x0 + x1) / 2 + shift, y, line)


def borders(form: Form) -> list[tuple[float, float, float, float]]:
    """The four sides of every cell, as x0, top, x1, bottom (each cell draws its own, as Word does)."""
    xs, ys = form.xs(), form.ys()
    sides = []
    for box in form.boxes:
        x0, x1 = xs[box.column], xs[box.column + box.column_span]
        top, bottom = ys[box.row], ys[box.row + box.row_span]
        sides += [(x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)]
    return sides


def draw_borders(  # noqa: C901 one branch a style
    canvas: Canvas, form: Form, style: str, page_height: float = A4[1]
) -> None:
    """style: lines, rectangles, dotted, dashed, double, open_sides, open_bottom, shaded, strips, three_lines, rules."""
    xs, ys = form.xs(), form.ys()
    left, right, top, bottom = xs[0], xs[-1], ys[0], ys[-1]
    canvas.setLineWidth(0.5)
    if style in ("three_lines", "rules"):
        heights = [top, ys[1], bottom] if style == "three_lines" else ys
        for y in heights:
            canvas.line(left, page_height - y, right, page_height - y)
        return
    if style == "cells":
        for box in form.boxes:
            x0, x1 = xs[box.column], xs[box.column + box.column_span]
            y0, y1 = ys[box.row], ys[box.row + box.row_span]
            canvas.rect(x0, page_height - y1, x1 - x0, y1 - y0, stroke=1, fill=0)
        return
    if style == "strips":  # white cells on a dark ground, as old web pages print tables
        canvas.setFillGray(0)
        canvas.rect(left, page_height - bottom, right - left, bottom - top, stroke=0, fill=1)
        canvas.setFillGray(1)
        for box in form.boxes:
            x0, x1 = xs[box.column] + 0.5, xs[box.column + box.column_span] - 0.5
            y0, y1 = ys[box.row] + 0.5, ys[box.row + box.row_span] - 0.5
            canvas.rect(x0, page_height - y1, x1 - x0, y1 - y0, stroke=0, fill=1)
        canvas.setFillGray(0)
        return
    if style == "shaded":
        canvas.setFillGray(0.85)
        canvas.rect(left, page_height - ys[1], right - left, ys[1] - top, stroke=0, fill=1)
        canvas.setFillGray(0)
    if style == "dotted":
        canvas.setDash(1, 2)
    if style == "dashed":
        canvas.setDash(4, 3)
    for x0, y0, x1, y1 in borders(form):
        if style == "open_sides" and x0 == x1 and x0 in (left, right):
            continue
        if style == "open_bottom" and y0 == y1 == bottom:
            continue
        if style == "rectangles":
            wide, high = max(x1 - x0, 0.48), max(y1 - y0, 0.48)
            canvas.rect(x0 - 0.24, page_height - y1 - 0.24, wide, high, stroke=0, fill=1)
        elif style == "dots":
            steps = int(max(x1 - x0, y1 - y0) / 1.5)
            for step in range(steps + 1):
                x = x0 + (x1 - x0) * step / max(1, steps)
                y = y0 + (y1 - y0) * step / max(1, steps)
                canvas.rect(x, page_height - y, 0.5, 0.5, stroke=0, fill=1)
        elif style == "double":
            for shift in (-0.75, 0.75):
                dx, dy = (shift, 0) if x0 == x1 else (0, shift)
                canvas.line(x0 + dx, page_height - y0 - dy, x1 + dx, page_height - y1 - dy)
        else:
            canvas.line(x0, page_height - y0, x1, page_height - y1)
    canvas.setDash()


def write_form(path: Path, form: Form, style: str = "lines", title: str = "", double: bool = False) -> Path:
    """One page with the form."""
    canvas = Canvas(str(path), pagesize=A4)
    if title:
        canvas.setFont(form.font, 14)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 70, title)
    draw_borders(canvas, form, style)
    draw_texts(canvas, form, double=double)
    canvas.showPage()
    canvas.save()
    return path


def level_form(**more: object) -> Form:
    """An indicator table with merged level labels, a two-level header and a total row."""
    boxes = [
        Box(0, 0, "绩\n效\n指\n标", 7, 1),
        Box(0, 1, "一级指标", 2),
        Box(0, 2, "三级指标", 2),
        Box(0, 3, "年度指标值", 1, 2),
        Box(0, 5, "实际完成值", 2),
        Box(0, 6, "分值", 2),
        Box(0, 7, "得分", 2),
        Box(1, 3, "性质"),
        Box(1, 4, "指标值"),
    ]
    rows = [
        ("培训人次", "≥", "1200人次", "1305人次", "10", "10"),
        ("检查户数", "=", "85户", "85户", "10", "10"),
        ("按期办结率\n（月度）", "≥", "95%", "96.5%", "20", "20"),
        ("带动增收", "≥", "620.5万元", "600.1万元", "30", "29.01"),
    ]
    boxes.append(Box(2, 1, "产出指标\n（40分）", 3))
    boxes.append(Box(5, 1, "效益指标\n（30分）"))
    for number, row in enumerate(rows):
        boxes += [Box(2 + number, 2 + k, text) for k, text in enumerate(row)]
    boxes += [Box(6, 1, "总分", 1, 5), Box(6, 6, "70"), Box(6, 7, "69.01")]
    return Form([30, 60, 100, 35, 65, 70, 40, 45], [22, 22, 26, 26, 30, 26, 24], boxes, **more)  # type: ignore[arg-type]


def write_pages(
    path: Path,
    pages: Sequence[Sequence[Form | tuple[float, float, str]]],
    style: str = "lines",
    page_size: tuple[float, float] = A4,
    encrypt: object = None,
) -> Path:
    """Pages of forms and of lines (x, y from the top, text)."""
    canvas = Canvas(str(path), pagesize=page_size, encrypt=encrypt)
    for page in pages:
        for item in page:
            if isinstance(item, Form):
                draw_borders(canvas, item, style, page_size[1])
                draw_texts(canvas, item, page_size[1])
            else:
                canvas.setFont(cid_font(), 12)
                canvas.drawString(item[0], page_size[1] - item[1], item[2])
        canvas.showPage()
    canvas.save()
    return path
