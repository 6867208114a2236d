"""Documents with more than one table of the kind: several forms in a file, side by side, and a copy in the body before the annex."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flows.samples.facts import FormFacts
from flows.samples.form import form_blocks, narrative_blocks
from flows.samples.layouts import Layout
from flows.samples.sheet import Grid, GridCell, Line, SampleDocument, in_form

Drawn = tuple[FormFacts, Layout]


def numbered(blocks: Sequence[Line | Grid], form: int) -> list[Line | Grid]:
    """The blocks as form number `form` of their document."""
    result: list[Line | Grid] = []
    for block in blocks:
        if isinstance(block, Line):
            result.append(replace(block, shows=in_form(block.shows, form)))
        else:
            cells = tuple(replace(cell, shows=in_form(cell.shows, form)) for cell in block.cells)
            result.append(replace(block, cells=cells))
    return result


def stacked(drawn: Sequence[Drawn], breaks: bool = True) -> SampleDocument:
    """Forms one after the other; with breaks each on a page or worksheet of its own."""
    blocks: list[Line | Grid] = []
    for number, (facts, layout) in enumerate(drawn):
        if breaks:
            blocks.append(Line(f"附表{number + 1}", "sheet"))
        blocks += numbered(form_blocks(facts, layout), number)
    return SampleDocument("多份自评表", tuple(blocks), tuple(facts for facts, _ in drawn), "stacked")


def side_by_side(left: Drawn, right: Drawn) -> SampleDocument:
    """Two forms beside each other in one table, an empty column between them; titles and lines become cells."""
    first, second = (_as_one_grid(form_blocks(*drawn)) for drawn in (left, right))
    first, second = numbered([first], 0)[0], numbered([second], 1)[0]
    assert isinstance(first, Grid) and isinstance(second, Grid)
    rows = max(first.row_count, second.row_count)
    shift = first.column_count + 1
    cells = [*_filled(first, rows), *(GridCell(row, first.column_count, "") for row in range(rows))]
    cells += [replace(cell, column=cell.column + shift) for cell in _filled(second, rows)]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    grid = Grid(tuple(cells), rows, shift + second.column_count)
    return SampleDocument("并列自评表", (grid,), (left[0], right[0]), "side_by_side")


def _as_one_grid(blocks: Sequence[Line | Grid]) -> Grid:
    width = max(block.column_count for block in blocks if isinstance(block, Grid))
    cells: list[GridCell] = []
    top = 0
    for block in blocks:
        if isinstance(block, Line):
            cells.append(GridCell(top, 0, block.text, 1, width, block.shows))
            top += 1
            continue
        for cell in block.cells:
            last = cell.column + cell.column_span == block.column_count
            span = width - cell.column if last else cell.column_span
            cells.append(replace(cell, row=cell.row + top, column_span=span))
        top += block.row_count
    return Grid(tuple(cells), top, width)


def _filled(grid: Grid, rows: int) -> list[GridCell]:
    """The grid's cells, with empty ones below it down to `rows`."""
    return [
        *grid.cells,
        *(
            GridCell(row, column, "")
            for row in range(grid.row_count, rows)
            for column in range(grid.column_count)
        ),
    ]


def with_body_copy(facts: FormFacts, layout: Layout) -> SampleDocument:
    """A report whose body repeats the indicators without their scores, and whose annex is the form."""
    spec = layout.indicators
    columns = tuple(column for column in spec.columns if column not in {"weight", "score", "reason"})
    copy = replace(
        layout, order=("indicators",), side={}, indicators=replace(spec, columns=columns, weight_in="nowhere")
    )
    blocks = narrative_blocks(facts)
    blocks.append(Line("各项指标完成情况如下表：", "body"))
    grid = next(block for block in form_blocks(facts, copy) if isinstance(block, Grid))
    blocks.append(replace(grid, cells=tuple(replace(cell, shows=()) for cell in grid.cells)))
    blocks.append(Line("附件", "sheet"))
    blocks.append(Line(f"附件：{facts.year}年度部门整体支出绩效自评表", "heading"))
    blocks += form_blocks(facts, layout)
    return SampleDocument(f"{facts.unit}自评报告", tuple(blocks), (facts,), "with_body_copy")
