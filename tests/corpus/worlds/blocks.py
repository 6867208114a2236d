"""Worlds of blocks: missing, blank, without rows, with stray cells."""

from __future__ import annotations

from dataclasses import replace

from flows.samples.sheet import Grid, GridCell
from tests.corpus.trial import (
    Filing,
    Trial,
)
from tests.corpus.worlds.ground import Ground, filed, world


@world("CMP-02")
def block_missing(g: Ground, fault: bool) -> Trial | None:
    """No budget block, or no total; right: everything there."""
    if not fault:
        return g.trial(False, "齐全", (filed(g),), roster=g.listed())
    scored = {"weight", "score"} <= set(g.layout.indicators.columns)
    if g.number % 2 and scored and g.layout.total == "row":
        header = tuple(row for row in g.layout.header if all(name != "total_score" for name, _ in row))
        order = tuple(name for name in g.layout.order if name != "total")
        filing = filed(g, order=order, header=header)
    elif g.layout.indicators.execution_row:
        return None  # execution is shown among the indicators: such forms need no block for the funds
    else:
        filing = filed(g, order=tuple(name for name in g.layout.order if name != "budget"))
    return g.trial(
        True, "缺块", (filing,), "SCO-06 SCO-04 EXE-01 WGT-01 WGT-03 CMP-04 SCO-07", roster=g.listed()
    )


@world("CMP-07")
def contact_missing(g: Ground, fault: bool) -> Trial:
    """A line for the preparer and the phone left blank; right: filled in."""
    order = (*(name for name in g.layout.order if name != "signature"), "signature")
    blank = g.rng.choice(({"contact": ""}, {"phone": ""}, {"contact": "", "phone": ""}))
    facts = replace(g.facts, **blank) if fault else g.facts
    return g.trial(fault, "落款", (filed(g, facts, order=order),), roster=g.listed())


STRAY = ("#REF!", "见附件三", "口口口", "待补充", "【续】", "同上表", "（接上页）", "数据待核")


@world("EXT-02")
def cells_unread(g: Ground, fault: bool) -> Trial:
    """Stray cells below the signatures that belong to no field; right: the signatures alone."""
    document = g.document()
    last = max(n for n, block in enumerate(document.blocks) if isinstance(block, Grid))
    grid = document.blocks[last]
    assert isinstance(grid, Grid)
    half = grid.column_count // 2
    texts = ["填报人：李敏", "联系电话：0712-3456789"] + (g.rng.sample(STRAY, 2) if fault else [])
    cells = tuple(
        GridCell(
            grid.row_count + n // 2, half * (n % 2), text, 1, grid.column_count - half if n % 2 else half
        )
        for n, text in enumerate(texts)
    )
    grown = replace(grid, cells=(*grid.cells, *cells), row_count=grid.row_count + len(texts) // 2)
    blocks = (*document.blocks[:last], grown, *document.blocks[last + 1 :])
    return g.trial(
        fault,
        "、".join(texts[2:]),
        (Filing(replace(document, blocks=blocks), g.format),),
        "SCO-04",
        roster=g.listed(),
    )


@world("EXT-01")
def no_rows(g: Ground, fault: bool) -> Trial | None:
    """The head of an indicator table without rows; right: with them."""
    document = g.document(
        order=tuple(n for n in g.layout.order if n in {"header", "budget", "indicators"}), tables="one"
    )
    last = max(n for n, block in enumerate(document.blocks) if isinstance(block, Grid))
    grid = document.blocks[last]
    assert isinstance(grid, Grid)
    if not grid.header_rows or grid.side_column:
        return None
    end = max(grid.header_rows) + 1 if fault else grid.row_count
    kept = replace(grid, cells=tuple(c for c in grid.cells if c.row < end), row_count=end)
    blocks = (*document.blocks[:last], kept, *document.blocks[last + 1 :])
    filing = Filing(replace(document, blocks=blocks), g.format)
    follows = (
        "CMP-02 CMP-03 SCO-06 SCO-04 IND-05 IND-12 IND-09 WGT-01 WGT-03 SAT-02 EXE-07 CMP-04 REC-01 REC-03"
    )
    trial = g.trial(fault, "空表", (filing,), follows, roster=g.listed())
    return replace(trial, instead=frozenset({"CMP-01", "CMP-02"}))
