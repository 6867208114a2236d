"""A text as shingles: folded, cut at its sentences, hashed.

Folding keeps what a copy keeps: letters in one width and case, every number as one sign; punctuation, blanks and the
names of the unit disappear. No shingle reaches over the end of a sentence, so that sentences may stand in any order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint16]
Hashes = NDArray[np.uint64]
Marks = NDArray[np.uint32]

DROPPED, END, FIGURE = 0, 1, 2
SENTENCE_ENDS = "。；;！!？?\n\r\x00"
_DIGITS = "0123456789０１２３４５６７８９"
_MULTIPLIER = 0x9E3779B97F4A7C15
_64_BITS = (1 << 64) - 1
_LEVEL = re.compile(r"[\s　]|[（(](?:本级|机关)[）)]$")
_REGION = re.compile(r"^(.{2,12}?(?:自治州|自治县|省|市|县|区|州|盟|旗))(?=.{3,})")


@cache
def _fold_table() -> Codes:
    table = np.zeros(0x10000, dtype=np.uint16)
    for first, last in ((0x3400, 0x4DBF), (0x4E00, 0x9FFF)):
        table[first : last + 1] = np.arange(first, last + 1)
    for offset in range(26):
        for start in (0x41, 0x61, 0xFF21, 0xFF41):
            table[start + offset] = 0x61 + offset
    table[[ord(character) for character in _DIGITS]] = FIGURE
    table[[ord(character) for character in SENTENCE_ENDS]] = END
    return table


def fold(text: str) -> Codes:
    """The codes of a text that are compared. END stands for the end of a sentence, FIGURE for a whole number."""
    raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    codes = _fold_table()[np.minimum(raw, 0xFFFF)]
    codes = codes[codes != DROPPED]
    if codes.size < 2:
        return codes
    within_number = (codes[1:] == FIGURE) & (codes[:-1] == FIGURE)
    return codes[np.concatenate(([True], ~within_number))]


def shingle_hashes(codes: Codes, length: int) -> tuple[Hashes, NDArray[np.int64]]:
    """Hashes of all shingles of `length` codes within sentences, and where each begins."""
    count = codes.size - length + 1
    if count <= 0:
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    ends = np.concatenate(([0], np.cumsum(codes == END)))
    starts = np.flatnonzero(ends[length:] == ends[:-length])
    return _mixed(_polynomial(codes, length)[starts]), starts


def _polynomial(codes: Codes, length: int) -> Hashes:
    """The polynomial over each window of `length` codes, put together from windows of powers of two."""
    windows = codes.astype(np.uint64)
    size, factor = 1, _MULTIPLIER
    total: Hashes | None = None
    covered = 0
    while True:
        if length & size:
            tail = windows[covered:]
            total = windows if total is None else total[: tail.size] * np.uint64(factor) + tail[: total.size]
            covered += size
        if covered == length:
            return total if total is not None else windows
        windows = windows[:-size] * np.uint64(factor) + windows[size:]
        size, factor = size * 2, factor * factor & _64_BITS


def _mixed(hashes: Hashes) -> Hashes:
    """The finalizer of MurmurHash3: every bit depends on every bit."""
    hashes ^= hashes >> np.uint64(33)
    hashes *= np.uint64(0xFF51AFD7ED558CCD)
    hashes ^= hashes >> np.uint64(33)
    hashes *= np.uint64(0xC4CEB9FE1A85EC53)
    hashes ^= hashes >> np.uint64(33)
    return hashes


def sentence_hashes(hashes: Hashes, sentence_of: NDArray[np.int64]) -> tuple[Hashes, NDArray[np.int64]]:
    """One hash for each whole sentence, and its number; sentences without shingles have none. sentence_of ascends."""
    if not hashes.size:
        return hashes, sentence_of
    first = np.flatnonzero(np.concatenate(([True], sentence_of[1:] != sentence_of[:-1])))
    return _mixed(np.add.reduceat(hashes, first)), sentence_of[first]


def once(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The values ascending, each once: faster than numpy.unique, which puts them into a hash table first."""
    ordered = np.sort(values)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if ordered.size else ordered


def sampled(hashes: Hashes, sample: int) -> NDArray[np.bool_]:
    """Which hashes belong to the sample: the same in every text, about one in `sample`."""
    return hashes % np.uint64(sample) == 0


def as_marks(hashes: Hashes) -> Marks:
    """The half of a hash that is kept of sampled shingles; the lower half told whether it is sampled."""
    return (hashes >> np.uint64(32)).astype(np.uint32)


def own_names(names: Sequence[str]) -> tuple[str, ...]:
    """What is left out of a text because it only names its unit: each name, without its region, and the region; the
    longest first."""
    words: set[str] = set()
    for name in names:
        bare = _LEVEL.sub("", name)
        region = _REGION.match(bare)
        words |= {bare, bare[region.end() :], region.group(1)} if region else {bare}
    return tuple(sorted((word for word in words if len(word) >= 2), key=lambda word: (-len(word), word)))


def without_names(text: str, names: Sequence[str], self_reference: re.Pattern[str]) -> str:
    """The text without its unit's names, `names` in their order."""
    for name in names:
        text = text.replace(name, "")
    return self_reference.sub("", text)
