"""The catalogue on injected faults and on what only looks like one: it finds the first and is silent on the second."""

from __future__ import annotations

from collections import Counter

import pytest

from flows.samples.faults import INJECTORS
from tests.corpus.faults import schemes
from tests.corpus.measured_checks import Measured, all_trials, measure
from tests.corpus.trial import COUNTIES, county
from tests.corpus.wordings import entries, lines_of, written_trials

FLOOR = 0.85
"""Recall and precision that a slice of the trials must reach; docs/accuracy.md has the figures of all of them."""


def of_class_a(measured: Measured) -> tuple[float, float]:
    """Recall and precision over the checks of class A."""
    tallies = [t for c, t in measured.tallies.items() if measured.answers.classes.get(c, "A") == "A"]
    faults, found, false = (sum(getattr(t, name) for t in tallies) for name in ("faults", "found", "false"))
    return found / faults, found / (found + false)


def test_every_injectable_fault_has_its_scheme() -> None:
    assert set(INJECTORS) <= set(schemes())


def test_every_county_is_another_one() -> None:
    assert len({county(number) for number in range(COUNTIES)}) == COUNTIES


def test_every_sentence_of_the_wordings_gives_a_trial() -> None:
    drawn = Counter(trial.check_id for trial in written_trials(0))
    written = Counter()
    for entry in entries():
        written[entry.check] += sum(1 for _ in lines_of(entry))
    assert drawn == written


def test_the_trials_vary_layouts_and_formats() -> None:
    trials = [trial for trial in all_trials(variants=2) if trial.fault]
    assert len({trial.document.layout for trial in trials}) >= 30
    assert len({name for trial in trials for name in trial.formats}) >= 5


def test_a_slice_of_the_trials_reaches_the_floor() -> None:
    trials = list(all_trials(variants=2))[::9]
    measured = measure(trials)
    assert not measured.answers.broken
    recall, precision = of_class_a(measured)
    told = "\n".join(f"{v.kind} {v.check_id} {v.file_name} {v.told}" for v in measured.verdicts[:40])
    assert recall >= FLOOR, told
    assert precision >= FLOOR, told


@pytest.mark.long
@pytest.mark.timeout(1500)
def test_all_trials_reach_the_floor() -> None:
    recall, precision = of_class_a(measure(list(all_trials(variants=20))))
    assert min(recall, precision) >= FLOOR
