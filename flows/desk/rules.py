"""`jixiao checks` and `jixiao profiles`: the rules as they stand in the catalogue."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from flows.desk.printing import print_rows
from flows.errors import WrongUsageError
from flows.words import word

if TYPE_CHECKING:
    from expectations.configuration import CheckRule, Configuration, ProfileRule


def show_checks(check_id: str | None, as_json: bool, home: Path | None = None) -> None:
    """Lists the catalogue, or prints one check whole with its query and what the home's configuration makes of it."""
    from expectations.catalogue import load_catalogue
    from expectations.fact_sheets import check_facts

    catalogue = load_catalogue()
    checks, configured = catalogue.checks, _configuration(home).checks
    if check_id is None:
        columns = ["id", "version", "class", "severity", "needs", "title", "configured"]
        rows = [
            (
                *(c.id, c.version, c.klass, c.severity, " ".join(c.needs), c.title),
                "；".join(_check_rule(rule) for rule in configured if rule.check_id == c.id),
            )
            for c in checks.values()
        ]
        print_rows(columns, rows, as_json=as_json)
        return
    check = checks.get(check_id.upper())
    if check is None:
        raise WrongUsageError(f"没有编号为「{check_id}」的检查；jixiao checks 列出全部")
    if as_json:
        rules = [asdict(rule) for rule in configured if rule.check_id == check.id]
        values = asdict(check) | {"configured": rules}
        print_rows(list(values), [tuple(values.values())], as_json=True)
        return
    _print_facts(check.id, check_facts(check))
    for rule in configured:
        if rule.check_id == check.id:
            print(f"配置 configured：{_check_rule(rule)}")
    print(f"\n{check.query.strip()}")


def _print_facts(name: str, facts: list[tuple[str, str]]) -> None:
    print(f"编号 id：{name}")
    for label, value in facts:
        print(f"{label}：{value}" if label else f"  {value}")


def _configuration(home: Path | None) -> Configuration:
    """What the settings or the home's checks.yaml say."""
    from expectations.catalogue import load_catalogue
    from expectations.configuration import load_configuration
    from flows.home import Home
    from flows.settings import Settings

    return load_configuration(Settings().checks or Home.at(home).checks, load_catalogue())


def _check_rule(rule: CheckRule) -> str:
    effect = f"改为 {word('severities', rule.severity)}" if rule.severity else ""
    return _rule(rule, effect if rule.enabled else "停用", rule.jurisdiction)


def _rule(rule: CheckRule | ProfileRule, effect: str, jurisdiction: str | None = None) -> str:
    """`停用，湖北，2023–2025 年度：省厅要求（第3行）`."""
    years = (
        f"{rule.first_year or ''}–{rule.last_year or ''} 年度" if rule.first_year or rule.last_year else ""
    )
    told = "，".join(part for part in (effect, jurisdiction, years) if part)
    return f"{told}{f'：{rule.reason}' if rule.reason else ''}（第{rule.line}行）"


def show_profiles(profile_id: str | None, as_json: bool, home: Path | None = None) -> None:
    """Lists the scoring profiles, or prints one whole with what the home's configuration makes of it."""
    from expectations.fact_sheets import profile_facts
    from expectations.profiles import load_profiles

    profiles, configured = load_profiles(), _configuration(home).profiles
    if profile_id is None:
        columns = ["name", "jurisdiction", "version", "verified", "basis"]
        rows = [(name, *(getattr(profile, c) for c in columns)) for name, profile in profiles.items()]
        print_rows(["id", *columns], rows, as_json=as_json)
        return
    if profile_id not in profiles:
        raise WrongUsageError(f"没有编号为「{profile_id}」的评分办法；jixiao profiles 列出全部")
    values = profiles[profile_id].model_dump(mode="json")
    if as_json:
        print_rows(list(values), [tuple(values.values())], as_json=True)
        return
    _print_facts(profile_id, profile_facts(profiles[profile_id]))
    for rule in configured:
        if rule.profile_id == profile_id:
            print(f"配置 configured：{_rule(rule, '启用' if rule.enabled else '停用')}")
