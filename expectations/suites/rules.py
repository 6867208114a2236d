"""The rules of `tables.yaml`, typed; unknown keys are refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from expectations.errors import ConfigurationError

HERE = Path(__file__).parent
TABLES = HERE / "tables.yaml"
QUERIES = HERE / "queries"
KINDS = ("unique", "not_null", "values", "between", "queries")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of one table. kind: unique, not_null, values, between, queries. gates: a failure stops publication.

    columns: what it speaks of. values, low, high: for the kinds that have them. query: SQL with {batch} for the
    table. words: the rule in Chinese.
    """

    table: str
    kind: str
    words: str
    gates: bool
    columns: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    query: str = ""


@cache
def load_rules(path: Path = TABLES) -> dict[str, tuple[Rule, ...]]:
    """The rules of every table, by `schema.table`. Raises ConfigurationError naming the key."""
    content: Mapping[str, Mapping[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {table: tuple(_rules_of(table, rules or {}, path, gates=True)) for table, rules in content.items()}


def _rules_of(table: str, rules: Mapping[str, Any], path: Path, gates: bool) -> Iterator[Rule]:
    unknown = sorted(rules.keys() - {*KINDS, "watch"})
    if unknown:
        raise ConfigurationError(
            path, f"{table} 有不认识的规则 {'、'.join(unknown)}，可用 {'、'.join(KINDS)}、watch"
        )
    for columns in rules.get("unique", ()):
        names = (columns,) if isinstance(columns, str) else tuple(columns)
        yield Rule(table, "unique", f"{'、'.join(names)} 不重复", gates, names)
    for column in rules.get("not_null", ()):
        yield Rule(table, "not_null", f"{column} 不为空", gates, (column,))
    for column, values in rules.get("values", {}).items():
        allowed = tuple(str(value) for value in values)
        yield Rule(table, "values", f"{column} 只能是 {'、'.join(allowed)}", gates, (column,), allowed)
    for column, (low, high) in rules.get("between", {}).items():
        yield Rule(
            table,
            "between",
            f"{column} 在 {_end(low)} 至 {_end(high)} 之间",
            gates,
            (column,),
            low=low,
            high=high,
        )
    for name in rules.get("queries", ()):
        yield _query_rule(table, name, path, gates)
    if "watch" in rules:
        yield from _rules_of(table, rules["watch"], path, gates=False)


def _query_rule(table: str, name: str, path: Path, gates: bool) -> Rule:
    file = QUERIES / f"{name}.sql"
    if not file.exists():
        raise ConfigurationError(path, f"{table} 的查询 {name} 没有文件 {file.name}")
    comment, _, query = file.read_text(encoding="utf-8").partition("\n")
    return Rule(table, "queries", comment.removeprefix("--").strip(), gates, (name,), query=query.strip())


def _end(value: float | None) -> str:
    return "不限" if value is None else str(value)
