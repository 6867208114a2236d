"""Two pages in one picture: an open file on the glass, cut at the white between them."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.readers.scan.picture import Grey

SHAPE = (1.2, 1.75)
"""Width to height of two upright pages side by side."""
SMALL = 900
"""Pixels of the width on which the white is looked for."""
MIDDLE = (0.42, 0.58)
"""Share of the width in which it stands."""
NARROWEST = 0.025
"""Share of the width that it has at least."""
CLEAN = 0.004
"""Share of the height that may be ink in a column of it: specks, no line and no title across."""
LEAST_PRINT = 0.2
"""Share of the print that each page has at least."""


def pages_of(rgb: Grey) -> list[Grey]:
    """The pages of a picture from left to right: one, or two where white parts it from top to bottom."""
    height, width = rgb.shape[:2]
    if not SHAPE[0] <= width / height <= SHAPE[1]:
        return [rgb]
    factor = SMALL / width
    small = cv2.resize(rgb, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    grey = small if small.ndim == 2 else cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    ink = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 15)
    columns = ink.sum(axis=0)
    first, last = (round(share * len(columns)) for share in MIDDLE)
    start, end = _longest_run(columns[first:last] <= CLEAN * ink.shape[0])
    if end - start < NARROWEST * len(columns):
        return [rgb]
    fold = first + (start + end) // 2
    left, total = int(columns[:fold].sum()), int(columns.sum())
    if not LEAST_PRINT * total < left < (1 - LEAST_PRINT) * total:
        return [rgb]
    at = round(fold / factor)
    return [rgb[:, :at], rgb[:, at:]]


def _longest_run(flags: Grey) -> tuple[int, int]:
    padded = np.concatenate(([0], flags.astype(np.int8), [0]))
    steps = np.diff(padded)
    runs = list(zip(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1), strict=True))
    start, end = max(runs, key=lambda run: run[1] - run[0], default=(0, 0))
    return int(start), int(end)
