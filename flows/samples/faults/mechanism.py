"""Faults put into sound facts, each named after the check that should notice it.

An injector changes as little as it can: where other figures follow from the changed one (a total from its scores), they are
carried along, so that the named check is the one that fails. It returns None where the facts give no occasion.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

from flows.samples.facts import FormFacts, IndicatorFact, grade_of, is_met
from flows.samples.narrative import narrate

Injector = Callable[[FormFacts, Random], FormFacts | None]
INJECTORS: dict[str, Injector] = {}


def injects(check_id: str) -> Callable[[Injector], Injector]:
    """Register the injector of one check's fault."""

    def register(injector: Injector) -> Injector:
        INJECTORS[check_id] = injector
        return injector

    return register


def inject(facts: FormFacts, check_id: str, rng: Random) -> FormFacts | None:
    """The facts with one fault more, noted in `faults`; None where there is no occasion for it."""
    changed = INJECTORS[check_id](facts, rng)
    return replace(changed, faults=(*facts.faults, check_id)) if changed else None


def with_line(facts: FormFacts, key: str, **changes: Decimal | None) -> FormFacts:
    """One budget line changed."""
    budget = tuple(replace(line, **changes) if line.key == key else line for line in facts.budget)
    return replace(facts, budget=budget)


def with_indicator(facts: FormFacts, index: int, retell: bool = True, **changes: object) -> FormFacts:
    """One indicator changed; the total follows its score, and the narrative follows the form when `retell`."""
    old = facts.indicators[index]
    new = replace(old, **changes)  # type: ignore[arg-type]
    indicators = (*facts.indicators[:index], new, *facts.indicators[index + 1 :])
    total = facts.total_score
    if total is not None and "score" in changes:
        total += (new.score or Decimal(0)) - (old.score or Decimal(0))
    return settle(replace(facts, indicators=indicators, total_score=total), retell)


def settle(facts: FormFacts, retell: bool = True) -> FormFacts:
    """Grade after the total, narrative after the form."""
    grade = grade_of(facts.total_score) if facts.total_score is not None and facts.grade else facts.grade
    facts = replace(facts, grade=grade)
    return replace(facts, narrative=narrate(facts)) if retell else facts


def pick(facts: FormFacts, rng: Random, wanted: Callable[[IndicatorFact], bool]) -> int | None:
    """The number of an indicator that will do."""
    fitting = [index for index, indicator in enumerate(facts.indicators) if wanted(indicator)]
    return rng.choice(fitting) if fitting else None


def numeric_up(indicator: IndicatorFact) -> bool:
    """A fully met quantitative indicator where more is better."""
    return (
        isinstance(indicator.target, Decimal)
        and indicator.target > 5
        and isinstance(indicator.actual, Decimal)
        and indicator.comparator == "GE"
        and indicator.score == indicator.weight
        and indicator.level1 != "satisfaction"
    )


def unmet(indicator: IndicatorFact) -> bool:
    """An indicator short of its target."""
    return (
        isinstance(indicator.target, Decimal)
        and isinstance(indicator.actual, Decimal)
        and not is_met(indicator)
    )


def faulty(facts: FormFacts, check_ids: Sequence[str], rng: Random) -> FormFacts:
    """The facts with each fault that finds an occasion."""
    for check_id in check_ids:
        facts = inject(facts, check_id, rng) or facts
    return facts
