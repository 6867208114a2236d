"""Figures -> statements, claims -> relations: numbered, with sentence, place and printed formula."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from extractors.document import Location
from extractors.narrative.items import Told
from extractors.narrative.model import BARE, Claim, Figure, Passage
from extractors.narrative.quotients import quotient_of
from extractors.narrative.words import first_match, patterns
from extractors.report import Relation, Statement

_QUANTITIES = patterns("quantity")
_BY_KEY = {
    "money": "amount", "percent": "rate", "percent_point": "rate", "area": "area", "duration": "duration",
    "workdays": "duration", "months": "duration", "score": "score",
}  # fmt: skip
_ADDED = frozenset({"sum", "difference"})
_SENTENCE_LIMIT = 600
_SUFFIX = re.compile(r"(?:以上|以下|以内|之内|左右|及以上|内)$")


@dataclass(slots=True)
class Ledger:
    """Statements and relations of one narrative as they are found.

    drafted: the places of figures from which indicators were drafted, with row number and role.
    """

    drafted: dict[Location, tuple[int, str]] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    numbers: dict[tuple[int, int], int] = field(default_factory=dict)

    def add(self, passage: Passage, figure: Figure, role: str = "plain", told: Told | None = None) -> None:
        """One statement; a figure that says something of several indicators gives one for each."""
        number = len(self.statements) + 1
        value = told.value if told is not None and told.value is not None else figure.value
        place = passage.span(figure.start, figure.end)
        row_no, drafted_role = self.drafted.get(place, (None, role))
        role = drafted_role if role == "plain" else role
        quantity = quantity_of(passage, figure, role)
        role = quantity if role == "plain" and quantity in {"score", "weight"} else role
        amount = value * figure.factor if value is not None and figure.key == "money" else None
        self.statements.append(
            Statement(
                number,
                (told.match.indicator.name if told else "") or figure.subject or figure.tail,
                quantity,
                value,
                figure.unit,
                sentence(passage, figure),
                figure.printed,
                role,
                figure.comparator,
                amount,
                figure.step,
                figure.year,
                passage.section,
                told.match.indicator.row_no if told else row_no,
                told.match.score if told else (1.0 if row_no else None),
                place,
            )
        )
        self.numbers.setdefault((passage.number, figure.start), number)

    def relate(self, claims: Sequence[Claim]) -> None:
        """Number the claims. Money in yuan; other figures in the unit they share, else in the base unit."""
        for claim in claims:
            self.relations.append(_relation(claim, len(self.relations) + 1, self.numbers))


def quantity_of(passage: Passage, figure: Figure, role: str) -> str:
    """amount, count, rate, score, weight, staff, posts, area, duration or other."""
    if role in {"weight", "score"}:
        return role
    words = passage.lead(figure) + figure.tail
    if figure.key == "count:个" and re.search(r"编制(?:共|为|数)?$", figure.subject):
        return "posts"
    if figure.key == "count:人":
        lead = figure.subject + figure.tail
        kind = first_match({name: _QUANTITIES[name] for name in ("posts", "staff")}, lead)
        return kind or "count"
    if figure.key == "score":
        return first_match({name: _QUANTITIES[name] for name in ("weight", "score")}, words) or "other"
    if figure.key.startswith("count:"):
        return "count"
    return _BY_KEY.get(figure.key, "other")


def sentence(passage: Passage, figure: Figure) -> str:
    """The sentence, cut around the figure where it is very long."""
    start, end = passage.sentences[figure.sentence]
    text = passage.text[start:end].strip()
    if len(text) <= _SENTENCE_LIMIT:
        return text
    middle = figure.start - start
    begin = max(0, middle - _SENTENCE_LIMIT // 2)
    return text[begin : begin + _SENTENCE_LIMIT]


@dataclass(frozen=True, slots=True)
class _Amounts:
    """What a relation says in figures, all in `unit`."""

    stated: Decimal
    terms: tuple[Decimal, ...]
    unit: str | None
    step: Decimal
    stated_step: Decimal


def _amounts(claim: Claim) -> _Amounts:
    figures = [figure for _, figure in claim.terms]
    if claim.kind == "quotient":
        top, bottom = figures
        terms = (top.amount / claim.stated.factor, bottom.value or Decimal(0))
        return _Amounts(
            claim.stated.value or Decimal(0), terms, f"{claim.stated.unit}/{bottom.unit}",
            quotient_of(claim.stated, top, bottom)[1], claim.stated.step,
        )  # fmt: skip
    same = (
        {claim.stated.unit, *(figure.unit for figure in figures)}
        if claim.kind in _ADDED
        else {f.unit for f in figures}
    )
    unit, divisor = _unit(claim, figures or [claim.stated], same)
    terms = claim.values or tuple(sign * figure.amount for sign, figure in claim.terms)
    stated = claim.stated.amount * claim.stated_sign / (divisor if claim.kind in _ADDED else Decimal(1))
    stated_step = claim.stated.amount_step / (divisor if claim.kind in _ADDED else Decimal(1))
    steps = [figure.amount_step / divisor for figure in figures]
    step = max([*steps, stated_step]) if claim.kind in _ADDED else max(steps, default=stated_step)
    if claim.kind in {"ratio", "change"} and claim.values is None and len(figures) == 2:
        step = _evened(steps, terms)
    return _Amounts(stated, tuple(term / divisor for term in terms), unit, step, stated_step)


def _evened(steps: Sequence[Decimal], terms: Sequence[Decimal]) -> Decimal:
    """One step for both terms of a quotient that leaves open in it what their own steps do; whole things are exact."""
    exact = [step == 1 for step in steps]
    if all(exact) or steps[0] == steps[1] or not terms[1]:
        return max(steps)
    quotient = abs(terms[0] / terms[1])
    top, bottom = (Decimal(0) if sure else step for sure, step in zip(exact, steps, strict=True))
    return (top + quotient * bottom) / (1 + quotient)


def _relation(claim: Claim, number: int, numbers: dict[tuple[int, int], int]) -> Relation:
    passage, amounts = claim.passage, _amounts(claim)
    figures = [figure for _, figure in claim.terms]
    return Relation(
        number,
        claim.kind,
        claim.topic,
        re.sub(r"\s+", "", claim.subject),
        amounts.stated,
        amounts.terms,
        amounts.unit,
        amounts.step,
        amounts.stated_step,
        formula(claim),
        sentence(passage, claim.stated),
        tuple(
            dict.fromkeys(
                numbers[place]
                for place in [(f.passage, f.start) for f in (claim.stated, *figures)]
                if place in numbers
            )
        ),
        passage.span(claim.stated.start, claim.stated.end),
    )


def _unit(claim: Claim, figures: list[Figure], same: set[str | None]) -> tuple[str | None, Decimal]:
    key = figures[0].key
    if key == "money":
        return "元", Decimal(1)
    if len(same) == 1 or key.startswith("count:") or key == BARE:
        return figures[0].unit, figures[0].factor
    finest = min(
        [*figures, claim.stated] if claim.kind in _ADDED else figures, key=lambda figure: figure.factor
    )
    return finest.unit, finest.factor


def formula(claim: Claim) -> str:
    """The figures as printed: `672.94万元 - 427.34万元 + 28.43万元`, `25宗 / 32宗`."""
    printed = [(sign, figure_text(figure)) for sign, figure in claim.terms]
    if not printed:
        return figure_text(claim.stated)
    if claim.kind in {"ratio", "change", "quotient"}:
        if claim.values is not None and len(printed) > 2 and printed[0] != printed[1]:
            text = f"({_joined(printed[:-1])}) / {printed[-1][1]}"
        elif claim.values is not None and len(printed) == 3:
            sign = "+" if printed[2][0] > 0 else "-"
            text = f"{printed[0][1]} / ({printed[1][1]} {sign} {printed[2][1]})"
        else:
            text = f"{printed[0][1]} / {printed[1][1]}"
        return f"{text} - 1" if claim.kind == "change" else text
    return _joined(printed)


def _joined(printed: Sequence[tuple[int, str]]) -> str:
    text = ""
    for sign, words in printed:
        joiner = (" + " if sign > 0 else " - ") if text else ("" if sign > 0 else "-")
        text += joiner + words
    return text


def figure_text(figure: Figure) -> str:
    """The figure as printed, with the unit it took from its neighbours where none is printed."""
    printed = _SUFFIX.sub("", re.sub(r"\s+", "", figure.printed))
    if figure.unit and figure.unit not in printed and not printed.endswith(("%", "％")):
        printed += figure.unit.removeprefix("万") if printed.endswith("万") else figure.unit
    return printed
