"""The views people query, on a small county: states, queue, coverage and rollups."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest

from tests.warehouse.filling import add_report, put
from warehouse.decisions import record
from warehouse.roster import match_units


def one(con: duckdb.DuckDBPyConnection, query: str) -> tuple:
    row = con.execute(query).fetchone()
    assert row is not None
    return row


def test_the_queue_puts_the_gravest_first_and_knows_the_division(county: duckdb.DuckDBPyConnection) -> None:
    rows = county.execute(
        'SELECT severity, unit, "check", assignee, age FROM out.review_queue ORDER BY priority DESC'
    ).fetchall()
    assert rows[0] == ("blocker", "清河县河道管理所", "EXE-03", "农业科", 9)
    assert [row[0] for row in rows] == ["blocker", "major", "major", "major", "info"]
    assert {rows[1][2], rows[2][2]} == {"NAR-01", "DEV-02"}, "money and points at stake decide among equals"


def test_decided_findings_leave_the_queue_and_returned_ones_come_last(
    county: duckdb.DuckDBPyConnection,
) -> None:
    record(county, "a1-1-nar-01-r1", "waive", "李敏", "已说明")
    record(county, "b1-1-exe-03-l1", "return", "李敏", "请更正")
    rows = county.execute('SELECT "check", state FROM out.review_queue ORDER BY priority DESC').fetchall()
    assert ("NAR-01", "open") not in rows and rows[-1] == ("EXE-03", "returned")


def test_personal_data_is_masked_wherever_a_text_goes_out(county: duckdb.DuckDBPyConnection) -> None:
    everything = "\n".join(
        str(county.execute(f"FROM out.{view}").fetchall())
        for (view,) in county.execute(
            "SELECT view_name FROM duckdb_views() WHERE schema_name = 'out'"
        ).fetchall()
    )
    for secret in ("王小明", "李大伟", "赵丽", "13912345678", "13800138000"):
        assert secret not in everything
    assert "联系人：李**，138****8000" in everything


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("身份证号130102199003078513。", "身份证号130102***********3。"),
        ("电话：0311-86012345", "电话：0311-********"),
        ("填报人（签字）：欧阳娜娜 2024年3月1日", "填报人（签字）：欧** 2024年3月1日"),
        ("资金13912345678.50元", "资金13912345678.50元"),
        ("预算5923.63万元，执行5737.12万元", "预算5923.63万元，执行5737.12万元"),
        ("项目负责人为张三", "项目负责人为张三"),
    ],
)
def test_masking_hides_people_and_leaves_money(con: duckdb.DuckDBPyConnection, text: str, shown: str) -> None:
    assert con.execute("SELECT mart.masked(?)", [text]).fetchone() == (shown,)


def test_coverage_counts_the_roster(county: duckdb.DuckDBPyConnection) -> None:
    assert one(county, "SELECT expected_units, received_units, late_units, missing_units, unreadable_units, units_outside_roster"
                       " FROM out.coverage WHERE level = 'all'") == (5, 3, 1, 1, 1, 1)  # fmt: skip
    assert one(county, "SELECT submissions, accepted, superseded, unreadable, not_an_evaluation FROM out.coverage WHERE level = 'all'") == (
        7, 4, 1, 1, 1,
    )  # fmt: skip
    assert one(
        county, "SELECT coverage_rate FROM out.coverage WHERE level = 'region' AND name = '安平县'"
    ) == (Decimal("0.3333"),)
    states = dict(county.execute("SELECT unit_name, state FROM out.coverage_units").fetchall())
    assert (
        states["清河县河道管理所"] == "late"
        and states["安平县文化馆"] == "missing"
        and states["安平县林业局"] == "unreadable"
    )


def test_an_opened_archive_is_no_submission_of_its_own(con: duckdb.DuckDBPyConnection) -> None:
    put(con, "raw.roster", unit_name="清河县水利局", unit_code="101")
    put(con, "raw.submissions", submission_id="z", file_path="清河县水利局.zip", document_kind="archive")
    put(con, "raw.submissions", submission_id="m", file_path="清河县水利局.zip", member_path="附件.docx", outcome="unreadable",
        reason="已损坏")  # fmt: skip
    put(
        con,
        "raw.submissions",
        submission_id="d",
        file_path="乙.zip",
        document_kind="archive",
        outcome="unreadable",
        reason="已损坏",
    )
    match_units(con)
    assert one(con, "SELECT submissions, accepted, unreadable FROM out.coverage WHERE level = 'all'") == (
        2,
        0,
        2,
    )
    assert one(con, "SELECT state FROM out.coverage_units") == ("unreadable",)


def test_a_unit_stands_on_its_overall_report(county: duckdb.DuckDBPyConnection) -> None:
    row = one(county, "SELECT executed_yuan, execution_rate, recomputed_score_total, met, unmet, not_computable, findings_open"
                      " FROM out.rollup_units WHERE unit_name = '清河县水利局' AND fiscal_year = 2023")  # fmt: skip
    assert row == (Decimal("57371200.0000"), Decimal("0.96851424"), Decimal("97.6900"), 3, 2, 1, 2)
    assert (
        one(county, "SELECT excluded_because FROM out.rollup_units WHERE unit_name = '安平县教育局'")[0]
        == "得分无法复算"
    )


def test_a_department_adds_completion_and_funds_first(county: duckdb.DuckDBPyConnection) -> None:
    units, scored, executed, rate, weight, low, high = one(
        county,
        "SELECT units, units_scored, executed_yuan, execution_rate, aggregated_max_score, aggregated_score_low, aggregated_score_high"
        " FROM out.rollup_departments WHERE department = '清河县水利局' AND fiscal_year = 2023",
    )
    assert (units, scored, executed) == (2, 2, Decimal("61371200.0000"))
    assert rate == Decimal("0.91276885"), "61,371,200 of 67,236,300: funds added, then divided"
    assert weight == 100
    # the indicators of both units are alike: 87.99 of 90, and 10 x 0.91276885 for execution
    assert low == high and abs(low - Decimal("97.12")) <= Decimal("0.02")


def test_unlike_units_are_never_added(county: duckdb.DuckDBPyConnection) -> None:
    county.execute(
        "UPDATE core.indicators SET target_dimension = 'area', actual_dimension = 'area' WHERE report_id = 'b1-1' AND row_no = 1"
    )
    assert one(
        county,
        "SELECT unlike_units FROM out.rollup_departments WHERE department = '清河县水利局' AND fiscal_year = 2023",
    ) == (1,)


def test_an_average_says_on_how_many_units_it_stands(county: duckdb.DuckDBPyConnection) -> None:
    row = one(county, "SELECT units, units_with_reported_score, units_scored, units_excluded, excluded_because, expected_units, missing_units"
                      " FROM out.rollup_regions WHERE region = '安平县' AND fiscal_year = 2023")  # fmt: skip
    assert row == (1, 0, 0, 1, "得分无法复算", 3, 1)


def test_indicators_by_category(county: duckdb.DuckDBPyConnection) -> None:
    row = one(county, "SELECT indicators, met, unmet, computable, met_rate FROM out.rollup_indicators"
                      " WHERE fiscal_year = 2023 AND level1 = 'outcome' AND dimension = 'social'")  # fmt: skip
    assert row == (2, 0, 2, 2, Decimal("0.0000"))


def test_year_on_year_compares_the_same_unit(county: duckdb.DuckDBPyConnection) -> None:
    row = one(county, "SELECT has_previous, previous_execution_rate, score_change FROM out.year_on_year"
                      " WHERE unit_name = '清河县水利局' AND fiscal_year = 2023")  # fmt: skip
    assert row == (True, Decimal("0.80000000"), Decimal("4.5900"))
    assert one(county, "SELECT has_previous FROM out.year_on_year WHERE unit_name = '安平县教育局'") == (
        False,
    )


def test_projects_alone_give_funds_and_no_score(con: duckdb.DuckDBPyConnection) -> None:
    for number, name in ((1, "甲"), (2, "乙")):
        report = add_report(
            con, f"p{number}", "清河县水利局", scope="project", project_name=name, reported_score_total="90"
        )
        put(con, "core.budget_lines", report_id=report, line_no=1, label="年度资金总额", is_total=True,
            adjusted_budget_yuan="100", executed_yuan="80")  # fmt: skip
    assert one(con, "SELECT adjusted_budget_yuan, funds_basis, reported_score_total, excluded_because FROM out.rollup_units") == (
        Decimal("200.0000"), "projects", None, "无部门整体自评表",
    )  # fmt: skip


def test_without_a_roster_coverage_says_so(con: duckdb.DuckDBPyConnection) -> None:
    add_report(con, "a", "清河县水利局")
    assert one(con, "SELECT expected_units, received_units, basis FROM out.coverage WHERE level = 'all'") == (
        None, 1, "未提供单位名册，应报数不明",
    )  # fmt: skip
