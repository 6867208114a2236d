"""The body of an indicator table: rows into indicators, level labels and total rows into score groups."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from extractors.document import Cell
from extractors.forms.assignment import assign, best_column
from extractors.forms.columns import Header
from extractors.forms.fitness import is_level1_label, is_level2_label
from extractors.forms.indicator_values import (
    is_prompt,
    on_one_scale,
    points_of,
    points_to,
    reason_of,
    squeeze_lines,
    target_of,
)
from extractors.forms.labels import (
    dimension_code,
    first_term,
    is_subtotal_label,
    level1_code,
    normalise_label,
    squeeze,
    vocabulary,
)
from extractors.forms.levels import dimension_label, level_label
from extractors.forms.levels_in_force import Levels
from extractors.forms.lines import Line, TableLines, joined, printed
from extractors.forms.paired import taken_apart
from extractors.forms.totals import read_total
from extractors.report import Indicator, Printed, Quantity, ScoreGroup, Unread
from extractors.values import (
    is_blank,
    is_marker,
    parse_quantity,
    parse_score,
    strip_weight_from_name,
    unit_from_name,
)

_PROMPT_NAME = re.compile(r"^(?:指标\s*(?:\d+|[一二三四五六七八九十]+|[nNxX…]+))\s*[:：、.]?\s*|^[★☆▲*]+\s*")
_NAMED_LEVEL = re.compile(r"(?P<label>[^:：]{2,10})[:：]\s*(?P<name>\S.+)", re.DOTALL)
_ORDINAL = re.compile(r"[(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2}|[IVXⅠ-Ⅻ]{1,4})[)]?[、.]?")

VALUES = frozenset({"target", "actual"})
OWN_COLUMN = "栏目“{}”不是评价内容"
"""Why a cell is kept with the remainder and yet no fault: a column of the form's own beside those that are evaluated."""


@dataclass
class Body:
    """What one indicator table gave. stop: the first row that is not of it any more."""

    indicators: list[Indicator] = field(default_factory=list)
    placeholders: list[Indicator] = field(default_factory=list)
    groups: list[ScoreGroup] = field(default_factory=list)
    totals: list[ScoreGroup] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    stop: int = 0


class RowReader:
    """Reads the rows below one header, one after the other, into `body`."""

    def __init__(self, lines: TableLines, header: Header, first_row_no: int, first_group_no: int):
        self.lines, self.header = lines, header
        self.body = Body()
        self.levels = Levels(first_group_no)
        self.body.groups = self.levels.groups
        self.row_no = first_row_no
        self.merged_scores: dict[int, int] = {}
        self.last_name: Cell | None = None
        self.sectioned = False
        header_line = lines[header.first_row]
        self.width = max((cell.column + cell.column_span for cell in header_line.covering), default=0)

    # -- one row ---------------------------------------------------------------------------------------------

    def read(self, line: Line) -> None:
        """One row: an indicator, a level's heading, a subtotal or a prompt."""
        if line.filled and is_subtotal_label(line.filled[0].text):
            row = read_total(line, self.header, self.lines.is_flat, 0)
            unread = self.levels.add_subtotal(squeeze(line.filled[0].text), row, self.body.indicators)
            self.body.unread.extend([unread] if unread else [])
            return
        found, left = assign(line, self.header, self.lines.is_flat)
        values = {
            name: text
            for name, cells in found.items()
            if (text := joined(cells, self.header.heading(name))) is not None
        }
        for cell in left:
            if squeeze(cell.text) and cell.row == line.row:
                self.body.unread.append(Unread(cell.text, cell.location, self._why_unread(cell)))
        self._take_pairs_apart(found, values)
        if self._is_section(line, found):
            return
        self._update_levels(found, values)
        self._name_across(line, found, values)
        name = values.get("name")
        filled = [
            key
            for key, value in values.items()
            if not is_blank(value.text) and key not in ("level1", "level2")
        ]
        if not filled or (filled == ["sequence"]):
            self._prompt(line, values)
            return
        self._indicator(line, found, values, name)

    def _why_unread(self, cell: Cell) -> str:
        """Why no column takes a cell: it lies below a heading of the form's own (责任科室), or below none."""
        heads = [
            head.text
            for row in range(self.header.first_row, self.header.last_row)
            for head in self.lines[row].own
            if head.column <= cell.column < head.column + head.column_span and squeeze(head.text)
        ]
        if heads and self.header.fields >= VALUES:
            return OWN_COLUMN.format(squeeze(heads[-1]))
        return "不在任何已识别的列下"

    def _name_across(self, line: Line, found: dict[str, list[Cell]], values: dict[str, Printed]) -> None:
        """A level's cell of this row that reaches over the names names the row, too: 预算执行率 across all levels."""
        column = self.header.column("name")
        if column is None or any(squeeze(cell.text) for cell in found.get("name", ())):
            return
        for key in ("level1", "level2"):
            for cell in found.get(key, ()):
                if (
                    cell.row == line.row
                    and squeeze(cell.text)
                    and cell.column + cell.column_span > column.first
                ):
                    found["name"] = [cell]
                    values["name"] = printed(cell, column.label)

    def _take_pairs_apart(self, found: dict[str, list[Cell]], values: dict[str, Printed]) -> None:
        """Two values in one cell (得分/分值) become two; where the cut is not certain the cell stays unread."""
        for key in [key for key in values if "|" in key]:
            printed, cells = values.pop(key), found.pop(key)
            parts = taken_apart(key, printed)
            if parts is None:
                self.body.unread.append(Unread(printed.text, printed.location, "一格两值，无法分开"))
                continue
            for name, part in parts.items():
                values[name], found[name] = part, cells

    def _is_section(self, line: Line, found: Mapping[str, list[Cell]]) -> bool:
        """A row that holds only a level label across the table opens that level."""
        numbered = len(line.filled) == 2 and bool(_ORDINAL.fullmatch(squeeze(line.filled[0].text)))
        if len(line.filled) != 1 and not numbered:
            return False
        cell = line.filled[-1]
        if numbered and not (is_level1_label(cell.text) or is_level2_label(cell.text)):
            return False
        if len(line.covering) > 1 and cell.column_span < 3 and not self._wide(cell) and not numbered:
            column = best_column(cell, self.header.columns, 0)
            taken = column is not None and column.field in ("level1", "level2", "name")
            if cell is not line.covering[0] or (taken and not self._heads_rows(cell)):
                return False
        label, weight = level_label(cell.text)
        if len(label) > 16:
            return False
        term = first_term(vocabulary().level1_codes, normalise_label(label))
        if term is None:
            return False
        key = "level2" if dimension_label(label) and self.levels.text["level1"] else "level1"
        self.sectioned = self.sectioned or key == "level1"
        self.levels.open(key, cell, label, self.header.heading(key), weight, None)
        return True

    def _heads_rows(self, cell: Cell) -> bool:
        """True for 产出指标 alone in a row of a form that has no column for the second level: it heads the rows below."""
        bare, _ = level_label(cell.text)
        surely = is_level1_label(bare) and ("满意" in bare or not is_level2_label(bare))
        return "level2" not in self.header.fields and surely

    def _wide(self, cell: Cell) -> bool:
        return cell.column_span * 2 > max(self.width - 1, 1)

    # -- levels ----------------------------------------------------------------------------------------------

    def _update_levels(self, found: Mapping[str, list[Cell]], values: Mapping[str, Printed]) -> None:
        for key in ("level1", "level2"):
            cells = [cell for cell in found.get(key, ()) if squeeze(cell.text)]
            if not cells or cells[0] is self.levels.cell[key]:
                continue
            label, weight = level_label("".join(cell.text for cell in cells))
            if is_marker(label) or re.fullmatch(r"[\d.]*", label):
                continue
            if key == "level1" and self.sectioned and is_level2_label(label):
                # rows across the table name the first level, so this column holds the second, whatever it is called
                if label != self.levels.text["level2"]:
                    self.levels.open("level2", cells[0], label, self.header.heading("level2"), weight, None)
                continue
            column_weight = values.get(f"{key}_weight")
            points = parse_score(column_weight.text) if column_weight else None
            given = weight if points is None else points
            if label == self.levels.text[key] and given in (None, self.levels.weight_in_force(key)):
                self.levels.cell[key] = cells[0]
                continue
            self.levels.open(key, cells[0], label, self.header.heading(key), given, column_weight)

    # -- kinds of row ----------------------------------------------------------------------------------------

    def _prompt(self, line: Line, values: Mapping[str, Printed]) -> None:
        """A row with level labels but nothing to fill: kept as a prompt, never as data."""
        if not any(cell.row == line.row and squeeze(cell.text) for cell in line.covering):
            return
        cells = {
            key: value for key, value in values.items() if key not in ("level1", "level2")
        } | self.levels.printed
        spot = next((cell.location for cell in line.own), line.covering[0].location)
        self.body.placeholders.append(
            Indicator(
                self.row_no,
                "",
                self.levels.text["level1"],
                self.levels.text["level2"],
                level1_code(self.levels.text["level1"]),
                self._dimension(""),
                is_placeholder=True,
                location=spot,
                cells=cells,
            )
        )
        self.row_no += 1

    def _indicator(
        self, line: Line, found: Mapping[str, list[Cell]], values: dict[str, Printed], name: Printed | None
    ) -> None:
        name = self._name_of(found, name)
        printed_name = squeeze_lines(name.text) if name else ""
        bare, weight_in_name = strip_weight_from_name(_PROMPT_NAME.sub("", printed_name))
        _, name_unit = unit_from_name(bare)
        unit_text = values["unit"].text if "unit" in values else ""
        column_unit = None if is_blank(unit_text) or is_marker(unit_text) else squeeze(unit_text)
        target = target_of(values)
        actual = values.get("actual")
        target_quantity = parse_quantity(target.text, name_unit, column_unit) if target else Quantity("blank")
        actual_quantity = parse_quantity(actual.text, name_unit, column_unit) if actual else Quantity("blank")
        target_quantity, actual_quantity = on_one_scale(target_quantity, actual_quantity)
        max_score = points_of(values.get("max_score"))
        if max_score is None and weight_in_name is not None:
            max_score = weight_in_name
            values.setdefault("max_score", name or Printed("", line.own[0].location))
        score, group = self._score(found, values)
        if self._repeats_merged(found, "max_score", line):
            max_score = None
        cells = values | self.levels.printed
        if target:
            cells["target"] = target
        if name:
            cells["name"] = name
        level1 = self.levels.text["level1"]
        code = level1_code(level1)
        dimension = self._dimension(bare)
        is_execution = code == "execution" or (dimension == "execution" and "执行率" in bare)
        reason = reason_of(values, max_score, score)
        indicator = Indicator(
            row_no=self.row_no,
            name=bare,
            level1=level1,
            level2=self.levels.text["level2"],
            level1_code="execution" if is_execution else code,
            dimension="execution" if is_execution else dimension,
            row_kind="execution" if is_execution else "indicator",
            target_text=target.text if target else "",
            actual_text=actual.text if actual else "",
            target=target_quantity,
            actual=actual_quantity,
            comparator=target_quantity.comparator,
            unit=column_unit or target_quantity.unit or name_unit or actual_quantity.unit,
            name_unit=name_unit,
            direction=points_to(values, bare, dimension, target_quantity),
            max_score=max_score,
            reported_score=score,
            score_group=group,
            variance_reason=reason.text if reason and not is_marker(reason.text) else "",
            confidence=min((value.confidence for value in values.values()), default=1.0),
            location=(name or target or actual or next(iter(cells.values()))).location,
            cells=cells,
        )
        self.row_no += 1
        if is_prompt(indicator, printed_name, values):
            self.body.placeholders.append(replace(indicator, is_placeholder=True))
        else:
            self.body.indicators.append(indicator)

    def _name_of(self, found: Mapping[str, list[Cell]], name: Printed | None) -> Printed | None:
        """The row's name: the one above where its cell goes on here, and without a label that opens a level."""
        cells = [cell for cell in found.get("name", ()) if squeeze(cell.text)]
        if not cells and self.last_name is not None and self._continues_name(found):
            name = Printed(self.last_name.text, self.last_name.location, self.header.heading("name"))
        elif cells:
            self.last_name = cells[0]
        if name and "level2" not in self.header.fields:
            name = self._with_level_taken_off(name, cells)
        return name

    def _with_level_taken_off(self, name: Printed, cells: Sequence[Cell]) -> Printed:
        """数量指标：培训人次 in a form without a column for the second level: the label opens the level."""
        found = _NAMED_LEVEL.match(name.text.strip())
        if not found or not cells or not is_level2_label(found.group("label")):
            return name
        label, weight = level_label(found.group("label"))
        if label != self.levels.text["level2"]:
            self.levels.open("level2", cells[0], label, self.header.heading("level2"), weight, None)
        text = found.group("name").strip()
        start = name.text.find(text, found.start("name"))
        return replace(name, text=text, location=name.location.span(start, start + len(text)))

    def _continues_name(self, found: Mapping[str, list[Cell]]) -> bool:
        own_levels = [
            cell for key in ("level1", "level2") for cell in found.get(key, ()) if squeeze(cell.text)
        ]
        return not self.lines.is_flat and all(
            cell in (self.levels.cell["level1"], self.levels.cell["level2"]) for cell in own_levels
        )

    def _dimension(self, name: str) -> str:
        for text in (self.levels.text["level2"], self.levels.text["level1"]):
            code = dimension_code(text)
            if code != "other":
                return code
        # A name alone decides only where it is the dimension's own word; 节约, 环境 in a name say nothing sure.
        code = dimension_code(name)
        return code if code in ("satisfaction", "execution") else "other"

    def _score(
        self, found: Mapping[str, list[Cell]], values: Mapping[str, Printed]
    ) -> tuple[Decimal | None, int | None]:
        """The row's score; rows under one merged score cell share a group and only the first carries the score."""
        if "reported_score" not in values:
            return None, None
        score = parse_score(values["reported_score"].text)
        cell = found["reported_score"][0]
        if cell.row_span == 1:
            return score, None
        key = cell.row * 10000 + cell.column
        first_time = key not in self.merged_scores
        group = self.merged_scores.setdefault(key, len(self.merged_scores) + 1)
        return (score if first_time else None), group

    def _repeats_merged(self, found: Mapping[str, list[Cell]], name: str, line: Line) -> bool:
        cells = found.get(name)
        return bool(cells) and cells[0].row < line.row
