"""Worlds of texts: last year's, another unit's, names that drift between text and table."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from flows.samples.composites import with_body_copy
from flows.samples.facts import IndicatorFact
from flows.samples.faults.mechanism import numeric_up, pick
from flows.samples.form import compose
from flows.samples.narrative import narrate
from flows.samples.sheet import Grid
from tests.corpus.own_words import told_in_own_words
from tests.corpus.trial import (
    Filing,
    Trial,
    sound_facts,
    year_before,
)
from tests.corpus.worlds.ground import Ground, filed, world
from warehouse.roster import RosterEntry


@world("YOY-01")
def below_last_year(g: Ground, fault: bool) -> Trial | None:
    """A target below what was achieved the year before; right: not below it."""
    last = year_before(g.facts, f"{g.number}")
    index = pick(g.facts, g.rng, lambda i: numeric_up(i) and i.unit != "%" and i.level2 == "quantity")
    if index is None:
        return None

    def earlier(k: int, i: IndicatorFact) -> IndicatorFact:
        if not isinstance(i.target, Decimal):
            return i
        low = i.target * (Decimal("1.1") if i.comparator in {"LE", "LT"} else Decimal("0.9"))
        low = low if i.unit != "%" else i.target
        actual = i.target + max(Decimal(1), i.target // 20) if fault and k == index else low
        actual = (
            actual.quantize(Decimal(1))
            if i.target == i.target.to_integral_value() and i.unit != "%"
            else actual
        )
        return replace(i, target=actual, actual=actual, score=i.weight, reason="")

    last = replace(last, indicators=tuple(earlier(k, i) for k, i in enumerate(g.facts.indicators)))
    before = Filing(compose(replace(last, narrative=narrate(last)), g.layout), g.format, judged=False)
    trial = g.trial(fault, "上年", (before, filed(g)), roster=g.listed())
    return replace(trial, follows=trial.follows - {"YOY-01"})


@world("YOY-02", narrative=True)
def told_again(g: Ground, fault: bool) -> Trial:
    """Last year's text with new figures; right: told anew."""
    told = told_in_own_words(g.facts, g.rng)
    last = year_before(g.facts, f"{g.number}")
    if fault:
        last = replace(last, narrative=tuple(line.replace("2024", "2023") for line in told.narrative))
    else:
        last = told_in_own_words(last, g.rng)
    before = Filing(compose(last, g.layout), g.format, judged=False)
    trial = g.trial(fault, "沿用", (before, filed(g, told)), "YOY-03 NAR-01 PUB-02", roster=g.listed())
    return replace(trial, own_words=True)


@world("TXT-06", narrative=True)
def copied(g: Ground, fault: bool) -> Trial:
    """Another unit's text, figures and all; right: two units that tell of their own."""
    told = told_in_own_words(g.facts, g.rng)
    other = sound_facts(f"other/{g.number}", g.number + 1, g.layout)
    other = replace(other, voice=(g.facts.voice + 1) % 3)
    if fault:
        text = tuple(line.replace(g.facts.unit, other.unit) for line in told.narrative)
    else:
        text = told_in_own_words(replace(other, narrative=narrate(other)), g.rng).narrative
    copy = Filing(compose(replace(other, narrative=text), g.layout), g.format, judged=False)
    roster = (*g.listed(), RosterEntry(other.unit, region=other.region))
    return replace(g.trial(fault, "照搬", (filed(g, told), copy), roster=roster), own_words=True)


DRIFTS = (
    ("人数", "人员数"),
    ("次数", "频次"),
    ("率", "比率"),
    ("数量", "数"),
    ("完成", "实现"),
    ("项目", "工程项目"),
)


@world("NAR-07", narrative=True)
def names_drift(g: Ground, fault: bool) -> Trial | None:
    """A copy of the table in the body with one indicator named otherwise; right: an exact copy."""
    if g.layout.indicators.subtotals:
        return None
    document = with_body_copy(g.facts, g.layout)
    if fault:
        names = [i.name for i in g.facts.indicators]
        options = [
            (name, name.replace(a, b, 1)) for name in names for a, b in DRIFTS if a in name and b not in name
        ]
        if not options:
            return None
        old, new = g.rng.choice(options)
        first = next(n for n, block in enumerate(document.blocks) if isinstance(block, Grid))
        grid = document.blocks[first]
        assert isinstance(grid, Grid)
        cells = tuple(replace(c, text=c.text.replace(old, new)) for c in grid.cells)
        blocks = (*document.blocks[:first], replace(grid, cells=cells), *document.blocks[first + 1 :])
        document = replace(document, blocks=blocks)
    return g.trial(
        fault, "名称", (Filing(replace(document, layout=g.layout.id), g.format),), roster=g.listed()
    )
