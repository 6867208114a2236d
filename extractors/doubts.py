"""Which printed values of a report are not certain: recognised from an image with little confidence, or overlapping."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractors.report import Printed, Report

DOUBTED_BELOW = 0.9
"""Confidence of recognition below which a value is to be compared with the original before anything rests on it."""
FIGURES = frozenset(
    (
        "target", "actual", "max_score", "reported_score", "initial_budget", "adjusted_budget", "executed", "amount",
        "execution_rate",
    )
)  # fmt: skip


_DASHES = re.compile(r"[-\u2010-\u2015\u2500\uff0d_]+")


class Doubt(NamedTuple):
    """subject_key: R5 an indicator row, L1 a budget line, G3 a printed group, Hname a field of the head."""

    subject_key: str
    field: str
    printed: Printed

    @property
    def is_figure(self) -> bool:
        """Whether a figure is, or may be, what is uncertain."""
        text = self.printed.text.strip()
        return any(char.isdigit() for char in text) or (self.field in FIGURES and not _DASHES.fullmatch(text))


def doubts_of(report: Report) -> Iterator[Doubt]:
    """The uncertain values in the order of the report's parts.

    Plain text (its places are lines) is not meant: its characters are certain where its columns are not.
    """
    parts = [
        *((f"R{row.row_no}", row.cells) for row in (*report.indicators, *report.placeholders)),
        *((f"L{line.line_no}", line.cells) for line in report.budget_lines),
        *((f"G{group.group_no}", group.cells) for group in report.score_groups),
        *((f"H{name}", {name: printed}) for name, printed in report.header.items()),
    ]
    for subject_key, cells in parts:
        for name, printed in cells.items():
            if printed.confidence < DOUBTED_BELOW and printed.location.line is None:
                yield Doubt(subject_key, name, printed)
