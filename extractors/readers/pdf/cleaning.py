"""Characters that are printed but not written: the second print of fake bold, and marks of large pale text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

from extractors.readers.pdf.marks import Glyph

OVERLAP = 0.3
"""Share of a character's width within which an equal character is its second print."""
WATERMARK_SIZE = 1.8
"""Times the page's usual character height from which pale text counts as a watermark."""
_BAND = 8.0


def drop_doubled(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The characters without those printed again at (nearly) the same spot, as fake bold does."""
    seen: dict[tuple[str, int], list[Glyph]] = {}
    kept: list[Glyph] = []
    for glyph in glyphs:
        x0, top, x1, _, text, _, _ = glyph
        band = int(top / _BAND)
        reach = OVERLAP * (x1 - x0)
        rest = top - band * _BAND
        near = (band,) if reach < rest < _BAND - reach else (band - 1, band, band + 1)
        for number in near:
            others = seen.get((text, number))
            if others and any(
                abs(other.x0 - x0) <= reach and abs(other.top - top) <= reach for other in others
            ):
                break
        else:
            seen.setdefault((text, band), []).append(glyph)
            kept.append(glyph)
    return kept


def watermark_indices(heights: Sequence[float], pale: Callable[[int], bool]) -> set[int]:
    """Which characters are large and pale. `pale` tells of a character's index whether it is light or transparent."""
    if not heights:
        return set()
    large = WATERMARK_SIZE * median(heights)
    return {index for index, height in enumerate(heights) if height >= large and pale(index)}
