"""Corpora for the checks: for every injectable check many documents with its fault, beside sound ones; what the catalogue makes of them.

Recall of a check: documents with its fault on which it fails. Precision: documents on which it fails that have its
fault, or a fault it rightly follows from (`follows`).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import yaml

from flows.samples.facts import FormFacts
from flows.samples.faults import INJECTORS, inject
from flows.samples.form import compose
from flows.samples.layouts import Layout, load_layouts
from flows.samples.sheet import Line, SampleDocument
from tests.corpus.trial import sound_facts
from tests.corpus.trial_formats import MIXED, WORKSHEETS, Formats

SCHEME = Path(__file__).with_name("faults.yaml")


@dataclass(frozen=True, slots=True)
class Scheme:
    """What a fault needs to be seen, and what else may rightly follow from it.

    shows: `part.field` that the layout must show, all of them (`part.field|part.field`: one of them). lines: budget lines it
    must have. narrative, overall: the report needs its narrative, an overall form. unmerged: single scores. in_columns: amounts in columns of their own. unit_shown: units
    stand in the cells. instead: checks that may find it in this one's place (a blank hides what it causes). follows: other checks that may fail through the same fault.
    """

    shows: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    narrative: bool = False
    overall: bool = False
    unmerged: bool = False
    unit_shown: bool = False
    in_columns: bool = False
    follows: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()

    def fits(self, layout: Layout, shown: set[str]) -> bool:
        """Whether a document in this layout, showing these fields, can have the fault."""
        spec = layout.indicators
        return (
            has_all(shown, self.shows)
            and set(self.lines) <= set(layout.budget.lines)
            and not (self.overall and layout.scope != "overall")
            and not (self.unmerged and spec.merged_scores)
            and not (self.in_columns and layout.budget.amounts == "label")
            and not (
                self.unit_shown
                and (spec.value_style in {"bare", "number", "sign"} or spec.actual_style != "with_unit")
            )
        )


def has_all(shown: set[str], wanted: Iterable[str]) -> bool:
    """Whether every wanted field is shown; `a|b` wants one of the two."""
    return all(shown & set(one.split("|")) for one in wanted)


@cache
def schemes() -> dict[str, Scheme]:
    """The scheme of every check that can be injected."""
    raw = yaml.safe_load(SCHEME.read_text(encoding="utf-8"))["faults"]
    return {check_id: _scheme_of(given) for check_id, given in raw.items()}


def _scheme_of(given: Mapping[str, Any]) -> Scheme:
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in given.items()}
    return Scheme(**values)


@cache
def lacking() -> dict[str, tuple[str, ...]]:
    """Checks that may rightly fail where a layout shows a field nowhere."""
    return {k: tuple(v) for k, v in yaml.safe_load(SCHEME.read_text(encoding="utf-8"))["lacking"].items()}


@dataclass(frozen=True, slots=True)
class FaultCase:
    """One document of the corpora; check_id is empty for a sound one. county: whose, by number; no two of a run have one in common."""

    check_id: str
    layout: str
    format: str
    seed: int
    county: int = 0


def shown_fields(document: SampleDocument) -> set[str]:
    """`part.field` of every fact a document shows with a value."""
    return {f"{shown.part}.{shown.field}" for shown in document.shown() if shown.value not in (None, "")}


def draw(case: FaultCase, scheme: Scheme) -> SampleDocument | None:
    """The document, or None where its layout cannot show the fault or the facts give no occasion."""
    layout = load_layouts()[case.layout]
    narrative = scheme.narrative or (not case.check_id and case.format not in WORKSHEETS)
    layout = replace(layout, wrap="report") if narrative else layout
    facts = facts_of(case, layout)
    if not case.check_id:
        return compose(facts, layout)
    if not scheme.fits(layout, shown_fields(compose(facts, layout))):
        return None
    faulty = inject(facts, case.check_id, Random(case.seed))
    if faulty is None:
        return None
    before, after = compose(facts, layout), compose(faulty, layout)
    return after if _content(before) != _content(after) else None


def facts_of(case: FaultCase, layout: Layout) -> FormFacts:
    """Sound facts, other ones for every case."""
    name = f"{case.layout}|{case.seed}|{case.check_id}"
    return sound_facts(name, case.county, layout)


def _content(document: SampleDocument) -> list[str]:
    lines: list[str] = []
    for block in document.blocks:
        lines += [block.text] if isinstance(block, Line) else [cell.text for cell in block.cells]
    return lines


def cases(
    variants: int = 24, only: frozenset[str] = frozenset(), formats: Formats = MIXED
) -> Iterator[tuple[FaultCase, SampleDocument]]:
    """Documents with faults, `variants` a check over layouts and formats, and two sound ones a layout; each in a county of its own."""
    layouts = list(load_layouts())
    county = 0
    for check_id in sorted(INJECTORS):
        if only and check_id not in only:
            continue
        for case in islice(_cases(check_id, layouts, variants, formats), variants):
            county += 1
            placed = replace(case, county=county)
            document = draw(placed, _scheme(check_id))
            assert document is not None
            yield placed, document
    for number, layout in enumerate(layouts):
        for seed in range(2):
            county += 1
            format_ = formats.forms[(number + seed * 2) % len(formats.forms)]
            case = FaultCase("", layout, format_, formats.start + 500 + seed, county)
            document = draw(case, Scheme())
            assert document is not None
            yield case, document


def _cases(check_id: str, layouts: Sequence[str], variants: int, formats: Formats) -> Iterator[FaultCase]:
    """The cases in which the fault finds an occasion."""
    scheme = _scheme(check_id)
    offered = formats.of(scheme.narrative)
    start = zlib.crc32(check_id.encode())
    for seed in range(formats.start, formats.start + variants * 12) if offered else ():
        layout = layouts[(start + seed * 7) % len(layouts)]
        case = FaultCase(check_id, layout, offered[seed % len(offered)], seed)
        if draw(case, scheme) is not None:
            yield case


def _scheme(check_id: str) -> Scheme:
    return schemes().get(check_id, Scheme())
