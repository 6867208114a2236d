"""Photographed pages: the sheet cut out of its surroundings and laid flat, the table's frame made a rectangle."""

from __future__ import annotations

import cv2
import numpy as np

Picture = np.ndarray
SMALL = 700
"""Pixels of the longer side on which the sheet is looked for."""
LEAST_CONTRAST = 35.0
"""Grey levels by which the sheet is brighter than what lies around it, right at its edge."""
STEP = 6.0
"""Pixels (of the small picture) inside and outside an edge between which the brightness falls."""
SHEET_SHARE = (0.25, 0.97)
"""Share of the picture that a sheet covers whose edges can be seen."""
CORNER_DEGREES = 28.0
"""Degrees by which a corner of the sheet may differ from a right one."""
FRAME_SHARE = 0.3
"""Share of the page's width and a tenth of its height that a table's frame has at least."""
LEANING = (0.3, 7.0)
"""Degrees by which opposite sides of the frame differ where the page is seen at an angle."""
SLANT_POINTS = 9.0
"""Points of a straight piece of a line; short, so that a slanted one holds some."""


def sheet_of(rgb: Picture) -> Picture | None:
    """The sheet of paper laid flat; None where its four edges are not seen against something darker."""
    factor = SMALL / max(rgb.shape[:2])
    grey = cv2.cvtColor(
        cv2.resize(rgb, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY
    )
    _, bright = cv2.threshold(cv2.GaussianBlur(grey, (7, 7), 0), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    bright = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((25, 25), np.uint8))
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    corners = _four_corners(max(outlines, key=cv2.contourArea))
    if corners is None:
        return None
    share = cv2.contourArea(corners) / grey.size
    inside = np.zeros_like(grey)
    cv2.fillConvexPoly(inside, corners.astype(np.int32), 255)
    if not SHEET_SHARE[0] < share < SHEET_SHARE[1]:
        return None
    if not _nearly_right(corners) or not _has_sharp_edges(grey, corners):
        return None
    return _laid_flat(rgb, corners / factor)


def frame_matrix(ink: Picture, scale: float) -> Picture | None:
    """What makes the largest table a rectangle (for warpPerspective); None where it is one, or where there is none.

    scale: points a pixel.
    """
    length, gap = max(8, round(SLANT_POINTS / scale)), max(3, round(4 / scale)) | 1
    thick = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    lines = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, 3 * length), np.uint8))
    lines = cv2.bitwise_or(lines, cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((2 * length, 1), np.uint8)))
    lines = cv2.morphologyEx(lines, cv2.MORPH_CLOSE, np.ones((gap, gap), np.uint8))
    outlines, _ = cv2.findContours(lines, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    largest = max(outlines, key=lambda outline: float(np.prod(cv2.boundingRect(outline)[2:])))
    _, _, wide, high = cv2.boundingRect(largest)
    if wide < FRAME_SHARE * ink.shape[1] or high < 0.1 * ink.shape[0]:
        return None
    corners = _four_corners(largest)
    if corners is None or not LEANING[0] < _leaning(corners) < LEANING[1]:
        return None
    left, top = corners.min(axis=0)
    top_side, right, bottom, left_side = (
        float(np.linalg.norm(corners[(index + 1) % 4] - corners[index])) for index in range(4)
    )
    width, height = (top_side + bottom) / 2, (right + left_side) / 2
    target = np.array(
        [(left, top), (left + width, top), (left + width, top + height), (left, top + height)], np.float32
    )
    return cv2.getPerspectiveTransform(corners.astype(np.float32), target)


def _four_corners(outline: Picture) -> Picture | None:
    """The outline's corners from the upper left, clockwise; None where it has not four."""
    hull = cv2.convexHull(outline)
    around = cv2.arcLength(hull, True)
    for share in (0.01, 0.02, 0.03, 0.05):
        found = cv2.approxPolyDP(hull, share * around, True).reshape(-1, 2).astype(np.float32)
        if len(found) == 4:
            middle = found.mean(axis=0)
            angles = np.arctan2(found[:, 1] - middle[1], found[:, 0] - middle[0])
            return found[np.argsort(angles)]
        if len(found) < 4:
            return None
    return None


def _nearly_right(corners: Picture) -> bool:
    for index in range(4):
        before, after = corners[index - 1] - corners[index], corners[(index + 1) % 4] - corners[index]
        cosine = float(before @ after) / max(1e-6, float(np.linalg.norm(before) * np.linalg.norm(after)))
        if abs(90 - np.degrees(np.arccos(np.clip(cosine, -1, 1)))) > CORNER_DEGREES:
            return False
    return True


def _has_sharp_edges(grey: Picture, corners: Picture) -> bool:
    """Whether the brightness falls at once on every side: a shadow falls slowly, and what lies in it belongs to the page.

    Sides that lie on the border of the picture are not seen.
    """
    height, width = grey.shape
    seen = 0
    for index in range(4):
        start, end = corners[index], corners[(index + 1) % 4]
        along = (end - start) / max(1e-6, float(np.linalg.norm(end - start)))
        outwards = np.array((along[1], -along[0]))
        steps = []
        for share in np.linspace(0.1, 0.9, 25):
            spot = start + share * (end - start)
            (x0, y0), (x1, y1) = spot - STEP * outwards, spot + STEP * outwards
            if 0 <= x1 < width and 0 <= y1 < height and 0 <= x0 < width and 0 <= y0 < height:
                steps.append(int(grey[int(y0), int(x0)]) - int(grey[int(y1), int(x1)]))
        if len(steps) < 15:
            continue
        seen += 1
        if np.median(steps) < LEAST_CONTRAST:
            return False
    return seen >= 2


def _leaning(corners: Picture) -> float:
    """Degrees by which the frame's sides lean at most."""
    upper_left, upper_right, lower_right, lower_left = corners
    tilts = []
    for start, end in ((upper_left, upper_right), (lower_left, lower_right)):
        tilts.append(np.degrees(np.arctan2(end[1] - start[1], end[0] - start[0])))
    for start, end in ((upper_left, lower_left), (upper_right, lower_right)):
        tilts.append(np.degrees(np.arctan2(start[0] - end[0], end[1] - start[1])))
    return float(max(abs(tilt) for tilt in tilts))


def _laid_flat(rgb: Picture, corners: Picture) -> Picture:
    sides = [float(np.linalg.norm(corners[(index + 1) % 4] - corners[index])) for index in range(4)]
    width, height = round(max(sides[0], sides[2])), round(max(sides[1], sides[3]))
    target = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    return cv2.warpPerspective(
        rgb, matrix, (width, height), flags=cv2.INTER_AREA, borderValue=(255, 255, 255)
    )
