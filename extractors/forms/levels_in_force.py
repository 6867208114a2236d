"""Level labels in force while an indicator table is read, with the score group that each opened and its subtotal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from extractors.document import Cell
from extractors.report import Indicator, Printed, ScoreGroup, Unread

_ALL_ROWS = re.compile(r"(?:各项?|全部|所有|绩效|三级|年度)*指标(?:得分|分值|自评|合计)*")


@dataclass
class Levels:
    """The level labels in force, with the group that each opened; groups: all that were opened. group_no: the next one's."""

    group_no: int
    text: dict[str, str] = field(default_factory=lambda: {"level1": "", "level2": ""})
    printed: dict[str, Printed] = field(default_factory=dict)
    group: dict[str, int | None] = field(default_factory=lambda: {"level1": None, "level2": None})
    cell: dict[str, Cell | None] = field(default_factory=lambda: {"level1": None, "level2": None})
    groups: list[ScoreGroup] = field(default_factory=list)

    def open(
        self,
        key: str,
        cell: Cell,
        label: str,
        column_label: str,
        weight: Decimal | None,
        weight_cell: Printed | None,
    ) -> None:
        """A label opens its level, and a first level ends the second; weight_cell: where the weight has a cell of its own."""
        if key == "level1" and label != self.text["level1"]:
            self.text["level2"], self.group["level2"], self.cell["level2"] = (
                "",
                None,
                None,
            )
            self.printed.pop("level2", None)
        self.text[key], self.cell[key] = label, cell
        printed = Printed(cell.text.strip(), cell.location, column_label, cell.confidence)
        self.printed[key] = printed
        cells = {"label": printed}
        if weight is not None:
            cells["max_score"] = weight_cell or printed
        self.groups.append(
            ScoreGroup(self.group_no, key, label, weight, None, (), "form", cell.location, cells)
        )
        self.group[key] = self.group_no
        self.group_no += 1

    def weight_in_force(self, key: str) -> Decimal | None:
        """The weight of the group that is open at this level: the same label and weight again go on with it."""
        number = self.group[key]
        return next((group.max_score for group in self.groups if group.group_no == number), None)

    def add_subtotal(self, label: str, row: ScoreGroup, indicators: Sequence[Indicator]) -> Unread | None:
        """小计 belongs to the group that its label names (产出指标小计, 小计（产出指标）), else to the open one whose rows it
        sums, else to the innermost open one. A weight that contradicts the group's own stays unread. What sums the rows of
        several first levels (指标得分小计) is a group of its own, of kind `indicators`."""
        named = re.sub(r"小计.*$", "", label) or re.sub(r"^.*小计[:：(（]*|[)）]+$", "", label)
        owner = next((g.group_no for g in reversed(self.groups) if named and g.label == named), None)
        if owner is None:
            if of_all := _of_all(named, row, indicators):
                self.groups.append(
                    replace(row, group_no=self.group_no, kind="indicators", label=label, members=of_all)
                )
                self.group_no += 1
                return None
            level2, level1 = self.group["level2"], self.group["level1"]
            sums = self._sums(level1, row.max_score, indicators)
            owner = level1 if named or level2 is None or sums else level2
        unread = None
        for position, group in enumerate(self.groups):
            if group.group_no == owner:
                self.groups[position], unread = _with_subtotal(group, row)
        return unread

    def _sums(self, group_no: int | None, weight: Decimal | None, indicators: Sequence[Indicator]) -> bool:
        """Whether the weights of more than one category, read so far below the group, are that weight together."""
        label = next((g.cells["label"] for g in self.groups if g.group_no == group_no), None)
        rows = [i for i in indicators if label and i.cells.get("level1") == label]
        categories = {i.level2 for i in rows}
        return len(categories) > 1 and sum_of(rows) == weight


def _of_all(named: str, row: ScoreGroup, indicators: Sequence[Indicator]) -> tuple[int, ...]:
    """The rows of several first levels that a row of points sums, by its label (绩效指标) or by its weight; else none."""
    rows = [i for i in indicators if i.row_kind == "indicator"]
    if len({i.level1 for i in rows}) < 2:
        return ()
    every = [i for i in indicators if sum_of(indicators) == row.max_score] or rows
    says_so = _ALL_ROWS.fullmatch(named) is not None
    return tuple(i.row_no for i in every) if says_so or sum_of(every) == row.max_score else ()


def sum_of(indicators: Sequence[Indicator]) -> Decimal:
    """Their weights together, blanks as nothing."""
    return sum((i.max_score or Decimal(0) for i in indicators), Decimal(0))


def _with_subtotal(group: ScoreGroup, row: ScoreGroup) -> tuple[ScoreGroup, Unread | None]:
    """The group with its row of points. A weight in its label stands; another one in the row is reported."""
    figures = {key: cell for key, cell in row.cells.items() if key in ("max_score", "reported_score")}
    weight = group.max_score if group.max_score is not None else row.max_score
    unread = None
    if row.max_score not in (None, weight) and "max_score" in figures:
        spot = figures.pop("max_score")
        unread = Unread(spot.text, spot.location, f"小计的分值与“{group.cells['label'].text}”所印的不同")
    cells = {**group.cells, **figures}
    return replace(group, max_score=weight, reported_score=row.reported_score, cells=cells), unread
