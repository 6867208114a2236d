"""The budget block: lines with their amounts in yuan, the rate and the score of the total."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from extractors.document import Cell
from extractors.forms.assignment import assign
from extractors.forms.budget_header import FIGURE, budget_header
from extractors.forms.budget_words import OF_WHICH, line_role, money_unit_in
from extractors.forms.columns import MONEY, Header
from extractors.forms.fields import is_mere_label, is_note, pairs_in_text
from extractors.forms.indicator_header import indicator_header
from extractors.forms.labelled_amounts import attribute_amounts
from extractors.forms.labels import (
    footer_field,
    header_field,
    normalise_label,
    squeeze,
    vocabulary,
)
from extractors.forms.levels import level_label
from extractors.forms.lines import Line, TableLines, joined, printed
from extractors.report import BudgetLine, Printed, Unread
from extractors.values import is_blank, is_marker, parse_money, parse_rate, parse_score

_AMOUNT_IN_LABEL = re.compile(
    r"^(?P<label>.*?[\u4e00-\u9fff)）])\s*[:：]\s*(?P<amount>[-\d,，.\s]+(?:\s*(?:万|亿)?元)?)\s*$"
)
_GROUP = re.compile(r"^按.{1,6}(性质|来源|分类|类别)分?[:：]?$")
_PART_HEADING = re.compile(r"^[一二三四五六七八九十]+、[^\d:：]{4,24}$")
PLAUSIBLE_LIMIT_WAN = Decimal(10) ** 7


@dataclass
class BudgetBlock:
    """What a budget block gave. unit_source says where the money unit was printed; stop: first row after it."""

    lines: list[BudgetLine] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    money_unit: str | None = None
    stop: int = 0


def _labels_of(left: Sequence[Cell], header: Header, naming: int | None) -> Cell | None:
    """The line's label: the cell below a heading that says so (任务名称), else the last one before the first
    recognised column."""
    first = min((column.first for column in header.columns), default=0)
    before = [
        cell
        for cell in left
        if cell.column < first
        and squeeze(cell.text)
        and not is_marker(cell.text)
        and not FIGURE.fullmatch(squeeze(cell.text))
    ]
    named = next((cell for cell in before if naming is not None and cell.column == naming), None)
    return named or (before[-1] if before else None)


def _naming_column(lines: TableLines, header: Header) -> int | None:
    """Where the lines' names stand, when several labelled columns lead the block and one is called 名称; else None."""
    words = vocabulary().budget_line_name
    heads = [
        cell
        for cell in _beside(lines, header)
        if lines.is_flat or cell.row + cell.row_span == header.last_row
    ]
    return next((cell.column for cell in heads if words.search(normalise_label(cell.text))), None)


def read_budget(
    lines: TableLines, header: Header, outer_unit: str | None, first_line_no: int = 1
) -> BudgetBlock:
    """Reads the lines below a budget header.

    outer_unit: the money unit stated around the table, used where the block itself states none. Without any
    stated unit 万元 is assumed and said so in `warnings`, or 元 where 万元 would be implausibly large.
    """
    block = BudgetBlock()
    block_label, weight = _block_label(lines, header)
    column_unit = next((unit for column in header.columns if (unit := money_unit_in(column.label))), None)
    unit = column_unit or money_unit_in(block_label) or outer_unit
    row, rows = header.last_row, []
    while row < len(lines):
        line = lines[row]
        if (
            indicator_header(lines, row)
            or (row > header.last_row and budget_header(lines, row))
            or (_ends(line) and not _has_money(line, header, lines.is_flat))
        ):
            break
        rows.append(line)
        row += 1
    block.stop = row
    if unit is None:
        unit = _assumed_unit(rows, header, lines.is_flat)
        block.warnings.append(f"资金栏未注明金额单位，按“{unit}”读取")
    block.money_unit = unit
    reader = _Lines(lines, header, unit, weight, first_line_no)
    for line, after in pairwise([*rows, None]):  # no rows: the header stands alone
        assert line is not None
        reader.read(line, block, after)
    block.lines = attribute_amounts(_with_total(reader.lines))
    return block


def _with_total(lines: Sequence[BudgetLine]) -> list[BudgetLine]:
    """A block without a known word for its total: the first line is it when 其中 stands right below."""
    if any(line.is_total for line in lines) or len(lines) < 2 or lines[0].role.startswith("nature"):
        return list(lines)
    below = lines[1].cells["label"].text if "label" in lines[1].cells else ""
    if not OF_WHICH.match(squeeze(below)):
        return list(lines)
    first = replace(lines[0], role="total", is_total=True, fund=None)
    return [first, *(replace(line, parent_line_no=first.line_no) for line in lines[1:])]


def _block_label(lines: TableLines, header: Header) -> tuple[str, Cell | None]:
    """The text beside the block's header, and the cell that carries a weight: 预算执行情况（20分）, else 得分（10分）."""
    cells = _beside(lines, header)
    weighted = next((cell for cell in cells if level_label(cell.text)[1] is not None), None)
    if weighted is None and "max_score" not in header.fields:
        score = header.column("reported_score")
        heads = [cell for cell in lines[header.first_row].own if score and cell.column == score.first]
        weighted = next((cell for cell in heads if level_label(cell.text)[1] is not None), None)
    return "".join(cell.text for cell in cells), weighted


def _beside(lines: TableLines, header: Header) -> list[Cell]:
    """The labels that stand left of the header's first column."""
    first = min((column.first for column in header.columns), default=0)
    return [cell for cell in lines[header.first_row].covering if cell.column < first and squeeze(cell.text)]


def _ends(line: Line) -> bool:
    if not line.filled:
        return False
    first = line.filled[0]
    label = normalise_label(first.text)
    words = vocabulary()
    if len(line.filled) == 1 and _PART_HEADING.match(squeeze(first.text)):
        return True
    if is_note(first.text) or any(header_field(name) for name, *_ in pairs_in_text(first.text)):
        return True
    if words.goal_block.search(label) and not re.search(r"资金|预算|支出|金额", label):
        return True
    labels = [normalise_label(cell.text) for cell in line.filled if len(squeeze(cell.text)) <= 14]
    if any(map(words.goal_target.search, labels)) and any(map(words.goal_actual.search, labels)):
        return True
    if words.goal_target.search(label) and len(line.filled) <= 3 and not re.search(r"资金|预算|支出", label):
        return True
    return bool(footer_field(first.text)) and len(line.filled) <= 3


def _has_money(line: Line, header: Header, is_flat: bool) -> bool:
    """True where at least two money columns hold amounts: such a row belongs to the block whatever its label says."""
    found, _ = assign(line, header, is_flat)
    return sum(any(parse_money(c.text, "元") is not None for c in found.get(n, ())) for n in MONEY) >= 2


def _names_part(line: Line) -> bool:
    return any(OF_WHICH.match(squeeze(cell.text)) for cell in line.filled[:2])


def _assumed_unit(rows: Sequence[Line], header: Header, is_flat: bool) -> str:
    largest = Decimal(0)
    for line in rows:
        found, _ = assign(line, header, is_flat)
        for name in MONEY:
            for cell in found.get(name, ()):
                money = parse_money(cell.text, "元")
                if money is not None:
                    largest = max(largest, abs(money.yuan))
    return "元" if largest >= PLAUSIBLE_LIMIT_WAN else "万元"


class _Lines:
    def __init__(self, lines: TableLines, header: Header, unit: str, weight: Cell | None, first_line_no: int):
        self.source, self.header, self.unit, self.weight = lines, header, unit, weight
        self.naming = _naming_column(lines, header)
        self.lines: list[BudgetLine] = []
        self.line_no = first_line_no
        self.total_no: int | None = None
        self.group: str | None = None
        self.parent: dict[int, int] = {}

    def read(self, line: Line, block: BudgetBlock, after: Line | None) -> None:
        found, left = assign(line, self.header, self.source.is_flat)
        if self._inline(line, found, left):
            return
        label = _labels_of(left, self.header, self.naming)
        own = {n: [c for c in cells if c.row == line.row or n in MONEY] for n, cells in found.items()}
        values = {n: t for n, c in own.items() if (t := joined(c, self.header.heading(n))) is not None}
        pairs = self._pairs(found)
        if pairs:
            label = next(iter(pairs.values()))[0]
            values |= {n: printed(amount, squeeze(name.text)) for n, (name, amount) in pairs.items()}
        if (label is None or label.row < line.row) and self._is_only_row(line, values):
            label = self._block_cell()
        elif label is not None and label.row < line.row:
            label = None
        if label is None:
            if any(not is_blank(value.text) for n, value in values.items() if n in MONEY):
                block.unread += [
                    Unread(v.text, v.location, "资金行没有名称") for v in values.values() if v.text
                ]
            return
        if _GROUP.match(squeeze(label.text)):
            self.group = normalise_label(label.text)
            if not any(n in values and parse_money(values[n].text, self.unit) for n in MONEY):
                return
        is_whole = not self.lines and after is not None and _names_part(after)
        if (
            line_role(label.text)[0] == "other"
            and not is_whole
            and not any(n in values and parse_money(values[n].text, self.unit) for n in MONEY)
        ):
            cells = [cell for cell in line.filled if not is_mere_label(cell)]
            block.unread += [Unread(cell.text, cell.location, "不是资金行") for cell in cells]
            return
        block.unread += [
            Unread(value.text, value.location, "金额无法读取")
            for n, value in values.items()
            if n in MONEY
            and squeeze(value.text)
            and not is_marker(value.text)
            and parse_money(value.text, self.unit) is None
        ]
        block.unread += self._beside(line, left, label, values)
        self._add(label, values)

    def _beside(
        self, line: Line, left: Sequence[Cell], label: Cell, values: dict[str, Printed]
    ) -> list[Unread]:
        """Cells under a heading of no amount (主要内容 between 任务名称 and the amounts) are kept with the line; the others
        are reported."""
        headed = {cell.column: cell for cell in _beside(self.source, self.header)}
        unread: list[Unread] = []
        for cell in left:
            if cell is label or cell.row != line.row or not squeeze(cell.text):
                continue
            if cell.column in headed:
                values[f"beside_{cell.column}"] = printed(cell, squeeze(headed[cell.column].text))
            elif cell.column > label.column:
                unread.append(Unread(cell.text, cell.location, "不在任何已识别的资金列下"))
        return unread

    def _pairs(self, found: Mapping[str, list[Cell]]) -> dict[str, tuple[Cell, Cell]]:
        """Columns two cells wide, each with its own label beside its amount: 预算数 | 260 | 执行数 | 254.80."""
        pairs: dict[str, tuple[Cell, Cell]] = {}
        for name in (*MONEY, "received"):
            cells = [cell for cell in found.get(name, ()) if squeeze(cell.text)]
            if len(cells) != 2 or is_marker(cells[0].text):
                continue
            label, amount = cells
            if parse_money(label.text, self.unit) is None and parse_money(amount.text, self.unit) is not None:
                pairs[name] = (label, amount)
        return pairs if len(pairs) > 1 else {}

    def _is_only_row(self, line: Line, values: Mapping[str, Printed]) -> bool:
        """True for the first row of figures, directly below the header, in a block without a column for labels."""
        amounts = [n for n in MONEY if n in values and parse_money(values[n].text, self.unit)]
        return not self.lines and line.row == self.header.last_row and len(amounts) >= 2

    def _block_cell(self) -> Cell | None:
        """The block's own label, which names its one row of figures: 预算执行情况 | 420 | 398."""
        beside = _beside(self.source, self.header)
        return beside[-1] if beside else None

    def _inline(self, line: Line, found: Mapping[str, list[Cell]], left: Sequence[Cell]) -> bool:
        """Rows whose cells are labels with the amount inside: 其中：基本支出：900.47 | 项目支出：16678.3."""
        cells = [cell for cell in line.own if squeeze(cell.text)]
        if not cells:
            return True
        texts = [squeeze(cell.text) for cell in cells]
        amounts = [_AMOUNT_IN_LABEL.match(text) for text in texts]
        bare = [bool(re.search(r"[:：]$", text)) or bool(_GROUP.match(text)) for text in texts]
        if not any(amounts) and not (all(bare) and len(cells) >= 1):
            return False
        for cell, text, amount in zip(cells, texts, amounts, strict=True):
            if _GROUP.match(text):
                self.group = normalise_label(text)
                continue
            label = OF_WHICH.sub("", amount.group("label") if amount else text).strip(":：、")
            if not label or (line_role(label)[0] == "other" and amount is None):
                continue
            self._add_inline(cell, label, amount.group("amount") if amount else "")
        return True

    def _add_inline(self, cell: Cell, label: str, amount: str) -> None:
        money = parse_money(amount, self.unit) if amount else None
        role, fund = line_role(label)
        spot = Printed(cell.text.strip(), cell.location, label)
        self.lines.append(
            BudgetLine(
                self.line_no,
                label,
                role,
                False,
                amount_yuan=money.yuan if money else None,
                money_unit=money.unit if money else self.unit,
                money_step_yuan=money.step_yuan if money else None,
                parent_line_no=self.total_no,
                fund=fund,
                group="支出性质" if role.startswith("nature") else "收入性质",
                location=cell.location,
                cells={"label": spot, "amount": spot},
            )
        )
        self.line_no += 1

    def _add(self, label: Cell, values: dict[str, Printed]) -> None:
        text = re.sub(r"\s+", "", label.text)
        role, fund = line_role(text)
        if label.row < self.header.last_row:
            role, fund = "total", None
        first_total = role == "total" and self.total_no is None
        if role == "total" and not first_total:
            role = "other"
        moneys = {n: parse_money(values[n].text, self.unit) if n in values else None for n in MONEY}
        steps = [money.step_yuan for money in moneys.values() if money]
        units = {money.unit for money in moneys.values() if money}
        rate_column = self.header.column("execution_rate")
        percent = bool(rate_column and "%" in squeeze(rate_column.label))
        rate = parse_rate(values["execution_rate"].text, percent) if "execution_rate" in values else None
        max_score = parse_score(values["max_score"].text) if "max_score" in values else None
        score = parse_score(values["reported_score"].text) if "reported_score" in values else None
        if first_total:
            self.total_no = self.line_no
            if max_score is None:
                max_score = level_label(self.weight.text)[1] if self.weight else None
                if self.weight:
                    values["max_score"] = printed(self.weight)
        yuan = {n: money.yuan if money else None for n, money in moneys.items()}
        self.lines.append(
            BudgetLine(
                self.line_no,
                OF_WHICH.sub("", text).strip(":：") or text,
                role,
                first_total,
                initial_budget_yuan=yuan["initial_budget"],
                adjusted_budget_yuan=yuan["adjusted_budget"],
                executed_yuan=yuan["executed"],
                reported_execution_rate=rate.value if rate else None,
                max_score=max_score,
                reported_score=score,
                money_unit=units.pop() if len(units) == 1 else self.unit,
                money_step_yuan=max(steps) if steps else None,
                rate_step=rate.step if rate else None,
                parent_line_no=None if first_total else self._parent(text),
                fund=fund,
                group=self.group,
                location=label.location,
                cells={"label": Printed(label.text.strip(), label.location)} | values,
            )
        )
        self.line_no += 1

    def _parent(self, text: str) -> int | None:
        return self.total_no
