"""Where text stands in a picture: printed lines inside cells and outside tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from extractors.document import Box
from extractors.readers.scan.picture import Grey

SENTENCE_GAP = 1.6
"""Character heights of white that may stand within a line of running text."""
COLUMN_GAP = 0.75
"""Character heights of white that part two columns."""


class Strip(NamedTuple):
    """A printed line's place in pixels."""

    x0: int
    top: int
    x1: int
    bottom: int


def without_specks(ink: Grey, size: int) -> Grey:
    """The ink without connected spots smaller than `size` pixels."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    keep = np.zeros(count, np.uint8)
    keep[1:] = np.where(boxes[1:, cv2.CC_STAT_AREA] >= size, 255, 0)
    return keep[np.asarray(labels, dtype=np.intp)]


def lines_in(ink: Grey, box: Strip, height: float) -> list[Strip]:
    """The printed lines inside a box, by the white rows between them. height: of the page's characters in pixels."""
    part = ink[box.top : box.bottom, box.x0 : box.x1]
    if not part.size:
        return []
    runs = _runs(np.asarray(part.any(axis=1)))
    merged: list[tuple[int, int]] = []
    for top, bottom in runs:
        if merged and bottom - merged[-1][0] <= 1.25 * height:
            merged[-1] = (merged[-1][0], bottom)
        else:
            merged.append((top, bottom))
    strips: list[Strip] = []
    for top, bottom in merged:
        columns = np.flatnonzero(part[top:bottom].any(axis=0))
        wide, high = int(columns[-1] - columns[0]) + 1, bottom - top
        if max(wide, high) < 0.2 * height:
            continue
        x0 = box.x0 + int(columns[0])
        strips.append(Strip(x0, box.top + top, x0 + wide, box.top + bottom))
    return strips


def lines_outside(
    ink: Grey, tables: Sequence[Box], ruled: tuple[float, float], scale: float, height: float
) -> list[Strip]:
    """The printed lines outside tables (boxes in points), by growing ink sideways until words meet.

    ruled: from where to where (points from the top) a table has rules but no columns; there words of one text meet only.
    """
    open_ink = ink.copy()
    for x0, top, x1, bottom in tables:
        open_ink[
            max(0, int(top / scale) - 3) : int(bottom / scale) + 4,
            max(0, int(x0 / scale) - 3) : int(x1 / scale) + 4,
        ] = 0
    grown = _grown(open_ink, SENTENCE_GAP * height, height)
    top, bottom = (int(value / scale) for value in ruled)
    if bottom > top:
        grown[top:bottom] = _grown(open_ink[top:bottom], COLUMN_GAP * height, height)
    count, _, boxes, _ = cv2.connectedComponentsWithStats(grown, connectivity=8)
    strips: list[Strip] = []
    for index in range(1, count):
        x, y, wide, high, _ = (int(v) for v in boxes[index])
        if high < 0.35 * height and wide < 1.5 * height:
            continue
        strips.extend(lines_in(open_ink, Strip(x, y, x + wide, y + high), height))
    return strips


def _grown(ink: Grey, reach: float, height: float) -> Grey:
    element = cv2.getStructuringElement(cv2.MORPH_RECT, (max(3, round(reach)), max(1, round(0.15 * height))))
    return cv2.morphologyEx(ink, cv2.MORPH_CLOSE, element)


def character_height(ink: Grey) -> float:
    """The usual height of the page's characters in pixels, from its connected spots of about square shape."""
    _, _, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sizes = [int(high) for _, _, wide, high, _ in boxes[1:] if 8 <= high <= 80 and 0.4 <= wide / high <= 1.6]
    return float(np.percentile(sizes, 75)) if len(sizes) >= 5 else 22.0


def _runs(flags: Grey) -> list[tuple[int, int]]:
    padded = np.concatenate(([0], flags.astype(np.int8), [0]))
    steps = np.diff(padded)
    return list(zip(np.flatnonzero(steps == 1).tolist(), np.flatnonzero(steps == -1).tolist(), strict=True))
