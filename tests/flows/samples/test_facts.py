"""Sound samples are sound: what they say adds up, so that a finding on them is a false one."""

from decimal import Decimal
from random import Random

import pytest

from flows.samples.facts import FormFacts, grade_of, is_met, rounded
from flows.samples.faults import INJECTORS, inject
from flows.samples.generate import make_facts
from flows.samples.vocabulary import departments

SCOPES = ("overall", "project")


def samples() -> list[FormFacts]:
    return [
        make_facts(seed, department=name, scope=SCOPES[seed % 2]) for seed, name in enumerate(departments())
    ]


@pytest.mark.parametrize("facts", samples(), ids=lambda facts: facts.department)
def test_money_adds_up(facts: FormFacts) -> None:
    lines = {line.key: line for line in facts.budget}
    for column in ("initial", "adjusted", "executed"):
        amount = {key: getattr(line, column) for key, line in lines.items()}
        assert amount["total"] == amount["fiscal"] + amount["carryover"] + amount["other"]
        assert amount["fiscal"] == amount["general_public"] + amount["government_fund"]
        if facts.scope == "overall":
            assert amount["total"] == amount["basic"] + amount["project"]
    assert all(line.executed <= line.adjusted for line in facts.budget)


@pytest.mark.parametrize("facts", samples(), ids=lambda facts: facts.department)
def test_scores_follow_their_rule(facts: FormFacts) -> None:
    for indicator in facts.indicators:
        if is_met(indicator):
            assert indicator.score == indicator.weight
        else:
            assert indicator.score == rounded(indicator.weight * indicator.actual / indicator.target)
            assert indicator.reason
    total = facts.budget[0].score + sum(indicator.score for indicator in facts.indicators)
    assert facts.total_score == total
    assert facts.grade == grade_of(total)
    assert facts.execution_weight + sum(indicator.weight for indicator in facts.indicators) == Decimal(100)


def test_the_same_seed_gives_the_same_facts() -> None:
    assert make_facts(7) == make_facts(7)
    assert make_facts(7) != make_facts(8)


@pytest.mark.parametrize("check_id", sorted(INJECTORS))
def test_every_fault_finds_an_occasion_and_is_named(check_id: str) -> None:
    injected = [inject(make_facts(seed), check_id, Random(seed)) for seed in range(10)]
    found = [facts for facts in injected if facts]
    assert len(found) >= 5
    assert all(facts.faults == (check_id,) for facts in found)
