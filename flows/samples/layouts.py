"""Layouts of self-evaluation forms, as data: which columns, words, orders and merges a form has (`layouts/*.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import yaml

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BudgetLayout:
    """The budget block.

    columns: label, initial, adjusted, executed, max_score, rate, score and any constant column; headers: their words.
    lines: keys of budget facts, in order; labels: their words. sub: what stands in the score cells of lines below the
    total: blank, repeat (the total's figures again) or a mark such as "/". sub_rates: whether lower lines show a rate.
    amounts: columns (as usual), label (amount inside the label, Hunan) or transposed (a line is a column).
    """

    columns: tuple[str, ...] = ("label", "initial", "adjusted", "executed", "max_score", "rate", "score")
    headers: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[str, ...] = ("total", "fiscal", "carryover", "other")
    labels: Mapping[str, str] = field(default_factory=dict)
    sub: str = "blank"
    sub_rates: bool = True
    amounts: str = "columns"
    weight_suffix: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorLayout:
    """The indicator table.

    columns: level1, level2, name, target, comparator, value, unit, actual, weight, score, reason and constant columns; groups:
    header words spanning several columns, [words, first column, last column]. levels: merged, repeated or blank (only
    the first row of a group filled, no merge). weight_in: column, name, level1, level2 or nowhere.
    merged_scores: one score cell over the rows of a category. value_style: see `flows.samples.values`.
    numbered: names carry 指标1：. name_prefix stands before every name. subtotals: a row of points after every level 1.
    prompt_rows: an unfilled prompt row ends every category. execution_row: the execution rate is scored as a row of this table.
    """

    columns: tuple[str, ...] = ("level1", "level2", "name", "target", "actual", "weight", "score", "reason")
    headers: Mapping[str, str] = field(default_factory=dict)
    groups: tuple[tuple[str, str, str], ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    levels: str = "merged"
    weight_in: str = "column"
    merged_scores: bool = False
    value_style: str = "joined"
    actual_style: str = "with_unit"
    names: str = "plain"
    numbered: bool = False
    name_prefix: str = ""
    subtotals: str = ""
    prompt_rows: str = ""
    execution_row: bool = False
    weight_suffix: str = ""
    level1_words: Mapping[str, str] = field(default_factory=dict)
    level2_words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout of a form.

    order: blocks from header, budget, goals, indicators, total, notes, reasons, signature. header: rows of (field, label) pairs;
    header_in: cells or lines. total: row, header, footer, line or none. side: words of the label cells down the
    left edge by block. tables: one (everything in one table) or many (a table a block).
    wrap: form in the annex with the narrative before (report), or the form alone (form). rule: the scoring rule
    that the form prints or implies (hubei, sichuan, indicators_only ...), empty where any may stand.
    """

    id: str
    scope: str = "overall"
    rule: str = ""
    title: str = "{year}年度部门整体支出绩效自评表"
    title_in: str = "line"
    money_unit: str = "万元"
    money_style: str = "plain"
    rate_style: str = "two"
    unit_note: str = ""
    order: tuple[str, ...] = ("header", "budget", "goals", "indicators", "total")
    header: tuple[tuple[tuple[str, str], ...], ...] = ((("unit", "部门（单位）名称"),),)
    header_in: str = "cells"
    side: Mapping[str, str] = field(default_factory=dict)
    budget: BudgetLayout = field(default_factory=BudgetLayout)
    indicators: IndicatorLayout = field(default_factory=IndicatorLayout)
    total: str = "row"
    total_label: str = "总分"
    goals: tuple[str, str] = ("预期目标", "实际完成情况")
    notes: str = ""
    tables: str = "one"
    wrap: str = "form"


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


def _build(kind: type[T], given: Mapping[str, Any]) -> T:
    known = {f.name for f in fields(kind)}  # type: ignore[arg-type]
    if unknown := set(given) - known:
        raise ValueError(f"版式中有未知的项：{sorted(unknown)}")
    return kind(**{name: _tuples(value) for name, value in given.items()})


def layout_of(given: Mapping[str, Any]) -> Layout:
    """A layout from its mapping; unknown keys are refused by name."""
    parts = dict(given)
    budget = _build(BudgetLayout, parts.pop("budget", {}))
    indicators = _build(IndicatorLayout, parts.pop("indicators", {}))
    return _build(Layout, {**parts, "budget": budget, "indicators": indicators})


@cache
def load_layouts() -> dict[str, Layout]:
    """Every layout by identifier, in file order; a layout `like` another takes over what it does not set."""
    raw: dict[str, dict[str, Any]] = {}
    folder = files("flows.samples").joinpath("layouts")
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".yaml"):
            for entry in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
                like = entry.pop("like", None)
                raw[entry["id"]] = _merged(raw[like], entry) if like else entry
    return {name: layout_of(given) for name, given in raw.items()}


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    result = dict(base)
    for key, value in over.items():
        if isinstance(value, dict) and isinstance(result.get(key), dict):
            result[key] = {**result[key], **value}
        else:
            result[key] = value
    return result
