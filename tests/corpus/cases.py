"""The cases of the layout corpus: layouts by formats by states of filling, all generated."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random

from flows.samples import composites
from flows.samples.blank import blanked, half_filled
from flows.samples.facts import FormFacts
from flows.samples.form import compose
from flows.samples.generate import make_facts
from flows.samples.layouts import Layout, load_layouts
from flows.samples.sheet import Grid, GridCell, SampleDocument, Shown
from tests.corpus.formats import FORMATS, QUICK, SCANS
from tests.corpus.invented import invented_layout
from tests.corpus.unfamiliar.drawing import unfamiliar_layouts
from tests.corpus.unfamiliar.shapes import shaped

STATES = ("clean", "report", "blank", "half", "damaged")
GARBAGE = ("#REF!", "口口", "见附件", "详见说明", "#DIV/0!", "□□□")


@dataclass(frozen=True, slots=True)
class Case:
    """One document of the corpus."""

    layout: str
    format: str
    state: str
    seed: int

    @property
    def id(self) -> str:
        """Name in test reports."""
        return f"{self.layout}-{self.format}-{self.state}-{self.seed}"

    def document(self) -> SampleDocument:
        """The document before any format."""
        return sample(self.layout, self.state, self.seed)

    def write(self, folder: Path) -> Path:
        """The file."""
        return write_all([self], folder)[0]


def write_all(cases: Sequence[Case], folder: Path) -> list[Path]:
    """The files of several cases of one format, in order; what LibreOffice makes is made in one process."""
    made = FORMATS[cases[0].format]
    paths = [folder / f"{case.id}{made.suffix}" for case in cases]
    made.write_all([case.document() for case in cases], paths)
    return paths


def sample(layout_id: str, state: str, seed: int) -> SampleDocument:
    """A layout filled in a state: clean, report (narrative before the form), blank, half or damaged."""
    if layout_id.startswith("invented_"):
        return _drawn(invented_layout(int(layout_id.removeprefix("invented_"))), state=state, seed=seed)
    if layout_id in COMPOSITES:
        document = COMPOSITES[layout_id](partial(_filled, state=state, seed=seed))
        return damaged(document, seed) if state == "damaged" else document
    if layout_id in unfamiliar_layouts():
        return _drawn(*unfamiliar_layouts()[layout_id], state=state, seed=seed)
    return _drawn(load_layouts()[layout_id], state=state, seed=seed)


def _drawn(layout: Layout, shapes: Sequence[object] = (), *, state: str, seed: int) -> SampleDocument:
    layout = replace(layout, wrap="report") if state == "report" else layout
    document = shaped(compose(_filled(layout, 0, state, seed), layout), shapes)
    return damaged(document, seed) if state == "damaged" else document


def _filled(layout: Layout, number: int, state: str, seed: int) -> FormFacts:
    """Facts for form `number` of a document, filled in a state."""
    seed = zlib.crc32(f"{layout.id}|{seed}|{number}".encode()) % 10000
    facts = make_facts(seed, scope=layout.scope, rule=layout.rule or None)
    if state == "blank":
        facts = blanked(facts)
    elif state == "half":
        facts = half_filled(facts, seed)
    return facts


Fill = Callable[[Layout, int], FormFacts]


def _stacked(*ids: str, breaks: bool) -> Callable[[Fill], SampleDocument]:
    def draw(fill: Fill) -> SampleDocument:
        layouts = [load_layouts()[name] for name in ids]
        return composites.stacked([(fill(layout, n), layout) for n, layout in enumerate(layouts)], breaks)

    return draw


def _beside(fill: Fill) -> SampleDocument:
    layout = load_layouts()["standard_project"]
    return composites.side_by_side((fill(layout, 0), layout), (fill(layout, 1), layout))


def _copied(layout_id: str) -> Callable[[Fill], SampleDocument]:
    return lambda fill: composites.with_body_copy(
        fill(load_layouts()[layout_id], 0), load_layouts()[layout_id]
    )


COMPOSITES: dict[str, Callable[[Fill], SampleDocument]] = {
    "overall_and_projects": _stacked("standard_overall", "standard_project", "standard_project", breaks=True),
    "projects_without_breaks": _stacked("shanghai_project", "shanghai_project", breaks=False),
    "mixed_families": _stacked("hunan_overall", "central_transfer", "poverty_relief", breaks=True),
    "side_by_side": _beside,
    "copy_in_body": _copied("standard_overall"),
    "copy_in_body_hubei": _copied("hubei_overall"),
}


def damaged(document: SampleDocument, seed: int) -> SampleDocument:
    """One filled figure in twelve replaced by garbage: it must be read as garbage, and hurt no other cell."""
    rng = Random(seed)
    blocks = tuple(
        replace(block, cells=tuple(_damage(cell, rng) for cell in block.cells))
        if isinstance(block, Grid)
        else block
        for block in document.blocks
    )
    return _without_comparators(replace(document, blocks=blocks))


def _without_comparators(document: SampleDocument) -> SampleDocument:
    """Beside a garbage target nobody can say whether the comparator in the next cell still holds: it is not expected."""
    broken = {
        (s.form, s.key)
        for s in document.shown()
        if s.field == "target_value" and s.value is None and s.part == "indicator"
    }

    def kept(cell: GridCell) -> GridCell:
        shows = tuple(
            s for s in cell.shows if s.field not in {"comparator", "unit"} or (s.form, s.key) not in broken
        )
        return replace(cell, shows=shows)

    blocks = tuple(
        replace(block, cells=tuple(kept(cell) for cell in block.cells)) if isinstance(block, Grid) else block
        for block in document.blocks
    )
    return replace(document, blocks=blocks)


FIGURES = {"actual_value", "executed_yuan", "reported_score", "target_value", "adjusted_budget_yuan"}


def _damage(cell: GridCell, rng: Random) -> GridCell:
    if (
        cell.row_span > 1
        or not cell.text
        or not any(s.field in FIGURES for s in cell.shows)
        or rng.random() > 1 / 12
    ):
        return cell
    text_ = rng.choice(GARBAGE)
    shows = tuple(_damaged(shown, text_) for shown in cell.shows if shown.field not in {"comparator"})
    return replace(cell, text=text_, shows=shows)


def _damaged(shown: Shown, text_: str) -> Shown:
    return replace(shown, value=text_ if shown.field.endswith("_text") else None)


def all_cases(
    seeds: int = 1,
    formats: tuple[str, ...] = QUICK,
    states: tuple[str, ...] = STATES,
    invented: int = 0,
) -> Iterator[Case]:
    """Every layout in every format and state; with `invented`, that many layouts put together at random instead."""
    layouts = [f"invented_{number}" for number in range(invented)] or [
        *load_layouts(),
        *COMPOSITES,
        *unfamiliar_layouts(),
    ]
    for number, layout in enumerate(layouts):
        for format_ in formats:
            for state in states:
                if FORMATS[format_].sampled and not _is_sampled(number, format_, state):
                    continue
                for seed in range(seeds):
                    yield Case(layout, format_, state, seed + 11)


def _is_sampled(number: int, format_: str, state: str) -> bool:
    """One scanned format and one state a layout, both going round."""
    states = [name for name in STATES if name != "report"]
    return SCANS[number % len(SCANS)] == format_ and states[number // len(SCANS) % len(states)] == state
