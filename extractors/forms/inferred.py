"""Columns whose headings the vocabulary does not know, told by what stands below them.

Only what the contents prove is taken: level labels are the same words everywhere, targets carry comparators, actuals the
targets' units, weights add up to a round total and no score exceeds its weight. Two candidates for one field are none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.document import Cell
from extractors.forms.fitness import is_level1_label, is_level2_label
from extractors.forms.labels import is_subtotal_label, is_total_label, squeeze
from extractors.forms.lines import Line, TableLines
from extractors.values import is_blank, is_marker, parse_quantity, parse_score

FEWEST_ROWS = 3
ANCHOR_ROWS = 3
"""How far below its headings the first level label may stand."""
MOST = 0.8
HALF = 0.5
WHOLE_WEIGHTS = frozenset(Decimal(points) for points in (100, 90, 80, 70, 60))


def anchor_below(lines: TableLines, row: int) -> bool:
    """True when the next row of several cells begins with level labels, and this one holds nothing but words itself."""
    words = lines[row].filled
    if len(words) < 4 or any(_is_label(cell.text) or parse_score(cell.text) is not None for cell in words):
        return False
    below = lines.lines[row + 1 : row + 1 + ANCHOR_ROWS]
    first = next((line for line in below if len(line.filled) >= 3), None)
    if first is None or not any(
        _is_label(cell.text) for line in below[: first.row - row] for cell in line.filled
    ):
        return False
    return sum(_is_label(cell.text) for line in lines.lines[row + 1 :] for cell in line.filled) >= FEWEST_ROWS


_SURE = re.compile("指标|产出|效益|满意")


def _is_label(text: str) -> bool:
    """True for a level label beyond doubt: 投入, 管理 alone may be anything."""
    return (
        len(text) <= 40
        and (is_level2_label(text) or is_level1_label(text))
        and bool(_SURE.search(squeeze(text)))
    )


def parted(lines: TableLines, heading: Cell, first_row: int) -> list[Cell]:
    """A heading over several columns of the body (绩效指标 over level 1, level 2 and name) as one for each of them."""
    if heading.column_span == 1:
        return [heading]
    last = heading.column + heading.column_span
    body = _body(lines, first_row)
    starts = Counter(
        cell.column for line in body for cell in line.covering if heading.column <= cell.column < last
    )
    columns = sorted(column for column, count in starts.items() if count * 2 >= len(body))
    if len(columns) < 2 or columns[0] != heading.column:
        return [heading]
    ends = [*columns[1:], last]
    return [
        heading._replace(column=column, column_span=end - column)
        for column, end in zip(columns, ends, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Below:
    """What stands below one heading, row by row; None where nothing does."""

    heading: Cell
    texts: tuple[str | None, ...]

    @property
    def filled(self) -> list[str]:
        return [text for text in self.texts if text]

    def share(self, test: Callable[[str], bool]) -> float:
        """The share of the filled texts that pass."""
        return sum(map(test, self.filled)) / len(self.filled) if self.filled else 0.0

    def is_filled(self, share: float) -> bool:
        return len(self.filled) >= max(FEWEST_ROWS, share * len(self.texts))

    def points(self) -> list[Decimal | None]:
        return [None if text is None else parse_score(text) for text in self.texts]


def infer(
    lines: TableLines, headings: Sequence[Cell], known: dict[str, Cell], first_row: int
) -> list[tuple[Cell, str]]:
    """Fields for those headings that the vocabulary left open.

    headings: the unknown ones; known: those already told, by field; first_row: the first row of the body. Returns
    (heading, field), each field at most once and none that is in `known`.
    """
    body = _body(lines, first_row)
    if len(body) < FEWEST_ROWS:
        return []
    open_ = [_Below(cell, _texts(body, cell)) for cell in headings]
    told = {field: _Below(cell, _texts(body, cell)) for field, cell in known.items()}
    found: list[tuple[Cell, str]] = []
    for field, test in _TESTS.items():
        if field in told:
            continue
        fitting = [below for below in open_ if test(below, told)]
        if len(fitting) == 1:
            told[field] = fitting[0]
            open_.remove(fitting[0])
            found.append((fitting[0].heading, field))
    return found


def _body(lines: TableLines, first_row: int) -> list[Line]:
    """The rows below the headings that can be indicators: neither totals nor rows of one wide cell."""
    body: list[Line] = []
    for line in lines.lines[first_row:]:
        if line.filled and is_total_label(line.filled[0].text):
            break
        if len(line.filled) >= 3 and not is_subtotal_label(line.filled[0].text):
            body.append(line)
    return body


def _texts(body: Sequence[Line], heading: Cell) -> tuple[str | None, ...]:
    return tuple(_text(line, heading) for line in body)


def _text(line: Line, heading: Cell) -> str | None:
    last = heading.column + heading.column_span
    cell = next(
        (c for c in line.covering if c.column < last and c.column + c.column_span > heading.column), None
    )
    if cell is None or is_blank(cell.text) or is_marker(cell.text):
        return None
    return cell.text.strip()


Told = dict[str, _Below]


def _is_level(test: Callable[[str], bool]) -> Callable[[_Below, Told], bool]:
    def fits(below: _Below, told: Told) -> bool:
        return len(set(below.filled)) >= 2 and below.share(test) >= MOST

    return fits


def _is_names(below: _Below, told: Told) -> bool:
    """Words, nearly all different, in nearly every row, right of the levels."""
    filled = below.filled
    right = all(
        told[level].heading.column < below.heading.column for level in ("level1", "level2") if level in told
    )
    return (
        right
        and ("level1" in told or "level2" in told)
        and below.is_filled(MOST)
        and len(set(filled)) >= 0.9 * len(filled)
        and below.share(_is_wording) >= 0.9
        and below.share(lambda text: len(text) <= 40) >= MOST
    )


def _is_wording(text: str) -> bool:
    plain = squeeze(text)
    return len(plain) >= 4 and sum(c.isdigit() for c in plain) * 3 < len(plain)


def _is_targets(below: _Below, told: Told) -> bool:
    """Quantities, half of them with a comparator; no other column has such."""
    return below.is_filled(MOST) and below.share(_has_comparator) >= HALF


def _has_comparator(text: str) -> bool:
    quantity = parse_quantity(text, None, None)
    return quantity.value is not None and quantity.comparator is not None


def _is_actuals(below: _Below, told: Told) -> bool:
    """Quantities in the units of the targets beside them."""
    target = told.get("target")
    if target is None or not below.is_filled(HALF):
        return False
    same = compared = 0
    for wanted, got in zip(target.texts, below.texts, strict=True):
        if wanted is None or got is None:
            continue
        one, other = parse_quantity(wanted, None, None), parse_quantity(got, None, None)
        if one.value is None or other.value is None or one.unit is None:
            continue
        compared += 1
        same += one.unit == other.unit and one.dimension == other.dimension
    return compared >= FEWEST_ROWS and same >= MOST * compared


def _is_weights(below: _Below, told: Told) -> bool:
    """Points in nearly every row that add up to a round whole, none under a score beside it."""
    points = [value for value in below.points() if value is not None]
    if not below.is_filled(MOST) or len(points) < len(below.filled) or sum(points) not in WHOLE_WEIGHTS:
        return False
    return "reported_score" not in told or _within(told["reported_score"], below)


def _is_scores(below: _Below, told: Told) -> bool:
    """Points beside the weights, none greater and most of them near."""
    weights = told.get("max_score")
    return weights is not None and below.is_filled(HALF) and _within(below, weights)


def _within(scores: _Below, weights: _Below) -> bool:
    pairs = [
        (score, weight)
        for score, weight in zip(scores.points(), weights.points(), strict=True)
        if score is not None and weight is not None
    ]
    unread = len(scores.filled) - sum(value is not None for value in scores.points())
    if len(pairs) < FEWEST_ROWS or unread:
        return False
    near = sum(score * 2 >= weight for score, weight in pairs)
    return all(score <= weight for score, weight in pairs) and near >= MOST * len(pairs)


_TESTS: dict[str, Callable[[_Below, Told], bool]] = {
    "level2": _is_level(is_level2_label),
    "level1": _is_level(is_level1_label),
    "target": _is_targets,
    "actual": _is_actuals,
    "max_score": _is_weights,
    "reported_score": _is_scores,
    "name": _is_names,
}
