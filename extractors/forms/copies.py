"""Tables that repeat a form: which they are, and what they say as statements to be held against it."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from decimal import Decimal

from rapidfuzz import fuzz, process

from extractors.document import Location
from extractors.forms.draft import Draft
from extractors.forms.labels import squeeze
from extractors.report import BudgetLine, Indicator, Printed, Quantity, Relation, Statement
from extractors.values import find_unit

SAME_NAME = 80.0
"""rapidfuzz ratio above which two indicator names are one (names drift: 融资规模, 融资金额)."""

_PLAIN = re.compile(r"[\"“”‘’'《》()（）、,，.。\s]|\(.*?\)")
_ORDINAL = re.compile(r"^[一二三四五六七八九十]+[、.]")


def plain_name(name: str) -> str:
    """An indicator's name without marks and white space, for comparing."""
    return _PLAIN.sub("", squeeze(name))


def match_row(name: str, rows: Sequence[Indicator]) -> tuple[Indicator | None, float]:
    """The indicator whose name is nearest, with its similarity from 0 to 1; None below the threshold."""
    if not rows or not name:
        return None, 0.0
    found = process.extractOne(plain_name(name), [plain_name(row.name) for row in rows], scorer=fuzz.ratio)
    if found is None or found[1] < SAME_NAME:
        return None, 0.0
    return rows[found[2]], found[1] / 100


def coverage(part: Draft, whole: Draft) -> float:
    """The share of the first draft's indicators that the second has too."""
    if not part.indicators:
        return 0.0
    found = sum(1 for row in part.indicators if match_row(row.name, whole.indicators)[0] is not None)
    return found / len(part.indicators)


def _quantity_kind(quantity: Quantity) -> str:
    return {"money": "amount", "percent": "rate", "area": "area", "duration": "duration"}.get(
        quantity.dimension or "", "count"
    )


def copy_statements(draft: Draft, rows: Sequence[Indicator], first_no: int) -> Iterator[Statement]:
    """Targets, actuals and scores that a copy of the form prints, each linked to the form's own row."""
    number = first_no
    for row in draft.indicators:
        match, score = match_row(row.name, rows)
        for role, key, quantity in (
            ("copy_target", "target", row.target),
            ("copy_actual", "actual", row.actual),
        ):
            printed = row.cells.get(key)
            if printed is None or not printed.text:
                continue
            yield Statement(
                number,
                row.name,
                _quantity_kind(quantity),
                quantity.value,
                quantity.unit,
                printed.text,
                printed.text,
                role,
                quantity.comparator,
                None,
                quantity.step,
                indicator_row_no=match.row_no if match else None,
                match_score=score if match else None,
                section="正文表格",
                location=printed.location,
            )
            number += 1
        number = yield from _score(
            number, row.name, row.reported_score, row.cells.get("reported_score"), match, score
        )


def copy_relations(draft: Draft, first_no: int) -> Iterator[Relation]:
    """The sums of an overview of scores (评分结果一览表): its total over the rows above it, points and weights alike."""
    total = draft.totals[0] if len(draft.totals) == 1 else None
    if total is None or len(draft.indicators) < 2:
        return
    number = first_no
    for key in ("reported_score", "max_score"):
        cells = [row.cells.get(key) for row in draft.indicators]
        terms = [value for row in draft.indicators if (value := getattr(row, key)) is not None]
        stated: Decimal | None = getattr(total, key)
        printed = total.cells.get(key)
        if stated is None or printed is None or len(terms) != len(cells) or None in cells:
            continue
        steps = [Decimal(1).scaleb(int(value.as_tuple().exponent)) for value in (stated, *terms)]
        texts = [cell.text for cell in cells if cell is not None]
        yield Relation(
            number, "sum", "items", total.label, stated, tuple(terms), "分", max(steps), steps[0], " + ".join(texts),
            f"{total.label} {printed.text}", location=printed.location,
        )  # fmt: skip
        number += 1


def _score(
    number: int,
    subject: str,
    value: Decimal | None,
    printed: Printed | None,
    match: Indicator | None,
    likeness: float,
) -> Generator[Statement, None, int]:
    if value is None or printed is None:
        return number
    yield Statement(
        number,
        subject,
        "score",
        value,
        "分",
        printed.text,
        printed.text,
        "copy_score",
        indicator_row_no=match.row_no if match else None,
        match_score=likeness if match else None,
        section="正文表格",
        location=printed.location,
    )
    return number + 1


MONEY_ROLES = (
    ("initial_budget", "copy_initial"),
    ("adjusted_budget", "copy_adjusted"),
    ("executed", "copy_executed"),
)


def budget_statements(lines: Sequence[BudgetLine], first_no: int) -> Iterator[Statement]:
    """Amounts of a budget table outside the form (often exact yuan), to be held against the form's."""
    number = first_no
    for line in lines:
        unit = find_unit(line.money_unit or "")
        symbol, base = (unit.symbol, unit.base) if unit and unit.dimension == "money" else ("元", Decimal(1))
        for key, role in MONEY_ROLES:
            yuan = getattr(line, f"{key}_yuan")
            printed = line.cells.get(key)
            if yuan is None or printed is None:
                continue
            yield Statement(
                number,
                line.label,
                "amount",
                yuan / base,
                symbol,
                printed.text,
                printed.text,
                role,
                None,
                yuan,
                line.money_step_yuan,
                section="正文表格",
                location=printed.location,
            )
            number += 1


def budget_relations(lines: Sequence[BudgetLine], first_no: int) -> Iterator[Relation]:
    """The sums that a detail table's own numbering states: the total over 一、二、…, each of these over its sub-lines."""
    number = first_no
    for whole, parts in _sums(lines):
        for key, _ in MONEY_ROLES:
            stated = getattr(whole, f"{key}_yuan")
            terms = [getattr(part, f"{key}_yuan") for part in parts]
            if stated is None or any(term is None for term in terms):
                continue
            step = max((line.money_step_yuan or Decimal(0) for line in (whole, *parts)), default=Decimal(0))
            texts = [part.cells[key].text for part in parts]
            location: Location = whole.cells[key].location
            yield Relation(
                number,
                "sum",
                "nature" if all(part.role.startswith("nature_") for part in parts) else "items",
                whole.label,
                stated,
                tuple(terms),
                "元",
                step,
                whole.money_step_yuan or step,
                " + ".join(texts),
                f"{whole.label} {whole.cells[key].text}",
                location=location,
            )
            number += 1


def _sums(lines: Sequence[BudgetLine]) -> Iterator[tuple[BudgetLine, list[BudgetLine]]]:
    total: BudgetLine | None = None
    numbered: list[BudgetLine] = []
    open_line: BudgetLine | None = None
    below: list[BudgetLine] = []
    closed: list[tuple[BudgetLine, list[BudgetLine]]] = []

    def close() -> None:
        nonlocal below, open_line
        if open_line is not None and len(below) >= 2:
            closed.append((open_line, below))
        below, open_line = [], None

    for line in lines:
        text = line.cells["label"].text.strip() if "label" in line.cells else line.label
        if re.search(r"合计|总计|总额", text):
            close()
            if total is not None and len(numbered) >= 2:
                closed.append((total, numbered))
            total, numbered = line, []
        elif _ORDINAL.match(text):
            close()
            numbered.append(line)
            open_line = line
        elif open_line is not None:
            below.append(line)
    close()
    if total is not None and len(numbered) >= 2:
        closed.append((total, numbered))
    yield from closed
