"""Arithmetic that the text prints itself: 52/55×100%=94.55%, 执行率93.85%（610÷650）, 12.5万元+3.2万元=15.7万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.narrative.model import BARE, Claim, Figure, Passage
from extractors.values.numerals import read_digits
from extractors.values.units import SCALE_PATTERN, SCALES, UNIT_PATTERN, find_unit

_TERM = r"\d[\d,.]*\d|\d"
_TOKEN = re.compile(
    rf"\s*(?:(?:[\u3400-\u9fff“”]{{1,14}}(?=\d))?(?P<number>{_TERM})\s*(?:(?P<percent>%)|(?:(?P<scale>{SCALE_PATTERN})?(?P<unit>{UNIT_PATTERN}))?)"
    r"|(?P<operator>[-+*/÷×xX−＋()]))"
)
_EQUALS = re.compile(r"\s*[=≈]\s*$")
_WORDS = re.compile(r"[\u3400-\u9fff“”]{2,24}(?=\s*[=:])")
_DIVISIONS, _TIMES = frozenset("/÷"), frozenset("*×xX")
_HUNDRED = Decimal(100)
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of a printed expression: what it comes to, its coarsest printed step, its unit and its terms.

    top, bottom: of its one division, where it is nothing but that (times 100 %).
    """

    amount: Decimal
    step: Decimal
    key: str
    terms: tuple[tuple[int, Decimal], ...]
    top: _Value | None = None
    bottom: _Value | None = None
    is_hundred: bool = False
    span: tuple[int, int] = (0, 0)


def formula_claims(passage: Passage) -> list[Claim]:
    """The equations of a passage: a quotient that gives a percentage, a sum that gives a figure of its unit."""
    claims = []
    for figure in passage.figures:
        if figure.value is None:
            continue
        for start, end in _stretches(passage, figure):
            value = _evaluate(passage.folded, start, end)
            claim = _claim(passage, figure, value) if value is not None else None
            if claim is not None:
                claims.append(claim)
                break
    return claims


def _stretches(passage: Passage, figure: Figure) -> Iterator[tuple[int, int]]:
    """Where an expression for the figure may stand: before its equals sign, or in brackets right behind it."""
    folded = passage.folded
    equals = _EQUALS.search(folded, max(0, figure.start - 4), figure.start)
    if equals is not None:
        floor = max(0, equals.start() - _LONGEST)
        opening = max(folded.rfind(mark, floor, equals.start()) for mark in "=≈:,。;是为即")
        yield max(opening + 1, floor), equals.start()
    if folded[figure.end : figure.end + 1] == "(":
        closing = _closing(folded, figure.end)
        if closing > 0:
            yield figure.end + 1, closing


def _closing(folded: str, opening: int) -> int:
    depth = 0
    for position in range(opening, min(len(folded), opening + _LONGEST)):
        depth += {"(": 1, ")": -1}.get(folded[position], 0)
        if depth == 0:
            return position
    return -1


def _claim(passage: Passage, figure: Figure, value: _Value) -> Claim | None:
    if value.top is not None and value.bottom is not None:
        if figure.key != "percent" or value.bottom.amount == 0:
            return None
        top, bottom = (_as_figure(passage, figure, side) for side in (value.top, value.bottom))
        subject = _subject(passage, figure)
        return Claim(
            "ratio", "other", subject, passage, figure, [(1, top), (1, bottom)],
            values=(value.top.amount, value.bottom.amount),
        )  # fmt: skip
    if len(value.terms) < 2 or not (figure.adds_up or figure.key == BARE):
        return None
    if value.key not in {BARE, figure.key}:
        return None
    is_difference = len(value.terms) == 2 and value.terms[1][0] < 0
    if is_difference and not _EQUALS.search(passage.folded, max(0, figure.start - 4), figure.start):
        return None  # （2-3） behind a figure is a range
    factor = Decimal(1) if value.key == BARE else figure.factor
    terms = []
    for sign, amount in value.terms:
        term = replace(figure, value=amount / factor, step=value.step / factor)
        terms.append((sign, replace(term, printed=f"{term.value:f}")))
    kind, topic = ("difference", "other") if is_difference else ("sum", "items")
    return Claim(kind, topic, _subject(passage, figure), passage, figure, terms)


def _as_figure(passage: Passage, like: Figure, side: _Value) -> Figure:
    """A side of a quotient as a figure, exact: the text itself divides the printed numbers."""
    start, end = side.span
    printed = passage.text[start:end].strip()
    return replace(
        like, start=start, end=end, value=side.amount, low=None, high=None, step=Decimal(0), unit=None, key=BARE,
        factor=Decimal(1), printed=printed,
    )  # fmt: skip


def _subject(passage: Passage, figure: Figure) -> str:
    start = passage.sentences[figure.sentence][0]
    named = _WORDS.search(passage.folded, max(start, figure.start - _LONGEST), figure.start)
    return _balanced(named[0]) if named else figure.subject.split("=")[0].strip("(（")


def _balanced(words: str) -> str:
    """Without a closing quote whose opening one was cut off."""
    closing = words.find("”")
    return words[closing + 1 :] if closing >= 0 and "“" not in words[:closing] else words


@dataclass(slots=True)
class _Parser:
    tokens: list[re.Match[str]]
    position: int = 0

    def peek(self) -> str:
        if self.position >= len(self.tokens):
            return ""
        return self.tokens[self.position]["operator"] or "number"

    def sum(self) -> _Value:
        value = self.product()
        while self.peek() in {"+", "-", "−"}:
            sign = 1 if self.peek() == "+" else -1
            self.position += 1
            other = self.product()
            if other.is_hundred or value.is_hundred or (other.key != value.key):
                raise ValueError
            terms = (*value.terms, *((sign * s, amount) for s, amount in other.terms))
            if value.top is not None or other.top is not None:
                raise ValueError
            value = _Value(
                value.amount + sign * other.amount, max(value.step, other.step), value.key, terms,
                span=(value.span[0], other.span[1]),
            )  # fmt: skip
        return value

    def product(self) -> _Value:
        value = self.atom()
        while self.peek() in _DIVISIONS | _TIMES:
            operator = self.peek()
            self.position += 1
            other = self.atom()
            if operator in _TIMES:
                if not other.is_hundred:
                    raise ValueError
                continue
            if value.top is not None or other.top is not None or other.is_hundred or value.key != other.key:
                raise ValueError
            value = _Value(
                Decimal(0), Decimal(0), value.key, (), value, other, span=(value.span[0], other.span[1])
            )
        return value

    def atom(self) -> _Value:
        if self.position >= len(self.tokens):
            raise ValueError
        token = self.tokens[self.position]
        self.position += 1
        if token["operator"] == "(":
            value = self.sum()
            if self.peek() != ")":
                raise ValueError
            end = self.tokens[self.position].end()
            self.position += 1
            return replace(value, span=(token.start("operator"), end))
        if token["operator"] is not None:
            raise ValueError
        number = read_digits(token["number"])
        if number is None:
            raise ValueError
        span = (token.start("number"), token.end())
        hundred = number.value == _HUNDRED and not token["unit"]
        if token["percent"] and not hundred:
            raise ValueError
        unit = find_unit(token["unit"]) if token["unit"] else None
        scale = SCALES[token["scale"]] if token["scale"] else Decimal(1)
        factor = scale * (unit.scale * unit.base / unit.divisor if unit else Decimal(1))
        key = unit.dimension if unit else BARE
        amount = number.value * factor
        return _Value(amount, number.step * factor, key, ((1, amount),), is_hundred=hundred, span=span)


def _evaluate(folded: str, start: int, end: int) -> _Value | None:
    """What stands there, where it is one whole expression of numbers; None else."""
    tokens: list[re.Match[str]] = []
    position = start
    while position < end:
        token = _TOKEN.match(folded, position, end)
        if token is None:
            if folded[position:end].strip():
                return None
            break
        tokens.append(token)
        position = token.end()
    if sum(token["number"] is not None for token in tokens) < 2:
        return None
    parser = _Parser(tokens)
    try:
        value = parser.sum()
    except ValueError:
        return None
    return value if parser.position == len(tokens) else None
