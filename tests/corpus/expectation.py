"""What a sample document must be read as, gathered from the tags its layout put on the cells.

Declared once, where the fact is drawn: what a layout does not show is not expected, and what it shows blank must stay blank.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from flows.samples.sheet import Grid, SampleDocument

Value = Decimal | str | None
Fields = dict[str, Value]

ABSENT_INDICATOR = ("max_score", "reported_score", "variance_reason")
"""Fields that must be empty for every indicator of a layout that shows them nowhere."""
ABSENT_LINE = ("initial_budget_yuan", "adjusted_budget_yuan", "executed_yuan", "reported_execution_rate")


@dataclass(slots=True)
class ExpectedForm:
    """The facts one form shows: header and total fields, budget lines by key, indicators by number, groups by label."""

    header: Fields = field(default_factory=dict)
    budget: dict[str, Fields] = field(default_factory=dict)
    indicators: dict[int, Fields] = field(default_factory=dict)
    groups: dict[str, Fields] = field(default_factory=dict)


def expected_forms(document: SampleDocument) -> list[ExpectedForm]:
    """One expectation a form, in reading order."""
    forms = [ExpectedForm() for _ in document.forms]
    for shown in document.shown():
        form = forms[shown.form]
        if shown.part in {"header", "total"}:
            form.header[shown.field] = shown.value
        elif shown.part == "budget":
            form.budget.setdefault(shown.key, {})[shown.field] = shown.value
        elif shown.part == "indicator":
            form.indicators.setdefault(int(shown.key), {})[shown.field] = shown.value
        elif shown.part == "group":
            form.groups.setdefault(shown.key, {})[shown.field] = shown.value
    for form in forms:
        if "max_score_total" in form.header:
            form.header.setdefault("reported_score_total", None)
        for fields in form.indicators.values():
            for name in ABSENT_INDICATOR:
                fields.setdefault(name, "" if name == "variance_reason" else None)
        for fields in form.budget.values():
            for name in ABSENT_LINE:
                fields.setdefault(name, None)
    return forms


def has_blank_figures(form: ExpectedForm) -> bool:
    """Whether nothing but names, targets and weights is filled in."""
    return all(not fields.get("actual_text") for fields in form.indicators.values())


def grids(document: SampleDocument) -> list[Grid]:
    """The tables of a document."""
    return [block for block in document.blocks if isinstance(block, Grid)]


def same(expected: Value, got: object) -> bool:
    """Equality of a declared and an extracted value: decimals by value, texts without their white space."""
    if isinstance(expected, Decimal):
        return isinstance(got, (Decimal, int)) and Decimal(got) == expected
    if expected in (None, ""):
        return got is None or squeezed(got) == ""
    return got is not None and squeezed(got) == squeezed(expected)


def squeezed(text: object) -> str:
    """Text without white space, for comparison."""
    return "".join(str(text).split())


def is_empty(got: object) -> bool:
    """Whether extraction left the field empty."""
    return got is None or squeezed(got) == ""


def counted(form: ExpectedForm) -> int:
    """How many filled fields the form shows."""
    rows: list[Mapping[str, Value]] = [
        form.header,
        *form.budget.values(),
        *form.indicators.values(),
        *form.groups.values(),
    ]
    return sum(value not in (None, "") for fields in rows for value in fields.values())
