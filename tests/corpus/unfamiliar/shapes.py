"""What is done to a finished sample document to make its form an unfamiliar one; each shape by its name in layouts.yaml."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from flows.samples.printing import number
from flows.samples.sheet import Grid, GridCell, Line, SampleDocument, Shown
from flows.samples.vocabulary import level1_name, level2_name
from tests.corpus.unfamiliar.rows import cells_in, changed, part, table, turned, with_row, with_wide_row

Shape = Callable[..., SampleDocument]
WIDE_DIGITS = str.maketrans("0123456789.%,", "０１２３４５６７８９．％，")
FIGURES = {"initial_budget_yuan", "adjusted_budget_yuan", "executed_yuan", "max_score", "reported_score"}


def shaped(document: SampleDocument, shapes: Sequence[Any]) -> SampleDocument:
    """The document after every shape, in order."""
    for shape in shapes:
        name, given = (shape, None) if isinstance(shape, str) else next(iter(shape.items()))
        document = SHAPES[name](document) if given is None else SHAPES[name](document, given)
    return document


def _grids(document: SampleDocument, change: Callable[[Grid], Grid]) -> SampleDocument:
    blocks = tuple(change(block) if isinstance(block, Grid) else block for block in document.blocks)
    return replace(document, blocks=blocks)


def _has(cell: GridCell, *fields: str, part_: str = "") -> bool:
    return any(s.field in fields and (not part_ or s.part == part_) for s in cell.shows)


def _holds(grid: Grid, part_: str) -> bool:
    return any(shown.part == part_ for cell in grid.cells for shown in cell.shows)


def _first_row(grid: Grid, part_: str) -> int:
    return min(cell.row for cell in grid.cells if any(s.part == part_ for s in cell.shows))


def _group_starts(grid: Grid, level: str = "level1") -> list[int]:
    """Rows in which another level 1 (or level 2) begins."""
    rows: list[int] = []
    before = None
    for row, values in sorted(_levels(grid).items()):
        key = values if level == "level2" else values[:1]
        if key != before:
            rows.append(row)
        before = key
    return rows


def _levels(grid: Grid) -> dict[int, tuple[str, str]]:
    """Level 1 and level 2 of every indicator row."""
    rows = {s.key: cell.row for cell in grid.cells for s in cell.shows if s.field == "name"}
    found: dict[str, dict[str, str]] = {}
    for cell in grid.cells:
        for s in cell.shows:
            if s.part == "indicator" and s.field in {"level1", "level2"}:
                found.setdefault(s.key, {})[s.field] = str(s.value)
    return {
        row: (found.get(key, {}).get("level1", ""), found.get(key, {}).get("level2", ""))
        for key, row in rows.items()
    }


def row_below_headings(document: SampleDocument, words: Mapping[str, str]) -> SampleDocument:
    """A row of units below every row of headings that has such words."""

    def change(grid: Grid) -> Grid:
        for row in reversed(range(grid.row_count)):
            cells = cells_in(grid, row)
            if sum(cell.text in words for cell in cells) >= 2:
                units = [
                    replace(cell, row=row + 1, text=words.get(cell.text, ""))
                    for cell in cells
                    if cell.row_span == 1
                ]
                grid = with_row(grid, row + 1, units)
        return grid

    return _grids(document, change)


def join_cells(document: SampleDocument, given: Mapping[str, Any]) -> SampleDocument:
    """Two cells of an indicator row become one, what they print beside each other; so do their headings."""
    first, second = given["headings"]

    def change(grid: Grid) -> Grid:
        if not _holds(grid, "indicator"):
            return grid
        top = _first_row(grid, "indicator") - 1
        heads = {cell.text: cell for cell in cells_in(grid, top)}
        left, right = heads[first].column, heads[second].column
        gone = {c.row: c for c in grid.cells if c.column == right and c.row in {top, *_levels(grid)}}

        def joined(cell: GridCell) -> GridCell | None:
            other = gone.get(cell.row)
            if other is None or cell.column not in {left, right}:
                return cell
            if cell is other:
                return None
            text = given["heading"] if cell.row == top else f"{cell.text}{given['by']}{other.text}"
            span = cell.column_span + other.column_span
            return replace(cell, text=text, column_span=span, shows=(*cell.shows, *other.shows))

        return changed(grid, joined)

    return _grids(document, change)


def turned_indicators(document: SampleDocument) -> SampleDocument:
    """The table of indicators with an indicator a column, the first ten of them."""
    kept = {str(n) for n in range(10)}

    def change(grid: Grid) -> Grid:
        if not _holds(grid, "indicator"):
            return grid
        first = part(grid, 0, 1 + len(kept))
        first = changed(
            first,
            lambda c: replace(c, shows=tuple(s for s in c.shows if s.part != "indicator" or s.key in kept)),
        )
        return turned(first)

    return _grids(document, change)


def points_merged(document: SampleDocument) -> SampleDocument:
    """Weight and score of a category in one cell over its rows."""

    def change(grid: Grid) -> Grid:
        if not _holds(grid, "indicator"):
            return grid
        starts = _group_starts(grid, "level2")
        rows = sorted(_levels(grid))
        for position, start in enumerate(starts):
            end = starts[position + 1] if position + 1 < len(starts) else rows[-1] + 1
            for field in ("max_score", "reported_score"):
                grid = _merged(grid, field, start, end)
        return grid

    return _grids(document, change)


def _merged(grid: Grid, field: str, start: int, end: int) -> Grid:
    columns = [c.column for c in grid.cells if _has(c, field, part_="indicator")]
    column = columns[0] if columns else None
    if column is None or end - start < 2:
        return grid
    cells = [c for c in grid.cells if c.column == column and start <= c.row < end]
    values = [s.value for c in cells for s in c.shows if s.field == field]
    whole = len(values) == end - start
    total = sum((v for v in values if isinstance(v, Decimal)), Decimal(0))

    def change(cell: GridCell) -> GridCell | None:
        if cell not in cells:
            return cell
        if cell.row != start:
            return None
        shows = tuple(replace(s, value=total) for s in cell.shows if s.field == field) if whole else ()
        return replace(cell, row_span=end - start, text=number(total) if whole else "", shows=shows)

    return changed(grid, change)


def sheets(document: SampleDocument, names: Sequence[str]) -> SampleDocument:
    """Every table on a page or worksheet of its own; one without a name stays on the sheet before it."""
    blocks: list[Line | Grid] = []
    number_ = 0
    for block in document.blocks:
        if isinstance(block, Grid):
            if number_ and number_ < len(names) and names[number_]:
                blocks.append(Line(names[number_], "sheet"))
            number_ += 1
        blocks.append(block)
    return replace(document, blocks=tuple(blocks))


def notes_after_groups(document: SampleDocument, text: str) -> SampleDocument:
    """A note over all columns before every level 1 but the first."""

    def change(grid: Grid) -> Grid:
        for row in reversed(_group_starts(grid)[1:]):
            grid = with_wide_row(grid, row, text)
        return grid

    return _grids(document, change)


def headings_again(document: SampleDocument) -> SampleDocument:
    """The row of headings again before every level 1 but the first."""

    def change(grid: Grid) -> Grid:
        starts = _group_starts(grid)
        for row in reversed(starts[1:]):
            heads = [replace(cell, row=row) for cell in cells_in(grid, starts[0] - 1) if cell.row_span == 1]
            grid = with_row(grid, row, heads)
        return grid

    return _grids(document, change)


def upright_words(document: SampleDocument) -> SampleDocument:
    """Labels of up to six characters with every character on a line of its own."""

    def change(cell: GridCell) -> GridCell:
        figures = any(s.field not in {"level1", "level2"} for s in cell.shows)
        if figures or not 1 < len(cell.text) <= 6 or not cell.text.isalpha():
            return cell
        return replace(cell, text="\n".join(cell.text))

    return _grids(document, lambda grid: changed(grid, change))


def full_width(document: SampleDocument) -> SampleDocument:
    """Figures in full-width digits."""

    def change(cell: GridCell) -> GridCell:
        if not cell.shows or _has(cell, "name", "unit_name", "project_name", "variance_reason", "label"):
            return cell
        shows = tuple(
            replace(s, value=str(s.value).translate(WIDE_DIGITS)) if s.field.endswith("_text") else s
            for s in cell.shows
        )
        return replace(cell, text=cell.text.translate(WIDE_DIGITS), shows=shows)

    return _grids(document, lambda grid: changed(grid, change))


def ticked_grade(document: SampleDocument) -> SampleDocument:
    """The grade as four boxes, one of them ticked."""

    def change(cell: GridCell) -> GridCell:
        if not _has(cell, "reported_grade"):
            return cell
        boxes = [("■" if word == cell.text else "□") + word for word in ("优", "良", "中", "差")]
        return replace(cell, text="　".join(boxes))

    return _grids(document, lambda grid: changed(grid, change))


def extra_header_row(document: SampleDocument, words: Sequence[str]) -> SampleDocument:
    """One more row of labels and values above the budget."""

    def change(grid: Grid) -> Grid:
        if not _holds(grid, "header"):
            return grid
        cells = table([words], grid.column_count)
        at = _first_row(grid, "header") + 1
        return with_row(grid, at, [replace(cell, row=at) for cell in cells])

    return _grids(document, change)


def amount_suffix(document: SampleDocument, suffix: str) -> SampleDocument:
    """The unit behind every amount, in its cell."""

    def change(cell: GridCell) -> GridCell:
        amount = any(s.field.endswith("_yuan") for s in cell.shows) and cell.text
        return replace(cell, text=cell.text + suffix) if amount else cell

    return _grids(document, lambda grid: changed(grid, change))


def joined_header_cells(document: SampleDocument) -> SampleDocument:
    """Label and value of a header field in one cell: 项目名称：…"""

    def change(grid: Grid) -> Grid:
        if not _holds(grid, "header"):
            return grid
        last = max(
            c.row for c in grid.cells if any(s.part == "header" and s.field != "fiscal_year" for s in c.shows)
        )
        cells: list[GridCell] = []
        for row in range(last + 1):
            line = cells_in(grid, row)
            if len(line) % 2:
                cells += line
                continue
            for label, value in zip(line[::2], line[1::2], strict=True):
                span = label.column_span + value.column_span
                cells.append(
                    replace(value, column=label.column, column_span=span, text=f"{label.text}：{value.text}")
                )
        return replace(grid, cells=(*cells, *(c for c in grid.cells if c.row > last)))

    return _grids(document, change)


def header_values_below(document: SampleDocument) -> SampleDocument:
    """A row of labels, the values in the row below."""

    def change(grid: Grid) -> Grid:
        if not _holds(grid, "header"):
            return grid
        line = cells_in(grid, 0)
        labels, values = line[::2], line[1::2]
        grid = with_row(replace(grid, cells=tuple(c for c in grid.cells if c.row > 0)), 1, [])
        pairs = []
        for label, value in zip(labels, values, strict=True):
            span = label.column_span + value.column_span
            pairs.append(replace(label, column_span=span))
            pairs.append(replace(value, row=1, column=label.column, column_span=span))
        cells = sorted([*pairs, *grid.cells], key=lambda c: (c.row, c.column))
        return replace(grid, cells=tuple(cells))

    return _grids(document, change)


def level_rows(document: SampleDocument, words: Mapping[str, str]) -> SampleDocument:
    """Level 1 and level 2 as rows of their own above their indicators, in place of columns."""

    def change(grid: Grid) -> Grid:
        if not _holds(grid, "indicator"):
            return grid
        names = {s.key: s.form for c in grid.cells for s in c.shows if s.field == "name"}
        facts = document.forms[next(iter(names.values()))].indicators
        rows = {s.key: c.row for c in grid.cells for s in c.shows if s.field == "name"}
        for key in sorted(rows, key=lambda k: -rows[k]):
            number_ = int(key)
            here, before = facts[number_], facts[number_ - 1] if number_ else None
            for level in ("level2", "level1"):
                if level not in words:
                    continue
                new = (
                    before is None
                    or before.level1 != here.level1
                    or (level == "level2" and before.level2 != here.level2)
                )
                if not new:
                    continue
                name = level1_name(here.level1) if level == "level1" else level2_name(here.level2)
                members = [
                    n
                    for n in range(number_, len(facts))
                    if facts[n].level1 == here.level1
                    and (level == "level1" or facts[n].level2 == here.level2)
                ]
                shows = tuple(Shown("indicator", str(n), level, getattr(here, level)) for n in members)
                grid = with_wide_row(grid, rows[key], words[level].format(name), shows)
        return grid

    return _grids(document, change)


def years_filled(document: SampleDocument) -> SampleDocument:
    """<year> and <last> in headings become years."""
    year = document.forms[0].year

    def change(cell: GridCell) -> GridCell:
        return replace(cell, text=cell.text.replace("<year>", str(year)).replace("<last>", str(year - 1)))

    return _grids(document, lambda grid: changed(grid, change))


def rows_before(part_: str) -> Shape:
    """Rows of other figures before the headings of a block; `lines` tells which of their cells are amounts of what
    (row, label's column, amount's column, field)."""

    def shape(document: SampleDocument, given: Mapping[str, Any]) -> SampleDocument:
        rows = given["rows"]
        shows = {
            (row, amount): Shown("budget", rows[row][label], field, Decimal(rows[row][amount]) * 10000)
            for row, label, amount, field in given["lines"]
        }

        def change(grid: Grid) -> Grid:
            if not _holds(grid, part_):
                return grid
            at = _first_row(grid, part_) - 1
            for number_, cells in reversed(list(enumerate(_by_row(table(rows, grid.column_count))))):
                told = [
                    replace(cell, row=at, shows=(shows[number_, place],) if (number_, place) in shows else ())
                    for place, cell in enumerate(cells)
                ]
                grid = with_row(grid, at, told)
            return grid

        return _grids(document, change)

    return shape


def _by_row(cells: Sequence[GridCell]) -> list[list[GridCell]]:
    return [[c for c in cells if c.row == row] for row in sorted({c.row for c in cells})]


def row_above_headings(document: SampleDocument, text: str) -> SampleDocument:
    """A heading of the whole table of indicators above its headings."""

    def change(grid: Grid) -> Grid:
        if not grid.header_rows:
            return grid
        return with_wide_row(grid, grid.header_rows[0], text)

    return _grids(document, change)


def table_a_level(document: SampleDocument, title: str) -> SampleDocument:
    """A table of its own with the headings again for every level 1, its name on the line above."""
    blocks: list[Line | Grid] = []
    for block in document.blocks:
        if not isinstance(block, Grid) or not _holds(block, "indicator"):
            blocks.append(block)
            continue
        levels, starts = _levels(block), _group_starts(block)
        ends = [*starts[1:], max(levels) + 1]
        heads = [cell for cell in block.cells if cell.row < starts[0]]
        for number_, (start, end) in enumerate(zip(starts, ends, strict=True)):
            blocks.append(
                Line(title.format(n="一二三四五"[number_], level=level1_name(levels[start][0])), "note")
            )
            body = part(block, start, end)
            cells = (*heads, *(replace(c, row=c.row + starts[0]) for c in body.cells))
            blocks.append(replace(body, cells=cells, row_count=body.row_count + starts[0]))
    return replace(document, blocks=tuple(blocks))


def empty_rows_between_groups(document: SampleDocument) -> SampleDocument:
    """An empty row before every level 1 but the first."""
    return notes_after_groups(document, "")


def empty_column(document: SampleDocument) -> SampleDocument:
    """An empty column at the left edge."""

    def change(grid: Grid) -> Grid:
        empty = [GridCell(row, 0, "") for row in range(grid.row_count)]
        cells = [*empty, *(replace(cell, column=cell.column + 1) for cell in grid.cells)]
        cells.sort(key=lambda cell: (cell.row, cell.column))
        return replace(grid, cells=tuple(cells), column_count=grid.column_count + 1)

    return _grids(document, change)


def rate_as_fraction(document: SampleDocument) -> SampleDocument:
    """The execution rate as 0.9735, as a spreadsheet prints it without a format."""

    def change(cell: GridCell) -> GridCell:
        rate = next((s.value for s in cell.shows if s.field == "reported_execution_rate"), None)
        return replace(cell, text=f"{rate:f}") if isinstance(rate, Decimal) else cell

    return _grids(document, lambda grid: changed(grid, change))


SHAPES: dict[str, Shape] = {
    "row_below_headings": row_below_headings,
    "join_cells": join_cells,
    "turned_indicators": turned_indicators,
    "points_merged": points_merged,
    "sheets": sheets,
    "notes_after_groups": notes_after_groups,
    "headings_again": headings_again,
    "upright_words": upright_words,
    "full_width": full_width,
    "ticked_grade": ticked_grade,
    "extra_header_row": extra_header_row,
    "amount_suffix": amount_suffix,
    "joined_header_cells": joined_header_cells,
    "header_values_below": header_values_below,
    "level_rows": level_rows,
    "years_filled": years_filled,
    "rows_before_indicators": rows_before("indicator"),
    "rows_before_budget": rows_before("budget"),
    "row_above_headings": row_above_headings,
    "table_a_level": table_a_level,
    "empty_rows_between_groups": empty_rows_between_groups,
    "empty_column": empty_column,
    "rate_as_fraction": rate_as_fraction,
}
