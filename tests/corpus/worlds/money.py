"""Worlds of amounts: adjusted or not, spent or not, in 元 and 万元, with mixed decimals."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from flows.samples.faults.money import spent_share
from tests.corpus.trial import (
    Trial,
)
from tests.corpus.wordings import retold
from tests.corpus.worlds.ground import Ground, filed, world


@world("EXE-04", narrative=True)
def not_adjusted(g: Ground, fault: bool) -> Trial | None:
    """The full-year budget repeats the initial one although the text tells of additions; right: it is the adjusted one."""
    if not {"initial", "adjusted"} <= set(g.layout.budget.columns):
        return None
    lines = (
        tuple(replace(line, adjusted=line.initial) for line in g.facts.budget) if fault else g.facts.budget
    )
    follows = "EXE-02 EXE-03 EXE-05 EXE-06 EXE-07 FUN-01 FUN-02 FUN-03 FUN-04 FUN-05 SCO-02 SCO-04 NAR-01 NAR-04 NAR-06"
    return g.trial(fault, "调整", (filed(g, replace(g.facts, budget=lines)),), follows, roster=g.listed())


@world("EXE-07")
def spent_little(g: Ground, fault: bool) -> Trial | None:
    """Two thirds of the money for nearly all of the points; right: nearly all of the money."""
    facts = spent_share(g.facts, Decimal(g.rng.randint(550, 840)) / 1000 if fault else Decimal("0.95"))
    shown = {"weight", "score"} <= set(g.layout.indicators.columns) and "rate" in g.layout.budget.columns
    if facts is None or not shown:
        return None
    return g.trial(fault, "执行", (filed(g, facts),), "EXE-06 FUN-05 EXE-02 SCO-02", roster=g.listed())


SAID_IN_YUAN = ("全年实际支出{yuan}元。", "2024年决算支出{yuan}元，资金支付合规。", "截至年底累计支付{yuan}元。", "共使用财政资金{yuan}元，无结余挪用。")  # fmt: skip


@world("FUN-08", narrative=True)
def said_in_yuan(g: Ground, fault: bool) -> Trial | None:
    """The amount of the form in 万元 told again in 元; right: another amount, in 元."""
    executed = g.facts.budget[0].executed
    if executed is None or g.layout.money_unit != "万元":
        return None
    sentence = (
        g.rng.choice(SAID_IN_YUAN).format(yuan=f"{executed:.2f}")
        if fault
        else "人均补助标准为1250元，按月足额发放。"
    )
    return g.trial(fault, sentence, (filed(g, retold(g.facts, "extra", sentence)),), roster=g.listed())


@world("VAL-06")
def decimals_mixed(g: Ground, fault: bool) -> Trial | None:
    """Amounts with one and with two decimals in one block; right: two everywhere."""
    if g.layout.money_unit != "万元" or g.layout.budget.amounts != "columns":
        return None
    facts = g.facts
    if fault:
        lines = list(facts.budget)
        executed = lines[0].executed or Decimal(0)
        lines[0] = replace(
            lines[0], executed=executed - executed % 1000 - (1000 if executed % 10000 < 1000 else 0)
        )
        facts = replace(facts, budget=tuple(lines))
    filing = filed(g, facts, money_style="trimmed" if fault else "plain")
    shown = {
        len(f"{shown.value / 10000:f}".rstrip("0").partition(".")[2])
        for shown in filing.document.shown()
        if shown.part == "budget" and shown.field.endswith("_yuan") and isinstance(shown.value, Decimal)
    }
    if fault and not {1, 2} <= shown:
        return None
    follows = "FUN-01 EXE-02 FUN-04 SCO-02" if fault else ""
    return g.trial(fault, "小数", (filing,), follows, roster=g.listed())
