"""Ruled lines of a picture, by morphology: what is long and thin in one direction."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np

from extractors.document import Box
from extractors.readers.pdf.marks import Edge
from extractors.readers.scan.dotted import dotted_lines
from extractors.readers.scan.mending import mended
from extractors.readers.scan.picture import Grey, Picture

SHORTEST_POINTS = {False: 22.0, True: 14.0}
"""Points of a straight unbroken run, by direction (False: across, True: down): strokes of characters are shorter."""
BRIDGE_POINTS = 6.0
"""Points: breaks of a line that small are closed."""
THICKEST_POINTS = 5.0


def ruled_lines(picture: Picture) -> tuple[list[Edge], Grey]:
    """The lines in points, and where their ink may be (255)."""
    edges: list[Edge] = []
    ink = cv2.bitwise_and(picture.ink, cv2.bitwise_not(picture.pen))
    mask = np.zeros_like(ink)
    for vertical in (False, True):
        length = max(12, round(SHORTEST_POINTS[vertical] / picture.scale))
        gap = max(3, round(BRIDGE_POINTS / picture.scale)) | 1
        thick = cv2.getStructuringElement(cv2.MORPH_RECT, (3, 1) if vertical else (1, 3))
        line = cv2.getStructuringElement(cv2.MORPH_RECT, (1, length) if vertical else (length, 1))
        bridge = cv2.getStructuringElement(cv2.MORPH_RECT, (1, gap) if vertical else (gap, 1))
        found = cv2.morphologyEx(cv2.dilate(ink, thick), cv2.MORPH_OPEN, line)
        found = cv2.morphologyEx(found, cv2.MORPH_CLOSE, bridge)
        count, _, boxes, _ = cv2.connectedComponentsWithStats(found, connectivity=8)
        for index in range(1, count):
            x, y, wide, high, _ = (int(value) for value in boxes[index])
            along, across = (high, wide) if vertical else (wide, high)
            if across * picture.scale > THICKEST_POINTS or along < 4 * across:
                continue
            at = (x + wide / 2 if vertical else y + high / 2) * picture.scale
            start = (y if vertical else x) * picture.scale
            edges.append(Edge(vertical, at, start, start + along * picture.scale))
        mask = cv2.bitwise_or(mask, found)
    dotted, marks = dotted_lines(cv2.bitwise_and(ink, cv2.bitwise_not(mask)), picture.scale)
    return mended([*edges, *dotted]), cv2.bitwise_or(mask, marks)


def borders_of(cells: Iterable[Box], lines: Grey, scale: float) -> Grey:
    """The part of the lines' ink that lies on the borders of cells: what may be taken out without harming text."""
    near = np.zeros_like(lines)
    reach = max(2, round(THICKEST_POINTS / 2 / scale))
    for box in cells:
        x0, top, x1, bottom = (round(value / scale) for value in box)
        cv2.rectangle(near, (x0, top), (x1, bottom), 255, 2 * reach + 1)
    return cv2.dilate(cv2.bitwise_and(lines, near), np.ones((3, 3), np.uint8))
