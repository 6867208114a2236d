"""Dotted and dashed lines of a picture: small marks that follow each other closely in one row or column."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.readers.pdf.marks import Edge
from extractors.readers.scan.picture import Grey

THICKEST_POINTS = 2.6
"""Points across the line of a dot or dash, at most."""
LONGEST_POINTS = 26.0
"""Points along the line of a dash, at most: what is longer is a line of its own."""
CORNER_POINTS = 16.0
"""Points of a corner or crossing of two dashes, each way, at most."""
GAP_POINTS = 5.0
"""Points between two dashes, at most."""
SHORTEST_POINTS = {False: 30.0, True: 14.0}
"""Points of a row of dots, by direction (False: across, True: down), at least."""
FEWEST = {False: 5, True: 3}
"""Marks of a row, at least."""
SPARSE = 0.75
"""Share of a bar's extent that is ink, at least."""


def dotted_lines(ink: Grey, scale: float) -> tuple[list[Edge], Grey]:
    """The lines in points, and the ink of their marks (255). scale: points a pixel."""
    edges: list[Edge] = []
    marks = np.zeros_like(ink)
    for vertical, small in _small_marks(ink, scale).items():
        rows = _rows(small, vertical, scale)
        number, _, extents, _ = cv2.connectedComponentsWithStats(rows, connectivity=8)
        for index in range(1, number):
            x, y, wide, high = (int(value) for value in extents[index][:4])
            length, thickness = (high, wide) if vertical else (wide, high)
            if length * scale < SHORTEST_POINTS[vertical] or thickness * scale > 2 * THICKEST_POINTS:
                continue
            part = small[y : y + high, x : x + wide]
            filled = part.any(axis=1 if vertical else 0)
            if np.count_nonzero(np.diff(filled.astype(np.int8), prepend=0) == 1) < FEWEST[vertical]:
                continue
            at = (x + wide / 2 if vertical else y + high / 2) * scale
            start = (y if vertical else x) * scale
            edges.append(Edge(vertical, at, start, start + length * scale))
            marks[y : y + high, x : x + wide] |= part
    return edges, marks


def _small_marks(ink: Grey, scale: float) -> dict[bool, Grey]:
    """Dots, dashes, and the bars of corners and crossings where dashes meet, by direction."""
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    wide, high = boxes[:, cv2.CC_STAT_WIDTH] * scale, boxes[:, cv2.CC_STAT_HEIGHT] * scale
    labels = np.asarray(labels, dtype=np.intp)
    found: dict[bool, Grey] = {}
    for vertical in (False, True):
        across, along = (wide, high) if vertical else (high, wide)
        fitting = (across <= THICKEST_POINTS) & (along <= LONGEST_POINTS)
        fitting[0] = False
        found[vertical] = np.where(fitting, 255, 0).astype(np.uint8)[labels]
    corners = (np.maximum(wide, high) <= CORNER_POINTS) & (np.minimum(wide, high) > THICKEST_POINTS)
    corners[0] = False
    for index in np.flatnonzero(corners):
        x, y, w, h = (int(value) for value in boxes[index][:4])
        part = labels[y : y + h, x : x + w] == index
        rows, columns = part.mean(axis=1) >= SPARSE, part.mean(axis=0) >= SPARSE
        if not (0 < rows.sum() * scale <= THICKEST_POINTS and 0 < columns.sum() * scale <= THICKEST_POINTS):
            continue
        rest = part[~rows][:, ~columns]
        if rest.sum() > 0.08 * part.sum():
            continue
        found[False][y : y + h, x : x + w][rows] = 255
        found[True][y : y + h, x : x + w][:, columns] = 255
    return found


def _rows(small: Grey, vertical: bool, scale: float) -> Grey:
    """The marks with the gaps between them filled in one direction, and what stays single taken out."""
    gap = max(3, round(GAP_POINTS / scale)) | 1
    thick = max(1, round(0.7 / scale)) | 1
    length = max(8, round(SHORTEST_POINTS[vertical] / scale))
    grown = cv2.dilate(small, np.ones((1, thick) if vertical else (thick, 1), np.uint8))
    closed = cv2.morphologyEx(grown, cv2.MORPH_CLOSE, np.ones((gap, 1) if vertical else (1, gap), np.uint8))
    return cv2.morphologyEx(
        closed, cv2.MORPH_OPEN, np.ones((length, 1) if vertical else (1, length), np.uint8)
    )
