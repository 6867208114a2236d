"""Scoring profiles: what a jurisdiction's rule says, as data in `expectations/profiles/*.yaml`.

A profile may extend another: blocks of settings are merged, weights, grades and signals are replaced. Unknown keys
are refused. Weights and scores are points, rates and edges of tiers are fractions of the weight.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

import duckdb
import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from expectations.errors import ProfileError
from warehouse.table_rows import insert_rows

PROFILES_DIR = Path(__file__).parent / "profiles"
DEFAULT_PROFILE = "national"
MERGED = ("execution", "quantitative", "qualitative")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Execution(_Strict):
    """How the execution rate is scored.

    weight: where the form prints none. rate_digits: decimals of the percent the rate is rounded to first, None not
    at all. denominator: which budget. reason_below: a lower rate needs a reason. steps: 2 points for each 5
    percentage points short (rule `steps`).
    """

    weight: Decimal
    rule: Literal["proportional", "steps", "none"]
    rate_digits: int | None
    denominator: Literal["adjusted", "initial"]
    reason_below: Decimal


class Quantitative(_Strict):
    """How figures are scored.

    positive: ratio (weight x actual/target). reverse: inverse_ratio (weight x target/actual), linear_excess
    (weight x (1 - excess)). over_achievement cap: never above the weight. over_limit: achievement above which an
    explanation is asked for. digits: decimals of a score, half up.
    """

    positive: Literal["ratio", "all_or_nothing", "none"]
    reverse: Literal["inverse_ratio", "linear_excess", "all_or_nothing", "none"]
    over_achievement: Literal["cap"]
    over_limit: Decimal
    digits: int


class Qualitative(_Strict):
    """Lower edges of the two upper tiers, inclusive, as fractions of the weight."""

    high_from: Decimal
    middle_from: Decimal


class Years(_Strict):
    """Fiscal years the profile holds for, both ends included, open where absent."""

    first: int | None = None
    last: int | None = None


class Signals(_Strict):
    """By what a form is recognised as falling under this profile; see docs/profiles.md."""

    regions: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    level1_labels: tuple[str, ...] = ()
    weights: bool = False


class Profile(_Strict):
    """One scoring profile. verified: its rule was read in a public document; evidence: V, S, C, M as in the sources."""

    id: str
    name: str
    name_en: str
    jurisdiction: str
    version: int
    basis: str
    evidence: str
    verified: bool
    years: Years = Years()
    weights: dict[Literal["execution", "output", "outcome", "satisfaction"], Decimal]
    weights_fixed: bool
    execution: Execution
    quantitative: Quantitative
    qualitative: Qualitative
    grades: dict[str, Decimal]
    satisfaction_required: bool
    signals: Signals
    note: str
    note_en: str = ""

    def grade(self, total: Decimal) -> str:
        """The grade of an unrounded total; edges belong to the better grade."""
        return next(
            grade for grade, edge in sorted(self.grades.items(), key=lambda item: -item[1]) if total >= edge
        )


@cache
def load_profiles(folder: Path = PROFILES_DIR) -> dict[str, Profile]:
    """All profiles by id. Raises ProfileError naming the file and the key."""
    contents = {path: _read(path) for path in sorted(folder.glob("*.yaml"))}
    by_id = {str(content.get("id")): (path, content) for path, content in contents.items()}
    profiles: dict[str, Profile] = {}
    for path, content in contents.items():
        profile = _build(path, content, by_id)
        if profile.id != path.stem:
            raise ProfileError(path, f"id「{profile.id}」须与文件名一致")
        profiles[profile.id] = profile
    if DEFAULT_PROFILE not in profiles:
        raise ProfileError(folder, f"缺少通用规则 {DEFAULT_PROFILE}.yaml")
    return profiles


def _read(path: Path) -> dict[str, Any]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ProfileError(path, f"不是合法的 YAML：{error}") from error
    if not isinstance(content, dict):
        raise ProfileError(path, "须为「键: 值」的形式")
    return content


def _build(path: Path, content: dict[str, Any], by_id: dict[str, tuple[Path, dict[str, Any]]]) -> Profile:
    own = dict(content)
    base_id = own.pop("extends", None)
    if base_id is not None:
        if base_id not in by_id:
            raise ProfileError(path, f"extends 指向的「{base_id}」不存在")
        base = {key: value for key, value in by_id[base_id][1].items() if key not in ("version", "note_en")}
        if "extends" in base:
            raise ProfileError(path, f"extends 只能指向没有 extends 的规则，「{base_id}」自身又有 extends")
        for block in MERGED:
            if block in own:
                own[block] = {**base[block], **own[block]}
        own = {"version": 1, **base, **own}
    try:
        return Profile.model_validate(_with_year_keys(own))
    except ValidationError as error:
        problems = "；".join(f"{'.'.join(map(str, item['loc']))}：{item['msg']}" for item in error.errors())
        raise ProfileError(path, problems) from error


def _with_year_keys(content: dict[str, Any]) -> dict[str, Any]:
    years = content.get("years")
    if isinstance(years, dict):
        renamed = {{"from": "first", "to": "last"}.get(key, key): value for key, value in years.items()}
        return {**content, "years": renamed}
    return content


def store_profiles(con: duckdb.DuckDBPyConnection) -> None:
    """Write judge.profiles anew."""
    con.execute("DELETE FROM judge.profiles")
    insert_rows(con, "judge.profiles", [_as_row(profile) for profile in load_profiles().values()])


def stage_signals(con: duckdb.DuckDBPyConnection) -> None:
    """Table profile_signals of `staging`: the words by which the profile of a report is chosen."""
    con.execute(
        "CREATE OR REPLACE TABLE staging.profile_signals (profile_id VARCHAR, kind VARCHAR, word VARCHAR)"
    )
    insert_rows(
        con, "profile_signals", [row for profile in load_profiles().values() for row in _signal_rows(profile)]
    )


def _as_row(profile: Profile) -> dict[str, object]:
    ordered = sorted(profile.grades.items(), key=lambda item: -item[1])
    return {
        "profile_id": profile.id,
        "name": profile.name,
        "jurisdiction": profile.jurisdiction,
        "version": profile.version,
        "basis": profile.basis,
        "evidence": profile.evidence,
        "verified": profile.verified,
        "year_from": profile.years.first,
        "year_to": profile.years.last,
        "execution_weight": profile.execution.weight,
        "execution_rule": profile.execution.rule,
        "execution_rate_digits": profile.execution.rate_digits,
        "execution_denominator": profile.execution.denominator,
        "reason_below_rate": profile.execution.reason_below,
        "positive_rule": profile.quantitative.positive,
        "reverse_rule": profile.quantitative.reverse,
        "over_achievement": profile.quantitative.over_achievement,
        "over_limit": profile.quantitative.over_limit,
        "score_digits": profile.quantitative.digits,
        "tier_high_low": profile.qualitative.high_from,
        "tier_middle_low": profile.qualitative.middle_from,
        "grade_edges": [{"grade": grade, "at_least": edge} for grade, edge in ordered],
        "level1_weights": [
            {"level1_code": code, "weight": weight} for code, weight in profile.weights.items()
        ],
        "weights_fixed": profile.weights_fixed,
        "satisfaction_required": profile.satisfaction_required,
        "match_weights": profile.signals.weights,
        "note": profile.note,
    }


def _signal_rows(profile: Profile) -> list[dict[str, object]]:
    signals = profile.signals
    groups = {
        "region": signals.regions,
        "issuer": signals.issuers,
        "template": signals.templates,
        "level1_label": signals.level1_labels,
    }
    return [
        {"profile_id": profile.id, "kind": kind, "word": word}
        for kind, words in groups.items()
        for word in words
    ]
