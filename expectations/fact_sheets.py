"""What a check or a scoring profile is, fact by fact, in Chinese and English: for the pages of docs/ and for the command."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from expectations.catalogue import Check
from expectations.profiles import Profile

Fact = tuple[str, str]
"""Label and value; a value without a label continues the one before."""

WORD_FILE = Path(__file__).parent / "vocabulary" / "facts.yaml"


@cache
def fact_words() -> dict[str, dict[str, str]]:
    """Code list -> code -> what it is called, in Chinese and mostly in English."""
    return yaml.safe_load(WORD_FILE.read_text("utf-8"))


def check_facts(check: Check) -> list[Fact]:
    """Everything about a check but its query."""
    words = fact_words()
    return _told(
        ("说明 title", f"{check.title}{f'（{check.title_en}）' if check.title_en else ''}"),
        (
            "类别 class",
            f"{words['classes'][check.klass]}，{words['severities'][check.severity]}，版本 version {check.version}",
        ),
        ("需要 needs", "、".join(words["needs"][need] for need in check.needs)),
        ("依据 basis", check.basis),
        ("提示语 message", f"`{check.message}`"),
        ("不适用 not applicable", check.not_applicable),
        ("原因已由他项列出时不另列 suppressed by", "、".join(check.suppressed_by)),
        ("合并为一条 grouped", "是 yes" if check.group else ""),
        ("备注 note", check.note),
    )


def profile_facts(profile: Profile) -> list[Fact]:
    """Everything about a scoring profile."""
    words = fact_words()
    first, last, digits = profile.years.first, profile.years.last, profile.execution.rate_digits
    high, middle = (
        f"{int(edge * 100)}%" for edge in (profile.qualitative.high_from, profile.qualitative.middle_from)
    )
    return _told(
        ("规则 profile", f"{profile.name}（{profile.name_en}）"),
        ("地区 jurisdiction", f"{profile.jurisdiction}，版本 version {profile.version}"),
        ("依据 basis", f"{profile.basis}（证据 evidence {profile.evidence}）"),
        ("核实 verified", "是 yes" if profile.verified else "未核实，分数只供参考 no"),
        ("年度 years", f"{first or ''}–{last or ''}" if first or last else ""),
        (
            "一级指标分值 level-1 weights",
            "、".join(f"{words['level1'][code]} {value}" for code, value in profile.weights.items()),
        ),
        ("分值自定 free split", "" if profile.weights_fixed else "是 yes"),
        (
            "执行 execution",
            f"{words['execution_rules'][profile.execution.rule]}，表上未印分值时 {profile.execution.weight} 分，"
            f"分母 {words['denominators'][profile.execution.denominator]}，"
            f"{'' if digits is None else f'执行率先取整到百分数 {digits} 位小数，'}"
            f"低于 {int(profile.execution.reason_below * 100)}% 须说明原因；超过 100%、预算为零或空白不计分",
        ),
        ("未达标 unmet", words["positive_rules"][profile.quantitative.positive]),
        ("反向指标超标 lower is better", words["reverse_rules"][profile.quantitative.reverse]),
        (
            "超额 over-achievement",
            f"{words['over_achievement'][profile.quantitative.over_achievement]}，"
            f"达到目标 {int(profile.quantitative.over_limit * 100)}% 及以上须说明",
        ),
        ("定性分档 tiers", f"100%–{high}（含）、{high}–{middle}（含）、{middle}–0"),
        ("小数 digits", f"{profile.quantitative.digits} 位，四舍五入 half up"),
        ("等级 grades", "、".join(f"{grade} ≥ {edge}" for grade, edge in profile.grades.items())),
        ("满意度 satisfaction", "必评 required" if profile.satisfaction_required else "可不评 optional"),
        ("选用 chosen by", "；".join(_signals(profile))),
        ("说明 note", profile.note),
        ("", profile.note_en),
    )


def _signals(profile: Profile) -> list[str]:
    signals = profile.signals
    found = {
        "地名 places": "、".join(signals.regions),
        "文号 document codes": "、".join(signals.issuers),
        "一级指标 level-1 labels": "、".join(signals.level1_labels),
        "表式 templates": "、".join(signals.templates),
        "一级指标分值 weights": "与规则相同" if signals.weights else "",
    }
    return [f"{label} {words}" for label, words in found.items() if words]


def _told(*facts: Fact) -> list[Fact]:
    return [(label, value) for label, value in facts if value]
