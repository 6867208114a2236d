"""What a world is built on, and how worlds are registered and drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

from flows.samples.facts import FormFacts
from flows.samples.form import compose
from flows.samples.layouts import Layout, load_layouts
from flows.samples.sheet import SampleDocument
from tests.corpus.trial import (
    Beside,
    Filing,
    Trial,
    sound_facts,
)
from tests.corpus.trial_formats import MIXED, Formats
from warehouse.roster import RosterEntry

FAULTS, DECOYS = 20, 8
"""Faulty and right worlds of every check."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a world is built on: sound facts in a layout and a format, and a source of chance."""

    number: int
    facts: FormFacts
    layout: Layout
    format: str
    rng: Random

    def document(self, facts: FormFacts | None = None, **changes: object) -> SampleDocument:
        """The facts in the layout."""
        return compose(facts or self.facts, replace(self.layout, **changes))  # type: ignore[arg-type]

    def trial(
        self, fault: bool, variant: str, filings: tuple[Filing, ...], follows: str = "", **beside: object
    ) -> Trial:
        """A trial of the check that `world` fills in."""
        kept = frozenset(follows.split()) | {"YOY-01", "YOY-04", "REC-04"}
        return Trial("", fault, variant, filings, kept, frozenset(), Beside(**beside))  # type: ignore[arg-type]

    def listed(self, **changes: object) -> tuple[RosterEntry, ...]:
        """The unit's line of the roster."""
        return (replace(RosterEntry(self.facts.unit, region=self.facts.region), **changes),)  # type: ignore[arg-type]


World = Callable[[Ground, bool], Trial | None]
WORLDS: dict[str, tuple[World, bool]] = {}


def world(check_id: str, narrative: bool = False) -> Callable[[World], World]:
    """Register a world; narrative: its documents are reports."""

    def register(build: World) -> World:
        WORLDS[check_id] = (build, narrative)
        return build

    return register


def world_trials(start: int, only: frozenset[str] = frozenset(), formats: Formats = MIXED) -> Iterator[Trial]:
    """FAULTS faulty and DECOYS right worlds of every check, in counties numbered from `start`."""
    layouts = [
        layout
        for layout in load_layouts().values()
        if layout.scope == "overall"
        and layout.rule != "indicators_only"
        and "{year}" in layout.title
        and any(name == "unit" for row in layout.header for name, _ in row)
    ]
    number = start
    for check_id, (build, narrative) in WORLDS.items():
        offered = formats.of(narrative)
        if (only and check_id not in only) or not offered:
            continue
        for fault, wanted in ((True, FAULTS), (False, DECOYS)):
            made = 0  # of this kind
            for seed in range(wanted * 8):
                number += 3
                rng = Random(number + formats.start)
                layout = layouts[(seed * 5 + number + formats.start) % len(layouts)]
                layout = replace(layout, wrap="report") if narrative else layout
                facts = sound_facts(f"{check_id}/{fault}/{seed}{formats.name}", number, layout)
                trial = build(Ground(number, facts, layout, offered[seed % len(offered)], rng), fault)
                if trial is not None:
                    yield replace(trial, check_id=check_id)
                    made += 1
                if made == wanted:
                    break


def filed(ground: Ground, facts: FormFacts | None = None, **changes: object) -> Filing:
    """The ground's document, or its facts changed, as a file handed in."""
    return Filing(ground.document(facts, **changes), ground.format)
