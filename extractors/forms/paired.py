"""Cells that hold two values with a stroke between (≥50个/52个, 4.5/5), taken apart only where the cut is certain."""

from __future__ import annotations

import unicodedata

from extractors.report import Printed
from extractors.values import is_blank, is_marker, parse_quantity, parse_score

STROKES = "/／"


def taken_apart(fields: str, printed: Printed) -> dict[str, Printed] | None:
    """The two values by field, for a column whose field is two joined by |; None where the cut is not certain.

    With several strokes (5300元/户/5100元/户) the middle one cuts, where both halves then have the same unit.
    """
    first, second = fields.split("|")
    text = printed.text.strip()
    if is_blank(text):
        return {}
    strokes = [place for place, mark in enumerate(text) if mark in STROKES]
    wide = [place for place in strokes if text[place] == "／"]
    cuts = wide if len(wide) == 1 else strokes
    if len(cuts) % 2 == 0:
        return None
    cut = cuts[len(cuts) // 2]
    left, right = text[:cut].strip(), text[cut + 1 :].strip()
    if not all(_suits(field, part) for field, part in ((first, left), (second, right))):
        return None
    if len(cuts) > 1 and parse_quantity(left, None, None).unit != parse_quantity(right, None, None).unit:
        return None
    begin = cut + 1
    return {
        first: _part(printed, left, 0),
        second: _part(printed, right, begin),
    }


def _suits(field: str, text: str) -> bool:
    if is_blank(text) or is_marker(text):
        return True
    if field in ("max_score", "reported_score"):
        return parse_score(unicodedata.normalize("NFKC", text)) is not None
    return True


def _part(printed: Printed, text: str, begin: int) -> Printed:
    start = printed.text.find(text, begin) if text else begin
    return Printed(text, printed.location.span(start, start + len(text)), printed.label, printed.confidence)
