"""Scores are recomputed as the form's own rule says: a whole form, then single rows with one twist each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from expectations.fixture import fill_warehouse, parse_fixture, read_fixture
from expectations.scoring import score_reports
from expectations.sql_files import load_macros
from warehouse.store import apply_judged_views, apply_schema

WORLDS = Path(__file__).parent / "worlds"
Scored = dict[str, object]


def open_empty() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(config={"threads": 1})
    apply_schema(con)
    apply_judged_views(con)
    load_macros(con)
    return con


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = open_empty()
    yield connection
    connection.close()


def first(con: duckdb.DuckDBPyConnection, query: str) -> Scored:
    result = con.execute(query)
    names = [column[0] for column in result.description or ()]
    row = result.fetchone()
    assert row is not None
    return dict(zip(names, row, strict=True))


@pytest.fixture
def score_row(con: duckdb.DuckDBPyConnection) -> Callable[..., Scored]:
    """The scores of one indicator row, by default of a unit without a region (national rule)."""

    def score(unit_name: str = "某单位", **row: object) -> Scored:
        content = {"reports": [{"unit_name": unit_name}], "indicators": [{"max_score": 10, **row}]}
        fill_warehouse(con, parse_fixture(content, Path("inline.yaml")))
        score_reports(con)
        return first(con, "SELECT * FROM judge.indicator_scores")

    return score


def percent(value: str) -> dict[str, object]:
    return {"value": value, "dimension": "percent", "text": f"{Decimal(value) * 100}%"}


def sides(target: dict[str, object], actual: dict[str, object]) -> dict[str, object]:
    return {
        f"{side}_{key}": value
        for side, given_ in (("target", target), ("actual", actual))
        for key, value in given_.items()
    }


def test_whole_form_reproduces(con: duckdb.DuckDBPyConnection):
    fill_warehouse(con, read_fixture(WORLDS / "city_bureau.yaml"))

    score_reports(con)

    outside = con.execute(
        "SELECT label FROM judge.scored_items WHERE reported_score NOT BETWEEN low AND high"
    ).fetchall()
    assert outside == []
    total = first(con, "SELECT * FROM judge.report_scores")
    assert total["recomputed_total"] == Decimal("94.92")
    assert (total["recomputed_low"], total["recomputed_high"]) == (Decimal("94.32"), Decimal("94.92"))
    assert total["recomputed_grade"] == "优"
    budget = first(con, "SELECT * FROM judge.budget_scores")
    assert (budget["recomputed_score"], budget["exact_score"]) == (Decimal("19.4"), Decimal("19.3703"))


@pytest.mark.parametrize(
    ("row", "outcome", "low", "high"),
    [
        pytest.param({"target_value": 10, "actual_value": 12}, "met", 10, 10, id="over target is capped"),
        pytest.param({"target_value": 10, "actual_value": 7}, "unmet", 7, 7, id="in proportion"),
        pytest.param(
            {"target_value": 3, "actual_value": 2}, "unmet", "6.67", "6.67", id="half up to two decimals"
        ),
        pytest.param(
            {"target_value": 6, "comparator": "GT", "actual_value": 6},
            "unmet",
            0,
            10,
            id="more than six is not six",
        ),
        pytest.param(
            {"target_value": 5, "comparator": "LE", "actual_value": 8},
            "unmet",
            "6.25",
            "6.25",
            id="lower is better: A/B",
        ),
        pytest.param(
            {"target_value": 5, "direction": "down", "actual_value": 4},
            "met",
            10,
            10,
            id="direction from the name",
        ),
        pytest.param(
            {"target_value": 0, "comparator": "LE", "actual_value": 2},
            "unmet",
            0,
            0,
            id="none allowed, two happened",
        ),
        pytest.param(
            {"target_value": 0, "comparator": "LE", "actual_value": 0},
            "met",
            10,
            10,
            id="none allowed, none happened",
        ),
        pytest.param(
            {"target_value": 0, "actual_value": 3},
            "not_computable",
            None,
            None,
            id="target zero without direction",
        ),
        pytest.param({"target_value": 6800, "actual_value": 0}, "unmet", 0, 0, id="nothing done"),
        pytest.param(
            {"target_low": 3, "target_high": 5, "actual_value": 2, "target_text": "3-5"},
            "unmet",
            4,
            "6.67",
            id="range gives an interval",
        ),
        pytest.param(
            {"target_value": 100, "comparator": "APPROX", "actual_value": 95},
            "not_computable",
            "9.5",
            10,
            id="about a hundred",
        ),
        pytest.param(
            {"target_value": 100, "comparator": "APPROX", "actual_value": 50},
            "unmet",
            5,
            5,
            id="far from about a hundred",
        ),
        pytest.param(
            {"target_value": 2, "actual_value": 23000}, "met", 10, 10, id="met however the scale word is read"
        ),
        pytest.param(
            {"target_value": 3, "actual_value": 23000}, "not_computable", None, None, id="scale word decides"
        ),
        pytest.param(
            {"target_value": 200, "actual_value": 266, "actual_comparator": "GE"},
            "met",
            10,
            10,
            id="at least 266 of 200",
        ),
        pytest.param(
            {"target_value": 300, "actual_value": 150, "actual_comparator": "GE"},
            "not_computable",
            5,
            10,
            id="at least 150 of 300",
        ),
        pytest.param({"target_text": "有效", "actual_text": "有效"}, "met", 8, 10, id="words as the target"),
        pytest.param(
            {"target_text": "达成预期", "actual_text": "部分达成预期指标并具有一定效果"},
            "unmet",
            6,
            8,
            id="second tier",
        ),
        pytest.param({"target_text": "完成改造", "actual_text": "未完成"}, "unmet", 0, 6, id="third tier"),
        pytest.param(
            {"target_text": "显著提升", "actual_text": "有所提升"},
            "not_computable",
            None,
            None,
            id="open words",
        ),
        pytest.param(
            {"target_value": 30, "comparator": "LE", "actual_text": "完成"},
            "not_computable",
            None,
            None,
            id="figure against words",
        ),
        pytest.param({"target_value": 30}, "not_computable", None, None, id="blank actual"),
        pytest.param(
            {"target_value": 30, "actual_text": "/", "actual_kind": "marker"},
            "not_computable",
            None,
            None,
            id="marked as empty",
        ),
        pytest.param(
            {
                "target_value": 5,
                "target_dimension": "count:件",
                "actual_value": 5,
                "actual_dimension": "count:人次",
            },
            "not_computable",
            None,
            None,
            id="unlike units",
        ),
        pytest.param(
            sides(
                {"value": 1, "base": 100000000, "dimension": "money", "text": "1亿元"},
                {"value": 8000, "base": 10000, "dimension": "money", "text": "8000万元"},
            ),
            "unmet",
            8,
            8,
            id="money in two scales",
        ),
        pytest.param(
            sides(percent("0.95"), {"value": 96, "text": "96"}), "met", 10, 10, id="percent sign left out"
        ),
        pytest.param(
            sides(percent("0.95"), {"value": 1, "text": "1"}),
            "not_computable",
            None,
            None,
            id="one or 100 percent",
        ),
        pytest.param(
            {
                "target_kind": "date",
                "target_low": 1201,
                "target_high": 1231,
                "comparator": "LE",
                "target_text": "12月底前",
                "actual_kind": "date",
                "actual_low": 1101,
                "actual_high": 1130,
                "actual_text": "11月",
            },
            "met",
            10,
            10,
            id="a month early",
        ),
        pytest.param(
            {
                "target_kind": "date",
                "target_low": 901,
                "target_high": 930,
                "comparator": "LE",
                "target_text": "9月前",
                "actual_kind": "date",
                "actual_low": 1101,
                "actual_high": 1130,
                "actual_text": "11月",
            },
            "unmet",
            0,
            10,
            id="late has no proportion",
        ),
        pytest.param(
            {
                "target_kind": "date",
                "target_low": 901,
                "target_high": 930,
                "comparator": "LE",
                "target_text": "9月前",
                "actual_kind": "date",
                "actual_low": 901,
                "actual_high": 930,
                "actual_text": "9月",
            },
            "not_computable",
            0,
            10,
            id="before September, in September",
        ),
        pytest.param(
            {"target_value": 10, "actual_value": 12, "max_score": None},
            "met",
            None,
            None,
            id="no weight, still met",
        ),
    ],
)
def test_single_rows(
    score_row: Callable[..., Scored], row: dict[str, object], outcome: str, low: object, high: object
):
    scored = score_row(**row)

    assert scored["outcome"] == outcome, scored
    assert scored["low"] == (None if low is None else Decimal(str(low))), scored
    assert scored["high"] == (None if high is None else Decimal(str(high))), scored
    assert scored["explanation"]


def test_reverse_by_linear_excess(score_row: Callable[..., Scored]):
    scored = score_row(unit_name="石家庄市某局", target_value=10, comparator="LE", actual_value=12)
    assert (scored["low"], scored["high"]) == (Decimal(8), Decimal(8))


def test_a_bound_that_the_target_leaves_out_is_not_met_and_its_deduction_is_a_question(
    score_row: Callable[..., Scored],
) -> None:
    scored = score_row(unit_name="石家庄市某局", target_value=2, comparator="LT", actual_value=2)
    assert (scored["outcome"], scored["low"], scored["high"]) == ("unmet", Decimal(0), Decimal(10))
    assert "目标不含界限" in str(scored["explanation"])


def test_twice_the_limit_scores_nothing_by_linear_excess(score_row: Callable[..., Scored]):
    scored = score_row(unit_name="石家庄市某局", target_value=10, comparator="LE", actual_value=25)
    assert (scored["low"], scored["high"]) == (Decimal(0), Decimal(0))


def test_words_get_no_tier_where_the_form_deducts_by_steps(con: duckdb.DuckDBPyConnection) -> None:
    row = {
        "level1": "过程",
        "level1_code": "management",
        "name": "制度健全性",
        "max_score": 6,
        "target_text": "健全",
        "actual_text": "健全",
    }
    content = {
        "reports": [{"unit_name": "长沙市某局"}],
        "indicators": [row, {**row, "level1": "投入", "name": "目标合理性"}],
    }
    fill_warehouse(con, parse_fixture(content, Path("inline.yaml")))
    score_reports(con)
    assert first(con, "SELECT profile_id FROM judge.report_profiles")["profile_id"] == "hunan-b"
    scored = first(con, "SELECT * FROM judge.indicator_scores")
    assert (scored["low"], scored["high"]) == (None, None)
    assert "所用规则按扣分点计分，不复算" in str(scored["explanation"])


def test_overflowing_figures_stop_nothing(score_row: Callable[..., Scored]):
    scored = score_row(
        target_value="123456789012345678901234567890", actual_value="999999999999999999999999999999"
    )
    assert (scored["outcome"], scored["rule"]) == ("not_computable", "out_of_range")


@pytest.mark.parametrize(
    ("line", "rule", "score"),
    [
        pytest.param(
            {"adjusted_budget_yuan": 1000000, "executed_yuan": 960000},
            "proportional",
            "9.6",
            id="in proportion",
        ),
        pytest.param(
            {"adjusted_budget_yuan": 1000000, "executed_yuan": 6711900},
            "over_full_execution",
            None,
            id="above full",
        ),
        pytest.param(
            {"adjusted_budget_yuan": 0, "executed_yuan": 0}, "zero_budget", None, id="nothing of nothing"
        ),
        pytest.param(
            {"adjusted_budget_yuan": -100, "executed_yuan": 50}, "negative_budget", None, id="negative budget"
        ),
        pytest.param({"executed_yuan": 50}, "blank_amount", None, id="blank budget"),
        pytest.param({"adjusted_budget_yuan": 50}, "blank_amount", None, id="blank outturn"),
    ],
)
def test_execution(con: duckdb.DuckDBPyConnection, line: dict[str, object], rule: str, score: str | None):
    content = {"budget_lines": [{"label": "年度资金总额", "role": "total", "max_score": 10, **line}]}
    fill_warehouse(con, parse_fixture(content, Path("inline.yaml")))

    score_reports(con)

    scored = first(con, "SELECT * FROM judge.budget_scores")
    assert scored["rule"] == rule
    assert scored["recomputed_score"] == (None if score is None else Decimal(score))


def test_merged_score_cell_is_one_item(con: duckdb.DuckDBPyConnection):
    rows = [
        {
            "name": "甲",
            "target_value": 10,
            "actual_value": 10,
            "score_group": 1,
            "max_score": 20,
            "reported_score": 18,
        },
        {"name": "乙", "target_value": 10, "actual_value": 8, "score_group": 1},
    ]
    fill_warehouse(con, parse_fixture({"indicators": rows}, Path("inline.yaml")))

    score_reports(con)

    item = first(con, "SELECT * FROM judge.scored_items")
    assert (item["kind"], item["max_score"], item["low"], item["high"]) == ("merged", 20, 16, 20)


def test_weights_in_labels_only(con: duckdb.DuckDBPyConnection):
    content = {
        "indicators": [{"name": "甲", "reported_score": 20}, {"name": "乙", "reported_score": 19}],
        "score_groups": [{"label": "产出指标（40分）", "max_score": 40, "members": [1, 2]}],
    }
    fill_warehouse(con, parse_fixture(content, Path("inline.yaml")))

    score_reports(con)

    kinds = con.execute("SELECT kind, max_score FROM judge.scored_items ORDER BY kind, max_score").fetchall()
    assert ("group", Decimal(40)) in kinds


def test_form_without_scores_is_not_computable(con: duckdb.DuckDBPyConnection):
    fill_warehouse(
        con, parse_fixture({"indicators": [{"target_value": 1, "actual_value": 1}]}, Path("inline.yaml"))
    )

    score_reports(con)

    total = first(con, "SELECT * FROM judge.report_scores")
    assert (total["is_complete"], total["recomputed_low"], total["recomputed_grade"]) == (False, None, None)
    assert "不能复算" in str(total["explanation"])


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        (90, "优"),
        ("89.99", "良"),
        (80, "良"),
        ("79.99", "中"),
        (60, "中"),
        ("59.99", "差"),
        (100, "优"),
        (0, "差"),
    ],
)
def test_grade_edges_are_half_open(con: duckdb.DuckDBPyConnection, total: object, grade: str):
    row = {"target_value": 10000, "actual_value": int(Decimal(str(total)) * 100), "max_score": 100}
    fill_warehouse(con, parse_fixture({"indicators": [row]}, Path("inline.yaml")))

    score_reports(con)

    assert first(con, "SELECT * FROM judge.report_scores")["recomputed_grade"] == grade


@settings(max_examples=60, deadline=None)
@given(
    weight=st.decimals(min_value="0.1", max_value=100, places=2),
    target=st.decimals(min_value="0.01", max_value=10**9, places=2),
    actual=st.decimals(min_value=0, max_value=10**9, places=2),
)
@example(weight=Decimal(100), target=Decimal("0.01"), actual=Decimal(10**9))
def test_share_is_exact_and_half_up(weight: Decimal, target: Decimal, actual: Decimal):
    """Up to 10**12, which no score comes near."""
    share = weight * actual / target
    expected = share.quantize(Decimal("0.01"), rounding="ROUND_HALF_UP") if share < 10**12 else None
    got = SHARED.execute("SELECT weighted_share(?, ?, ?, 2)", [weight, actual, target]).fetchone()
    assert got is not None
    assert got[0] == expected


SHARED = open_empty()


def test_execution_rows_with_other_points_stand_beside_the_budget_block(
    con: duckdb.DuckDBPyConnection,
) -> None:
    """基本支出预算执行率（4分） among the indicators is not the budget block's score (10分) over again; 预算执行率（10分） is."""
    content = {
        "budget_lines": [{"role": "total", "max_score": 10, "reported_score": 10}],
        "indicators": [
            {"name": "基本支出执行率", "row_kind": "execution", "max_score": 4, "reported_score": 4},
            {"name": "项目支出执行率", "row_kind": "execution", "max_score": 4, "reported_score": 4},
        ],
    }
    fill_warehouse(con, parse_fixture(content, Path("inline.yaml")))
    score_reports(con)
    assert first(con, "SELECT sum(max_score) AS points FROM judge.scored_items")["points"] == 18


def test_an_execution_row_that_repeats_the_budget_block_counts_once(con: duckdb.DuckDBPyConnection) -> None:
    content = {
        "budget_lines": [{"role": "total", "max_score": 10, "reported_score": 10}],
        "indicators": [
            {"name": "预算执行率", "row_kind": "execution", "max_score": 10, "reported_score": 10}
        ],
    }
    fill_warehouse(con, parse_fixture(content, Path("inline.yaml")))
    score_reports(con)
    assert first(con, "SELECT sum(max_score) AS points FROM judge.scored_items")["points"] == 10
