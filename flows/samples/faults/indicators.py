"""Faults of single indicators: blanks, values, reasons."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from flows.samples.facts import FormFacts, is_met, rounded
from flows.samples.faults.mechanism import injects, numeric_up, pick, settle, unmet, with_indicator


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
    taken = {i.name for i in facts.indicators}
    names = [name for name in ("公共服务保障水平", "管理机制健全程度", "城乡环境面貌") if name not in taken]
    name = names[0] if isinstance(indicator.target, Decimal) else indicator.name
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
    index = pick(facts, rng, lambda i: numeric_up(i) and "完成率" not in i.name and i.unit == "%" and isinstance(i.target, Decimal) and i.target >= 80 and i.level1 != "satisfaction")  # fmt: skip
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


@injects("SAT-02")
def satisfaction_blank(facts: FormFacts, rng: Random) -> FormFacts | None:
    """No satisfaction figure."""
    index = pick(facts, rng, lambda i: i.level1 == "satisfaction")
    return None if index is None else with_indicator(facts, index, actual=None, score=None)


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


@injects("IND-01")
def unmeasurable(facts: FormFacts, rng: Random) -> FormFacts | None:
    """A quantity indicator whose target is neither number nor standard."""
    index = pick(facts, rng, lambda i: i.level2 == "quantity" and numeric_up(i))
    if index is None:
        return None
    words = rng.choice(("按要求开展相关工作", "做好日常工作", "按时完成上级交办任务"))
    return with_indicator(facts, index, unit="", comparator="EQ", target=words, actual="已按要求开展")


@injects("IND-02")
def count_under_rate(facts: FormFacts, rng: Random) -> FormFacts | None:
    """An indicator called a rate with a count as value."""
    index = pick(facts, rng, lambda i: i.name.endswith("率") and i.unit == "%" and i.score == i.weight)
    if index is None:
        return None
    target = Decimal(rng.randint(120, 900))
    return with_indicator(
        facts, index, unit=rng.choice(("件", "次", "户")), comparator="GE", target=target, actual=target + 6
    )


@injects("IND-05")
def dimension_missing(facts: FormFacts, rng: Random) -> FormFacts | None:
    """No satisfaction indicator; its points go to the output indicators."""
    points = sum((i.weight or Decimal(0) for i in facts.indicators if i.level1 == "satisfaction"), Decimal(0))
    rest = [i for i in facts.indicators if i.level1 != "satisfaction"]
    index = next((n for n, i in enumerate(rest) if i.level1 == "output" and i.score == i.weight), None)
    if index is None:
        return None
    full = (rest[index].weight or Decimal(0)) + points
    rest[index] = replace(rest[index], weight=full, score=full)
    indicators = tuple(rest)
    total = (facts.budget[0].score or Decimal(0)) + sum(
        (i.score or Decimal(0) for i in indicators), Decimal(0)
    )
    return settle(replace(facts, indicators=indicators, total_score=total))


@injects("VAL-02")
def units_differ(facts: FormFacts, rng: Random) -> FormFacts | None:
    """Target and actual in units that cannot be compared."""
    index = pick(
        facts, rng, lambda i: numeric_up(i) and i.unit in {"件", "个", "户", "人", "次", "场", "人次"}
    )
    if index is None:
        return None
    indicator = facts.indicators[index]
    other = rng.choice([unit for unit in ("万元", "亩", "公里") if unit != indicator.unit])
    return with_indicator(facts, index, actual=f"{indicator.actual}{other}")


@injects("VAL-03")
def range_as_target(facts: FormFacts, rng: Random) -> FormFacts | None:
    """A target given as a range."""
    index = pick(facts, rng, lambda i: numeric_up(i) and i.unit not in {"%", "‰"})
    if index is None:
        return None
    target, unit = facts.indicators[index].target, facts.indicators[index].unit
    assert isinstance(target, Decimal)
    low = target - max(Decimal(1), rounded(target / 10, Decimal(1)))
    return with_indicator(facts, index, target=f"{low:f}-{target:f}{unit}")


@injects("SAT-03")
def silence_is_satisfaction(facts: FormFacts, rng: Random) -> FormFacts | None:
    """Satisfaction concluded from the absence of complaints."""
    index = pick(facts, rng, lambda i: i.level1 == "satisfaction")
    if index is None:
        return None
    words = rng.choice(("全年无投诉，满意度100%", "未收到群众投诉，满意度100%", "0投诉，满意率100%"))
    facts = with_indicator(facts, index, actual=words)
    told = "全年未接到服务对象投诉，服务对象满意度为100%。"
    return replace(facts, narrative=tuple(told if "问卷" in line else line for line in facts.narrative))
