"""Layouts put together at random: columns in other orders, other words, other merges - the meaning kept, everything else changed.

They stand for the forms nobody has seen: nothing in the product was written with them in view.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from flows.samples.layouts import BudgetLayout, IndicatorLayout, Layout


@cache
def words() -> dict[str, Any]:
    """The words by what they mean."""
    return yaml.safe_load(Path(__file__).with_name("invented.yaml").read_text(encoding="utf-8"))


def _chosen(pool: Mapping[str, Sequence[str]], rng: Random) -> dict[str, str]:
    return {key: rng.choice(list(options)) for key, options in pool.items()}


def invented_layout(seed: int) -> Layout:
    """One layout; the same seed gives the same layout."""
    rng = Random(f"invented|{seed}")
    scope = rng.choice(("overall", "project"))
    split = rng.random() < 0.25
    budget_scored = rng.random() < 0.75
    weight_in = rng.choice(("column", "column", "column", "column", "name", "nowhere"))
    names = _chosen(words()["header_labels"], rng)
    header: list[list[tuple[str, str]]] = [[("unit", names["unit"])]]
    if scope == "project":
        header = [
            [("project", names["project"])],
            [("supervisor", names["supervisor"]), ("unit", names["unit"])],
        ]
    money_unit = rng.choice(("万元", "万元", "元"))
    side = {}
    if rng.random() < 0.6:
        side = {
            "budget": f"项目资金\n（{money_unit}）",
            "goals": "年度\n总体\n目标",
            "indicators": "绩\n效\n指\n标",
        }
    order = ["header", "budget", "goals", "indicators"]
    if rng.random() < 0.2:
        order = ["header", "goals", "indicators", "budget"]
    if weight_in != "nowhere":
        order.insert(order.index("indicators") + 1, "total")
    return Layout(
        id=f"invented_{seed}",
        scope=scope,
        rule="" if budget_scored or weight_in == "nowhere" else "indicators_only",
        title=rng.choice(words()["titles"][scope]),
        title_in=rng.choice(("line", "line", "cell")),
        money_unit=money_unit,
        money_style=rng.choice(("plain", "grouped", "trimmed")),
        rate_style=rng.choice(("two", "trimmed")),
        unit_note="" if side else f"单位：{money_unit}",
        order=tuple(order),
        header=tuple(tuple(row) for row in header),
        header_in=rng.choice(("cells", "cells", "lines")) if scope == "overall" else "cells",
        side=side,
        budget=_budget(rng, budget_scored),
        indicators=_indicators(rng, split, weight_in),
        total="row" if weight_in != "nowhere" else "none",
        total_label=rng.choice(words()["total_labels"]),
        tables=rng.choice(("one", "one", "one", "many")),
    )


def _budget(rng: Random, scored: bool) -> BudgetLayout:
    columns = ["label"]
    if rng.random() < 0.7:
        columns.append("initial")
    columns += ["adjusted", "executed", "rate"]
    if scored:
        position = columns.index("rate") + rng.choice((0, 1))
        columns.insert(position, "max_score")
        columns.append("score")
    return BudgetLayout(
        columns=tuple(columns),
        headers=_chosen(words()["budget_headers"], rng),
        labels=_chosen(words()["budget_labels"], rng),
        sub=rng.choice(("blank", "—", "/", "repeat")),
        sub_rates=rng.random() < 0.7,
    )


def _indicators(rng: Random, split: bool, weight_in: str) -> IndicatorLayout:
    target = ["comparator", "value", "unit"] if split else ["target"]
    actual, weight, score = ["actual"], ["weight"], ["score"]
    if weight_in != "column":
        weight = []
    if weight_in == "nowhere":
        score = []
    middle = [target, actual] if rng.random() < 0.85 else [actual, target]
    if weight:
        middle.insert(rng.choice((0, len(middle), len(middle))), weight)
    columns = ["level1", "level2", "name"] + [column for part in middle for column in part] + score
    if rng.random() < 0.75:
        columns.append("reason")
    if rng.random() < 0.15:
        columns.insert(0, "serial")
    headers = {**_chosen(words()["indicator_headers"], rng), "serial": "序号"}
    groups: tuple[tuple[str, str, str], ...] = ()
    if split and rng.random() < 0.6:
        headers["value"] = "指标值"
        groups = (
            (headers["target"] if headers["target"] != "指标值" else "年度指标值", "comparator", "unit"),
        )
    style = "number" if split else rng.choice(("joined", "ascii", "suffix", "words", "exact", "spaced"))
    return IndicatorLayout(
        columns=tuple(columns),
        headers=headers,
        groups=groups,
        levels=rng.choice(("merged", "merged", "repeated")),
        weight_in=weight_in,
        value_style=style,
        actual_style="number" if split else "with_unit",
        numbered=rng.random() < 0.2,
        level1_words=_chosen(words()["level1_words"], rng),
        level2_words=_chosen(words()["level2_words"], rng),
    )
