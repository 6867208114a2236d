"""Sentences as reports tell them: the arithmetic that is out is read and breaks, the arithmetic that holds never does."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from extractors.document import Location, Paragraph
from extractors.narrative import read_narrative
from extractors.report import Relation

_LINES = [
    line.partition(" | ")
    for line in Path(__file__).with_name("told.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def sentences(verdict: str) -> list[str]:
    return [text for told, _, text in _LINES if told == verdict]


def breaks(relation: Relation) -> bool:
    """Whether the relation is out by more than half of the coarsest digit printed; things counted are exact."""
    stated, terms = relation.stated, relation.terms
    if stated is None or not terms:
        return False
    half = max(relation.step, relation.stated_step) / 2
    if relation.kind in {"sum", "difference"}:
        exact = relation.unit not in {"元", "%"} and relation.step <= 1
        return abs(stated - sum(terms)) > (relation.stated_step / 2 if exact else half)
    if relation.kind == "quotient":
        return 2 * abs(terms[0] / terms[1] - stated) > relation.step + relation.stated_step
    quotient = terms[0] / terms[1] - (1 if relation.kind == "change" else 0)
    blurred = relation.step != 1 and relation.step > relation.stated_step
    blur = relation.step * (1 + abs(stated)) / (2 * abs(terms[1])) if blurred else Decimal(0)
    return 2 * (abs(abs(quotient) - abs(stated)) - blur) > relation.stated_step


def broken(text: str) -> list[str]:
    found = read_narrative([Paragraph(text, Location(paragraph=1))], (), 2023).relations
    return [relation.formula for relation in found if breaks(relation)]


@pytest.mark.parametrize("text", sentences("wrong"))
def test_what_is_out_breaks(text: str) -> None:
    assert broken(text)


@pytest.mark.parametrize("text", [*sentences("right"), *sentences("right?")])
def test_what_holds_never_breaks(text: str) -> None:
    assert broken(text) == []


@pytest.mark.parametrize("text", sentences("wrong?"))
def test_known_gaps_are_still_gaps(text: str) -> None:
    assert broken(text) == [], "read by now: tell it as wrong"
