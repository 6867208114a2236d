"""Trials through the whole way: how many faults each check found, missed, and where it failed on what is right."""

from __future__ import annotations

import shutil
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from random import Random

from flows.samples.faults import INJECTORS
from flows.samples.layouts import load_layouts
from flows.samples.sheet import Line
from tests.corpus.faults import Scheme, cases, has_all, lacking, schemes, shown_fields
from tests.corpus.formats import FORMATS
from tests.corpus.judged import Answers, judge_folder
from tests.corpus.trial import Filing, Trial
from tests.corpus.trial_formats import MIXED, Formats
from tests.corpus.wordings import entries, written_trials
from tests.corpus.worlds import WORLDS


def all_trials(
    variants: int, only: frozenset[str] = frozenset(), formats: Formats = MIXED
) -> Iterator[Trial]:
    """Faults put into forms, written sentences and cells, and sound reports; `variants` of each form fault."""
    for case, document in cases(variants, only, formats):
        scheme = schemes().get(case.check_id, Scheme())
        yield Trial(
            case.check_id,
            bool(case.check_id),
            case.layout,
            (Filing(document, case.format),),
            frozenset(scheme.follows),
            frozenset(scheme.instead),
        )
    yield from written_trials(len(SOUND_COUNTIES), only, formats)


def thinned(trials: Iterable[Trial], most: int, seed: str) -> list[Trial]:
    """At most `most` faults and half as many decoys of every check, and sound reports as many as that; always the same ones."""
    kinds: dict[tuple[str, bool], list[Trial]] = {}
    for trial in trials:
        kinds.setdefault((trial.check_id, trial.fault), []).append(trial)
    kept: list[Trial] = []
    for (check_id, fault), found in kinds.items():
        limit = most if fault else -(-most // 2) if check_id else most * 4
        if most and len(found) > limit:
            chosen = sorted(Random(f"{seed}/{check_id}/{fault}").sample(range(len(found)), limit))
            found = [found[index] for index in chosen]
        kept += found
    return kept


@dataclass(frozen=True, slots=True)
class Part:
    """One of several parts of a run, by check; the parts of a format are judged one after the other and add up to its whole."""

    number: int = 1
    of: int = 1

    def checks(self) -> frozenset[str]:
        """The checks tried in this part; none named where it is the whole."""
        if self.of == 1:
            return frozenset()
        tried = {*INJECTORS, *WORLDS, *(entry.check for entry in entries())}
        return frozenset(c for c in tried if zlib.crc32(c.encode()) % self.of == self.number - 1)

    def holds(self, trial: Trial) -> bool:
        """Whether the trial belongs to this part; the sound reports are the first part's."""
        return bool(trial.check_id) or self.number == 1


SOUND_COUNTIES = range(2000)
"""Counties of the form faults and the sound reports; the written trials come after them."""


@dataclass(slots=True)
class CheckTally:
    """Counts of one check: faults put in, found, missed; failures on what is right; formats of the faults."""

    faults: int = 0
    found: int = 0
    false: int = 0
    decoys: int = 0
    formats: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        """Share of the faults found."""
        return self.found / self.faults if self.faults else 1.0

    @property
    def precision(self) -> float:
        """Share of faults among what was found and what was raised wrongly; consequences of other faults count for neither."""
        return self.found / (self.found + self.false) if self.found + self.false else 1.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """One miss or false alarm."""

    kind: str
    check_id: str
    trial: Trial
    file_name: str
    told: str


@dataclass(frozen=True, slots=True)
class Measured:
    """Tallies by check, what went wrong, and the answers they come from."""

    tallies: dict[str, CheckTally]
    verdicts: tuple[Verdict, ...]
    answers: Answers

    def joined(self, other: Measured) -> Measured:
        """Both measurements together."""
        tallies = dict(self.tallies)
        for check_id, t in other.tallies.items():
            own = tallies.get(check_id, CheckTally())
            tallies[check_id] = CheckTally(
                own.faults + t.faults,
                own.found + t.found,
                own.false + t.false,
                own.decoys + t.decoys,
                own.formats + t.formats,
            )
        broken = {**self.answers.broken, **other.answers.broken}
        refused = {**self.answers.not_accepted, **other.answers.not_accepted}
        answers = replace(self.answers, broken=broken, not_accepted=refused)
        return Measured(tallies, (*self.verdicts, *other.verdicts), answers)


def measure(trials: Sequence[Trial], workers: int = 2, keep: Path | None = None) -> Measured:
    """Write, extract, load, judge, compare. keep: a folder for the files that were judged wrongly."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        inbox = folder / "in"
        inbox.mkdir()
        names = {
            (number, part): file_name(number, part, trial, filing)
            for number, trial in enumerate(trials)
            for part, filing in enumerate(trial.filings)
        }
        jobs = [(trials[number].filings[part], inbox / name) for (number, part), name in names.items()]
        _write(jobs, workers)
        received: dict[str, datetime] = {path.name: filing.received for filing, path in jobs}
        answers = judge_folder(
            folder, [path for _, path in jobs], workers, received, [t.beside for t in trials]
        )
        measured = _tallied(trials, names, answers)
        if keep:
            keep.mkdir(parents=True, exist_ok=True)
            for verdict in measured.verdicts:
                shutil.copy(inbox / verdict.file_name, keep)
    return measured


def file_name(number: int, part: int, trial: Trial, filing: Filing) -> str:
    """`0012-0_NAR-04_fault.docx`; last year's report of a trial comes first in no order."""
    kind = "fault" if trial.fault else "sound"
    return f"{number:05d}-{part}_{trial.check_id or 'none'}_{kind}{FORMATS[filing.format].suffix}"


def _write(jobs: Sequence[tuple[Filing, Path]], workers: int) -> None:
    by_format: dict[str, list[tuple[Filing, Path]]] = {}
    for filing, path in jobs:
        by_format.setdefault(filing.format, []).append((filing, path))
    batches = [
        found[start : start + WRITTEN_AT_ONCE]
        for found in by_format.values()
        for start in range(0, len(found), WRITTEN_AT_ONCE)
    ]
    if workers > 1 and len(jobs) > 200:
        with ProcessPoolExecutor(workers) as pool:
            list(pool.map(_write_batch, batches))
    else:
        for batch in batches:
            _write_batch(batch)


WRITTEN_AT_ONCE = 40


def _write_batch(batch: Sequence[tuple[Filing, Path]]) -> None:
    FORMATS[batch[0][0].format].write_all(
        [filing.document for filing, _ in batch], [path for _, path in batch]
    )


def _tallied(trials: Sequence[Trial], names: dict[tuple[int, int], str], answers: Answers) -> Measured:
    failing = {
        (
            f.file_name,
            f.check_id,
        ): f"{f.subject} | {f.reported} | {f.expected} | {f.evidence[:120]} | {f.place}"
        for f in reversed(answers.failures)
    }
    failed_of: dict[str, set[str]] = {}
    for (name, check_id), answer in answers.answers.items():
        if answer == "fail":
            failed_of.setdefault(name, set()).add(check_id)
    tallies: dict[str, CheckTally] = {}
    verdicts: list[Verdict] = []
    for number, trial in enumerate(trials):
        judged = [names[number, part] for part, filing in enumerate(trial.filings) if filing.judged]
        if trial.check_id:
            tally = tallies.setdefault(trial.check_id, CheckTally())
            if trial.fault:
                tally.faults += 1
                tally.formats.update(trial.formats[:1])
                hits = {trial.check_id, *trial.instead}
                if any(hits & failed_of.get(name, set()) for name in judged):
                    tally.found += 1
                else:
                    told = answers.answers.get((judged[0], trial.check_id), "absent")
                    verdicts.append(Verdict("missed", trial.check_id, trial, judged[0], told))
            else:
                tally.decoys += 1
        for name in judged:
            fine = explained(trial)
            for check_id in sorted(failed_of.get(name, set()) - fine):
                tallies.setdefault(check_id, CheckTally()).false += 1
                verdicts.append(Verdict("false", check_id, trial, name, failing.get((name, check_id), "")))
    return Measured(tallies, tuple(verdicts), answers)


def explained(trial: Trial) -> set[str]:
    """The checks that may rightly fail on a trial's report: its fault's, what follows from it, what its layout lacks."""
    document = trial.document
    fine = set(trial.follows)
    if not trial.own_words:
        fine |= {"TXT-06", "YOY-02"}  # told in three voices only: sound narratives are each other's copies
    if trial.fault:
        fine |= {trial.check_id, *trial.instead}
    else:
        fine.discard(trial.check_id)
    layout = load_layouts().get(document.layout)
    if layout is not None:
        if layout.money_unit == "元":
            fine.add("FUN-08")  # the narrative speaks of 万元
        if layout.money_style == "trimmed":
            fine.add("VAL-06")  # 12.5 beside 12.25
        if layout.indicators.prompt_rows:
            fine.add("CMP-08")
        if layout.rule == "indicators_only":
            fine.add("WGT-03")  # 50/40/10 needs a stated reason
    shown = shown_fields(document)
    if any(isinstance(block, Line) and block.role == "body" for block in document.blocks):
        shown.add("narrative")
    for field_, check_ids in lacking().items():
        if not has_all(shown, (field_,)):
            fine.update(check_ids)
    return fine if trial.fault else fine - {trial.check_id}
