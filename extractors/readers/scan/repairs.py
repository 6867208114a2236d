"""Known confusions of the recogniser, repaired by rule where the form of the ink or the neighbours decide."""

from __future__ import annotations

import re
from collections.abc import Sequence

import cv2
import numpy as np

from extractors.readers.scan.picture import Grey

_BOUND_FIRST = re.compile(r"^[2工Zz>＞<＜Ss5二三≥≤]\s*(?=[\d０-９])")
_ALONE = re.compile(r"^[^\W\d_=]$|^[≥≤2≧≦Ξ=]$")
_O_IN_FIGURE = re.compile(
    r"(?<=\d)[Oo〇](?=[\d.,%％]|$)|(?<![A-Za-z])[Oo](?=\.\d)|(?<=\.)[Oo](?=\d|$)|(?<=\d\.\d)[Oo]"
)
_PER_MILLE = re.compile(r"(?<=\d)[%％][oO〇](?!\d)")
_FIGURE_AND_RING = re.compile(r"^([^\w\s]?[\d.,]*\d)[%％][。oO〇]$")
_PER_CENT_LAST = re.compile(r"\d[%％]$")
_I_IN_FIGURE = re.compile(r"(?<=[\d.,])[lI|](?=[\d.,%％]|$)|^[lI|](?=[\d.,]*\d)")


def repair(text: str, ink: Grey) -> str:
    """The text as it must have been printed. ink: the line's own ink (255), cut to its extent.

    A sign before a figure is a bound (≥ or ≤) when its ink is an angle above a bar of its own. O between digits is
    zero, l and I between digits are one, %o after a figure, %。 after nothing but a figure, or % with two low rings, is ‰. Everything else stays as read.
    """
    match = _BOUND_FIRST.match(text) or _ALONE.match(text)
    if match:
        sign = _bound_sign(ink)
        if sign and text[0] != sign:
            text = sign + text[match.end() :]
    text = _PER_MILLE.sub("‰", _FIGURE_AND_RING.sub(r"\1‰", text))
    if _PER_CENT_LAST.search(text) and _ends_in_two_rings(ink):
        text = text[:-1] + "‰"
    return _I_IN_FIGURE.sub("1", _O_IN_FIGURE.sub("0", text))


def dashes(texts: Sequence[str]) -> list[str]:
    """The texts of a page with lone bars read as _ or 一 made the dash that stands for nothing.

    一 stays where the page numbers its rows in Chinese (二 or 三 stand alone as well).
    """
    numbered = any(text in ("二", "三", "四") for text in texts)
    bars = ("_", "＿") if numbered else ("_", "＿", "一")
    return ["—" if text in bars else text for text in texts]


def _bound_sign(ink: Grey) -> str | None:
    """≥, ≤ or = when the line begins with it, told by the form of its ink.

    ≥ and ≤: an angle (its rows lie left, right, left, or the reverse) above a bar over the whole width, about as high
    as wide; 2 is slender and begins in the middle. =: two bars of equal width; those of 二 are not.
    """
    if ink.size == 0:
        return None
    columns = np.flatnonzero(~ink.any(axis=0))
    first = (ink[:, : int(columns[0])] if columns.size else ink) > 0
    rows = np.flatnonzero(first.any(axis=1))
    if first.shape[1] < 5 or rows.size < 4:
        return None
    first = first[rows[0] : rows[-1] + 1]
    for _ in range(2):  # specks below the bar
        if len(first) > 4 and first[-1].mean() < 0.3:
            first = first[:-1]
    high, wide = first.shape
    if high > 1.35 * wide:
        return None
    filled = first.sum(axis=1) / wide
    bar = high
    while bar > 0 and filled[bar - 1] >= 0.75:
        bar -= 1
    if bar == high or high - bar > max(3, 0.4 * high):
        return None
    upper = first[:bar]
    upper = upper[: np.flatnonzero(upper.any(axis=1))[-1] + 1] if upper.any() else upper
    if len(upper) and filled[: len(upper)].min() >= 0.75 and len(upper) <= 0.45 * high:
        return "=" if high - bar + len(upper) < high else None
    if len(upper) < 0.4 * high:
        return None
    top, middle, bottom = (_middle(part, wide) for part in np.array_split(upper, 3))
    if top < 0.45 and bottom < 0.45 and middle > max(top, bottom) + 0.12:
        return "≥"
    if top > 0.55 and bottom > 0.55 and middle < min(top, bottom) - 0.12:
        return "≤"
    return None


def _ends_in_two_rings(ink: Grey) -> bool:
    """Whether the line ends in ‰: of its last three rings the first stands high and two stand low, side by side."""
    if ink.shape[0] < 10:
        return False
    outlines, tree = cv2.findContours(np.ascontiguousarray(ink), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    parents = np.asarray(tree).reshape(-1, 4)[:, 3] if len(outlines) else []
    rings: list[tuple[float, float, int]] = []
    for outline, parent in zip(outlines, parents, strict=True):
        x, y, wide, high = cv2.boundingRect(outline)
        if parent >= 0 and wide >= 3 and high >= 4:
            rings.append((x + wide / 2, y + high / 2, high))
    if len(rings) < 3:
        return False
    upper, left, right = sorted(rings)[-3:]
    height = ink.shape[0]
    low = left[1] > 0.5 * height and right[1] > 0.5 * height and upper[1] < 0.5 * height
    alike = abs(left[1] - right[1]) <= 1.5 and abs(left[2] - right[2]) <= 2 and right[2] < 0.5 * height
    return low and alike and 0.25 * height < right[0] - left[0] < 0.6 * height


def _middle(rows: Grey, wide: int) -> float:
    """Where the ink of some rows lies, as share of the width."""
    spots = np.nonzero(rows)[1]
    return float(spots.mean() + 0.5) / wide if spots.size else 0.5
