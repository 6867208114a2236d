"""A budget block whose sources run across: 资金来源 | 中央 | 省级 | 本级 | 合计 | 执行数 | 执行率, and one row of figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.document import Cell
from extractors.forms.budget import BudgetBlock
from extractors.forms.budget_words import line_role, money_unit_in
from extractors.forms.labels import budget_column, squeeze
from extractors.forms.lines import Line, TableLines, printed
from extractors.report import BudgetLine
from extractors.values import is_marker, parse_money, parse_rate

FEWEST_SOURCES = 2


@dataclass(frozen=True, slots=True)
class SourcesAcross:
    """The labels with the figures below them. rate and executed: None where the form has no such column."""

    total: tuple[Cell, Cell]
    sources: tuple[tuple[Cell, Cell], ...]
    executed: Cell | None
    rate: Cell | None


def sources_across(lines: TableLines, row: int) -> SourcesAcross | None:
    """The block that begins in this row; None where the labels name no sources with their total and a figure each."""
    if row + 1 >= len(lines):
        return None
    below = lines[row + 1]
    pairs = [(label, value) for label in lines[row].filled if (value := _under(label, below)) is not None]
    total = next((pair for pair in pairs if line_role(pair[0].text)[0] == "total"), None)
    sources = tuple(pair for pair in pairs if line_role(pair[0].text)[0] in ("source", "carryover"))
    if total is None or len(sources) < FEWEST_SOURCES or not _is_amount(total[1].text):
        return None
    if not all(_is_amount(value.text) or not squeeze(value.text) for _, value in sources):
        return None
    meant = {term.name: value for label, value in pairs if (term := budget_column(label.text))}
    if len(sources) + 1 + len(meant) < len(pairs):
        return None
    return SourcesAcross(total, sources, meant.get("executed"), meant.get("execution_rate"))


def read_across(block: SourcesAcross, outer_unit: str | None, first_line_no: int) -> BudgetBlock:
    """The total with what was spent of it, then its sources; amounts in yuan. Without any stated unit 万元 is assumed and
    said so in `warnings`."""
    labels = [block.total[0], *(label for label, _ in block.sources)]
    stated = next((unit for label in labels if (unit := money_unit_in(label.text))), None) or outer_unit
    unit = stated or "万元"
    warnings = [] if stated else [f"资金栏未注明金额单位，按“{unit}”读取"]
    lines = [_line(block.total, unit, first_line_no, None, block)]
    for pair in block.sources:
        lines.append(_line(pair, unit, first_line_no + len(lines), first_line_no, None))
    return BudgetBlock(lines=lines, warnings=warnings, money_unit=unit)


def _under(label: Cell, below: Line) -> Cell | None:
    """The cell right below a label, as wide as it is."""
    spot = (label.column, label.column_span)
    return next((cell for cell in below.own if (cell.column, cell.column_span) == spot), None)


def _is_amount(text: str) -> bool:
    return is_marker(text) or parse_money(text, "元") is not None


def _line(
    pair: tuple[Cell, Cell], unit: str, line_no: int, parent: int | None, whole: SourcesAcross | None
) -> BudgetLine:
    label, value = pair
    role, fund = line_role(label.text)
    money = parse_money(value.text, unit)
    spent = parse_money(whole.executed.text, unit) if whole and whole.executed else None
    rate = parse_rate(whole.rate.text, False) if whole and whole.rate else None
    cells = {"label": printed(label), "adjusted_budget": printed(value, squeeze(label.text))}
    extra: Sequence[tuple[str, Cell | None]] = (
        [("executed", whole.executed), ("execution_rate", whole.rate)] if whole else []
    )
    cells |= {name: printed(cell, name) for name, cell in extra if cell is not None}
    return BudgetLine(
        line_no,
        squeeze(label.text).partition("(")[0],
        role,
        role == "total",
        adjusted_budget_yuan=money.yuan if money else None,
        executed_yuan=spent.yuan if spent else None,
        reported_execution_rate=rate.value if rate else None,
        money_unit=unit,
        money_step_yuan=money.step_yuan if money else None,
        rate_step=rate.step if rate else None,
        parent_line_no=parent,
        fund=fund,
        location=label.location,
        cells=cells,
    )
