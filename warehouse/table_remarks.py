"""Tells the lines around a handed-in table from its rows: grand totals, notes, signatures, headings between rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from warehouse.tablefile import TableRow

REMARK_FILE = Path(__file__).parent / "table_remarks.yaml"


@dataclass(frozen=True, slots=True)
class RemarkWords:
    """The content of table_remarks.yaml."""

    totals: frozenset[str]
    notes: re.Pattern[str]
    headings: re.Pattern[str]


@cache
def remark_words() -> RemarkWords:
    """The words of totals, notes and headings."""
    said = yaml.safe_load(REMARK_FILE.read_text("utf-8"))
    return RemarkWords(
        frozenset(said["totals"]), re.compile("|".join(said["notes"])), re.compile("|".join(said["headings"]))
    )


def is_remark(row: TableRow) -> bool:
    """Whether the line is no unit's row: by its unit's name, or by its first text where it names no unit."""
    words = remark_words()
    lead, unit = (re.sub(r"\s", "", text) for text in (row.lead, row["unit_name"]))
    if any(text.rstrip(":：") in words.totals for text in (lead, unit)):
        return True
    if words.notes.match(unit or lead):
        return True
    alone = sum(bool(text) for text in row.texts.values()) <= 1
    return alone and bool(words.headings.fullmatch(unit or lead))
