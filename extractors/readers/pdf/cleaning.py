"""Characters that are printed but not written: the second print of fake bold, and marks of large pale text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from extractors.readers.pdf.marks import Glyph

OVERLAP = 0.3
"""Share of a character's width within which an equal character is its second print."""
WATERMARK_SIZE = 1.8
"""Times the page's usual character height from which pale text counts as a watermark."""
_BAND = 32.0
ROUNDING = 0.02
"""Points: what single precision may lose."""
FAR = 1 << 19
"""Meshes from the page's corner: more than any page has."""


def drop_doubled(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The characters without those printed again at (nearly) the same spot, as fake bold does."""
    seen: dict[tuple[str, int], list[Glyph]] = {}
    kept: list[Glyph] = []
    for glyph in glyphs:
        x0, top, x1, _, text, _, _ = glyph
        band = int(top / _BAND)
        reach = OVERLAP * (x1 - x0)
        rest = top - band * _BAND
        key = (text, band)
        others = seen.get(key)
        if others is None:
            seen[key] = [glyph]
        elif _among(others, x0, top, reach):
            continue
        else:
            others.append(glyph)
        if not reach < rest < _BAND - reach:
            for near in ((text, band - 1), (text, band + 1)):
                if near in seen and _among(seen[near], x0, top, reach):
                    seen[key].pop()
                    break
            else:
                kept.append(glyph)
            continue
        kept.append(glyph)
    return kept


def has_doubled(codes: Sequence[int], boxes: Any) -> bool:
    """Whether `drop_doubled` could find anything. boxes: a buffer with x0, y1, x1, y0 of each character in single precision.

    Two characters nearer than half a mesh share a mesh in one of four grids laid over the page, each half a mesh apart.
    Meshes are as wide as the character needs, so that neighbours in print never share one.
    """
    import numpy as np

    if len(codes) < 2:
        return False
    kinds = np.array(codes, dtype=np.int32)
    order = kinds.argsort(kind="stable")
    kinds = kinds[order]
    places = np.frombuffer(boxes, dtype=np.float32).reshape(-1, 4)[order].astype(np.float64)
    changes = kinds[1:] != kinds[:-1]
    starts = np.concatenate(([0], np.flatnonzero(changes) + 1))
    lengths = np.diff(np.concatenate((starts, [len(kinds)])))
    largest = np.repeat(np.maximum.reduceat(places[:, 2] - places[:, 0], starts), lengths)
    mesh = 2 * OVERLAP * largest + ROUNDING
    across, down = places[:, 0] / mesh + FAR, places[:, 1] / mesh + FAR
    number = np.repeat(np.arange(len(starts), dtype=np.int64) << 42, lengths)
    for right in (0.0, 0.5):
        columns = number + ((across + right).astype(np.int64) << 21)
        for lower in (0.0, 0.5):
            meshes = columns + (down + lower).astype(np.int64)
            meshes.sort()
            if (meshes[1:] == meshes[:-1]).any():
                return True
    return False


def _among(others: Sequence[Glyph], x0: float, top: float, reach: float) -> bool:
    """Whether one of them stands (nearly) at this spot."""
    for other in others:  # noqa: SIM110 a generator would cost more than the comparison
        if -reach <= other[0] - x0 <= reach and -reach <= other[1] - top <= reach:
            return True
    return False


def watermark_indices(heights: Sequence[float], pale: Callable[[int], bool]) -> set[int]:
    """Which characters are large and pale. `pale` tells of a character's index whether it is light or transparent."""
    if not heights:
        return set()
    large = WATERMARK_SIZE * median(heights)
    if max(heights) < large:
        return set()
    return {index for index, height in enumerate(heights) if height >= large and pale(index)}
