"""Causes the layout corpus found: each a form whose words or columns are not the usual ones."""

from __future__ import annotations

from pathlib import Path

from extractors import extract_reports
from extractors.forms.identity import year_in
from extractors.report import Report
from flows.samples.form import compose
from flows.samples.generate import make_facts
from flows.samples.layouts import layout_of, load_layouts
from flows.samples.sheet import SampleDocument
from flows.samples.writers import write


def read(document: SampleDocument, folder: Path, suffix: str = ".docx") -> Report:
    return extract_reports(write(document, folder / f"表{suffix}"))[0]


def test_two_columns_of_one_level_are_the_two_levels_in_order(tmp_path: Path) -> None:
    layout = layout_of({"id": "x", "indicators": {"headers": {"level2": "指标类型"}}})
    report = read(compose(make_facts(3), layout), tmp_path)
    assert [indicator.dimension for indicator in report.indicators[:3]] == ["quantity"] * 3


def test_the_number_beside_a_comparator_is_the_target_whatever_its_header(tmp_path: Path) -> None:
    columns = ["level1", "level2", "name", "comparator", "value", "unit", "actual", "weight", "score"]
    given = {
        "columns": columns,
        "headers": {"value": "数额", "comparator": "比较符"},
        "value_style": "number",
    }
    facts = make_facts(3)
    report = read(compose(facts, layout_of({"id": "x", "indicators": given})), tmp_path)
    assert report.indicators[0].target_value == facts.indicators[0].target
    assert report.indicators[0].comparator == "GE"


def test_the_unit_note_above_a_pdf_table_holds_for_its_budget(tmp_path: Path) -> None:
    layout = layout_of(
        {"id": "x", "money_unit": "元", "unit_note": "单位：元", "title": "{year}年度部门整体支出绩效自评表"}
    )
    facts = make_facts(3)
    report = read(compose(facts, layout), tmp_path, ".pdf")
    assert report.budget_lines[0].executed_yuan == facts.budget[0].executed


def test_a_cell_that_prints_its_unit_says_the_unit(tmp_path: Path) -> None:
    report = read(compose(make_facts(3), load_layouts()["amounts_with_unit"]), tmp_path)
    assert {line.money_unit for line in report.budget_lines} == {"万元"}


def test_a_goals_block_whose_side_label_reads_like_a_column(tmp_path: Path) -> None:
    layout = load_layouts()["central_transfer"]
    facts = make_facts(3, scope="project")
    report = read(compose(facts, layout), tmp_path)
    assert report.header["goal_target"].text == facts.goal
    assert report.header["goal_actual"].text == facts.outcome
    assert report.unread == ()


def test_the_day_of_filing_is_not_the_year_reported_on() -> None:
    assert year_in(["填报日期：2025年3月8日", "2024年度部门整体支出绩效自评表"]) == 2024
    assert year_in(["填报日期：2025年3月8日"]) is None
