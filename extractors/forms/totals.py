"""Total rows: weight and score of the whole form, read by column where columns tell, and not guessed where they do not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.document import Cell
from extractors.forms.assignment import best_column
from extractors.forms.columns import Header
from extractors.forms.labels import is_total_label, squeeze
from extractors.forms.lines import Line
from extractors.forms.paired import taken_apart
from extractors.report import Printed, ScoreGroup
from extractors.values import grade_in, parse_score

FULL = Decimal(100)


def is_total_row(line: Line) -> bool:
    """True for 总分, 合计 and their kin with at most a few figures beside them."""
    if not line.filled or not is_total_label(line.filled[0].text):
        return False
    return len(line.filled) <= 5


def read_total(line: Line, header: Header, is_flat: bool, group_no: int) -> ScoreGroup:
    """The total row: weight and score by column; flattened rows by their right end; glued figures when told apart."""
    label_cell = line.filled[0]
    values: dict[str, Printed] = {}
    rest = [cell for cell in line.covering if cell.row == line.row and cell is not label_cell]
    width = max((column.last for column in header.columns), default=0)
    shift = max(width - (rest[-1].column + 1), 0) if is_flat and rest else 0
    numbers = [(cell, score) for cell in rest if (score := parse_score(cell.text)) is not None]
    lone_score = len(numbers) == 1 and "得分" in squeeze(label_cell.text)
    if lone_score and numbers[0][1] == FULL and (len(rest) > 1 or not is_flat):
        column = best_column(numbers[0][0], header.columns, shift)
        lone_score = column is None or column.field != "max_score"
    for cell in rest:
        column = None if lone_score else best_column(cell, header.columns, shift)
        if column and squeeze(cell.text) and column.field in ("max_score", "reported_score"):
            values.setdefault(
                column.field, Printed(cell.text.strip(), cell.location, column.label, cell.confidence)
            )
        if column and "|" in column.field and squeeze(cell.text):
            values |= taken_apart(column.field, Printed(cell.text.strip(), cell.location, column.label)) or {}
    max_score = parse_score(values["max_score"].text) if "max_score" in values else None
    score = parse_score(values["reported_score"].text) if "reported_score" in values else None
    if max_score is None and score is None and numbers:
        max_score, score = _by_order(numbers, header, values, squeeze(label_cell.text))
    elif _stands_aside(numbers, max_score, score) or _lacks_its_score(numbers, header, max_score, score):
        values.clear()
        max_score, score = _by_order(numbers, header, values, squeeze(label_cell.text))
    if not rest or (not numbers and max_score is None and score is None):
        max_score, score = _glued(label_cell, header, values)
    label = re.sub(r"[\d.]+.*$", "", squeeze(label_cell.text)) or squeeze(label_cell.text)
    cells = {"label": Printed(label_cell.text.strip(), label_cell.location)} | values
    grade = next((cell for cell in rest if grade_in(cell.text) is not None), None)
    if grade is not None:
        cells["grade"] = Printed(grade.text.strip(), grade.location, "等级")
    return ScoreGroup(group_no, "total", label, max_score, score, (), "form", label_cell.location, cells)


def _stands_aside(
    numbers: Sequence[tuple[Cell, Decimal]], max_score: Decimal | None, score: Decimal | None
) -> bool:
    """Whether a row of two figures, 100 and another, lies a column beside its header's: 100 in no column of
    weights or scores, the other in one of them."""
    found = [number for _, number in numbers]
    return (
        len(found) == 2
        and FULL in found
        and (max_score is None) != (score is None)
        and FULL not in (max_score, score)
    )


def _lacks_its_score(
    numbers: Sequence[tuple[Cell, Decimal]], header: Header, max_score: Decimal | None, score: Decimal | None
) -> bool:
    """Whether a row of two figures has its 100 below the weights and the other one across several columns behind it."""
    weights, scores = header.column("max_score"), header.column("reported_score")
    if weights is None or scores is None or weights is scores or len(numbers) != 2:
        return False
    foremost = numbers[-1] if scores.first < weights.first else numbers[0]
    return foremost[1] == FULL == max_score and score is None


def read_loose_total(line: Line, header: Header, group_no: int) -> ScoreGroup | None:
    """A total row cut off from its table, so that columns no longer tell: two figures in the header's order, or one
    under a label that says 得分 (or in a form without weights). None for anything less clear."""
    label = line.filled[0]
    values: dict[str, Printed] = {}
    numbers = [(cell, score) for cell in line.filled[1:] if (score := parse_score(cell.text)) is not None]
    if not numbers:
        return None
    if len(numbers) == 1 and len(line.own) >= 3:
        max_score, score = _by_place(line, numbers[0], header, values)
    else:
        max_score, score = _by_order(numbers, header, values, squeeze(label.text))
    if max_score is None and score is None:
        return None
    cells = {"label": Printed(label.text.strip(), label.location)} | values
    return ScoreGroup(
        group_no, "total", squeeze(label.text), max_score, score, (), "form", label.location, cells
    )


def _by_place(
    line: Line, number: tuple[Cell, Decimal], header: Header, values: dict[str, Printed]
) -> tuple[Decimal | None, Decimal | None]:
    """One figure beside a blank: weight or score as the header has them from left to right."""
    columns = [column for name in ("max_score", "reported_score") if (column := header.column(name))]
    if len(columns) != 2 or columns[0] is columns[1]:
        return None, None
    cell, score = number
    place = line.own.index(cell) - 1
    if place not in (0, 1):
        return None, None
    column = sorted(columns, key=lambda column: column.first)[place]
    values[column.field] = Printed(cell.text.strip(), cell.location, column.label)
    return (score, None) if column.field == "max_score" else (None, score)


def _by_order(
    numbers: Sequence[tuple[Cell, Decimal]], header: Header, values: dict[str, Printed], label: str
) -> tuple[Decimal | None, Decimal | None]:
    """Figures outside the expected columns: two are weight and score in the header's order, one is the score."""
    max_column, score_column = header.column("max_score"), header.column("reported_score")
    if len(numbers) == 2:
        score_first = bool(max_column and score_column and score_column.first < max_column.first)
        if max_column is not None and max_column is score_column:
            score_first = max_column.field.startswith("reported_score")
        (first, low), (second, high) = reversed(numbers) if score_first else numbers
        if low < high and low != FULL:  # in no column, and more points than there are: which is which is open
            return None, None
        values["max_score"] = Printed(first.text.strip(), first.location, "分值")
        values["reported_score"] = Printed(second.text.strip(), second.location, "得分")
        return low, high
    if len(numbers) == 1 and (max_column is None or "得分" in label or "评分" in label):
        cell, score = numbers[0]
        values["reported_score"] = Printed(cell.text.strip(), cell.location, "得分")
        return None, score
    return None, None


def _glued(cell: Cell, header: Header, values: dict[str, Printed]) -> tuple[Decimal | None, Decimal | None]:
    """总分100100 -> 100, 100; 总分：96 -> score 96. Anything less clear stays unread."""
    text = squeeze(cell.text)
    doubled = re.search(r"(100)(\d{1,3}(?:\.\d+)?)$", text)
    here = Printed(cell.text.strip(), cell.location)
    if doubled and Decimal(doubled.group(2)) <= 100 and "max_score" in header.fields:
        values["max_score"] = values["reported_score"] = here
        return Decimal(100), Decimal(doubled.group(2))
    single = re.search(r"[:：]?(\d{1,3}(?:\.\d+)?)分?$", text)
    if single and Decimal(single.group(1)) <= 200:
        values["reported_score"] = here
        return None, Decimal(single.group(1))
    return None, None
