"""Faults of the budget block: sums, rates, blanks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from flows.samples.facts import BudgetFact, FormFacts, rounded
from flows.samples.faults.mechanism import injects, settle, with_line


@injects("FUN-01")
def sources_off(facts: FormFacts, rng: Random) -> FormFacts | None:
    """The total differs from the sum of its sources."""
    fiscal = facts.line("fiscal")
    public = facts.line("general_public")
    if not fiscal or fiscal.executed is None or not public or public.executed is None:
        return None
    off = Decimal(rng.randint(120, 2400)) * 100
    facts = with_line(
        facts, "fiscal", executed=fiscal.executed - off, rate=_rate(fiscal, fiscal.executed - off)
    )
    return with_line(
        facts, "general_public", executed=public.executed - off, rate=_rate(public, public.executed - off)
    )


def _rate(line: BudgetFact, executed: Decimal) -> Decimal | None:
    return rounded(executed / line.adjusted, Decimal("0.0001")) if line.adjusted else None


@injects("FUN-04")
def natures_off(facts: FormFacts, rng: Random) -> FormFacts | None:
    """Basic and project expenditure do not add up to the total, in the form and in the narrative."""
    basic = facts.line("basic")
    if not basic or basic.executed is None:
        return None
    off = Decimal(rng.randint(150, 3000)) * 100
    return settle(
        with_line(facts, "basic", executed=basic.executed - off, rate=_rate(basic, basic.executed - off))
    )


@injects("EXE-02")
def rate_wrong(facts: FormFacts, rng: Random) -> FormFacts | None:
    """The printed rate is not executed over budget."""
    total = facts.line("total")
    if not total or total.rate is None:
        return None
    wrong = total.rate - Decimal(rng.randint(120, 700)) / 10000
    return with_line(facts, "total", rate=wrong)


@injects("EXE-03")
def over_spent(facts: FormFacts, rng: Random) -> FormFacts | None:
    """More spent than the adjusted budget: a rate above 100 %."""
    return spent_share(facts, Decimal(rng.randint(1030, 2900)) / 1000)


@injects("EXE-06")
def under_spent(facts: FormFacts, rng: Random) -> FormFacts | None:
    """A rate below 90 % with no reason anywhere."""
    facts = spent_share(facts, Decimal(rng.randint(520, 840)) / 1000) or facts
    indicators = tuple(
        replace(i, actual=i.target, score=i.weight, reason="") if i.reason else i for i in facts.indicators
    )
    total = (facts.budget[0].score or Decimal(0)) + sum(
        (i.score or Decimal(0) for i in indicators), Decimal(0)
    )
    return settle(replace(facts, indicators=indicators, total_score=total))


def spent_share(facts: FormFacts, share: Decimal) -> FormFacts | None:
    """Every line's spending set to a share of its adjusted budget; score and total follow, capped at the weight."""
    lines: list[BudgetFact] = []
    spent: dict[str, Decimal] = {}
    for line in facts.budget:
        spent[line.key] = rounded((line.adjusted or Decimal(0)) * share / 100, Decimal(1)) * 100
    spent["fiscal"] = spent["total"] - spent["carryover"] - spent["other"]
    spent["general_public"] = spent["fiscal"] - spent["government_fund"]
    spent["special_account"] = spent["carryover"]
    if "basic" in spent:
        spent["project"] = spent["total"] - spent["basic"]
    for line in facts.budget:
        rate = _rate(line, spent[line.key])
        score = None
        if line.max_score is not None and rate is not None:
            score = min(line.max_score, rounded(line.max_score * rate))
        lines.append(replace(line, executed=spent[line.key], rate=rate, score=score))
    total = facts.total_score
    if total is not None:
        total += (lines[0].score or Decimal(0)) - (facts.budget[0].score or Decimal(0))
    line = next((line for line in lines if line.key == "project"), lines[0])
    parts = facts.breakdown.parts
    whole = line.executed or Decimal(0)
    first, second = (rounded(amount * share / 100, Decimal(1)) * 100 for _, amount in parts[:2])
    kept = ((parts[0][0], first), (parts[1][0], second), (parts[2][0], whole - first - second))
    breakdown = replace(facts.breakdown, parts=kept)
    return settle(replace(facts, budget=tuple(lines), total_score=total, breakdown=breakdown))


@injects("EXE-08")
def zero_budget(facts: FormFacts, rng: Random) -> FormFacts | None:
    """A budget of zero with 100 % claimed."""
    lines = tuple(
        replace(
            line,
            initial=Decimal(0),
            adjusted=Decimal(0),
            executed=Decimal(0),
            rate=Decimal(1),
            score=line.max_score,
        )
        for line in facts.budget
    )
    total = facts.total_score
    if total is not None:
        total += (lines[0].score or Decimal(0)) - (facts.budget[0].score or Decimal(0))
    nothing = tuple((name, Decimal(0)) for name, _ in facts.breakdown.parts)
    breakdown, supplements = replace(facts.breakdown, parts=nothing), (Decimal(0), Decimal(0))
    return settle(
        replace(facts, budget=lines, total_score=total, breakdown=breakdown, supplements=supplements)
    )


@injects("CMP-04")
def amounts_blank(facts: FormFacts, rng: Random) -> FormFacts | None:
    """Execution columns of the total left blank."""
    return settle(with_line(facts, "total", executed=None, rate=None, score=None))


@injects("EXE-01")
def rate_blank(facts: FormFacts, rng: Random) -> FormFacts | None:
    """Amounts stand, rate and score of the total do not."""
    return settle(with_line(facts, "total", rate=None, score=None))


@injects("EXE-05")
def nothing_moved(facts: FormFacts, rng: Random) -> FormFacts | None:
    """Initial, adjusted and executed are equal in every line."""
    lines = tuple(
        replace(line, adjusted=line.initial, executed=line.initial, rate=Decimal(1), score=line.max_score)
        for line in facts.budget
    )
    total = facts.total_score
    if total is not None:
        total += (lines[0].score or Decimal(0)) - (facts.budget[0].score or Decimal(0))
    line = next((line for line in lines if line.key == "project"), lines[0])
    whole = line.executed or Decimal(0)
    parts = facts.breakdown.parts
    first, second = parts[0][1], parts[1][1]
    breakdown = replace(facts.breakdown, parts=(parts[0], parts[1], (parts[2][0], whole - first - second)))
    cut = facts.supplements[1]
    return settle(
        replace(facts, budget=lines, total_score=total, breakdown=breakdown, supplements=(cut, cut))
    )


@injects("FUN-02")
def parts_off(facts: FormFacts, rng: Random) -> FormFacts | None:
    """The parts listed in the narrative do not add up to their whole."""
    (name, amount), *rest = facts.breakdown.parts
    changed = replace(
        facts, breakdown=replace(facts.breakdown, parts=((name, amount + rng.randint(80, 900) * 100), *rest))
    )
    return settle(changed)


@injects("FUN-03")
def supplements_off(facts: FormFacts, rng: Random) -> FormFacts | None:
    """What was added and cut does not lead from the initial to the adjusted budget."""
    added, cut = facts.supplements
    return settle(replace(facts, supplements=(added + rng.randint(60, 700) * 100, cut)))
