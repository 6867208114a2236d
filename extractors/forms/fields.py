"""Header fields, goals and closing blocks: labels beside their values, in cells and in running text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors.document import Cell, Paragraph
from extractors.forms.labels import (
    footer_field,
    header_field,
    indicator_column,
    is_whole_header_label,
    normalise_label,
    squeeze,
    vocabulary,
)
from extractors.forms.lines import Line
from extractors.report import Printed
from extractors.values import find_unit, ticked

_COLON = re.compile(r"\s*[:：]\s*")
_LABEL_BREAK = re.compile(r"[\s:：;；,，。|]")
_VALUE_END = re.compile(r"\s{2,}|\t|[;；|]|\s+(?=20\d\d\s*年)|\s+(?=[^\s:：]{2,16}\s*[:：])")
LONGEST_LABEL = 16
LONGEST_BLOCK_LABEL = 14
_NOTE = re.compile(r"^\s*(?:注|备注|说明|填表说明|填报说明|填写说明|附注)\s*(?:[:：]|\d*[.、])")
_SCORE_IN_LABEL = re.compile(r"^(?P<label>.*?(?:总?得分|总分|评分))[:：]?(?P<score>\d{1,3}(?:\.\d+)?)分?$")

_MONEY_UNIT = re.compile(r"(?:人民币)?(?:[百千万亿]*元|[百千万亿]+元.*)")

_GOAL_IN_CELL = re.compile(r"^\s*(?P<label>[^:：，。]{2,12})[:：]\s*(?P<goal>.{6,})$", re.DOTALL)

_BRACKETED = re.compile(r"[（(][^（）()]{4,}[）)]")

LONGEST_GRADE = 6
LONG_FIELDS = frozenset({"goal_target", "goal_actual", "reasons", "measures", "notes", "conclusion"})


_SIGNED = frozenset({"preparer", "contact", "phone", "filled_on", "responsible"})
"""What stands below a form with a place to fill it in: left blank, it is kept as blank (填报人：　　联系电话：)."""


def pairs_in_text(text: str) -> Iterator[tuple[str, str, int, int]]:
    """`单位名称：甲局    填报日期：3月30日` as (label, value, start, end) for every label the vocabulary knows.

    A value ends at a wide space, a mark, or the next known label, even when the space between was lost
    (甲局填报日期：…, as text layers of PDFs have it).
    """
    labels = []
    for colon in _COLON.finditer(text):
        start = _label_start(text, colon.start())
        if start is not None:
            labels.append((start, colon.start(), colon.end()))
    for number, (start, stop, begin) in enumerate(labels):
        limit = labels[number + 1][0] if number + 1 < len(labels) else len(text)
        ending = _VALUE_END.search(text, begin, limit)
        end = ending.start() if ending else limit
        value = text[begin:end]
        yield text[start:stop], value.strip(), begin, begin + len(value.rstrip())


def _label_start(text: str, stop: int) -> int | None:
    """Where the longest known label that ends at `stop` begins."""
    found = None
    for start in range(stop - 2, max(stop - LONGEST_LABEL, 0) - 1, -1):
        if _LABEL_BREAK.match(text[start]):
            break
        if is_whole_header_label(text[start:stop]):
            found = start
    return found


def is_note(text: str) -> bool:
    """True for a note below a form: 注：…, 备注：1.…."""
    return bool(_NOTE.match(text)) and len(text) > 8


def goal_in_cell(text: str) -> tuple[str, str] | None:
    """Label and text of a goal that stands in one cell: 项目年度目标：…; None for any other cell."""
    found = _GOAL_IN_CELL.match(text)
    label = normalise_label(found.group("label")) if found else ""
    if found is None or not vocabulary().goal_block.search(label):
        return None
    return label, found.group("goal").strip()


def is_mere_label(cell: Cell) -> bool:
    """True for what heads columns or runs down beside a block, and is no value: 评分标准, 一、基本情况."""
    text = squeeze(cell.text)
    if re.search(r"\d", text) or len(text) > LONGEST_BLOCK_LABEL:
        return False
    beside = cell.row_span > 1 and cell.column == 0
    return beside or (len(text) >= 4 and indicator_column(cell.text) is not None)


def _names_department(present: Printed, printed: Printed) -> bool:
    """True when the form names a 部门 and then, in a line of its own, the 单位 below it."""
    above, below = normalise_label(present.label), normalise_label(printed.label)
    return (
        "部门" in above
        and "单位" not in above
        and "单位" in below
        and "部门" not in below
        and bool(printed.text)
    )


class FieldReader:
    """Collects header fields of one form. The first filled value of a field wins; an empty one never hides it."""

    def __init__(self) -> None:
        self.fields: dict[str, Printed] = {}
        self.read_cells: set[tuple[int | None, str | None, int, int]] = set()
        self._heads: dict[int, tuple[str, Cell]] = {}
        self._goal_columns: dict[int, str] = {}
        self._goal_row = 0

    def put(self, name: str, printed: Printed) -> None:
        """Keeps the value unless the field has one already. A money unit (单位：万元) is nobody's name, nor is one of counting (单位：人)."""
        bare = squeeze(printed.text).strip("()（）")
        if name == "money_unit" or (
            name == "unit_name" and (_MONEY_UNIT.fullmatch(bare) or find_unit(bare) is not None)
        ):
            return
        if name == "grade" and len(squeeze(printed.text)) > LONGEST_GRADE and ticked(printed.text) is None:
            name = "conclusion"
        present = self.fields.get(name)
        if name == "unit_name" and present is not None and _names_department(present, printed):
            # 预算部门 | 预算单位: the department above is the unit's supervisor
            self.fields.setdefault("supervisor", present)
            self.fields[name] = printed
            return
        if present is None or (not present.text and printed.text):
            self.fields[name] = printed

    def _used(self, cell: Cell) -> None:
        self.read_cells.add((cell.location.table, cell.location.sheet, cell.row, cell.column))

    def has_read(self, cell: Cell) -> bool:
        """True when the cell ended in a field or is a label."""
        return (cell.location.table, cell.location.sheet, cell.row, cell.column) in self.read_cells

    # -- running text ----------------------------------------------------------------------------------------

    def read_paragraph(self, paragraph: Paragraph) -> None:
        """Fields in a line above or below the form: 单位名称：…  填报日期：…."""
        if len(paragraph.text) > 200:
            return
        for label, value, start, end in pairs_in_text(paragraph.text):
            name = header_field(label)
            if name:
                self.put(name, Printed(value, paragraph.location.span(start, end), squeeze(label)))

    # -- rows ------------------------------------------------------------------------------------------------

    def read_line(self, line: Line) -> None:
        """One row outside the budget block and the indicator body."""
        if self._goal_line(line) or self._below_heads(line):
            return
        cells = [cell for cell in line.covering if squeeze(cell.text) or cell.row == line.row]
        index = 0
        while index < len(cells):
            index = self._read_at(cells, index, line)

    def _below_heads(self, line: Line) -> bool:
        """Values under their labels: a row of nothing but labels, the next with a text under each."""
        heads, self._heads = self._heads, {}
        own = {cell.column: cell for cell in line.own}
        under = heads.keys() >= {cell.column for cell in line.filled} and heads.keys() <= own.keys()
        if heads and under and not any(self._is_label(cell) for cell in line.filled):
            for column, (name, head) in heads.items():
                cell = own[column]
                self.put(name, Printed(cell.text.strip(), cell.location, squeeze(head.text), cell.confidence))
                self._used(cell)
            return True
        if len(line.filled) >= 2 and line.filled == line.covering[: len(line.filled)]:
            named = {cell.column: (header_field(cell.text), cell) for cell in line.filled}
            if all(name and self._is_label(cell) for name, cell in named.values()):
                self._heads = {column: (name, cell) for column, (name, cell) in named.items() if name}
                for cell in line.filled:
                    self._used(cell)
                return True
        return False

    def _read_at(self, cells: Sequence[Cell], index: int, line: Line) -> int:
        cell = cells[index]
        following = cells[index + 1] if index + 1 < len(cells) else None
        if following is not None and cell.location.line is not None and not squeeze(following.text):
            # in text a merged label or value is one cell and blanks after it
            following = next((other for other in cells[index + 1 :] if squeeze(other.text)), following)
            following = cells[index + 1] if self._is_label(following) else following
        text = cell.text.strip()
        if cell.row == line.row and self._inside(cell, text):
            return index + 1
        name = header_field(text)
        footer = footer_field(text)
        long_label = len(normalise_label(text)) > 12
        if name and not (footer and long_label) and following is not None and not self._is_label(following):
            self.put(
                name, Printed(following.text.strip(), following.location, squeeze(text), following.confidence)
            )
            self._used(cell)
            self._used(following)
            return cells.index(following, index + 1) + 1
        if footer and cell.row == line.row:
            body = [other for other in cells[index + 1 :] if squeeze(other.text)]
            joined = "\n".join(other.text.strip() for other in body)
            spot = body[0] if body else cell
            self.put(footer, Printed(joined, spot.location, squeeze(text)))
            for used in (cell, *body):
                self._used(used)
            return len(cells)
        return index + 1

    def _inside(self, cell: Cell, text: str) -> bool:
        """Label and value in one cell."""
        if is_note(text):
            self.put("notes", Printed(text, cell.location, "备注"))
            self._used(cell)
            return True
        glued = _SCORE_IN_LABEL.match(squeeze(text))
        if glued and header_field(glued.group("label")) == "reported_score_total":
            self.put(
                "reported_score_total", Printed(glued.group("score"), cell.location, glued.group("label"))
            )
            self._used(cell)
            return True
        found = False
        for label, value, start, end in pairs_in_text(text) if ":" in text or "：" in text else ():
            name = header_field(label)
            if name and (value or name in _SIGNED):
                self.put(name, Printed(value, cell.location.span(start, end), squeeze(label)))
                found = True
        if found:
            self._used(cell)
        elif (footer := footer_field(text.split("\n")[0])) and len(text) > 30:
            self.put(footer, Printed(text, cell.location, squeeze(text.split("\n")[0])))
            self._used(cell)
            return True
        return found

    def _is_label(self, cell: Cell) -> bool:
        return (
            header_field(cell.text) is not None
            and len(normalise_label(cell.text)) <= 8
            and not re.search(r"\d", cell.text)
        )

    def _goal_line(self, line: Line) -> bool:
        """The goals block: a line with 预期目标 and 实际完成情况, then the texts below them."""
        words = vocabulary()
        headed: dict[int, str] = {}
        for cell in line.filled:
            label = normalise_label(cell.text)
            if len(label) > 14:
                continue
            if words.goal_actual.search(label):
                headed[cell.column] = "goal_actual"
            elif words.goal_target.search(label):
                headed[cell.column] = "goal_target"
        if headed and "goal_target" not in headed.values():
            # 总体目标完成情况 | 总体目标 | 全年实际完成情况: the label beside the block reads like either column
            actual = max(headed)
            before = [cell for cell in line.filled if cell.column < actual and _is_goal_block(cell)]
            headed = {cell.column: "goal_target" for cell in before[-1:]} | {actual: "goal_actual"}
        if "goal_actual" in headed.values() and "goal_target" in headed.values():
            self._goal_columns, self._goal_row = headed, line.row
            for cell in line.filled:
                self._used(cell)
            return True
        if not self._goal_columns or line.row != self._goal_row + 1:
            self._goal_columns = {}
            return self._labelled_goals(line) or self._single_goal(line)
        return self._goal_texts(line)

    def _labelled_goals(self, line: Line) -> bool:
        """年度总体目标 | 预期目标：新建12处。 | 实际完成情况：建成12处。: each text behind its label in its own cell."""
        words = vocabulary()
        named: dict[str, tuple[str, Cell]] = {}
        for cell in line.filled:
            found = _GOAL_IN_CELL.match(cell.text)
            label = normalise_label(found.group("label")) if found else ""
            if found and words.goal_actual.search(label):
                named["goal_actual"] = (found.group("goal").strip(), cell)
            elif found and words.goal_target.search(label):
                named["goal_target"] = (found.group("goal").strip(), cell)
            elif not _is_goal_block(cell):
                return False
        for name, (text, cell) in named.items():
            label = squeeze(re.split(r"[:：]", cell.text.strip(), maxsplit=1)[0])
            self.put(name, Printed(text, cell.location, label, cell.confidence))
        for cell in line.filled if named else ():
            self._used(cell)
        return bool(named)

    def _single_goal(self, line: Line) -> bool:
        filled: Sequence[Cell] = list(line.filled)
        alone = goal_in_cell(filled[0].text) if len(filled) == 1 else None
        if alone is not None:
            self.put("goal_target", Printed(alone[1], filled[0].location, alone[0]))
            self._used(filled[0])
            return True
        if _goal_and_outcome(filled):
            # No label of their own stands in the form: the place is told by the block's.
            label = squeeze(filled[0].text)
            for name, cell in (("goal_target", filled[1]), ("goal_actual", filled[2])):
                self.put(name, Printed(cell.text.strip(), cell.location, label, cell.confidence))
            for cell in filled:
                self._used(cell)
            return True
        if (
            len(filled) == 2
            and vocabulary().goal_block.search(normalise_label(filled[0].text))
            and (len(filled[1].text) > 12 or _BRACKETED.fullmatch(filled[1].text.strip()))
        ):
            self.put(
                "goal_target", Printed(filled[1].text.strip(), filled[1].location, squeeze(filled[0].text))
            )
            for cell in filled:
                self._used(cell)
            return True
        return False

    def _goal_texts(self, line: Line) -> bool:
        columns = self._goal_columns
        texts = [
            cell
            for cell in line.own
            if not vocabulary().goal_block.search(normalise_label(cell.text)) or len(cell.text) > 14
        ]
        placed = [(columns[cell.column], cell) for cell in texts if cell.column in columns]
        if not placed and len([c for c in texts if squeeze(c.text)]) == len(columns):
            ordered = [columns[column] for column in sorted(columns)]
            placed = list(zip(ordered, [c for c in texts if squeeze(c.text)], strict=True))
        self._goal_row = line.row
        told = any(name in self.fields for name in columns.values())
        heads = (
            told and len(line.filled) > len(columns) + 1
        )  # 绩效指标 | 完成情况 | 评分 | 说明 above the indicators
        if not placed or heads or any(header_field(cell.text) for _, cell in placed):
            self._goal_columns = {}
            return False
        for name, cell in placed:
            before = self.fields.get(name)
            text = cell.text.strip()
            if before is not None and before.text and text:
                self.fields[name] = replace(before, text=f"{before.text}\n{text}")
            else:
                self.put(
                    name,
                    Printed(
                        text, cell.location, {"goal_target": "预期目标", "goal_actual": "实际完成情况"}[name]
                    ),
                )
            self._used(cell)
        for cell in line.filled:
            self._used(cell)
        return True


_DONE = re.compile(r"完成|实现|建成|达到|开展了|已|未")


def _goal_and_outcome(cells: Sequence[Cell]) -> bool:
    """年度总体目标 | 新建道路18公里。 | 已建成18公里。: two sentences without labels, what was aimed at and what was done."""
    if len(cells) != 3 or not _is_goal_block(cells[0]):
        return False
    texts = [cell.text.strip() for cell in cells[1:]]
    told = all(len(text) >= 8 and text.endswith(("。", "；", ";")) for text in texts)
    return told and bool(_DONE.search(texts[1]))


def _is_goal_block(cell: Cell) -> bool:
    label = normalise_label(cell.text)
    return len(label) <= 14 and bool(vocabulary().goal_block.search(label))


def long_texts(fields: Iterable[tuple[str, Printed]]) -> list[Printed]:
    """The free texts among the fields, which carry figures like a narrative does."""
    return [printed for name, printed in fields if name in LONG_FIELDS and printed.text]
