"""Budget amounts that stand in or beside a label instead of in a money column, and the column that they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from extractors.document import Cell
from extractors.forms.budget_words import line_role, money_unit_in
from extractors.forms.columns import MONEY
from extractors.forms.labels import normalise_label, squeeze
from extractors.forms.lines import Line, printed
from extractors.report import BudgetLine
from extractors.values import parse_money


def amount_pairs(line: Line) -> list[tuple[Cell, Cell]]:
    """Budget amounts beside their label outside the budget block: 基本支出总额（万元） | 2698.55."""
    cells = [cell for cell in line.own if squeeze(cell.text)]
    return [
        (label, amount)
        for label, amount in pairwise(cells)
        if line_role(label.text)[0].startswith("nature_")
        and len(squeeze(label.text)) <= 20
        and parse_money(amount.text, "万元") is not None
    ]


def pair_lines(
    pairs: Sequence[tuple[Cell, Cell]], unit: str | None, lines: Sequence[BudgetLine]
) -> list[BudgetLine]:
    """The amounts of `amount_pairs` as further lines of the block; the label's own unit wins over `unit`."""
    total = next((line.line_no for line in lines if line.is_total), None)
    added: list[BudgetLine] = []
    for label, amount in pairs:
        own = money_unit_in(label.text) or unit
        money = parse_money(amount.text, own) if own else None
        if money is None:
            continue
        text = normalise_label(label.text)
        role, fund = line_role(text)
        added.append(
            BudgetLine(
                len(lines) + len(added) + 1,
                text,
                role,
                False,
                amount_yuan=money.yuan,
                money_unit=own,
                money_step_yuan=money.step_yuan,
                parent_line_no=total,
                fund=fund,
                group="支出性质",
                location=label.location,
                cells={"label": printed(label), "amount": printed(amount, text)},
            )
        )
        if own and unit is None:
            unit = own
    return added


def attribute_amounts(lines: Sequence[BudgetLine]) -> list[BudgetLine]:
    """Amounts inside labels belong to the money column of the total that they sum to, when exactly one fits."""
    total = next((line for line in lines if line.is_total), None)
    placed = list(lines)
    if total is None:
        return placed
    groups = [
        [line for line in placed if line.amount_yuan is not None and is_part(line)]
        for is_part in (_is_nature, _is_source)
    ]
    columns = [_column_of(parts, total) for parts in groups]
    for parts, column, other in zip(groups, columns, reversed(columns), strict=True):
        # one half of the block proves which column the amounts are of; the other half, printed alike, may lack some parts
        taken = column or (other if other and _fits_under(parts, total, other) else None)
        if taken:
            placed = [_in_column(line, taken) if line in parts else line for line in placed]
    return placed


def _fits_under(parts: Sequence[BudgetLine], total: BudgetLine, column: str) -> bool:
    """True when the parts that are filled in do not exceed the total's column."""
    whole = getattr(total, column)
    return whole is not None and sum((line.amount_yuan or Decimal(0) for line in parts), Decimal(0)) <= whole


def _in_column(line: BudgetLine, column: str) -> BudgetLine:
    """The line with its unclaimed amount put under a money column, printed text and place with it."""
    cells = {**line.cells, column.removesuffix("_yuan"): line.cells["amount"]}
    return replace(line, **{column: line.amount_yuan}, cells=cells)


def _is_nature(line: BudgetLine) -> bool:
    return line.role in ("nature_basic", "nature_project")


def _is_source(line: BudgetLine) -> bool:
    return line.role in ("source", "carryover")


def _column_of(parts: Sequence[BudgetLine], total: BudgetLine) -> str | None:
    """The one money column whose total these parts sum to; None when none or several do."""
    if len(parts) < 2:
        return None
    whole = sum((line.amount_yuan or Decimal(0) for line in parts), Decimal(0))
    step = max((line.money_step_yuan or Decimal(0) for line in parts), default=Decimal(0))
    columns = [f"{name}_yuan" for name in MONEY]
    fits = [
        name for name in columns if (value := getattr(total, name)) is not None and abs(value - whole) <= step
    ]
    return fits[0] if len(fits) == 1 else None
