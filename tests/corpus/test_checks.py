"""The catalogue on injected faults: it finds them, and it is silent on sound reports."""

from __future__ import annotations

import pytest

from flows.samples.faults import INJECTORS
from tests.corpus.checks_main import run
from tests.corpus.faults import cases, schemes

LEAST = 0.98


def test_every_injectable_fault_has_its_scheme() -> None:
    assert set(schemes()) == set(INJECTORS)


def test_the_corpora_vary_layouts_and_formats() -> None:
    drawn = [case for case, _ in cases(variants=4) if case.check_id]
    assert len({case.layout for case in drawn}) >= 30
    assert len({case.format for case in drawn}) >= 5


@pytest.mark.long
@pytest.mark.timeout(1500)
def test_class_a_checks_find_injected_faults_and_nothing_else() -> None:
    answers, tallies, verdicts = run(variants=20, only=frozenset())
    assert not answers.broken
    judged = [tally for check_id, tally in tallies.items() if answers.classes.get(check_id, "A") == "A"]
    injected, found = sum(t.injected for t in judged), sum(t.found for t in judged)
    failed, rightly = sum(t.failed for t in judged), sum(t.rightly for t in judged)
    told = "\n".join(f"{v.kind} {v.check_id} {v.case.file_name} {v.told}" for v in verdicts[:40])
    assert found / injected >= LEAST, told
    assert rightly / failed >= LEAST, told
