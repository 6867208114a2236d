"""Worlds of weights and scores: told twice, in groups, for what cannot be scored."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from flows.samples.faults.mechanism import pick, with_indicator
from tests.corpus.trial import (
    Trial,
)
from tests.corpus.worlds.ground import Ground, filed, world


@world("WGT-02")
def group_weight_off(g: Ground, fault: bool) -> Trial | None:
    """A level-1 label with other points than its indicators sum to; right: their sum."""
    totals: dict[str, Decimal] = {}
    for i in g.facts.indicators:
        totals[i.level1] = totals.get(i.level1, Decimal(0)) + (i.weight or 0)
    if "weight" not in g.layout.indicators.columns or "level1" not in g.layout.indicators.columns:
        return None
    names = {"output": "产出指标", "outcome": "效益指标", "satisfaction": "满意度指标"}
    key = g.rng.choice(list(totals))
    words = {
        k: f"{names[k]}（{totals[k] + (g.rng.choice((-5, 2, 10)) if fault and k == key else 0):f}分）"
        for k in totals
    }
    spec = replace(g.layout.indicators, level1_words=words)
    return g.trial(
        fault, words[key], (filed(g, indicators=spec),), "WGT-03 WGT-01 EXT-02 SCO-01", roster=g.listed()
    )


@world("SCO-08")
def not_to_be_scored(g: Ground, fault: bool) -> Trial | None:
    """Points for an actual that cannot be held against its target; right: points that follow from it."""
    index = pick(g.facts, g.rng, lambda i: i.level2 == "quantity" and i.score == i.weight)
    if (
        index is None
        or not {"weight", "score"} <= set(g.layout.indicators.columns)
        or g.layout.indicators.merged_scores
    ):
        return None
    weight = g.facts.indicators[index].weight or Decimal(0)
    actual = g.rng.choice(("35户", "86万元", "240人")) if fault else "13公里"
    score = weight - 1 if fault else weight
    facts = with_indicator(
        g.facts,
        index,
        name="管网改造长度",
        unit="公里",
        target="12公里",
        actual=actual,
        score=score,
        reason="施工条件变化，已调整" if fault else "",
    )
    trial = g.trial(
        fault, actual, (filed(g, facts),), "VAL-02 SCO-02 DEV-02 VAL-05 DEV-05", roster=g.listed()
    )
    return replace(
        trial, instead=frozenset({"VAL-02"})
    )  # the unlike units are told, not that they cannot be scored


IN_NAMES = (
    "（{}分）", "({}分)", "【{}分】", "（分值{}分）", "（权重{}）", "（满分{}分）", "〔{}分〕", "（ {} 分）", "（本项{}分）", "（标准分：{}分）",
    "[{}分]", "（共{}分）",
)  # fmt: skip


@world("EXT-05")
def weight_told_twice(g: Ground, fault: bool) -> Trial | None:
    """Points in the indicator's name other than those of its column; right: the same ones."""
    spec = g.layout.indicators
    if "weight" not in spec.columns or spec.weight_in != "column" or spec.merged_scores:
        return None
    index = pick(g.facts, g.rng, lambda i: i.level1 == "output" and (i.weight or 0) > 2)
    if index is None:
        return None
    weight = g.facts.indicators[index].weight or Decimal(0)
    told = weight + g.rng.choice((-2, -1, 1, 2, 5)) if fault else weight
    name = g.facts.indicators[index].name + IN_NAMES[g.number % len(IN_NAMES)].format(f"{told:f}")
    return g.trial(
        fault, name, (filed(g, with_indicator(g.facts, index, name=name)),), "NAR-07", roster=g.listed()
    )
