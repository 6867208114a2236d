"""Faults put into sound facts, each named after the check that should notice it.

An injector changes as little as it can: where other figures follow from the changed one (a total from its scores), they are
carried along, so that the named check is the one that fails. It returns None where the facts give no occasion.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

from flows.samples.facts import BudgetFact, FormFacts, IndicatorFact, grade_of, is_met, rounded
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
    return _spent(facts, Decimal(rng.randint(1030, 2900)) / 1000)


@injects("EXE-06")
def under_spent(facts: FormFacts, rng: Random) -> FormFacts | None:
    """A rate below 90 % with no reason anywhere."""
    facts = _spent(facts, Decimal(rng.randint(520, 840)) / 1000) or facts
    indicators = tuple(
        replace(i, actual=i.target, score=i.weight, reason="") if i.reason else i for i in facts.indicators
    )
    total = (facts.budget[0].score or Decimal(0)) + sum(
        (i.score or Decimal(0) for i in indicators), Decimal(0)
    )
    return settle(replace(facts, indicators=indicators, total_score=total))


def _spent(facts: FormFacts, share: Decimal) -> FormFacts | None:
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
    return settle(replace(facts, budget=tuple(lines), total_score=total))


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
    return settle(replace(facts, budget=lines, total_score=total))


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


@injects("CMP-03")
def actual_blank(facts: FormFacts, rng: Random) -> FormFacts | None:
    """An actual left blank, and its score with it."""
    index = pick(facts, rng, numeric_up)
    return None if index is None else with_indicator(facts, index, actual=None, score=None)


@injects("CMP-05")
def target_blank(facts: FormFacts, rng: Random) -> FormFacts | None:
    """A target left blank."""
    index = pick(facts, rng, numeric_up)
    return None if index is None else with_indicator(facts, index, target=None)


@injects("CMP-08")
def prompt_left(facts: FormFacts, rng: Random) -> FormFacts | None:
    """A placeholder where the actual should stand."""
    index = pick(facts, rng, numeric_up)
    if index is None:
        return None
    return with_indicator(facts, index, actual=rng.choice(("XX", "**", "……", "XXX")), score=None)


@injects("DEV-02")
def reason_missing(facts: FormFacts, rng: Random) -> FormFacts | None:
    """Unmet and silent about it."""
    index = pick(facts, rng, lambda i: unmet(i) and bool(i.reason))
    if index is None:
        return None
    indicators = tuple(replace(i, reason="") for i in facts.indicators)
    return settle(replace(facts, indicators=indicators))


@injects("DEV-03")
def far_over(facts: FormFacts, rng: Random) -> FormFacts | None:
    """Far above the target, no word why."""
    index = pick(facts, rng, lambda i: numeric_up(i) and i.unit != "%")
    if index is None:
        return None
    target = facts.indicators[index].target
    assert isinstance(target, Decimal)
    actual = rounded(target * Decimal(rng.randint(190, 420)) / 100, Decimal(1))
    return with_indicator(facts, index, actual=actual, reason="")


@injects("DEV-05")
def reason_needless(facts: FormFacts, rng: Random) -> FormFacts | None:
    """A reason for missing a target that was met."""
    index = pick(facts, rng, lambda i: numeric_up(i) and not i.reason)
    if index is None:
        return None
    reason = "受疫情影响部分任务推迟，未能按期完成，下年度加快进度"
    return with_indicator(facts, index, retell=False, reason=reason)


@injects("IND-03")
def qualitative_echo(facts: FormFacts, rng: Random) -> FormFacts | None:
    """A qualitative actual that repeats its target."""
    index = pick(facts, rng, lambda i: i.level2 in {"social", "sustained", "ecological"})
    if index is None:
        return None
    indicator = facts.indicators[index]
    words = rng.choice(("有效提升", "持续改善", "稳步推进"))
    name = "公共服务保障水平" if isinstance(indicator.target, Decimal) else indicator.name
    return with_indicator(
        facts,
        index,
        name=name,
        unit="",
        comparator="EQ",
        target=words,
        actual=words,
        score=indicator.weight,
        reason="",
    )


@injects("IND-07")
def twice(facts: FormFacts, rng: Random) -> FormFacts | None:
    """One indicator entered and scored twice."""
    same = [i for i in facts.indicators if i.level2 == "quantity"]
    if len(same) < 2:
        return None
    first, second = facts.indicators.index(same[0]), facts.indicators.index(same[-1])
    one = facts.indicators[first]
    return with_indicator(
        facts, second, name=one.name, unit=one.unit, target=one.target, actual=one.actual, comparator=one.comparator,
        score=facts.indicators[second].weight if is_met(one) else rounded((one.score or Decimal(0)) / (one.weight or Decimal(1)) * (facts.indicators[second].weight or 0)),
        reason=one.reason,
    )  # fmt: skip


@injects("VAL-01")
def magnitude(facts: FormFacts, rng: Random) -> FormFacts | None:
    """An actual ten thousand times the target: one of them lost its 万."""
    index = pick(facts, rng, lambda i: numeric_up(i) and i.unit not in {"%", "‰"} and i.target <= 5000)  # type: ignore[operator]
    if index is None:
        return None
    actual = facts.indicators[index].actual
    assert isinstance(actual, Decimal)
    return with_indicator(facts, index, actual=actual * 10000)


@injects("VAL-04")
def percent_above(facts: FormFacts, rng: Random) -> FormFacts | None:
    """A share above 100 %."""
    index = pick(facts, rng, lambda i: i.unit == "%" and i.comparator == "GE" and isinstance(i.target, Decimal) and i.target >= 80 and i.level1 != "satisfaction")  # fmt: skip
    if index is None:
        return None
    weight = facts.indicators[index].weight
    return with_indicator(facts, index, actual=Decimal(rng.randint(1015, 1180)) / 10, score=weight, reason="")


@injects("VAL-07")
def bound_as_actual(facts: FormFacts, rng: Random) -> FormFacts | None:
    """A bound where a figure should stand."""
    index = pick(facts, rng, numeric_up)
    if index is None:
        return None
    target = facts.indicators[index].target
    unit = facts.indicators[index].unit
    return with_indicator(facts, index, actual=f"≥{target:f}{unit}")


@injects("VAL-08")
def words_as_actual(facts: FormFacts, rng: Random) -> FormFacts | None:
    """A word where a number was promised."""
    index = pick(facts, rng, numeric_up)
    return (
        None if index is None else with_indicator(facts, index, actual=rng.choice(("完成", "已完成", "达标")))
    )


def _told(facts: FormFacts, rng: Random) -> int | None:
    """An indicator whose figures the narrative quotes."""
    text = "".join(facts.narrative)
    return pick(facts, rng, lambda i: numeric_up(i) and f"{i.name}年初目标值" in text)


@injects("NAR-01")
def told_actual_differs(facts: FormFacts, rng: Random) -> FormFacts | None:
    """The narrative gives another actual than the form."""
    return _tell_otherwise(facts, rng, "actual")


@injects("NAR-02")
def told_target_differs(facts: FormFacts, rng: Random) -> FormFacts | None:
    """The narrative gives another target than the form."""
    return _tell_otherwise(facts, rng, "target")


def _tell_otherwise(facts: FormFacts, rng: Random, side: str) -> FormFacts | None:
    index = _told(facts, rng)
    if index is None:
        return None
    indicator = facts.indicators[index]
    value = indicator.actual if side == "actual" else indicator.target
    assert isinstance(value, Decimal)
    step = Decimal(1) if value == value.to_integral_value() else Decimal("0.1")
    move = max(step, rounded(value * rng.randint(20, 60) / 1000, step))
    moved = value + move if side == "actual" and indicator.unit != "%" else value - move
    story = replace(indicator, **{side: moved})
    told = replace(facts, indicators=(*facts.indicators[:index], story, *facts.indicators[index + 1 :]))
    count = len(facts.indicators)
    narrative = tuple(
        line.replace(_counts(told.met, count), _counts(facts.met, count)) for line in narrate(told)
    )
    return replace(facts, narrative=narrative)


def _counts(met: int, count: int) -> str:
    return f"已完成{met}项，未完成{count - met}项"


@injects("NAR-03")
def told_counts_differ(facts: FormFacts, rng: Random) -> FormFacts | None:
    """The narrative counts met and unmet indicators otherwise than the table shows."""
    count, met = len(facts.indicators), facts.met
    other = met - 1 if met == count else met + 1
    return _retold(facts, _counts(met, count), _counts(other, count))


def _retold(facts: FormFacts, old: str, new: str) -> FormFacts | None:
    narrative = tuple(line.replace(old, new) for line in facts.narrative)
    return replace(facts, narrative=narrative) if narrative != facts.narrative else None


@injects("NAR-05")
def staff_off(facts: FormFacts, rng: Random) -> FormFacts | None:
    """The kinds of staff do not add up."""
    s = facts.staffing
    changed = replace(facts, staffing=replace(s, career=s.career + rng.choice((-3, -2, 2, 4))))
    return replace(changed, narrative=narrate(changed))


@injects("NAR-09")
def told_score_differs(facts: FormFacts, rng: Random) -> FormFacts | None:
    """The narrative gives another total score than the form."""
    if facts.total_score is None:
        return None
    told = replace(facts, total_score=facts.total_score - Decimal(rng.randint(15, 150)) / 100)
    return replace(facts, narrative=narrate(told))


@injects("SAT-02")
def satisfaction_blank(facts: FormFacts, rng: Random) -> FormFacts | None:
    """No satisfaction figure."""
    index = pick(facts, rng, lambda i: i.level1 == "satisfaction")
    return None if index is None else with_indicator(facts, index, actual=None, score=None)


@injects("PLA-02")
def all_full(facts: FormFacts, rng: Random) -> FormFacts | None:
    """Full marks for everything."""
    indicators = tuple(
        replace(i, actual=i.target if unmet(i) else i.actual, score=i.weight, reason="")
        for i in facts.indicators
    )
    changed = _spent(replace(facts, indicators=indicators), Decimal(1)) or facts
    return settle(replace(changed, total_score=Decimal(100)))


@injects("PLA-03")
def all_equal(facts: FormFacts, rng: Random) -> FormFacts | None:
    """Every actual equals its target to the digit."""
    indicators = tuple(replace(i, actual=i.target, score=i.weight, reason="") if isinstance(i.target, Decimal) else i for i in facts.indicators)  # fmt: skip
    total = (facts.budget[0].score or Decimal(0)) + sum(
        (i.score or Decimal(0) for i in indicators), Decimal(0)
    )
    return settle(replace(facts, indicators=indicators, total_score=total))


@injects("IND-12")
def few_indicators(facts: FormFacts, rng: Random) -> FormFacts | None:
    """Three indicators carry everything."""
    keep = [
        next(i for i in facts.indicators if i.level1 == key) for key in ("output", "outcome", "satisfaction")
    ]
    points = {key: sum((i.weight or Decimal(0) for i in facts.indicators if i.level1 == key), Decimal(0)) for key in ("output", "outcome", "satisfaction")}  # fmt: skip
    indicators = tuple(replace(i, weight=points[i.level1], score=points[i.level1], actual=i.target if unmet(i) else i.actual, reason="") for i in keep)  # fmt: skip
    total = (facts.budget[0].score or Decimal(0)) + sum(
        (i.score or Decimal(0) for i in indicators), Decimal(0)
    )
    return settle(replace(facts, indicators=indicators, total_score=total))


def faulty(facts: FormFacts, check_ids: Sequence[str], rng: Random) -> FormFacts:
    """The facts with each fault that finds an occasion."""
    for check_id in check_ids:
        facts = inject(facts, check_id, rng) or facts
    return facts
