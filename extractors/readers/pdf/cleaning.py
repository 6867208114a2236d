"""Characters that are printed but not written: the second print of fake bold, and marks of large pale text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

from extractors.readers.pdf.marks import Glyph

OVERLAP = 0.3
"""Share of a character's width within which an equal character is its second print."""
WATERMARK_SIZE = 1.8
"""Times the page's usual character height from which pale text counts as a watermark."""
_BAND = 32.0


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
    return {index for index, height in enumerate(heights) if height >= large and pale(index)}
