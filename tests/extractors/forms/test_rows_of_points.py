"""Rows of points below a level, points merged over rows, and columns that are the form's own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from extractors.forms import recognise
from extractors.forms.merged_scores import with_merged_scores
from extractors.report import Indicator, Report
from tests.extractors.forms.builders import document, table

TITLE = "甲县某某局2024年度部门整体支出绩效自评表"
HEAD = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分"


def read(*rows: str) -> Report:
    return recognise(document(TITLE, table(*rows)), "自评表.docx")[0]


def weights(report: Report) -> dict[str, Decimal | None]:
    return {group.label: group.max_score for group in report.score_groups}


@pytest.mark.parametrize("label", ["小计（产出指标）", "产出指标小计", "小计"])
def test_points_below_a_level_are_the_level_s(label: str) -> None:
    report = read(
        HEAD,
        "产出指标 | 数量指标 | 培训人数 | ≥50人 | 52人 | 30 | 30",
        "^ | 质量指标 | 培训合格率 | ≥95% | 96% | 20 | 20",
        f"{label} | < | < | < | < | 50 | 50",
        "效益指标 | 社会效益指标 | 受益群众人数 | ≥300人 | 310人 | 40 | 40",
        "总分 | < | < | < | < | 100 | 99",
    )
    assert (weights(report)["产出指标"], weights(report)["质量指标"]) == (50, None)


@pytest.mark.parametrize("label", ["指标得分小计", "小计"])
def test_points_of_all_rows_belong_to_no_level(label: str) -> None:
    report = read(
        HEAD,
        "产出指标 | 数量指标 | 培训人数 | ≥50人 | 52人 | 50 | 50",
        "效益指标 | 社会效益指标 | 受益群众人数 | ≥300人 | 310人 | 30 | 30",
        "满意度指标 | 满意度指标 | 学员满意度 | ≥90% | 89% | 10 | 9.89",
        f"{label} | < | < | < | < | 90 | 89.89",
        "总分 | < | < | < | < | 100 | 99.89",
    )
    whole = next(group for group in report.score_groups if group.kind == "indicators")
    assert (whole.max_score, whole.reported_score, whole.members) == (90, Decimal("89.89"), (1, 2, 3))
    assert weights(report)["满意度指标"] is None


def test_a_label_s_weight_stands_against_another_one_below() -> None:
    report = read(
        HEAD,
        "产出指标（45分） | 数量指标 | 培训人数 | ≥50人 | 52人 | 30 | 30",
        "^ | 质量指标 | 培训合格率 | ≥95% | 96% | 20 | 20",
        "产出指标小计 | < | < | < | < | 50 | 50",
        "总分 | < | < | < | < | 100 | 99",
    )
    assert weights(report)["产出指标"] == 45
    assert [(unread.text, unread.why) for unread in report.unread] == [
        ("50", "小计的分值与“产出指标（45分）”所印的不同")
    ]


def test_a_column_of_the_form_s_own_is_kept_and_named() -> None:
    report = read(
        "一级指标 | 二级指标 | 三级指标 | 责任科室 | 年度指标值 | 实际完成值 | 分值 | 得分",
        "产出指标 | 数量指标 | 培训人数 | 人事股 | ≥50人 | 52人 | 60 | 60",
        "效益指标 | 社会效益指标 | 受益群众人数 | 业务股 | ≥300人 | 310人 | 40 | 40",
    )
    assert [(unread.text, unread.why) for unread in report.unread] == [
        ("人事股", "栏目“责任科室”不是评价内容"),
        ("业务股", "栏目“责任科室”不是评价内容"),
    ]


def rows(*scores: tuple[str, int | None]) -> list[Indicator]:
    return [
        Indicator(
            number, f"指标{number}", level1="产出指标", level2=level2, actual_text="52人",
            reported_score=None if score is None else Decimal(score), max_score=None,
        )
        for number, (level2, score) in enumerate(scores, 1)
    ]  # fmt: skip


def groups(found: list[Indicator]) -> list[int | None]:
    return [row.score_group for row in with_merged_scores(found)]


def test_scores_of_first_rows_only_are_merged_cells_in_text_that_lost_them() -> None:
    found = rows(("数量", 10), ("数量", None), ("质量", 8), ("质量", None), ("质量", None), ("时效", 5))
    assert groups(found) == [1, 1, 2, 2, 2, None]


def test_a_score_missing_anywhere_else_is_a_blank() -> None:
    forgotten = rows(("数量", 10), ("数量", None), ("质量", 8), ("质量", 7), ("时效", 5))
    irregular = rows(("数量", 10), ("数量", None), ("质量", 8), ("质量", None), ("时效", None))
    unfilled = [
        replace(row, actual_text="") for row in rows(("数量", 1), ("数量", None), ("质量", 1), ("质量", None))
    ]
    for found in (forgotten, irregular, unfilled):
        assert groups(found) == [None] * len(found)


@pytest.mark.parametrize("score", ["96.5", "100", "101.07"])
def test_a_total_row_a_column_beside_its_header_is_weight_and_score(score: str) -> None:
    report = read(
        HEAD,
        "产出指标 | 数量指标 | 培训人数 | ≥50人 | 52人 | 60 | 60",
        "效益指标 | 社会效益指标 | 受益群众人数 | ≥300人 | 310人 | 40 | 40",
        f"总分 | < | < | < | 100 | {score} | ",
    )
    assert (report.max_score_total, report.reported_score_total) == (100, Decimal(score))


def test_two_figures_of_which_none_is_100_stay_open() -> None:
    report = read(
        HEAD,
        "产出指标 | 数量指标 | 培训人数 | ≥50人 | 52人 | 60 | 60",
        "效益指标 | 社会效益指标 | 受益群众人数 | ≥300人 | 310人 | 40 | 40",
        "总分 | < | < | 95 | 98 | < | ",
    )
    assert report.reported_score_total is None
