"""Faults of weights, scores, totals and grades."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from flows.samples.facts import FormFacts, rounded
from flows.samples.faults.mechanism import injects, numeric_up, pick, settle, unmet, with_indicator
from flows.samples.faults.money import spent_share
from flows.samples.narrative import narrate


@injects("SCO-01")
def score_above_weight(facts: FormFacts, rng: Random) -> FormFacts | None:
    """A score greater than its weight; totals follow."""
    index = pick(facts, rng, lambda i: i.score is not None and i.weight is not None and i.score == i.weight)
    if index is None:
        return None
    weight = facts.indicators[index].weight or Decimal(0)
    return with_indicator(facts, index, score=weight + rng.randint(1, 4))


@injects("SCO-02")
def score_wrong(facts: FormFacts, rng: Random) -> FormFacts | None:
    """The score of an unmet indicator is not in proportion."""
    index = pick(facts, rng, unmet)
    if index is None:
        return None
    weight = facts.indicators[index].weight or Decimal(0)
    return with_indicator(facts, index, score=rounded(weight * Decimal(rng.randint(35, 60)) / 100))


@injects("SCO-04")
def total_wrong(facts: FormFacts, rng: Random) -> FormFacts | None:
    """The total is not the sum of the scores."""
    if facts.total_score is None:
        return None
    return settle(replace(facts, total_score=facts.total_score - Decimal(rng.randint(60, 330)) / 100))


@injects("SCO-05")
def full_marks_unmet(facts: FormFacts, rng: Random) -> FormFacts | None:
    """Full marks for a missed target."""
    index = pick(facts, rng, unmet)
    return None if index is None else with_indicator(facts, index, score=facts.indicators[index].weight)


@injects("SCO-06")
def total_missing(facts: FormFacts, rng: Random) -> FormFacts | None:
    """No total score, no grade."""
    return settle(replace(facts, total_score=None, grade=""))


@injects("SCO-07")
def grade_wrong(facts: FormFacts, rng: Random) -> FormFacts | None:
    """The grade does not go with the total."""
    changed = replace(facts, grade="良" if facts.grade == "优" else "优")
    return replace(changed, narrative=narrate(changed))


@injects("WGT-01")
def weights_off(facts: FormFacts, rng: Random) -> FormFacts | None:
    """Weights that do not sum to 100 although the total row says so."""
    index = pick(facts, rng, lambda i: numeric_up(i) and (i.weight or 0) > 3)
    if index is None:
        return None
    weight = (facts.indicators[index].weight or Decimal(0)) + rng.choice((-2, -1, 2, 3))
    return with_indicator(facts, index, weight=weight, score=weight)


@injects("PLA-02")
def all_full(facts: FormFacts, rng: Random) -> FormFacts | None:
    """Full marks for everything."""
    indicators = tuple(
        replace(i, actual=i.target if unmet(i) else i.actual, score=i.weight, reason="")
        for i in facts.indicators
    )
    changed = spent_share(replace(facts, indicators=indicators), Decimal(1)) or facts
    return settle(replace(changed, total_score=Decimal(100)))


@injects("PLA-03")
def all_equal(facts: FormFacts, rng: Random) -> FormFacts | None:
    """Every actual equals its target to the digit."""
    indicators = tuple(replace(i, actual=i.target, score=i.weight, reason="") if isinstance(i.target, Decimal) else i for i in facts.indicators)  # fmt: skip
    total = (facts.budget[0].score or Decimal(0)) + sum(
        (i.score or Decimal(0) for i in indicators), Decimal(0)
    )
    return settle(replace(facts, indicators=indicators, total_score=total))


@injects("SCO-03")
def tier_missed(facts: FormFacts, rng: Random) -> FormFacts | None:
    """A qualitative indicator reported as achieved, scored below the highest tier."""
    index = pick(facts, rng, lambda i: isinstance(i.target, str) and bool(i.target) and i.score == i.weight)
    if index is None:
        return None
    weight = facts.indicators[index].weight or Decimal(0)
    return with_indicator(
        facts, index, actual="达成预期指标", score=rounded(weight * Decimal("0.4")), reason=""
    )


@injects("WGT-04")
def weight_concentrated(facts: FormFacts, rng: Random) -> FormFacts | None:
    """One indicator carries nearly all output points, the others of the group nothing."""
    chosen = [n for n, i in enumerate(facts.indicators) if i.level1 == "output"]
    points = sum((facts.indicators[n].weight or Decimal(0) for n in chosen), Decimal(0))
    first = next((n for n in chosen if facts.indicators[n].score == facts.indicators[n].weight), None)
    if first is None:
        return None
    indicators = tuple(
        replace(
            i,
            weight=points if n == first else Decimal(0),
            score=points if n == first else Decimal(0),
            reason="",
        )
        if n in chosen
        else i
        for n, i in enumerate(facts.indicators)
    )
    total = (facts.budget[0].score or Decimal(0)) + sum(
        (i.score or Decimal(0) for i in indicators), Decimal(0)
    )
    return settle(replace(facts, indicators=indicators, total_score=total))
