"""Candidate pairs: reports of different units whose MinHash signatures agree in several slots.

The signatures are rensa's R-MinHash over the marks that a few units share; a slot is a band of one row, and a pair must
meet in several. The estimate only chooses what is compared closely.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash  # pyright: ignore[reportAttributeAccessIssue]

from expectations.similarity.commonness import SharedMarks
from expectations.similarity.marks import MarkedTexts
from expectations.similarity.settings import SimilaritySettings

_SIGNED_AT_A_TIME = 5_000
_COUNTERS = 26
"""Counters for pairs, as a power of two: 128 MB."""
_LONGEST_RUN = 400
"""Reports that agree in one slot; more of them have no text of their own in it."""

Pairs = NDArray[np.uint64]


def candidate_pairs(
    texts: MarkedTexts, shared: SharedMarks, settings: SimilaritySettings
) -> list[tuple[int, int]]:
    """Pairs of report numbers, the lower first, in order: for each report the nearest by number of marks in common."""
    sizes = np.diff(shared.offsets)
    members = np.flatnonzero(sizes >= settings.shared_marks)
    if members.size < 2:
        return []
    signatures = _signatures(shared, members, settings)
    pairs = _agreeing(signatures, texts.units[members], settings.equal_slots)
    nearest: dict[int, list[tuple[int, int]]] = {}
    for key in pairs.tolist():
        left, right = int(members[key >> 32]), int(members[key & 0xFFFFFFFF])
        common = np.intersect1d(shared.of(left), shared.of(right), assume_unique=True).size
        if common >= settings.marks_needed(min(texts.of(left).size, texts.of(right).size)):
            nearest.setdefault(left, []).append((-common, right))
            nearest.setdefault(right, []).append((-common, left))
    chosen = {
        (min(report, other), max(report, other))
        for report, others in nearest.items()
        for _, other in sorted(others)[: settings.per_report]
    }
    return sorted(chosen)


def _signatures(
    shared: SharedMarks, members: NDArray[np.int64], settings: SimilaritySettings
) -> NDArray[np.uint32]:
    """One row of slots for each member."""
    rows: list[NDArray[np.uint32]] = []
    for start in range(0, members.size, _SIGNED_AT_A_TIME):
        pieces = [
            shared.of(int(report)).astype(np.uint64) for report in members[start : start + _SIGNED_AT_A_TIME]
        ]
        offsets = np.concatenate(([0], np.cumsum([piece.size for piece in pieces]))).astype(np.uint64)
        matrix = RMinHash.digest_matrix_from_flat_token_hashes(
            np.concatenate(pieces), offsets, settings.slots, settings.seed
        )
        rows.append(np.array(matrix.to_rows(), dtype=np.uint32))
    return np.concatenate(rows)


def _agreeing(signatures: NDArray[np.uint32], units: NDArray[np.int64], equal_slots: int) -> Pairs:
    """Pairs of rows, packed, that agree in at least so many slots and belong to different units.

    Most pairs meet in one slot by chance, and there are too many of them to be kept. So they are counted twice: first
    roughly, several pairs sharing a counter, then exactly, those only whose counter came so far.
    """
    slots = range(signatures.shape[1])
    counters = np.zeros(1 << _COUNTERS, np.uint16)
    for slot in slots:
        np.add.at(counters, _counter_of(_agreeing_in(signatures[:, slot], units)), np.uint16(1))
    likely: list[Pairs] = []
    for slot in slots:
        pairs = _agreeing_in(signatures[:, slot], units)
        likely.append(pairs[counters[_counter_of(pairs)] >= equal_slots])
    keys, counts = np.unique(np.concatenate(likely), return_counts=True)
    return keys[counts >= equal_slots]


def _counter_of(pairs: Pairs) -> NDArray[np.int64]:
    return (pairs * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(64 - _COUNTERS)).astype(np.int64)


def _agreeing_in(values: NDArray[np.uint32], units: NDArray[np.int64]) -> Pairs:
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    lengths = np.diff(np.append(starts, ordered.size))
    within = np.repeat((lengths > 1) & (lengths <= _LONGEST_RUN), lengths)
    order, ordered = order[within], ordered[within]
    found: list[Pairs] = [np.empty(0, np.uint64)]
    for distance in range(1, int(min(lengths.max(initial=1), _LONGEST_RUN))):
        if distance >= ordered.size:
            break
        same = np.flatnonzero(ordered[distance:] == ordered[:-distance])
        if not same.size:
            break
        left, right = order[same], order[same + distance]
        foreign = units[left] != units[right]
        left, right = left[foreign], right[foreign]
        low, high = np.minimum(left, right).astype(np.uint64), np.maximum(left, right).astype(np.uint64)
        found.append(low << np.uint64(32) | high)
    return np.concatenate(found)
