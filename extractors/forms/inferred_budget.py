"""Money columns whose headings the vocabulary does not know, told by the arithmetic of the block.

Executed over full-year budget is the execution rate in every line: where exactly one pair of columns keeps to that, the pair is
known whatever it is called. Weight and score stand beside it in the total's line: the score is the weight times the rate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import permutations

from extractors.document import Cell
from extractors.forms.labels import first_term, normalise_label, squeeze, vocabulary
from extractors.forms.lines import Line, TableLines
from extractors.values import parse_money, parse_rate, parse_score

FEWEST_LINES = 2
MOST_LINES = 12
SLACK = Decimal("0.0001")
CENT = Decimal("0.01")
Values = tuple[Decimal | None, ...]


def block_below(lines: TableLines, row: int) -> list[Line]:
    """The budget's lines right below a row: each begins with a word for a total, a source or a nature, and has amounts."""
    found: list[Line] = []
    for line in lines.lines[row + 1 : row + 1 + MOST_LINES]:
        label = next((cell for cell in line.filled if not _is_figure(cell.text)), None)
        figures = [cell for cell in line.filled if _is_figure(cell.text)]
        if label is None or len(figures) < 2 or not _is_line(label.text):
            break
        found.append(line)
    return found


def has_figures(line: Line) -> bool:
    """True for a row with an amount or a rate in it: no row of headings."""
    return any(_is_figure(cell.text) for cell in line.filled)


def _is_figure(text: str) -> bool:
    plain = squeeze(text)
    return parse_money(plain, "元") is not None or parse_rate(plain) is not None


def _is_line(text: str) -> bool:
    label = normalise_label(text)
    bare = label.removeprefix("其中").lstrip(":：")
    return bare != label or first_term(vocabulary().budget_lines, bare) is not None


def infer_budget(
    body: Sequence[Line], headings: Sequence[Cell], known: Mapping[str, Cell]
) -> list[tuple[Cell, str]]:
    """Fields for those headings that the vocabulary left open, as (heading, field); none where the figures leave a choice.

    known: the headings already told, by field.
    """
    told = dict(known)
    if "execution_rate" not in told:
        rates_of = [cell for cell in headings if _percents(body, cell) or _is_rate(body, cell, told)]
        if len(rates_of) != 1:
            return []
        told["execution_rate"] = rates_of[0]
    rates = _rates(body, told["execution_rate"])
    open_ = [cell for cell in headings if cell is not told["execution_rate"]]
    if "adjusted_budget" not in told or "executed" not in told:
        pair = _pair(body, open_, told, rates)
        if pair is None:
            return []
        told["adjusted_budget"], told["executed"] = pair
    open_ = [cell for cell in open_ if cell not in told.values()]
    told |= _points(body, open_, told, rates)
    return [(cell, field) for field, cell in told.items() if cell in headings and field not in known]


def _is_rate(body: Sequence[Line], heading: Cell, told: Mapping[str, Cell]) -> bool:
    """True for a column of bare figures that is the known executed over the known budget in every line."""
    if "adjusted_budget" not in told or "executed" not in told:
        return False
    budget, executed = (_amounts(body, told[field]) for field in ("adjusted_budget", "executed"))
    return _keeps(budget, executed, _rates(body, heading))


def _pair(
    body: Sequence[Line], open_: Sequence[Cell], told: Mapping[str, Cell], rates: Values
) -> tuple[Cell, Cell] | None:
    """The one (budget, executed) whose ratio is the rate in every line; of equal budgets the one next to the executed."""
    firsts = [told["adjusted_budget"]] if "adjusted_budget" in told else list(open_)
    seconds = [told["executed"]] if "executed" in told else list(open_)
    candidates = {id(cell): cell for cell in (*firsts, *seconds)}
    amounts = {key: _amounts(body, cell) for key, cell in candidates.items()}
    fitting = [
        (one, two)
        for one, two in permutations(candidates.values(), 2)
        if one in firsts and two in seconds and _keeps(amounts[id(one)], amounts[id(two)], rates)
    ]
    if not fitting or len({two.column for _, two in fitting}) > 1:
        return None
    left = [pair for pair in fitting if pair[0].column < pair[1].column]
    if len(fitting) == 1:
        return fitting[0]
    return max(left, key=lambda pair: pair[0].column) if len(left) == len(fitting) else None


def _keeps(budget: Values, executed: Values, rates: Values) -> bool:
    compared = 0
    for whole, part, rate in zip(budget, executed, rates, strict=True):
        if whole is None or part is None or rate is None or not whole:
            continue
        compared += 1
        if abs(part / whole - rate) > SLACK:
            return False
    return compared >= FEWEST_LINES


def _points(
    body: Sequence[Line], open_: Sequence[Cell], told: Mapping[str, Cell], rates: Values
) -> dict[str, Cell]:
    """Weight and score of the block by the total's line, where the score is the weight times the rate."""
    if rates[0] is None:
        return {}
    columns = {id(cell): parse_score(_text(body[0], cell) or "") for cell in (*open_, *told.values())}
    weights = [told["max_score"]] if "max_score" in told else list(open_)
    scores = [told["reported_score"]] if "reported_score" in told else list(open_)
    fitting = [
        (weight, score)
        for weight in weights
        for score in scores
        if weight is not score
        and (points := columns[id(weight)]) is not None
        and (reached := columns[id(score)]) is not None
        and points == points.to_integral_value()
        and 0 < points <= 100
        and reached < points
        and abs(points * rates[0] - reached) <= CENT
    ]
    if len(fitting) != 1:
        return {}
    return {"max_score": fitting[0][0], "reported_score": fitting[0][1]}


def _text(line: Line, heading: Cell) -> str | None:
    last = heading.column + heading.column_span
    cell = next((c for c in line.own if c.column < last and c.column + c.column_span > heading.column), None)
    return cell.text if cell is not None and squeeze(cell.text) else None


def _amounts(body: Sequence[Line], heading: Cell) -> Values:
    moneys = [parse_money(_text(line, heading) or "", "元") for line in body]
    return tuple(money.yuan if money else None for money in moneys)


def _rates(body: Sequence[Line], heading: Cell) -> Values:
    rates = [parse_rate(_text(line, heading) or "", "%" in squeeze(heading.text)) for line in body]
    return tuple(rate.value if rate else None for rate in rates)


def _percents(body: Sequence[Line], heading: Cell) -> bool:
    filled = [text for line in body if (text := _text(line, heading))]
    return len(filled) >= FEWEST_LINES and all("%" in squeeze(text) for text in filled)
