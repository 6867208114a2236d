"""Profiles are data: typed, strict, and chosen with a reason a reviewer can follow."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from expectations.errors import ProfileError
from expectations.profiles import PROFILES_DIR, load_profiles
from expectations.scoring import score_reports
from expectations.sql_files import load_macros

EXPECTED = {
    "national",
    "hubei",
    "hunan-a",
    "hunan-b",
    "sichuan",
    "jiangxi",
    "anhui",
    "yunnan",
    "hebei",
    "ningxia",
    "shanghai",
    "xinjiang",
    "pm",
}


def test_jurisdictions_of_the_field_are_there():
    profiles = load_profiles()
    assert profiles.keys() >= EXPECTED
    assert all(profile.basis and profile.note for profile in profiles.values())
    assert not any(profile.verified and profile.evidence == "M" for profile in profiles.values())


@pytest.mark.parametrize(
    ("total", "grade"), [("90", "优"), ("89.995", "良"), ("80", "良"), ("60", "中"), ("59.99", "差")]
)
def test_grades_are_half_open(total: str, grade: str):
    assert load_profiles()["national"].grade(Decimal(total)) == grade


def test_unknown_key_is_refused(tmp_path: Path):
    (tmp_path / "national.yaml").write_text(
        (PROFILES_DIR / "national.yaml").read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8"
    )
    with pytest.raises(ProfileError, match="colour"):
        load_profiles(tmp_path)


def test_missing_base_is_refused(tmp_path: Path):
    (tmp_path / "a.yaml").write_text("extends: nowhere\nid: a\n", encoding="utf-8")
    with pytest.raises(ProfileError, match="nowhere"):
        load_profiles(tmp_path)


@pytest.mark.parametrize(
    ("report", "content", "profile", "why"),
    [
        ({"unit_name": "咸宁市某局"}, {}, "hubei", "咸宁"),
        ({"unit_name": "南昌市北京路小学"}, {}, "jiangxi", "南昌"),
        ({"unit_name": "某局", "region": "湖南省某县"}, {}, "hunan-a", "湖南"),
        (
            {"unit_name": "长沙市某局"},
            {"indicators": [{"level1": "投入", "max_score": 13}]},
            "hunan-b",
            "投入",
        ),
        ({"unit_name": "某局", "narrative_text": "根据川财绩〔2025〕10号文件"}, {}, "sichuan", "川财"),
        ({"unit_name": "某局", "template": "converted_scores"}, {}, "hebei", "表式"),
        ({"unit_name": "某局"}, {}, "national", "未写明地区"),
        # 过程 alone stands in many frameworks, and 投入管理 is not 投入
        (
            {"unit_name": "某局"},
            {"indicators": [{"level1": "过程"}, {"level1": "履职"}, {"level1": "效益"}]},
            "national",
            "未写明地区",
        ),
        (
            {"unit_name": "某局"},
            {"indicators": [{"level1": "投入"}, {"level1": "过程"}, {"level1": "效果"}]},
            "hunan-b",
            "投入",
        ),
        (
            {"unit_name": "某局"},
            {
                "budget_lines": [{"role": "total", "max_score": 20}],
                "indicators": [
                    {"max_score": 40},
                    {"max_score": 30, "level1_code": "outcome"},
                    {"max_score": 10, "level1_code": "satisfaction"},
                ],
            },
            "hubei",
            "一级指标分值",
        ),
        (
            {"unit_name": "武汉市某局"},
            {
                "roster": [{"unit_name": "武汉市某局", "profile": "pm"}],
                "unit_matches": [
                    {"submission_id": "s-r1", "report_id": "r1", "roster_unit_name": "武汉市某局"}
                ],
            },
            "pm",
            "名册",
        ),
    ],
)
def test_profile_is_chosen_with_a_reason(
    warehouse: duckdb.DuckDBPyConnection,
    fill: Callable[..., object],
    report: dict,
    content: dict,
    profile: str,
    why: str,
):
    fill(reports=[{**report, "report_id": "r1"}], **content)
    load_macros(warehouse)

    score_reports(warehouse)

    chosen = warehouse.execute("SELECT profile_id, why FROM judge.report_profiles").fetchone()
    assert chosen is not None
    assert chosen[0] == profile, chosen
    assert why in chosen[1]
