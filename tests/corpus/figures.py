"""Figures for the wordings: drawn so that they agree, and once more so that one of them does not.

Every draw gives two mappings of placeholders, the right one and the wrong one. Figures in 万元 have two decimals, percentages two;
`…0` and `…1` beside a percentage are the same rounded to none and one decimal, as reports print it.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

from flows.samples.facts import FormFacts, IndicatorFact, is_met, rounded
from flows.samples.printing import number

Words = dict[str, str]
Draw = Callable[[FormFacts, Random], tuple[Words, Words] | None]
DRAWS: dict[str, Draw] = {}

OFFICES = (
    "办公室",
    "计划财务股",
    "政策法规股",
    "业务管理股",
    "行政审批股",
    "监督检查股",
    "综合协调股",
    "人事教育股",
)
INSTITUTIONS = ("综合执法大队", "服务中心", "信息中心", "技术推广站", "监测站", "培训中心")
PARTS = ("业务工作经费", "设备购置", "信息化运维", "宣传培训", "专项补助")


def draws(name: str) -> Callable[[Draw], Draw]:
    """Register a draw under the name that the wordings call it by."""

    def register(draw: Draw) -> Draw:
        DRAWS[name] = draw
        return draw

    return register


def _percent(part: Decimal | int, whole: Decimal | int, name: str = "rate") -> Words:
    exact = Decimal(part) / Decimal(whole) * 100
    return _printed(exact, name)


def _printed(exact: Decimal, name: str) -> Words:
    return {
        name: f"{rounded(exact):.2f}",
        f"{name}1": f"{rounded(exact, Decimal('0.1')):.1f}",
        f"{name}0": f"{rounded(exact, Decimal(1)):.0f}",
    }


def _moved(words: Words, name: str, rng: Random, low: int = 150, high: int = 900) -> Words:
    """The percentage `name` off by some points."""
    step = Decimal(rng.randint(low, high)) / 100
    value = Decimal(words[name])
    wrong = value - step if value - step > 3 else value + step
    return {**words, **_printed(wrong, name)}


def _wan(rng: Random, low: int, high: int) -> Decimal:
    """An amount in 万元 with two decimals."""
    return Decimal(rng.randint(low * 100, high * 100)) / 100


def _money(**amounts: Decimal) -> Words:
    return {name: f"{amount:.2f}" for name, amount in amounts.items()}


def _tenths(*amounts: Decimal) -> Words:
    """The amounts printed with one decimal each: their sum may be off by a tenth."""
    return {f"r{n}": f"{rounded(amount, Decimal('0.1')):.1f}" for n, amount in enumerate(amounts)}


@draws("none")
def none(facts: FormFacts, rng: Random) -> tuple[Words, Words]:
    """Sentences without figures."""
    return {}, {}


@draws("share")
def share(facts: FormFacts, rng: Random) -> tuple[Words, Words]:
    """k of n, and the share."""
    n = rng.randint(61, 620)
    k = n - rng.randint(2, max(3, n // 5))
    right = {"n": str(n), "k": str(k), "left": str(n - k), "few": str(rng.randint(3, 40)), **_percent(k, n)}
    right |= {"floor": str(int(Decimal(k) / n * 100)), "low": str(rng.randint(55, 78))}
    return right, _moved(right, "rate", rng)


@draws("excess")
def excess(facts: FormFacts, rng: Random) -> tuple[Words, Words]:
    """a against a lower target t: how far over, and which share of it."""
    t = rng.randint(110, 900)
    a = t + rng.randint(t // 20 + 2, t // 2)
    right = {"t": str(t), "a": str(a), "times": "2", **_percent(a - t, t, "over"), **_percent(a, t, "done")}
    return right, _moved(_moved(right, "over", rng), "done", rng)


@draws("growth")
def growth(facts: FormFacts, rng: Random) -> tuple[Words, Words]:
    """a this year, b last year, growth."""
    b = rng.randint(210, 900)
    a = b + rng.randint(b // 20 + 3, b // 2)
    right = {"a": str(a), "b": str(b), "low": "6.3", **_percent(a - b, b, "g")}
    return right, _moved(right, "g", rng)


@draws("drop")
def drop(facts: FormFacts, rng: Random) -> tuple[Words, Words]:
    """From b down to a, and by how much."""
    b = rng.randint(110, 600)
    a = b - rng.randint(b // 10 + 2, b // 2)
    right = {"a": str(a), "b": str(b), **_percent(b - a, b, "d")}
    return right, _moved(right, "d", rng)


@draws("average")
def average(facts: FormFacts, rng: Random) -> tuple[Words, Words]:
    """x 万元 for n, each avg 元."""
    n = rng.randint(120, 900)
    x = _wan(rng, 90, 600)
    exact = x * 10000 / n
    right = {"x": f"{x:.2f}", "n": str(n), "high": str(int(exact * 2)), **_printed(exact, "avg")}
    return right, {**right, **_printed(exact * Decimal("1.23"), "avg")}


@draws("execution")
def execution(facts: FormFacts, rng: Random) -> tuple[Words, Words]:
    """a spent of b, both in 万元."""
    b = _wan(rng, 120, 900)
    a = rounded(b * rng.randint(820, 975) / 1000)
    right = {**_money(a=a, b=b, left=b - a), "low": str(rng.randint(45, 60)), **_percent(a, b)}
    return right, _moved(right, "rate", rng)


def _staff(rng: Random) -> dict[str, int]:
    civil, career, support = rng.randint(12, 40), rng.randint(15, 70), rng.randint(2, 7)
    return {
        "civil": civil,
        "career": career,
        "support": support,
        "staff": civil + career + support,
        "retired": rng.randint(11, 60),
        "some": rng.randint(8, 12),
    }


@draws("staff")
def staff(facts: FormFacts, rng: Random) -> tuple[Words, Words]:
    """Staff by kinds; wrong by one head to a third of the whole, either way."""
    s = _staff(rng)
    s |= {"posts": s["staff"] + rng.randint(1, 9), "before": s["staff"] + rng.choice((-2, -1, 1, 3))}
    step = rng.choice((1, -1, 2, -3, 4, 6, -6, 9, 14))
    wrong = {**s, "career": max(1, s["career"] + step)}
    return tuple(_strings({**told, "men": told["career"] + told["support"]}) for told in (s, wrong))  # type: ignore[return-value]


@draws("posts")
def posts(facts: FormFacts, rng: Random) -> tuple[Words, Words]:
    """Authorised posts by kinds."""
    s = _staff(rng)
    s |= {"posts": s["staff"], "staff": s["staff"] - rng.randint(1, 6)}
    return _strings(s), _strings({**s, "civil": s["civil"] + rng.choice((-4, -2, 1, 3, 8))})


@draws("offices")
def offices(facts: FormFacts, rng: Random) -> tuple[Words, Words]:
    """Offices counted and named."""
    return _named(OFFICES, rng)


@draws("offices_told_short")
def offices_told_short(facts: FormFacts, rng: Random) -> tuple[Words, Words]:
    """Offices listed before their number, which is one too low."""
    right, _ = _named(OFFICES, rng)
    return right, {**right, "m": str(int(right["m"]) - 1)}


@draws("institutions")
def institutions(facts: FormFacts, rng: Random) -> tuple[Words, Words]:
    """Institutions below the unit, counted and named."""
    return _named(INSTITUTIONS, rng)


def _named(names: tuple[str, ...], rng: Random) -> tuple[Words, Words]:
    m = rng.randint(3, len(names) - 1)
    right = {"m": str(m), "list": "、".join(rng.sample(names, m)), "more": str(m + rng.randint(2, 6))}
    return right, {**right, "m": str(m + rng.choice((-1, 1, 2)))}


@draws("staff_twice")
def staff_twice(facts: FormFacts, rng: Random) -> tuple[Words, Words]:
    """The number of staff told in two places."""
    s = _staff(rng)
    part = s["staff"] // 3
    s |= {
        "posts": s["staff"] + 5,
        "before": s["staff"] + 2,
        "again": s["staff"],
        "part": part,
        "rest": s["staff"] - part,
    }
    return _strings(s), _strings({**s, "again": s["staff"] + rng.choice((-5, -2, 1, 3, 7))})


def _strings(counts: dict[str, int]) -> Words:
    return {name: str(value) for name, value in counts.items()}


@draws("parts")
def parts(facts: FormFacts, rng: Random) -> tuple[Words, Words]:
    """A whole in 万元 and its three parts."""
    amounts = [_wan(rng, 40, 900), _wan(rng, 20, 400), _wan(rng, 12, 200)]
    whole = sum(amounts, Decimal(0))
    names = rng.sample(PARTS, 3)
    right = {**_money(whole=whole, a1=amounts[0], a2=amounts[1], a3=amounts[2])}
    right |= {"p1": names[0], "p2": names[1], "p3": names[2], "yuan": f"{whole * 10000:.2f}"}
    right |= {**_tenths(whole, *amounts), **_percent(amounts[0], whole, "share")}
    step = rng.choice(
        (Decimal("0.12"), Decimal("1"), Decimal("-3.4"), Decimal("18.5"), Decimal("-9"), Decimal("60"))
    )
    return right, {**right, "a2": f"{amounts[1] + step:.2f}"}


@draws("adjustment")
def adjustment(facts: FormFacts, rng: Random) -> tuple[Words, Words]:
    """Initial budget, up, down, adjusted budget, all in 万元."""
    b0, up, down = _wan(rng, 800, 6000), _wan(rng, 90, 500), _wan(rng, 11, 80)
    b1 = b0 + up - down
    carry = _wan(rng, 10, 40)
    right = _money(b0=b0, b1=b1, up=up, down=down, net=up - down, carry=carry, plain=b1 - b0 - carry)
    right |= {**_tenths(b0, b1 - b0, b1), **_percent(b1 - b0, b0), **_money(kept=up - down)}
    step = rng.choice((Decimal("3.4"), Decimal("-7"), Decimal("20.5"), Decimal("-31.08")))
    return right, {**right, **_money(up=up + step, net=up - down + step, plain=b1 - b0 - carry + step)}


@draws("natures")
def natures(facts: FormFacts, rng: Random) -> tuple[Words, Words] | None:
    """Basic and project expenditure and their sum, in 万元: the form's own where it has them."""
    total = facts.line("total")
    if total is None or not total.executed:
        return None
    whole = total.executed / 10000
    basic_line = facts.line("basic")
    basic = (
        basic_line.executed / 10000
        if basic_line and basic_line.executed
        else rounded(whole * rng.randint(400, 700) / 1000)
    )
    project = whole - basic
    part = rounded(project / 3)
    right = _money(whole=whole, basic=basic, project=project, part=part, rest=project - part)
    right |= {"yuan": f"{whole * 10000:.2f}", **_tenths(whole, basic, project)}
    right |= {**_percent(basic, whole, "sb"), **_percent(project, whole, "sp")}
    step = rng.choice((Decimal("0.45"), Decimal("5"), Decimal("-12.3"), Decimal("60")))
    wrong = {**right, "project": f"{project + step:.2f}", **_percent(project + step, whole, "sp")}
    return right, wrong


@draws("cash")
def cash(facts: FormFacts, rng: Random) -> tuple[Words, Words] | None:
    """Cash at the year's end: far above the year's spending, or (right) below it."""
    total = facts.line("total")
    if total is None or not total.executed:
        return None
    spent = total.executed / 10000
    much, few = rounded(spent * rng.randint(45, 190) / 10), rounded(spent * rng.randint(5, 90) / 100)
    small = rounded(spent / 7)
    words = _money(few=few, small=small, before=rounded(spent * 2), assets=much * 2)
    return {**words, "cash": f"{few:.2f}"}, {**words, "cash": f"{much:.2f}"}


@draws("three_expenses")
def three_expenses(facts: FormFacts, rng: Random) -> tuple[Words, Words]:
    """The three public expenses: right is last year's figure or below it, wrong above."""
    last = _wan(rng, 12, 60)
    lower, higher = rounded(last * Decimal("0.94")), rounded(last * Decimal("1.13"))
    return tuple(  # type: ignore[return-value]
        {
            **_money(v=v, p1=rounded(v / 3), p2=v - rounded(v / 3), high=rounded(last * 2)),
            "last": f"{last:.2f}",
        }
        for v in (lower, higher)
    )


@draws("staff_ratio")
def staff_ratio(facts: FormFacts, rng: Random) -> tuple[Words, Words]:
    """Posts and staff; the ratio falls (right) or rises (wrong) against last year's `last_staff`."""
    posts_ = rng.randint(60, 120)
    last = posts_ - rng.randint(6, 12)
    return tuple(  # type: ignore[return-value]
        {
            **_strings({"posts": posts_, "staff": s, "last_staff": last, "retired": 21}),
            **_percent(s, posts_, "ratio"),
        }
        for s in (last - 2, last + 4)
    )


def _indicator(facts: FormFacts, rng: Random) -> IndicatorFact | None:
    pool = [i for i in facts.indicators if _tellable(i)]
    return rng.choice(pool) if pool else None


def _tellable(i: IndicatorFact) -> bool:
    return (
        isinstance(i.target, Decimal)
        and isinstance(i.actual, Decimal)
        and i.comparator == "GE"
        and i.level1 == "output"
        and i.target != i.actual
        and "占比" not in i.name
    )


def _indicator_words(i: IndicatorFact) -> Words:
    assert isinstance(i.target, Decimal) and isinstance(i.actual, Decimal)
    step = Decimal(1) if i.actual == i.actual.to_integral_value() else Decimal("0.1")

    def of(factor: str) -> str:
        value = rounded(i.actual * Decimal(factor), step)  # type: ignore[operator]
        return f"{number(min(value, Decimal(100)) if i.unit == '%' else value)}{i.unit}"

    return {
        "name": i.name,
        "target": f"{number(i.target)}{i.unit}",
        "actual": f"{number(i.actual)}{i.unit}",
        "last": of("0.91"),
        "next": of("1.12"),
        "half": of("0.46"),
        "total": of("2.9"),
        "few": f"{rounded(i.actual * Decimal('0.07'), Decimal(1))}{'个百分点' if i.unit == '%' else i.unit}",
    }


def _other(value: Decimal, rng: Random, unit: str) -> str:
    step = Decimal(1) if value == value.to_integral_value() else Decimal("0.1")
    move = max(step, rounded(value * rng.randint(20, 90) / 1000, step))
    return f"{number(value - move)}{unit}"


@draws("indicator")
def indicator(facts: FormFacts, rng: Random) -> tuple[Words, Words] | None:
    """An indicator's figures as in the form; wrong: another actual."""
    return _told_of_one(facts, rng, "actual")


@draws("indicator_target")
def indicator_target(facts: FormFacts, rng: Random) -> tuple[Words, Words] | None:
    """An indicator's figures as in the form; wrong: another target."""
    return _told_of_one(facts, rng, "target")


def _told_of_one(facts: FormFacts, rng: Random, side: str) -> tuple[Words, Words] | None:
    i = _indicator(facts, rng)
    if i is None:
        return None
    right, value = _indicator_words(i), getattr(i, side)
    assert isinstance(value, Decimal)
    return right, {**right, side: _other(value, rng, i.unit)}


@draws("counts")
def counts(facts: FormFacts, rng: Random) -> tuple[Words, Words]:
    """How many indicators there are, met and unmet; wrong: one or two moved from one to the other."""
    n, met = len(facts.indicators), sum(is_met(i) for i in facts.indicators)
    words = {"few": "6", "half": str(n // 2), "more": str(n + 4), "n": str(n)}
    move = rng.choice((1, 2)) if n - met > 1 or rng.random() < 0.5 else -1
    other = min(max(met - move, 1), n)
    other = met - 1 if other == met else other
    return (
        {**words, "met": str(met), "unmet": str(n - met)},
        {**words, "met": str(other), "unmet": str(n - other)},
    )


@draws("total")
def total(facts: FormFacts, rng: Random) -> tuple[Words, Words] | None:
    """The total score and its grade."""
    if facts.total_score is None:
        return None
    words = {
        "grade": facts.grade,
        "low": "91.35",
        "few": "1.2",
        "round": f"{rounded(facts.total_score, Decimal(1))}",
    }
    right = {**words, "total": number(facts.total_score)}
    return right, {**right, "total": number(facts.total_score - Decimal(rng.randint(15, 160)) / 100)}


@draws("level_score")
def level_score(facts: FormFacts, rng: Random) -> tuple[Words, Words] | None:
    """Weight and score of the output indicators together."""
    group = [i for i in facts.indicators if i.level1 == "output"]
    if any(i.score is None or i.weight is None for i in group):
        return None
    weight, score = (sum((getattr(i, f) for i in group), Decimal(0)) for f in ("weight", "score"))
    right = {"weight": number(weight), "score": number(score), "low": number(score - 2)}
    return right, {**right, "score": number(score - Decimal(rng.randint(3, 20)) / 10)}


@draws("satisfaction")
def satisfaction(facts: FormFacts, rng: Random) -> tuple[Words, Words]:
    """The survey behind the satisfaction figure."""
    s = facts.survey
    words = {"rate": number(s.rate), "sent": str(s.sent), "back": str(s.returned), "few": "9"}
    return words, words
