"""Which formats trials come in: a mixture, or every one in turn with drawings of its own."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

WORKSHEETS = frozenset({"xlsx", "xlsx-text", "xls", "et", "ods"})
"""Nobody writes a narrative in a worksheet: trials that need one come in the other formats."""


@dataclass(frozen=True, slots=True)
class Formats:
    """The formats of forms alone and of reports with a narrative, taken in turn.

    name: what the drawings are called after, so that two runs draw other layouts, facts and units; empty for the mixture.
    most: how many faults (and how many decoys) a check gets at most; 0: all there are.
    """

    forms: tuple[str, ...]
    reports: tuple[str, ...]
    name: str = ""
    most: int = 0

    @property
    def start(self) -> int:
        """Where the numbering of the drawings begins."""
        return zlib.crc32(self.name.encode()) % 100_000 if self.name else 0

    def of(self, narrative: bool) -> tuple[str, ...]:
        """The formats for a report with a narrative, or for a form alone."""
        return self.reports if narrative else self.forms


MIXED = Formats(
    ("docx", "xlsx", "text", "pdf", "xls", "docx-tracked"), ("docx", "text", "pdf", "docx-tracked")
)
"""What a run takes that is not asked for single formats."""

EVERY = {
    "docx": 24, "xlsx": 24, "xls": 24, "pdf": 24, "html": 24, "text": 24,
    "doc": 4, "wps": 3, "ofd": 4, "scan-pdf": 1,
}  # fmt: skip
"""The formats that the table of docs/accuracy.md speaks of, with the faults a check gets in each; the last four cost seconds a file."""


def single(name: str, most: int | None = None) -> Formats:
    """One format alone."""
    return Formats(
        (name,), () if name in WORKSHEETS else (name,), name, EVERY.get(name, 24) if most is None else most
    )
