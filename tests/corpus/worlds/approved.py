"""Worlds with approved budgets and targets and final accounts beside the report."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from flows.samples.facts import IndicatorFact
from flows.samples.faults.mechanism import numeric_up, pick
from flows.samples.values import target_text
from tests.corpus.trial import (
    ApprovedAmount,
    ApprovedTarget,
    Trial,
)
from tests.corpus.worlds.ground import Ground, filed, world


def _amount(g: Ground, item: str, **amounts: Decimal | None) -> ApprovedAmount:
    return ApprovedAmount(g.facts.unit, g.facts.year, None, item, **amounts)


@world("FUN-09")
def accounts_differ(g: Ground, fault: bool) -> Trial | None:
    """Final accounts with another outturn; right: the same to the cents that the form does not print."""
    executed = g.facts.budget[0].executed
    if executed is None:
        return None
    off = (
        Decimal(g.rng.choice((500, 12300, 2000000)))
        if fault
        else Decimal(g.rng.choice(("0", "31.25", "-42")))
    )
    if g.layout.money_unit == "元" and not fault:
        off = Decimal(0)
    account = _amount(g, "total", executed=executed + off)
    return g.trial(fault, "决算", (filed(g),), roster=g.listed(), accounts=(account,))


@world("FUN-10")
def budget_differs(g: Ground, fault: bool) -> Trial | None:
    """Approved amounts other than the form's; right: the same."""
    line = g.facts.budget[0]
    if "initial" not in g.layout.budget.columns or line.initial is None or line.adjusted is None:
        return None
    off = Decimal(g.rng.choice((900, 45000, -310000))) if fault else Decimal(0)
    which = g.number % 2
    given = _amount(
        g, "total", initial=line.initial + off * which, adjusted=line.adjusted + off * (1 - which)
    )
    return g.trial(fault, "批复", (filed(g),), roster=g.listed(), budgets=(given,))


def _approved(
    g: Ground, indicators: tuple[IndicatorFact, ...], style: str = "joined"
) -> tuple[ApprovedTarget, ...]:
    return tuple(
        ApprovedTarget(g.facts.unit, g.facts.year, None, i.name, target_text(i, style)) for i in indicators
    )


@world("XDC-01")
def target_changed(g: Ground, fault: bool) -> Trial | None:
    """A target other than the approved one; right: the approved one written otherwise."""
    indicators = g.facts.indicators
    index = pick(g.facts, g.rng, lambda i: numeric_up(i) and i.level1 == "output")
    if index is None or g.layout.indicators.value_style in {"scaled", "bare", "number"}:
        return None
    if fault:
        one = indicators[index]
        assert isinstance(one.target, Decimal)
        moved = replace(one, target=one.target + max(Decimal(1), one.target // 20))
        indicators = (*indicators[:index], moved, *indicators[index + 1 :])
    style = "joined" if fault else g.rng.choice(("joined", "ascii", "spaced", "words"))
    return g.trial(fault, style, (filed(g),), roster=g.listed(), targets=_approved(g, indicators, style))


@world("XDC-03")
def indicators_changed(g: Ground, fault: bool) -> Trial | None:
    """An approved indicator dropped, or one added; right: the same ones, in another order."""
    indicators = list(g.facts.indicators)
    if fault and g.number % 2:
        indicators.append(replace(indicators[0], name=g.rng.choice(("应急演练次数", "老旧设施更新数量"))))
    elif fault:
        indicators.pop(g.rng.randrange(len(indicators)))
    else:
        g.rng.shuffle(indicators)
    if len({i.name for i in g.facts.indicators}) < len(g.facts.indicators):
        return None
    return g.trial(
        fault, "增删", (filed(g),), "XDC-01", roster=g.listed(), targets=_approved(g, tuple(indicators))
    )
