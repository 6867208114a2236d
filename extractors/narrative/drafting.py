"""Indicators of a report that has no form: scored categories, and items told one after another in the text.

Nothing is invented: what the text does not say (weights, scores, targets of single items) stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypedDict

from extractors.document import Location
from extractors.narrative.matching import alike, comparable, shared_run
from extractors.narrative.model import Figure, Passage
from extractors.narrative.parts import part_lists
from extractors.narrative.sections import heading_words
from extractors.narrative.words import LEVEL_NAMES, first_match, pattern, patterns
from extractors.report import Indicator, Printed, Quantity
from extractors.values import parse_quantity, parse_score

_CATEGORY = pattern("category")
_LEVELS, _DIMENSIONS = patterns("levels"), patterns("dimensions")
_KIND_HEADING = re.compile(
    r"(?:数量|质量|时效|成本|经济效益|社会效益|生态效益|可持续影响|可持续性影响|可持续发展|服务对象满意度|社会满意度|满意度|社会公众满意度)(?:指标|方面|影响|情况|完成情况)*"
)
_RATE_NAME = re.compile(r"(?:率|度|比例|占比|比重|占)$")
_MEASURED_NAME = re.compile(
    r"(?:数|数量|率|量|度|面积|次数|人次|人数|比|比例|占比|占|时限|周期|额|金额|规模|长度|里程|个数)$"
)
_NAME_TRAIL = re.compile(
    r"(?:为|达到|达|在|约|共|是|:|不少于|不低于|不高于|不超过|至少|超过|控制在|≥|≤|>|<|=)+$"
)
_NAME_LEAD = re.compile(r"^(?:因此|从而|其中|同时|并且|此外)")
_NO_NAME = re.compile(r"除|由于|因(?!此)|虽|但|经")
_RESULTS = frozenset({"completion", "effect", "satisfaction"})
_ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class _Segment:
    passage: Passage
    start: int
    end: int
    name: str
    figure: Figure | None

    @property
    def text(self) -> str:
        """The whole clause."""
        return self.passage.folded[self.start : self.end]

    @property
    def counted(self) -> str:
        """The clause without its figure: 供应32宗土地 is a goal for 供应土地."""
        if self.figure is None:
            return self.text
        before = _NAME_TRAIL.sub("", self.passage.folded[self.start : self.figure.start])
        return before + self.passage.folded[self.figure.end : self.end].removeprefix("的")

    @property
    def printed(self) -> str:
        """The figure with its bound, as printed; empty without one."""
        if self.figure is None:
            return ""
        bound = _NAME_TRAIL.search(self.passage.folded[self.start : self.figure.start])
        begin = self.start + bound.start() if bound else self.figure.start
        return self.passage.text[begin : self.figure.end].strip().removeprefix("为").removeprefix("在")

    @property
    def place(self) -> Location:
        """Where the figure stands, or the whole segment."""
        start, end = (self.figure.start, self.figure.end) if self.figure else (self.start, self.end)
        return self.passage.span(start, end)


def draft_indicators(passages: Sequence[Passage]) -> list[Indicator]:
    """Category rows and item rows, in the order of the text."""
    goals = [
        segment
        for passage in passages
        if passage.section == "goals"
        for segment in _segments(passage, least=0)
    ]
    rows: list[Indicator] = []
    level = category = ""
    index = 0
    while index < len(passages):
        passage = passages[index]
        found = _CATEGORY.search(passage.folded) if len(passage.folded) < 60 else None
        kind = heading_words(passage.text) if passage.is_heading or found else ""
        if found is not None:
            level = category = found["name"]
            rows.append(_category(passage, found, len(rows) + 1))
        elif passage.is_heading:
            if _KIND_HEADING.fullmatch(kind):
                level = category = kind
            elif category and passage.section in _RESULTS and _is_item_heading(passage, passages, index):
                body = list(_body(passages, index))
                rows.append(_told(passage, body, goals, category, len(rows) + 1))
            elif not re.match(r"\s*\(\d", passage.folded):
                level = category = ""
        elif category and rows and rows[-1].row_kind != "told" and _follows_category(passages, index):
            rows.extend(_listed(passage, goals, level, len(rows) + 1))
        index += 1
    return rows if any(row.row_kind == "category" for row in rows) or len(rows) >= 3 else []


def drafted_roles(rows: Sequence[Indicator]) -> dict[Location, tuple[int, str]]:
    """Where the figures of drafted rows stand: their row and role (weight, score, target, actual)."""
    roles = {"max_score": "weight", "reported_score": "score", "actual": "actual", "target": "target"}
    return {
        cell.location: (row.row_no, roles[field])
        for row in rows
        for field, cell in row.cells.items()
        if field in roles and cell.location.start is not None
    }


def _is_item_heading(passage: Passage, passages: Sequence[Passage], index: int) -> bool:
    numbered = re.match(r"\s*(?:\(\d{1,2}\)|[①-⑳])", passage.folded)
    follows = index + 1 < len(passages) and not passages[index + 1].is_heading
    return bool(numbered) and follows


def _follows_category(passages: Sequence[Passage], index: int) -> bool:
    for previous in range(index - 1, max(index - 4, -1), -1):
        if _CATEGORY.search(passages[previous].folded):
            return True
        if passages[previous].is_heading:
            return False
    return False


def _body(passages: Sequence[Passage], index: int) -> Iterator[Passage]:
    for passage in passages[index + 1 :]:
        if passage.is_heading or _CATEGORY.search(passage.folded):
            return
        yield passage


def _category(passage: Passage, found: re.Match[str], row_no: int) -> Indicator:
    name = passage.text[found.start("name") : found.end("name")]
    cells = {
        "name": Printed(name, passage.span(found.start("name"), found.end("name"))),
        "max_score": Printed(found["max"], _points(passage, found, "max"), "指标分数"),
        "reported_score": Printed(found["score"], _points(passage, found, "score"), "得分"),
    }  # fmt: skip
    return Indicator(
        row_no, name, **_levels(name), source="narrative", row_kind="category",
        max_score=parse_score(found["max"]), reported_score=parse_score(found["score"]),
        location=passage.location, cells=cells,
    )  # fmt: skip


def _points(passage: Passage, found: re.Match[str], group: str) -> Location:
    """The place of the points with their unit, 27分."""
    start = found.start(group)
    figure = next((figure for figure in passage.figures if figure.start == start), None)
    return passage.span(start, figure.end if figure else found.end(group))


class _Levels(TypedDict):
    level1: str
    level2: str
    level1_code: str
    dimension: str


def _levels(category: str) -> _Levels:
    code = first_match(_LEVELS, category) or "other"
    return {
        "level1": LEVEL_NAMES.get(code, ""),
        "level2": category,
        "level1_code": code,
        "dimension": first_match(_DIMENSIONS, category) or "other",
    }


def _told(
    heading: Passage, body: list[Passage], goals: list[_Segment], category: str, row_no: int
) -> Indicator:
    """An item under a heading of its own: the text below is what was achieved."""
    name = re.sub(r"^\s*[（(]\d{1,2}[)）]\s*|^[①-⑳]\s*", "", heading.text).strip()
    text = "\n".join(passage.text.strip() for passage in body if passage.text.strip())
    figure = _only_figure(name, body)
    actual = (
        parse_quantity(figure[1].printed) if figure else Quantity("qualitative" if text else "blank", text)
    )
    place = body[0].location if body else heading.location
    goal = _goal_for_heading(name, goals)
    cells = {"name": Printed(name, heading.location), "actual": Printed(text, place)}
    target_text = goal.printed if goal else ""
    if goal is not None:
        cells["target"] = Printed(target_text, goal.place)
    return Indicator(
        row_no, name, **_levels(category), source="narrative", target_text=target_text, actual_text=text,
        target=parse_quantity(target_text) if target_text else Quantity("blank"), actual=actual,
        comparator=parse_quantity(target_text).comparator if target_text else None,
        unit=actual.unit, location=heading.location, cells=cells, confidence=0.8,
    )  # fmt: skip


def _only_figure(name: str, body: list[Passage]) -> tuple[Passage, Figure] | None:
    """The one figure that the text gives for the name: for a rate its only percentage, else its only figure."""
    figures = []
    for passage in body:
        parts = {part.start for found in part_lists(passage) for part in found.parts}
        figures.extend(
            (passage, figure)
            for figure in passage.figures
            if figure.value is not None and figure.key != "bare" and figure.start not in parts
        )
    if _RATE_NAME.search(name):
        figures = [pair for pair in figures if pair[1].key == "percent"]
    elif any(figure.key == "percent" for _, figure in figures):
        return None
    return figures[0] if len(figures) == 1 else None


def _goal_for_heading(name: str, goals: list[_Segment]) -> _Segment | None:
    wanted, is_rate = comparable(name), bool(_RATE_NAME.search(name))
    fitting = [
        goal
        for goal in goals
        if goal.figure is not None
        and (goal.figure.key == "percent") == is_rate
        and max(shared_run(wanted, text) for text in (goal.text, goal.counted))
        >= max(4, round(0.7 * len(wanted)))
    ]
    return fitting[0] if len(fitting) == 1 else None


def _listed(passage: Passage, goals: list[_Segment], category: str, first_no: int) -> list[Indicator]:
    """Items told in one sentence: name and figure, name and figure …; also a name that lost its figure."""
    rows: list[Indicator] = []
    for segment in _segments(passage):
        goal = _goal(segment.name, goals)
        if segment.figure is None and goal is None:
            continue
        if (goal is None or segment.figure is None) and not _MEASURED_NAME.search(segment.name):
            continue
        if _NO_NAME.match(segment.name):
            continue
        rows.append(_listed_row(segment, goal, category, first_no + len(rows)))
    return rows


def _listed_row(segment: _Segment, goal: _Segment | None, category: str, row_no: int) -> Indicator:
    place = segment.passage
    actual_text, target_text = segment.printed, goal.printed if goal else ""
    actual = parse_quantity(actual_text) if actual_text else Quantity("blank")
    target = parse_quantity(target_text) if target_text else Quantity("blank")
    end = segment.figure.start if segment.figure else segment.end
    cells = {"name": Printed(segment.name, place.span(segment.start, end))}
    if segment.figure is not None:
        cells["actual"] = Printed(actual_text, place.span(segment.figure.start, segment.figure.end))
    if goal is not None:
        cells["target"] = Printed(target_text, goal.place)
    return Indicator(
        row_no, segment.name, **_levels(category), source="narrative", target_text=target_text,
        actual_text=actual_text, target=target, actual=actual, comparator=target.comparator,
        unit=target.unit or actual.unit, location=place.span(segment.start, segment.end), cells=cells, confidence=0.8,
    )  # fmt: skip


def _goal(name: str, goals: list[_Segment]) -> _Segment | None:
    wanted = comparable(name)
    scored = sorted(
        ((alike(wanted, comparable(goal.name)), -i) for i, goal in enumerate(goals) if goal.figure),
        reverse=True,
    )
    return goals[-scored[0][1]] if scored and scored[0][0] >= _ALIKE else None


def _segments(passage: Passage, least: int = 4) -> Iterator[_Segment]:
    """Clauses outside brackets with their name, of at least so many characters, and their only figure outside brackets."""
    start = 0
    for position in range(len(passage.folded) + 1):
        at_end = position == len(passage.folded)
        if not at_end and (passage.folded[position] not in ",;。\n" or passage.depths[position]):
            continue
        figures = [
            f for f in passage.figures if start <= f.start < position and f.depth == 0 and f.key != "bare"
        ]
        if len(figures) <= 1 and passage.folded[start:position].strip():
            figure = figures[0] if figures else None
            stop = figure.start if figure else position
            name = passage.text[start:stop].strip()
            bare = _NAME_TRAIL.sub("", passage.folded[start:stop].strip())
            name = _NAME_LEAD.sub("", name[: len(bare)]).strip()
            if least <= len(name) <= 40:
                yield _Segment(passage, start, position, name, figure)
        start = position + 1
