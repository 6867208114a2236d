"""Goals and their outcome: labelled in their own cells, or a prompt that was left in the place of the goal."""

from __future__ import annotations

from extractors.forms import recognise
from extractors.report import Report
from tests.extractors.forms.builders import document, table

TITLE = "甲县某某局2024年度项目支出绩效自评表"
BODY = (
    "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分",
    "产出指标 | 数量指标 | 培训人数 | ≥50人 | 52人 | 50 | 50",
    "效益指标 | 社会效益指标 | 受益群众人数 | ≥300人 | 310人 | 40 | 40",
)


def read(*rows: str) -> Report:
    return recognise(document(TITLE, table(*rows, *BODY)), "自评表.docx")[0]


def test_texts_behind_their_labels_are_goal_and_outcome() -> None:
    report = read("年度总体目标 | < | 预期目标：培训50人。 | < | 实际完成情况：培训52人，全部合格。 | < | <")
    assert report.header["goal_target"].text == "培训50人。"
    assert report.header["goal_actual"].text == "培训52人，全部合格。"
    assert not report.unread


def test_a_prompt_in_the_goal_s_place_is_its_text() -> None:
    report = read("年度总体目标 | （填写年初目标） | < | < |  | < | <")
    assert report.header["goal_target"].text == "（填写年初目标）"
    assert not report.unread


def test_goal_and_outcome_without_labels_stand_in_this_order() -> None:
    report = read("年度总体目标 | 培训学员50人。 | < | < | 已培训学员52人。 | < | <")
    assert report.header["goal_target"].text == "培训学员50人。"
    assert report.header["goal_actual"].text == "已培训学员52人。"
    # neither has a label of its own in the form
    assert {report.header[name].label for name in ("goal_target", "goal_actual")} == {"年度总体目标"}
