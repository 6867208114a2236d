"""Forms that nobody filled in, or only half."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from flows.samples.facts import BudgetFact, FormFacts
from flows.samples.narrative import narrate


def blanked(facts: FormFacts) -> FormFacts:
    """Only names, targets and weights stand: no amounts, actuals or scores."""
    return replace(
        facts,
        budget=tuple(BudgetFact(line.key, max_score=line.max_score) for line in facts.budget),
        indicators=tuple(replace(i, actual=None, score=None, reason="") for i in facts.indicators),
        total_score=None,
        grade="",
        goal="",
        outcome="",
        narrative=(),
    )


def half_filled(facts: FormFacts, seed: int) -> FormFacts:
    """About half of the actuals, scores and amounts left out, without any order; no total."""
    rng = Random(seed)

    def kept(value: Decimal | None) -> Decimal | None:
        return value if rng.random() < 0.5 else None

    budget = tuple(
        replace(
            line,
            initial=kept(line.initial),
            executed=kept(line.executed),
            rate=kept(line.rate),
            score=kept(line.score),
        )
        for line in facts.budget
    )
    indicators = tuple(
        replace(i, actual=i.actual if rng.random() < 0.5 else None, score=kept(i.score), reason="")
        for i in facts.indicators
    )
    changed = replace(facts, budget=budget, indicators=indicators, total_score=None, grade="")
    return replace(changed, narrative=narrate(changed) if changed.narrative else ())
