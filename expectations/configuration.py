"""Which checks are switched off, or weigh otherwise, where and when: one YAML file a bureau keeps.

    checks:
      - {check: PUB-01, enabled: false, reason: 本市统一公开，不逐单位核查}
      - {check: EXE-07, severity: minor, jurisdiction: 湖北, years: [2023, 2025], reason: 省厅要求}

jurisdiction is that of the report's scoring profile (docs/profiles.md), years are first and last fiscal year, both
included; without them a rule holds everywhere and always. The last rule that fits a report wins.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import yaml

from expectations.catalogue import SEVERITIES, Catalogue
from expectations.errors import ConfigurationError
from expectations.profiles import load_profiles
from expectations.runner import insert_rows

KEYS = frozenset({"check", "enabled", "severity", "jurisdiction", "years", "reason"})


@dataclass(frozen=True, slots=True)
class CheckRule:
    """One line of the configuration. reason is what reviewers read when the check is switched off."""

    check_id: str
    enabled: bool
    severity: str | None
    jurisdiction: str | None
    first_year: int | None
    last_year: int | None
    reason: str


def load_configuration(path: Path | None, catalogue: Catalogue) -> tuple[CheckRule, ...]:
    """The rules of a configuration file; none for None or a file that is not there.

    Raises ConfigurationError naming the line's check and the key.
    """
    if path is None or not path.exists():
        return ()
    try:
        content: Any = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as error:
        raise ConfigurationError(path, f"不是合法的 YAML：{error}") from error
    if not isinstance(content, dict) or content.keys() - {"checks"}:
        raise ConfigurationError(path, "须以 checks: 开头，其下每行一条规则")
    return tuple(_rule(item, path, catalogue) for item in content.get("checks") or [])


def _rule(item: Any, path: Path, catalogue: Catalogue) -> CheckRule:
    if not isinstance(item, dict) or item.keys() - KEYS:
        unknown = "、".join(sorted(map(str, item.keys() - KEYS))) if isinstance(item, dict) else str(item)
        raise ConfigurationError(path, f"不认识的写法 {unknown}，可用的键是 {'、'.join(sorted(KEYS))}")
    check_id = str(item.get("check", ""))
    severity, jurisdiction = item.get("severity"), item.get("jurisdiction")
    years = item.get("years") or [None, None]
    known = {profile.jurisdiction for profile in load_profiles().values()}
    problems = {
        f"检查 {check_id} 不在目录里": check_id not in catalogue,
        f"{check_id} 的 severity 须为 {'、'.join(SEVERITIES)} 之一": severity is not None
        and severity not in SEVERITIES,
        f"{check_id} 的 jurisdiction「{jurisdiction}」没有对应的计分规则": jurisdiction is not None
        and jurisdiction not in known,
        f"{check_id} 的 years 须为 [起, 止]": not isinstance(years, list) or len(years) != 2,
        f"{check_id} 停用须写明 reason": item.get("enabled") is False and not item.get("reason"),
    }
    for problem, found in problems.items():
        if found:
            raise ConfigurationError(path, problem)
    return CheckRule(
        check_id,
        bool(item.get("enabled", True)),
        severity,
        jurisdiction,
        years[0],
        years[1],
        str(item.get("reason", "")),
    )


def stage_configuration(con: duckdb.DuckDBPyConnection, rules: tuple[CheckRule, ...]) -> None:
    """Put the rules where the judging reads them (temporary table check_rules, later lines win)."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE check_rules (position INTEGER, check_id VARCHAR, enabled BOOLEAN, severity VARCHAR,"
        " jurisdiction VARCHAR, first_year INTEGER, last_year INTEGER, reason VARCHAR)"
    )
    rows: list[dict[str, object]] = [
        {
            "position": position,
            "check_id": rule.check_id,
            "enabled": rule.enabled,
            "severity": rule.severity,
            "jurisdiction": rule.jurisdiction,
            "first_year": rule.first_year,
            "last_year": rule.last_year,
            "reason": rule.reason,
        }
        for position, rule in enumerate(rules)
    ]
    if rows:
        insert_rows(con, "check_rules", rows)
