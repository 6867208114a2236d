"""Which marks are a template's, which nobody shares, and which tell of a copy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from expectations.similarity.marks import MarkedTexts
from expectations.similarity.settings import SimilaritySettings
from expectations.similarity.shingles import Marks

_MARKS_AT_A_TIME = 4_000_000


@dataclass(frozen=True, slots=True)
class SharedMarks:
    """template: marks of text that many units share, ascending. The marks of report i that a few units share are
    marks[offsets[i]:offsets[i + 1]], ascending."""

    template: Marks
    marks: Marks
    offsets: NDArray[np.int64]

    def of(self, report: int) -> Marks:
        """The marks that report shares with a few others."""
        return self.marks[self.offsets[report] : self.offsets[report + 1]]


def share_out(texts: MarkedTexts, settings: SimilaritySettings) -> SharedMarks:
    """Count the units of every mark. Memory stays bounded: marks are sorted a part of their range at a time."""
    reports = len(texts.report_ids)
    units = len(np.unique(texts.units[np.diff(texts.offsets) > 0]))
    above = settings.template_above(units)
    owners = np.repeat(np.arange(reports, dtype=np.uint32), np.diff(texts.offsets))
    parts = 1 << max(0, int(np.ceil(np.log2(max(1, texts.marks.size) / _MARKS_AT_A_TIME))))
    shift = np.uint32(32 - parts.bit_length() + 1)
    templates: list[Marks] = []
    shared: list[NDArray[np.uint64]] = []
    for part in range(parts):
        chosen = slice(None) if parts == 1 else np.flatnonzero(texts.marks >> shift == part)
        keys = np.sort(texts.marks[chosen].astype(np.uint64) << np.uint64(32) | owners[chosen])
        if not keys.size:
            continue
        common, kept = _tell_apart(keys, texts, above, settings.template_same_supervisor)
        templates.append(common)
        shared.append(kept)
    pairs = np.sort(np.concatenate(shared)) if shared else np.empty(0, np.uint64)
    offsets = np.searchsorted(pairs, np.arange(reports + 1, dtype=np.uint64) << np.uint64(32))
    template = np.concatenate(templates) if templates else np.empty(0, np.uint32)
    return SharedMarks(np.sort(template), (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32), offsets)


def _tell_apart(
    keys: NDArray[np.uint64], texts: MarkedTexts, above: int, same_supervisor: int
) -> tuple[Marks, NDArray[np.uint64]]:
    """From sorted (mark, report): the template's marks, and (report, mark) of those a few units share."""
    marks, reports = (keys >> np.uint64(32)).astype(np.uint32), keys & np.uint64(0xFFFFFFFF)
    units = texts.units[reports]
    first = np.concatenate(([True], marks[1:] != marks[:-1]))
    # Reports of a unit stand together, so a unit's second report follows its first.
    counted = first | np.concatenate(([True], units[1:] != units[:-1]))
    starts = np.flatnonzero(first)
    unit_counts = np.add.reduceat(counted.astype(np.int64), starts)
    supervisors = texts.supervisors[reports]
    lowest, highest = np.minimum.reduceat(supervisors, starts), np.maximum.reduceat(supervisors, starts)
    of_one_department = (lowest == highest) & (lowest >= 0) & (unit_counts > same_supervisor)
    is_template = (unit_counts > above) | of_one_department
    is_shared = (unit_counts >= 2) & ~is_template
    kept = np.repeat(is_shared, np.diff(np.append(starts, keys.size)))
    return marks[starts[is_template]], reports[kept] << np.uint64(32) | marks[kept]
