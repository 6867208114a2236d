"""Which checks and profiles are switched off, or weigh otherwise, where and when: one YAML file a bureau keeps.

    checks:
      - {check: PUB-01, enabled: false, reason: 本市统一公开，不逐单位核查}
      - {check: EXE-07, severity: minor, jurisdiction: 湖北, years: [2023, 2025], reason: 省厅要求}
    profiles:
      - {profile: hubei, enabled: false, years: [2025, 2025], reason: 新办法未定，按全国通用规则}

jurisdiction is that of the report's scoring profile (docs/profiles.md), years are first and last fiscal year, both
included; without them a rule holds everywhere and always. The last rule that fits a report wins. A profile switched
off is not chosen; the report is scored by the next that fits.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb
import yaml

from expectations.catalogue import SEVERITIES, Catalogue
from expectations.errors import ConfigurationError
from expectations.profiles import DEFAULT_PROFILE, load_profiles
from expectations.sql_files import sql_text
from warehouse.table_rows import insert_rows

CHECK_KEYS = ("check", "enabled", "severity", "jurisdiction", "years", "reason")
PROFILE_KEYS = ("profile", "enabled", "years", "reason")


@dataclass(frozen=True, slots=True)
class CheckRule:
    """One rule on a check. line: in the file. reason is what reviewers read when the check is switched off."""

    line: int
    check_id: str
    enabled: bool
    severity: str | None
    jurisdiction: str | None
    first_year: int | None
    last_year: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class ProfileRule:
    """One rule on a scoring profile."""

    line: int
    profile_id: str
    enabled: bool
    first_year: int | None
    last_year: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Configuration:
    """The rules in the order of the file."""

    checks: tuple[CheckRule, ...] = ()
    profiles: tuple[ProfileRule, ...] = ()


def load_configuration(path: Path | None, catalogue: Catalogue) -> Configuration:
    """The rules of a configuration file; none for None or a file that is not there.

    Raises ConfigurationError that lists every fault with its line and remedy.
    """
    if path is None or not path.exists():
        return Configuration()
    content, lines = _read(path)
    faults: list[str] = []
    checks = [
        _check_rule(item, line, catalogue, faults)
        for item, line in zip(content["checks"], lines["checks"], strict=True)
    ]
    profiles = [
        _profile_rule(item, line, faults)
        for item, line in zip(content["profiles"], lines["profiles"], strict=True)
    ]
    if faults:
        raise ConfigurationError(
            path, "\n".join(["配置有误，请按提示修改：", *(f"  {fault}" for fault in faults)])
        )
    return Configuration(tuple(rule for rule in checks if rule), tuple(rule for rule in profiles if rule))


def _read(path: Path) -> tuple[dict[str, list[Any]], dict[str, list[int]]]:
    """The items below `checks` and `profiles`, and the line each begins on."""
    try:
        text = path.read_text(encoding="utf-8")
        content: Any = yaml.safe_load(text)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except OSError as error:
        raise ConfigurationError(
            path, f"无法读取：{error.strerror}，请检查它是不是文件、有没有读取权限"
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(path, "不是 UTF-8 编码的文本，请另存为 UTF-8") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"第{mark.line + 1}行" if mark else ""
        raise ConfigurationError(
            path, f"{where}不是合法的 YAML：{error.problem}，请检查缩进、冒号和括号"
        ) from error
    except yaml.YAMLError as error:
        raise ConfigurationError(path, f"不是合法的 YAML：{error}") from error
    if content is None:
        content = {}
    if not isinstance(content, dict) or content.keys() - {"checks", "profiles"}:
        raise ConfigurationError(path, "第1行起须写 checks: 或 profiles:，其下每行一条规则")
    items = {name: content.get(name) or [] for name in ("checks", "profiles")}
    lines: dict[str, list[int]] = {"checks": [], "profiles": []}
    for key, node in root.value if isinstance(root, yaml.MappingNode) else []:
        if items[key.value] and not isinstance(node, yaml.SequenceNode):
            raise ConfigurationError(
                path, f"第{node.start_mark.line + 1}行：{key.value} 之下每行应以“- ”开头，一行一条规则"
            )
        lines[key.value] = [entry.start_mark.line + 1 for entry in node.value] if items[key.value] else []
    return items, lines


def _check_rule(item: Any, line: int, catalogue: Catalogue, faults: list[str]) -> CheckRule | None:
    if not _has_keys(item, line, "check", CHECK_KEYS, faults):
        return None
    check_id, severity, jurisdiction = str(item["check"]), item.get("severity"), item.get("jurisdiction")
    known = sorted({profile.jurisdiction for profile in load_profiles().values()})
    problems = [
        (check_id not in catalogue, f"检查 {check_id} 不在目录里，jixiao checks 列出全部编号"),
        (
            severity is not None and severity not in SEVERITIES,
            f"{check_id} 的 severity「{severity}」须为 {'、'.join(SEVERITIES)} 之一",
        ),
        (
            jurisdiction is not None and jurisdiction not in known,
            f"{check_id} 的 jurisdiction「{jurisdiction}」没有对应的计分规则，可用 {'、'.join(known)}",
        ),
        *_class_problems(catalogue, check_id, severity),
        *_common_problems(item, check_id),
        (
            item.get("enabled", True) is True and severity is None,
            f"{check_id} 没有写要改什么，请写 enabled: false 或 severity",
        ),
    ]
    if _told(problems, line, faults):
        return None
    first, last = item.get("years") or (None, None)
    return CheckRule(
        line,
        check_id,
        item.get("enabled", True),
        severity,
        jurisdiction,
        first,
        last,
        str(item.get("reason", "")),
    )


def _class_problems(catalogue: Catalogue, check_id: str, severity: Any) -> list[tuple[bool, str]]:
    """A severity that the judging would not give: candidates are questions, open questions are no findings."""
    klass = catalogue[check_id].klass if check_id in catalogue else ""
    return [
        (
            klass == "B" and severity in ("blocker", "major", "minor"),
            f"{check_id} 是 B 类疑点，待人核实，severity 只能是 query 或 info",
        ),
        (klass == "C" and severity is not None, f"{check_id} 是 C 类，由人判断，没有 severity，只能停用"),
    ]


def _profile_rule(item: Any, line: int, faults: list[str]) -> ProfileRule | None:
    if not _has_keys(item, line, "profile", PROFILE_KEYS, faults):
        return None
    profile_id = str(item["profile"])
    problems = [
        (profile_id not in load_profiles(), f"评分办法 {profile_id} 不存在，jixiao profiles 列出全部编号"),
        (
            profile_id == DEFAULT_PROFILE,
            f"{profile_id} 是没有其他办法可用时的通用规则，不能停用",
        ),
        *_common_problems(item, profile_id),
    ]
    if _told(problems, line, faults):
        return None
    first, last = item.get("years") or (None, None)
    return ProfileRule(line, profile_id, item.get("enabled", True), first, last, str(item.get("reason", "")))


def _has_keys(item: Any, line: int, name: str, keys: tuple[str, ...], faults: list[str]) -> bool:
    unknown = sorted(map(str, item.keys() - set(keys))) if isinstance(item, dict) else [str(item)]
    if unknown:
        faults.append(f"第{line}行：不认识的写法 {'、'.join(unknown)}，可用的键是 {'、'.join(keys)}")
    elif not item.get(name):
        faults.append(f"第{line}行：缺少 {name}，应写作 {{{name}: 编号, …}}")
    return not unknown and bool(item.get(name))


def _common_problems(item: dict[str, Any], name: str) -> list[tuple[bool, str]]:
    years = item.get("years")
    return [
        (not isinstance(item.get("enabled", True), bool), f"{name} 的 enabled 须为 true 或 false"),
        (
            years is not None
            and not (
                isinstance(years, list)
                and len(years) == 2
                and all(year is None or type(year) is int for year in years)
                and (None in years or years[0] <= years[1])
            ),
            f"{name} 的 years 须为 [起, 止]，如 [2023, 2025]，不限的一端写 null",
        ),
        (
            item.get("enabled") is False and not item.get("reason"),
            f"{name} 停用须写明 reason，复核人员会看到",
        ),
    ]


def _told(problems: list[tuple[bool, str]], line: int, faults: list[str]) -> bool:
    found = [problem for is_wrong, problem in problems if is_wrong]
    faults += [f"第{line}行：{problem}" for problem in found]
    return bool(found)


def stage_configuration(con: duckdb.DuckDBPyConnection, configuration: Configuration) -> None:
    """Put the rules where the judging reads them and people see them (judge.check_rules, judge.profile_rules)."""
    con.execute(sql_text("judging/005_configuration.sql"))
    staged = {"judge.check_rules": configuration.checks, "judge.profile_rules": configuration.profiles}
    for table, rules in staged.items():
        rows: list[dict[str, object]] = [
            {"position": position, **asdict(rule)} for position, rule in enumerate(rules)
        ]
        if rows:
            insert_rows(con, table, rows)
