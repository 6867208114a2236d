"""The ruled lines of a PDF page, from its path and image objects, through PDFium's C interface."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

from extractors.document import Box
from extractors.readers.pdf.figures import DOT, THIN, dotted_lines, edges_of_figure
from extractors.readers.pdf.marks import Edge

MAX_FORM_DEPTH = 8
TEXT, PATH, IMAGE = c.FPDF_PAGEOBJ_TEXT, c.FPDF_PAGEOBJ_PATH, c.FPDF_PAGEOBJ_IMAGE

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Shapes:
    """Collects lines from the page's path and image objects."""

    def __init__(self, left: float, top: float, width: float, height: float, max_objects: int):
        self.left, self.top, self.width, self.height = left, top, width, height
        self.budget = max_objects
        self.cut = False
        self.edges: list[Edge] = []
        self.fills: list[Edge] = []
        self.dots: list[tuple[float, float, float, float]] = []
        self.picture_area = 0.0
        self.turned_text = False
        self.path_count = 0
        self._matrix = c.FS_MATRIX()
        self._bounds = tuple(ctypes.c_float() for _ in range(4))

    def walk(self, page: pdfium.PdfPage) -> None:
        """Take every path and image of the page, forms within forms included."""
        count = c.FPDFPage_CountObjects(page.raw)
        for index in range(count):
            self._take(c.FPDFPage_GetObject(page.raw, index), _IDENTITY, 0)
            if self.budget <= 0:
                self.cut = self.turned_text = True
                break
        self.edges.extend(dotted_lines(self.dots))

    def _take(self, raw: Any, matrix: Matrix, depth: int) -> None:
        self.budget -= 1
        if self.budget <= 0:
            return
        kind = c.FPDFPageObj_GetType(raw)
        if kind == TEXT:  # the most of them
            if not self.turned_text and c.FPDFPageObj_GetMatrix(raw, self._matrix):
                self.turned_text = abs(self._matrix.b) > 1e-3 or self._matrix.a < 0
        elif kind in (PATH, IMAGE):
            self.path_count += 1
            x0, y0, x1, y1 = self._bounds
            if not c.FPDFPageObj_GetBounds(raw, x0, y0, x1, y1):
                return
            box = _apply_box(matrix, (x0.value, y0.value, x1.value, y1.value))
            self._shape(raw, kind, box, matrix)
        elif kind == c.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
            own = c.FS_MATRIX()
            inner = matrix
            if c.FPDFPageObj_GetMatrix(raw, own):
                inner = _multiply((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
                self.turned_text = self.turned_text or abs(own.b) > 1e-3 or own.a < 0
            for index in range(c.FPDFFormObj_CountObjects(raw)):
                if self.budget <= 0:
                    return
                self._take(c.FPDFFormObj_GetObject(raw, index), inner, depth + 1)

    def _shape(self, raw: Any, kind: int, box: Box, matrix: Matrix) -> None:
        x0, y0, x1, y1 = box
        x0, x1, top, bottom = x0 - self.left, x1 - self.left, self.top - y1, self.top - y0
        if x1 < 0 or bottom < 0 or x0 > self.width or top > self.height:
            return
        wide, high = x1 - x0, bottom - top
        if wide <= DOT and high <= DOT:
            self.dots.append((x0, top, x1, bottom))
        elif wide <= THIN:
            self.edges.append(Edge(True, (x0 + x1) / 2, top, bottom))
        elif high <= THIN:
            self.edges.append(Edge(False, (top + bottom) / 2, x0, x1))
        elif kind == IMAGE:
            self.picture_area += wide * high
        else:
            self._path(raw, matrix)

    def _path(self, raw: Any, matrix: Matrix) -> None:
        fill, stroke = ctypes.c_int(), c.FPDF_BOOL()
        c.FPDFPath_GetDrawMode(raw, fill, stroke)
        if not stroke.value and not fill.value:
            return
        own = c.FS_MATRIX()
        if c.FPDFPageObj_GetMatrix(raw, own):
            matrix = _multiply((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        for figure in self._figures(raw, matrix):
            edges, fills = edges_of_figure(figure, bool(stroke.value))
            self.edges.extend(edges)
            self.fills.extend(fills)

    def _figures(self, raw: Any, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
        """The path's straight figures as point lists; what contains curves is broken at the curve."""
        a, b, cc, d, e, f = matrix
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[tuple[float, float]] = []
        for index in range(c.FPDFPath_CountSegments(raw)):
            self.budget -= 1
            if self.budget <= 0:
                break
            segment = c.FPDFPath_GetPathSegment(raw, index)
            kind = c.FPDFPathSegment_GetType(segment)
            c.FPDFPathSegment_GetPoint(segment, x, y)
            point = (
                a * x.value + cc * y.value + e - self.left,
                self.top - (b * x.value + d * y.value + f),
            )
            if kind == c.FPDF_SEGMENT_LINETO:
                points.append(point)
                if c.FPDFPathSegment_GetClose(segment) and points:
                    points.append(points[0])
            else:
                if len(points) > 1:
                    yield points
                points = [point]
        if len(points) > 1:
            yield points


def _multiply(m: Matrix, n: Matrix) -> Matrix:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _apply_box(m: Matrix, box: Box) -> Box:
    if m is _IDENTITY:
        return box
    xs = [m[0] * x + m[2] * y + m[4] for x in (box[0], box[2]) for y in (box[1], box[3])]
    ys = [m[1] * x + m[3] * y + m[5] for x in (box[0], box[2]) for y in (box[1], box[3])]
    return (min(xs), min(ys), max(xs), max(ys))
