"""What a contestant found against what the generator drew: rows and cells as multisets of texts without white space."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

Rows = list[list[str | None]]
Counted = Counter[tuple[str, ...]]


def counted(tables: Iterable[Sequence[Sequence[str | None]]]) -> Counted:
    """Rows as tuples of their texts, repetitions of merged texts dropped whichever way they are told."""
    seen: Counted = Counter()
    for rows in tables:
        squeezed = [["".join((text or "").split()) for text in row] for row in rows]
        for above, row in pairwise([[], *squeezed]):
            kept = [
                text
                for column, text in enumerate(row)
                if text
                and not (column and row[column - 1] == text)
                and not (column < len(above) and above[column] == text)
            ]
            if kept:
                seen[tuple(kept)] += 1
    return seen


def cells(rows: Counted) -> Counter[str]:
    """The cells of those rows."""
    found: Counter[str] = Counter()
    for row, times in rows.items():
        for text in row:
            found[text] += times
    return found


def score(found: Counted, wanted: Counted) -> dict[str, int]:
    """Rows and cells found exactly, wanted, and found that nobody drew."""
    found_cells, wanted_cells = cells(found), cells(wanted)
    return {
        "rows": (found & wanted).total(),
        "rows_wanted": wanted.total(),
        "cells": (found_cells & wanted_cells).total(),
        "cells_wanted": wanted_cells.total(),
        "cells_spurious": (found_cells - wanted_cells).total(),
    }
