"""Sound self-evaluations, seeded: every sum adds up and every score follows the rule of the unit's region."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from random import Random

from flows.samples.facts import (
    Breakdown,
    BudgetFact,
    FormFacts,
    IndicatorFact,
    Inspection,
    Staffing,
    Survey,
    grade_of,
    is_met,
    rounded,
)
from flows.samples.narrative import narrate
from flows.samples.vocabulary import departments, offered, vocabulary

HUNDRED = Decimal(100)
RATE_STEP = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Shares:
    """Points a rule gives to execution, output, outcome and satisfaction."""

    execution: int
    output: int
    outcome: int
    satisfaction: int


SHARES = {
    "national": Shares(10, 50, 30, 10),
    "hunan-a": Shares(10, 50, 30, 10),
    "sichuan": Shares(10, 50, 30, 10),
    "hubei": Shares(20, 40, 30, 10),
    "indicators_only": Shares(0, 50, 40, 10),
}

CATEGORIES: tuple[tuple[str, str, int], ...] = (
    ("output", "quantity", 3),
    ("output", "quality", 2),
    ("output", "timeliness", 2),
    ("output", "cost", 2),
    ("outcome", "economic", 1),
    ("outcome", "social", 2),
    ("outcome", "ecological", 1),
    ("outcome", "sustained", 1),
    ("satisfaction", "satisfaction", 1),
)


def make_facts(
    seed: int,
    *,
    department: str | None = None,
    region: str | None = None,
    year: int = 2024,
    scope: str = "overall",
    rule: str | None = None,
) -> FormFacts:
    """One sound self-evaluation; the same arguments give the same facts."""
    rng = Random(f"{seed}|{department}|{region}|{year}|{scope}")
    words = vocabulary()
    region = region or rng.choice(list(words["regions"]))
    department = department or rng.choice(departments())
    rule = rule or str(words["regions"][region]["rule"])
    shares = SHARES[rule]
    survey = _survey(rng)
    budget = _budget(rng, Decimal(shares.execution), scope)
    indicators = _indicators(rng, department, shares, rule, survey, year)
    execution_score = budget[0].score or Decimal(0)
    total = execution_score + sum((i.score or Decimal(0) for i in indicators), Decimal(0))
    unit = region + department
    facts = FormFacts(
        unit=unit,
        unit_code=words["regions"][region]["code"] + f"{departments().index(department) + 1:03d}",
        supervisor=unit,
        region=region,
        department=department,
        year=year,
        scope=scope,
        project=rng.choice(words["departments"][department]["projects"]) if scope == "project" else "",
        rule=rule,
        execution_weight=Decimal(shares.execution),
        budget=budget,
        indicators=indicators,
        total_weight=HUNDRED,
        total_score=total,
        grade=grade_of(total),
        goal=f"围绕{department}年度重点工作，抓好各项任务落实，按时足额使用财政资金，提升服务质量。",
        outcome=f"年度重点工作按计划推进，资金使用合规，{department}服务能力得到增强。",
        staffing=_staffing(rng),
        survey=survey,
        breakdown=_breakdown(rng, budget, words["departments"][department]["projects"]),
        supplements=_supplements(rng, budget),
        inspection=_inspection(rng),
        voice=rng.randint(0, 2),
        contact=rng.choice(words["surnames"]) + rng.choice(words["given_names"]),
        phone=f"07{rng.randint(10, 99)}-{rng.randint(2000000, 8999999)}",
        filled_on=date(year + 1, rng.choice((2, 3)), rng.randint(1, 28)),
    )
    return replace(facts, narrative=narrate(facts))


def _yuan(rng: Random, low: int, high: int) -> Decimal:
    """An amount between two figures in 万元, to the hundred yuan (two decimals of 万元)."""
    return Decimal(rng.randint(low * 100, high * 100)) * HUNDRED


def _part(rng: Random, whole: Decimal, low: int, high: int) -> Decimal:
    """A share of `whole` between two permille, to the hundred yuan."""
    return rounded(whole * rng.randint(low, high) / 1000 / HUNDRED, Decimal(1)) * HUNDRED


def _budget(rng: Random, weight: Decimal, scope: str) -> tuple[BudgetFact, ...]:
    """Budget lines whose printed rate, exact rate and whole-percent rate give the same score, so that no rule is put in doubt."""
    lines: tuple[BudgetFact, ...] = ()
    for _ in range(50):
        lines = _draw_budget(rng, weight, scope)
        exact = weight * (lines[0].executed or 0) / (lines[0].adjusted or 1)
        whole_percent = weight * rounded(lines[0].rate or Decimal(0), Decimal("0.01"))
        within = all((line.executed or 0) <= (line.adjusted or 0) for line in lines)
        if (
            within
            and rounded(exact) == (lines[0].score or 0)
            and abs(whole_percent - exact) < Decimal("0.06")
        ):
            return lines
    return lines


def _draw_budget(rng: Random, weight: Decimal, scope: str) -> tuple[BudgetFact, ...]:
    initial = _yuan(rng, 60, 900) if scope == "project" else _yuan(rng, 400, 9000)
    adjusted = initial + _part(rng, initial, 15, 140)
    executed = _part(rng, adjusted, 915, 996)
    rows: dict[str, tuple[Decimal, Decimal, Decimal]] = {"total": (initial, adjusted, executed)}
    carry = [_part(rng, amount, 20, 50) for amount in (initial, adjusted)]
    other = [_part(rng, amount, 10, 30) for amount in (initial, adjusted)]
    carry_spent, other_spent = _part(rng, carry[1], 900, 990), _part(rng, other[1], 900, 990)
    rows["carryover"] = (carry[0], carry[1], carry_spent)
    rows["other"] = (other[0], other[1], other_spent)
    fiscal = (
        initial - carry[0] - other[0],
        adjusted - carry[1] - other[1],
        executed - carry_spent - other_spent,
    )
    rows["fiscal"] = fiscal
    fund = [_part(rng, amount, 60, 120) for amount in fiscal[:2]]
    fund_spent = _part(rng, fund[1], 900, 990)
    rows["government_fund"] = (fund[0], fund[1], fund_spent)
    rows["general_public"] = (fiscal[0] - fund[0], fiscal[1] - fund[1], fiscal[2] - fund_spent)
    rows["special_account"] = rows["carryover"]
    if scope == "overall":
        share = rng.randint(380, 720)
        basic = [_part(rng, amount, share, share + 4) for amount in (initial, adjusted, executed)]
        rows["basic"] = (basic[0], basic[1], min(basic[2], basic[1]))
        rows["project"] = (initial - basic[0], adjusted - basic[1], executed - rows["basic"][2])
    order = (
        "total",
        "fiscal",
        "general_public",
        "government_fund",
        "special_account",
        "carryover",
        "other",
        "basic",
        "project",
    )
    return tuple(_line(key, *rows[key], weight) for key in order if key in rows)


def _line(key: str, initial: Decimal, adjusted: Decimal, executed: Decimal, weight: Decimal) -> BudgetFact:
    rate = rounded(executed / adjusted, RATE_STEP) if adjusted else None
    if key != "total":
        return BudgetFact(key, initial, adjusted, executed, rate)
    if not weight:
        return BudgetFact(key, initial, adjusted, executed, rate)
    return BudgetFact(key, initial, adjusted, executed, rate, weight, rounded(weight * (rate or 0)))


def split_points(points: int, parts: int) -> list[Decimal]:
    """`points` in `parts` whole numbers as even as can be, the larger first."""
    low, more = divmod(points, parts)
    return [Decimal(low + (1 if index < more else 0)) for index in range(parts)]


def _indicators(
    rng: Random, department: str, shares: Shares, rule: str, survey: Survey, year: int
) -> tuple[IndicatorFact, ...]:
    drawn: list[IndicatorFact] = []
    for level1, level2, count in CATEGORIES:
        choices = offered(department, level2)
        own = len(vocabulary()["departments"][department].get(level2, []))
        names = choices[: min(own, count)] + rng.sample(choices[own:], max(0, count - own))
        if rng.random() < 0.35 and len(names) < len(choices) and level2 != "satisfaction":
            names.append(next(choice for choice in choices if choice not in names))
        for name, unit, comparator, typical in names:
            target = _target(rng, unit, typical)
            if isinstance(target, str):
                target = target.replace("{year}", str(year))
            drawn.append(IndicatorFact(level1, level2, name, unit, comparator, target))
    weights: list[Decimal] = []
    for level1 in ("output", "outcome", "satisfaction"):
        count = sum(indicator.level1 == level1 for indicator in drawn)
        weights += split_points(getattr(shares, level1), count)
    numeric = [
        index
        for index, fact in enumerate(drawn)
        if fact.unit
        and fact.comparator == "GE"
        and fact.level1 == "output"
        and isinstance(fact.target, Decimal)
        and fact.target > 20
    ]
    short = set(rng.sample(numeric, k=min(len(numeric), rng.choice((1, 1, 2)))))
    return tuple(
        _perform(rng, replace(fact, weight=weight), rule, survey, index in short)
        for index, (fact, weight) in enumerate(zip(drawn, weights, strict=True))
    )


def _target(rng: Random, unit: str, typical: Decimal | str) -> Decimal | str:
    if isinstance(typical, str) and "|" in typical:
        return typical
    if isinstance(typical, str):
        return rng.choice(vocabulary()["qualitative"]["targets"])
    if unit in {"%", "‰"} or typical < 10:
        return typical
    moved = typical * rng.randint(82, 118) / HUNDRED
    digits = max(0, moved.adjusted() - 2)
    step = Decimal(10) ** digits if typical == typical.to_integral_value() else Decimal("0.1")
    return rounded(moved / step, Decimal(1)) * step


def _perform(rng: Random, fact: IndicatorFact, rule: str, survey: Survey, short: bool) -> IndicatorFact:
    """The actual, score and reason of one indicator: short of its target, or met by a believable margin."""
    weight = fact.weight or Decimal(0)
    words = vocabulary()
    if isinstance(fact.target, str) and "|" in fact.target:
        target, _, actual = fact.target.partition("|")
        return replace(fact, target=target, actual=actual, score=weight, comparator="EQ")
    if isinstance(fact.target, str):
        return replace(
            fact, actual=rng.choice(words["qualitative"]["achieved"]), score=weight, comparator="EQ"
        )
    target = fact.target or Decimal(0)
    if fact.level2 == "satisfaction":
        return replace(fact, actual=survey.rate, score=weight)
    step = Decimal(1) if target == target.to_integral_value() else Decimal("0.1")
    if fact.unit == "%":
        step = Decimal("0.1")
    if short and target > 5:
        actual = min(rounded(target * rng.randint(860, 975) / 1000, step), target - step)
        score = rounded(weight * actual / target)
        return replace(fact, actual=actual, score=score, reason=rng.choice(words["reasons"]))
    if fact.comparator == "EQ":
        actual = target
    elif fact.comparator in {"LE", "LT"}:
        actual = rounded(target * rng.randint(820, 990) / 1000, step)
    else:
        actual = rounded(target * rng.randint(1005, 1160) / 1000, step)
        if fact.unit == "%":
            actual = min(actual, HUNDRED)
    result = replace(fact, actual=actual, score=weight)
    return result if is_met(result) else replace(result, actual=target)


def _breakdown(rng: Random, budget: tuple[BudgetFact, ...], projects: list[str]) -> Breakdown:
    """Three parts of project expenditure (of all of it in a project's form), to the hundred yuan."""
    line = next((line for line in budget if line.key == "project"), budget[0])
    whole = line.executed or Decimal(0)
    first = _part(rng, whole, 300, 450)
    second = _part(rng, whole, 200, 350)
    names = (*projects[:2], "其他业务工作经费")
    return Breakdown(tuple(zip(names, (first, second, whole - first - second), strict=True)))


def _supplements(rng: Random, budget: tuple[BudgetFact, ...]) -> tuple[Decimal, Decimal]:
    """What was added and what was cut; the difference is the change from the initial to the adjusted budget."""
    change = (budget[0].adjusted or Decimal(0)) - (budget[0].initial or Decimal(0))
    cut = _part(rng, change, 100, 400)
    return change + cut, cut


def _inspection(rng: Random) -> Inspection:
    done = rng.randint(41, 320)
    passed = done - rng.randint(1, max(2, done // 15))
    return Inspection(done, passed, rounded(Decimal(passed) / done * HUNDRED))


def _staffing(rng: Random) -> Staffing:
    civil, career, support = rng.randint(12, 40), rng.randint(15, 70), rng.randint(1, 6)
    staff = civil + career + support
    return Staffing(
        rng.randint(5, 12), rng.randint(2, 9), staff + rng.randint(1, 9), staff, civil, career, support
    )


def _survey(rng: Random) -> Survey:
    sent = rng.choice((126, 154, 183, 217, 264, 318))
    return Survey(sent, sent - rng.randint(4, 11), Decimal(rng.randint(928, 987)) / 10, rng.randint(10, 12))
