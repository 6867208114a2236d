"""Trials out of written sentences and cells (`wordings/*.yaml`): what a reviewer meets in reports, right and wrong."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from flows.samples import narrative
from flows.samples.facts import FormFacts, rounded
from flows.samples.faults.mechanism import pick, settle, with_indicator
from flows.samples.form import compose, narrative_blocks
from flows.samples.layouts import Layout, load_layouts
from flows.samples.sheet import SampleDocument
from tests.corpus.faults import Scheme, schemes, shown_fields
from tests.corpus.figures import DRAWS
from tests.corpus.trial import Beside, Filing, Trial, sound_facts, year_before
from tests.corpus.trial_formats import MIXED, Formats

FOLDER = Path(__file__).with_name("wordings")


@dataclass(frozen=True, slots=True)
class Entry:
    """One group of sentences or cells about one check.

    draw: whose figures fill the sentences (tests.corpus.figures). slot: which part of the narrative they take the place of.
    wordings: right with the right figures, faults with the wrong ones. decoys and rights: always right. faults: always
    faulty. level2: cells, of an indicator of that category. pair: last year's report is handed in too. shares: `moved` where
    points are shifted between the level-1 indicators. score: what the rewritten indicator gets, full or partly.
    """

    check: str
    draw: str = "none"
    slot: str = ""
    wordings: tuple[str, ...] = ()
    decoys: tuple[str, ...] = ()
    faults: tuple[Any, ...] = ()
    rights: tuple[Any, ...] = ()
    level2: str = ""
    pair: bool = False
    shares: str = ""
    last_findings: bool = False
    partial: bool = False
    scored: bool = False
    reasons: bool = False
    style: str = ""
    formats: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()


@cache
def entries() -> tuple[Entry, ...]:
    """Every entry of every file, in order."""
    found: list[Entry] = []
    for path in sorted(FOLDER.glob("*.yaml")):
        for given in yaml.safe_load(path.read_text(encoding="utf-8")):
            values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in given.items()}
            found.append(Entry(**values))
    return tuple(found)


def lines_of(entry: Entry) -> Iterator[tuple[Any, bool, bool]]:
    """(sentence or cells, whether it is a fault, whether the figures are wrong)."""
    for one in entry.wordings:
        yield one, True, True
        yield one, False, False
    for one in entry.faults:
        yield one, True, True
    for one in (*entry.decoys, *entry.rights):
        yield one, False, False


def written_trials(
    start: int, only: frozenset[str] = frozenset(), formats: Formats = MIXED
) -> Iterator[Trial]:
    """Every sentence and cell of the wordings as a trial; counties are numbered from `start`."""
    number = start
    for index, entry in enumerate(entries()):
        if only and entry.check not in only:
            continue
        for position, (line, fault, wrong) in enumerate(lines_of(entry)):
            number += 1
            build = _cell_trial if entry.level2 else _sentence_trial
            offered = formats.of(not entry.level2)
            offered = tuple(name for name in offered if name in entry.formats or not entry.formats)
            if not offered:
                continue
            name = f"{entry.check}.{index}.{position}{formats.name}"
            trial = build(entry, line, fault, wrong, name, number, offered[number % len(offered)])
            if trial is not None:
                yield trial


LAYOUT_TRIES = 60


def _scheme(check_id: str) -> Scheme:
    return schemes().get(check_id, Scheme())


def _layouts(name: str) -> Iterator[tuple[Layout, str, Random]]:
    """Layouts in an order of the trial's own, each with a name for its facts."""
    layouts = list(load_layouts().values())
    start = zlib.crc32(name.encode())
    for step in range(LAYOUT_TRIES):
        yield layouts[(start + step * 7) % len(layouts)], f"{name}/{step}", Random(start + step)


def _sentence_trial(
    entry: Entry, line: str, fault: bool, wrong: bool, name: str, number: int, format_: str
) -> Trial | None:
    """A report with the sentence in its narrative."""
    scheme = replace(_scheme(entry.check), narrative=True)
    for layout, facts_name, rng in _layouts(name):
        layout = replace(layout, wrap="report")
        facts = sound_facts(facts_name, number, layout)
        if entry.shares:
            facts = moved_points(facts)
        if not scheme.fits(layout, shown_fields(compose(facts, layout))):
            continue
        if entry.shares and layout.rule not in {"", "national"}:
            continue
        drawn = DRAWS[entry.draw](facts, rng)
        if drawn is None:
            continue
        words = drawn[1 if wrong else 0]
        told = retold(facts, entry.slot, line.format(**words))
        filings = [Filing(_document(told, layout, entry), format_)]
        if entry.slot == "alone" and not fault:
            filings.append(Filing(compose(facts, replace(layout, wrap="form")), "xlsx", judged=False))
        beside = Beside()
        follows = {*scheme.follows, *entry.follows}
        if entry.pair or entry.last_findings:
            filings.append(
                Filing(_last_year(entry, line, words, facts, facts_name, layout), format_, judged=False)
            )
            beside = Beside(returned=((facts.unit, facts.year - 1),) if entry.last_findings else ())
            follows |= {"YOY-01", "YOY-04"} - {entry.check}  # last year's other figures are drawn anew
        return Trial(
            entry.check,
            fault,
            line,
            tuple(filings),
            frozenset(follows),
            frozenset((*scheme.instead, *entry.instead)),
            beside,
        )
    return None


def _document(facts: FormFacts, layout: Layout, entry: Entry) -> SampleDocument:
    if entry.slot == "alone":
        return SampleDocument(facts.unit, tuple(narrative_blocks(facts)), (facts,), layout.id)
    return compose(facts, layout)


def _last_year(
    entry: Entry, line: str, words: Mapping[str, str], this_year: FormFacts, name: str, layout: Layout
) -> SampleDocument:
    """The report of the year before, with the figure that this year's is compared with."""
    facts = year_before(this_year, name)
    if entry.pair:
        facts = replace(facts, staffing=this_year.staffing)
    before = {**words}
    if "last" in words:
        before |= {"v": words["last"]}
    if "last_staff" in words:
        before |= {"staff": words["last_staff"]}
        before["ratio"] = f"{rounded(Decimal(before['staff']) / Decimal(before['posts']) * 100):.2f}"
    if entry.last_findings:
        facts = replace(facts, total_score=(facts.total_score or Decimal(90)) - 3)  # a finding to be closed
        return compose(facts, layout)
    return compose(retold(facts, entry.slot, line.replace("2024", "2023").format(**before)), layout)


def retold(facts: FormFacts, slot: str, text: str) -> FormFacts:
    """The narrative with `text` in one of its parts: in place of what stands there, or besides for `extra` and `budgetrate`."""
    parts: dict[str, str] = {name: tell(facts) for name, tell in TELLERS.items()}
    if slot in parts:
        parts[slot] = text
    else:
        parts["achievements_more" if slot in {"extra", "alone"} else "funds_more"] = text
    bodies = (
        (parts["organisation"],),
        (parts["budget"], parts["natures"], parts["parts"], parts.get("funds_more", "")),
        (
            parts["counts"],
            parts["told"],
            parts["inspection"],
            parts["survey"],
            parts.get("achievements_more", ""),
        ),
        (parts["conclusion"],),
        (parts["problems"],),
        (narrative.CLOSING[facts.voice],),
    )
    paragraphs: list[str] = []
    for heading, body in zip(narrative.HEADINGS[facts.voice], bodies, strict=True):
        paragraphs += [heading, *(line for part in body for line in part.split("\n") if line)]
    return replace(facts, narrative=tuple(paragraphs))


TELLERS: Mapping[str, Callable[[FormFacts], str]] = {
    "organisation": narrative.organisation,
    "budget": narrative.budget,
    "natures": narrative.natures,
    "parts": narrative.parts,
    "counts": narrative.counts,
    "told": narrative.told,
    "inspection": narrative.inspection,
    "survey": narrative.survey,
    "conclusion": narrative.conclusion,
    "problems": narrative.problems,
}


def moved_points(facts: FormFacts) -> FormFacts:
    """Five points moved from an outcome indicator to an output one: the level-1 weights are not the prescribed ones."""
    indicators = list(facts.indicators)
    give = next(
        n
        for n, i in enumerate(indicators)
        if i.level1 == "outcome" and i.score == i.weight and (i.weight or 0) > 2
    )
    take = next(n for n, i in enumerate(indicators) if i.level1 == "output" and i.score == i.weight)
    for n, points in ((give, Decimal(-2)), (take, Decimal(2))):
        weight = (indicators[n].weight or Decimal(0)) + points
        indicators[n] = replace(indicators[n], weight=weight, score=weight)
    return settle(replace(facts, indicators=tuple(indicators)))


def _cell_trial(
    entry: Entry, row: Sequence[str], fault: bool, wrong: bool, name: str, number: int, format_: str
) -> Trial | None:
    """A form with one indicator rewritten."""
    scheme = _scheme(entry.check)
    for layout, facts_name, rng in _layouts(name):
        facts = sound_facts(facts_name, number, layout)
        if not scheme.fits(layout, shown_fields(compose(facts, layout))):
            continue
        if entry.reasons and "reason" not in layout.indicators.columns:
            continue
        faulty = rewritten(facts, entry, row, rng)
        if faulty is None:
            continue
        return Trial(
            entry.check, fault, " | ".join(map(str, row)), (Filing(compose(faulty, layout), format_),),
            frozenset((*scheme.follows, *entry.follows)), frozenset((*scheme.instead, *entry.instead)),
        )  # fmt: skip
    return None


def rewritten(facts: FormFacts, entry: Entry, row: Sequence[str], rng: Random) -> FormFacts | None:
    """The facts with one indicator of the entry's category as the row has it."""
    name, unit, comparator, target, actual, *reason = row
    index = pick(
        facts, rng, lambda i: i.level2 == entry.level2 and i.score == i.weight and (i.weight or 0) > 1
    )
    if index is None:
        return None
    weight = facts.indicators[index].weight or Decimal(0)
    score = rounded(weight * _share(row)) if entry.partial else weight
    return with_indicator(
        facts, index, name=name, unit=unit, comparator=comparator, target=_value(target), actual=_value(actual),
        score=score, reason=reason[0] if reason else "",
    )  # fmt: skip


def _share(row: Sequence[str]) -> Decimal:
    """The share of the weight that the row's actual earns."""
    target, actual = _value(row[3]), _value(row[4])
    if not isinstance(target, Decimal) or not isinstance(actual, Decimal):
        return Decimal(1)
    return min(Decimal(1), target / actual if row[2] == "LE" else actual / target)


def _value(text: str) -> Decimal | str | None:
    text = str(text)
    return Decimal(text[1:]) if text.startswith("=") else text or None
