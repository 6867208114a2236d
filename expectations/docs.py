"""Writes docs/checks.md and docs/profiles.md, in Chinese and English, from the catalogue and the profiles.

`python -m expectations.docs` rewrites both; a test fails when they are stale.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from expectations.catalogue import Catalogue, Check, load_catalogue
from expectations.fact_sheets import Fact, check_facts, fact_words, profile_facts
from expectations.profiles import Profile, load_profiles

DOCS_DIR = Path(__file__).parent.parent / "docs"
FAMILIES = {
    "REC": "收件 Receipt",
    "EXT": "读取 Extraction",
    "CMP": "完整性 Completeness",
    "FUN": "资金 Funds",
    "EXE": "执行 Execution",
    "WGT": "分值 Weights",
    "SCO": "得分 Scores",
    "IND": "指标 Indicators",
    "VAL": "数值与单位 Values and units",
    "DEV": "偏差 Deviation",
    "NAR": "文表一致 Narrative against table",
    "SAT": "满意度 Satisfaction",
    "PLA": "合理性 Plausibility",
    "XDC": "与批复一致 Cross-document",
    "YOY": "年度比较 Year on year",
    "TXT": "文字 Text",
    "PUB": "公开与应用 Publication",
    "AGG": "汇总 Rollup",
    "EVD": "佐证 Evidence",
}
GENERATED = "<!-- 由 python -m expectations.docs 生成，请勿手改。Generated: do not edit. -->"


def checks_page(catalogue: Catalogue) -> str:
    """docs/checks.md."""
    by_class = {klass: sum(check.klass == klass for check in catalogue) for klass in fact_words()["classes"]}
    lines = [
        "# 检查目录 Checks",
        "",
        GENERATED,
        "",
        f"共 {len(catalogue)} 项：A 类 {by_class['A']}，B 类 {by_class['B']}，C 类 {by_class['C']}。"
        "A 类由程序判定；B 类是疑点，至多为询问；C 类列为待人判断的问题。每项检查对每份报告答复通过、未通过或不适用（附原因）。",
        "",
        f"{len(catalogue)} checks. A: decided by the program. B: candidates, `query` at most. C: open questions for a person. "
        "Every check answers pass, fail or not applicable (with the reason) for every report.",
        "",
    ]
    families = [*FAMILIES, *sorted({check.family for check in catalogue} - FAMILIES.keys())]
    for family in families:
        checks = [check for check in catalogue if check.family == family]
        if not checks:
            continue
        lines += [f"## {family} {FAMILIES.get(family, '')}".rstrip(), ""]
        lines += ["| 编号 | 检查 Check | 类别 | 级别 | 需要 |", "|---|---|---|---|---|"]
        lines += [_check_row(check) for check in checks]
        lines.append("")
        for check in checks:
            lines += _details(check.id, check_facts(check))
    return "\n".join(lines).rstrip() + "\n"


def _check_row(check: Check) -> str:
    title = f"{check.title}<br>{check.title_en}" if check.title_en else check.title
    needs = "、".join(fact_words()["needs"][need].split(" ")[0] for need in check.needs)
    return f"| [{check.id}](#{check.id.lower()}) | {_cell(title)} | {check.klass} | {fact_words()['severities'][check.severity]} | {needs} |"


def _details(name: str, facts: Iterable[Fact]) -> list[str]:
    return [
        f"### {name}",
        "",
        *(f"- {label}：{value}" if label else f"- {value}" for label, value in facts),
        "",
    ]


def profiles_page(profiles: dict[str, Profile]) -> str:
    """docs/profiles.md."""
    lines = [
        "# 计分规则 Scoring profiles",
        "",
        GENERATED,
        "",
        "规则按报告选定并写明理由：单位名册指定的优先；其次是地区、单位、主管部门、项目名称中最先出现的地名；再次是引用文件的发文代字；"
        "再次是只有一地印用的一级指标分值、名称或表式；都没有的按全国通用规则。“未核实”指原文未重读，分数只供参考。",
        "",
        "A profile is chosen for each report, with the reason: the roster first, then the place named first in region, unit, supervisor or "
        "project, then the issuer of cited documents, then weights, labels or templates that only one jurisdiction prints, else the national "
        "rule. Unverified means that the text was not read again.",
        "",
        "| 编号 id | 规则 profile | 执行分 | 不达标 positive | 反向 reverse | 定性分档 tiers | 执行率取整 | 核实 verified |",
        "|---|---|---|---|---|---|---|---|",
        *(_profile_row(profile) for profile in profiles.values()),
        "",
    ]
    for profile in profiles.values():
        lines += _details(profile.id, profile_facts(profile))
    return "\n".join(lines).rstrip() + "\n"


def _profile_row(profile: Profile) -> str:
    digits = profile.execution.rate_digits
    rounding = "不取整 none" if digits is None else f"百分数 {digits} 位小数"
    middle, high = (
        f"{int(edge * 100)}%" for edge in (profile.qualitative.middle_from, profile.qualitative.high_from)
    )
    return (
        f"| [{profile.id}](#{profile.id}) | {_cell(profile.name)}<br>{profile.name_en} | {profile.execution.weight} | "
        f"{profile.quantitative.positive} | {profile.quantitative.reverse} | 100%–{high}–{middle}–0 | {rounding} | "
        f"{'是 yes' if profile.verified else '未核实 no'} |"
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def pages() -> dict[Path, str]:
    """Path -> text of every generated page."""
    return {
        DOCS_DIR / "checks.md": checks_page(load_catalogue()),
        DOCS_DIR / "profiles.md": profiles_page(load_profiles()),
    }


def main() -> None:
    """Rewrite the pages."""
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
