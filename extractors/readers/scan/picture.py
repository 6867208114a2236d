"""A page's picture made ready: cut out, seal removed, straightened, ink told from paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from extractors.readers.scan.perspective import frame_matrix, sheet_of

LONG_SIDE = 2340
"""Pixels along the longer side, at most: A4 at 200 dpi. More reads no better and costs more; less loses ‰ to %."""
SHORT_OF = 1500
"""Pixels of the longer side below which a picture is enlarged to A4 at 150 dpi before it is read."""
LONGEST_POINTS = 842.0
"""Points of the longer side of the page when the picture does not say how large the paper is (A4)."""
PEN_COLOUR = 55
"""Levels between blue or green and red above which ink is a pen's: photographs tinge black ink less."""
MAX_SKEW = 6.0
"""Degrees up to which a page is straightened."""

Grey = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Picture:
    """grey: straight page without its seal, 0 black to 255 white. ink: 255 where something is printed, else 0.

    pen: 255 where blue or green ink is, which nobody prints forms with. scale: points a pixel. angle: degrees the page was turned by to stand straight.
    """

    grey: Grey
    ink: Grey
    pen: Grey
    scale: float
    angle: float


def prepare(rgb: Grey, long_points: float = LONGEST_POINTS) -> Picture:
    """rgb: the page as an array of height, width, 3. long_points: length of its longer side in points."""
    if rgb.ndim == 3:
        sheet = sheet_of(rgb)
        rgb = rgb if sheet is None else sheet
    longest = max(rgb.shape[:2])
    if longest > 1.03 * LONG_SIDE or longest < SHORT_OF:
        factor = LONG_SIDE / longest if longest > LONG_SIDE else 1760 / longest
        how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
        rgb = cv2.resize(rgb, None, fx=factor, fy=factor, interpolation=how)
    grey, pen = without_seal(rgb), pen_of(rgb)
    angle = skew_of(grey)
    if abs(angle) > 0.04:
        grey, pen = _rotated(grey, angle), _rotated(pen, angle, 0)
    ink, scale = ink_of(grey), long_points / max(rgb.shape[:2])
    matrix = frame_matrix(ink, scale)
    if matrix is not None:
        size = (grey.shape[1], grey.shape[0])
        grey = cv2.warpPerspective(grey, matrix, size, flags=cv2.INTER_CUBIC, borderValue=255)
        pen = cv2.warpPerspective(pen, matrix, size, flags=cv2.INTER_NEAREST)
        ink = ink_of(grey)
    return Picture(grey, ink, pen, scale, angle)


def without_seal(rgb: Grey) -> Grey:
    """The page in grey without red ink: the red channel, where red hardly shows, and paper where red stands alone."""
    if rgb.ndim != 3:
        return rgb
    red = rgb[:, :, 0]
    other = np.minimum(rgb[:, :, 1], rgb[:, :, 2])
    grey = red.copy()
    grey[(red > 130) & (red.astype(np.int16) - other > 45)] = 255
    return grey


def pen_of(rgb: Grey) -> Grey:
    """Where blue or green ink is: its darkest channel is red, by far."""
    if rgb.ndim != 3:
        return np.zeros(rgb.shape[:2], np.uint8)
    red = rgb[:, :, 0].astype(np.int16)
    brightest = np.maximum(rgb[:, :, 1], rgb[:, :, 2]).astype(np.int16)
    return np.where(brightest - red > PEN_COLOUR, 255, 0).astype(np.uint8)


def ink_of(grey: Grey) -> Grey:
    """What is printed, told from paper by its surroundings (uneven light does not matter), specks removed."""
    smooth = cv2.medianBlur(grey, 3) if _is_noisy(grey) else grey
    window = max(15, (grey.shape[0] // 40) | 1)
    ink = cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, window, 22)
    return ink


def _is_noisy(grey: Grey) -> bool:
    """Whether the paper itself is grainy."""
    sample = grey[:: max(1, grey.shape[0] // 600)].astype(np.int16)
    return float(np.median(np.abs(np.diff(sample, axis=1)))) > 4.0


def skew_of(grey: Grey) -> float:
    """Degrees by which the page leans (counter-clockwise positive), from how sharply its rows of ink stand apart."""
    factor = 900 / max(grey.shape)
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    ink = (cv2.adaptiveThreshold(small, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 15)).astype(
        np.float32
    )
    if ink.sum() < 50:
        return 0.0

    def sharpness(angle: float) -> float:
        height, width = ink.shape
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1.0)
        turned = cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_LINEAR)
        rows = turned.sum(axis=1)
        return float(np.square(np.diff(rows)).sum())

    best = max(np.arange(-MAX_SKEW, MAX_SKEW + 0.01, 0.5), key=sharpness)
    for step in (0.1, 0.03):
        best = max((best + step * k for k in range(-5, 6)), key=sharpness)
    return float(best) if sharpness(best) > 1.02 * sharpness(0.0) else 0.0


def _rotated(grey: Grey, angle: float, around: int = 255) -> Grey:
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1.0)
    return cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=around)
