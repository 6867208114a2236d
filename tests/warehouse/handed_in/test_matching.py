"""Which unit of a handed-in table a report means; whose rows are replaced; and last year's report beside this year's."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from flows.grammar import HouseGrammar
from tests.warehouse.filling import add_report, put
from warehouse.errors import TableFileError
from warehouse.handed_in.last_year import examine_database
from warehouse.handed_in.load import load_handed_in
from warehouse.handed_in.matching import match_handed_in
from warehouse.handed_in.reading import read_handed_in
from warehouse.roster import match_units

Make = Callable[[str], duckdb.DuckDBPyConnection]


def hand_in(con: duckdb.DuckDBPyConnection, folder: Path, rows: str, kind: str = "approved_budgets") -> None:
    heads = {
        "approved_budgets": "单位名称,单位编码,地区,年度,项目名称,资金项目,年初预算数（元）\n",
        "last_year": "单位名称,单位编码,地区,年度,项目名称,三级指标,上年实际完成值\n",
    }
    path = folder / f"{kind}.csv"
    path.write_text(heads[kind] + rows, "utf-8")
    load_handed_in(con, [read_handed_in(path, kind, None, HouseGrammar())])


def matches(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, str]]:
    match_units(con)
    match_handed_in(con)
    return {
        report: (unit, how)
        for report, unit, how in con.execute(
            "SELECT report_id, unit_name, how FROM raw.handed_in_matches"
        ).fetchall()
    }


def test_without_a_roster_units_meet_by_code_and_name(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    by_code = add_report(con, "a", "清河县水务局", unit_code="101")
    by_name = add_report(con, "b", "清河县 教育局")
    add_report(con, "c", "清河县教育局机关")
    hand_in(con, tmp_path, "清河县水利局,101,,2023,,,1\n清河县教育局,102,,2023,,,1\n")

    assert matches(con) == {by_code: ("清河县水利局", "code"), by_name: ("清河县教育局", "normalised")}


def test_the_roster_joins_a_report_and_a_table_that_write_the_unit_otherwise(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    put(
        con,
        "raw.roster",
        unit_name="清河县水利局",
        unit_code="101",
        aliases=["清河县水务局"],
        region="清河县",
    )
    report = add_report(con, "a", "清河县水务局")
    hand_in(con, tmp_path, "水利局,101,,2023,,,1\n")

    assert matches(con) == {report: ("水利局", "roster")}


def test_a_name_that_is_only_alike_decides_nothing(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    add_report(con, "a", "清河县自然资源局")
    add_report(con, "b", "清河县第一小学")
    hand_in(con, tmp_path, "清河县自然资源和规划局,,,2023,,,1\n清河县第二小学,,,2023,,,1\n")

    assert matches(con) == {}


def test_namesakes_of_two_regions_are_told_apart(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    here = add_report(con, "a", "财政局", region="清河县")
    add_report(con, "b", "财政局")
    hand_in(con, tmp_path, "财政局,,清河县,2023,,,1\n财政局,,安平县,2023,,,2\n")

    assert matches(con) == {here: ("财政局", "exact")}
    assert con.execute("SELECT report_id, initial_budget_yuan FROM active.approved_budgets").fetchall() == [
        (here, 1)
    ]


def test_rows_meet_the_report_of_their_year_and_project(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    whole = add_report(con, "a", "甲局")
    project = add_report(con, "b", "甲局", scope="project", project_name="河道（二期）治理")
    hand_in(
        con,
        tmp_path,
        "甲局,,,2023,,,1\n甲局,,,2022,,,2\n甲局,,,2023,河道(二期)治理,,3\n甲局,,,2023,另一项目,,4\n",
    )
    matches(con)

    found = con.execute(
        "SELECT report_id, initial_budget_yuan FROM active.approved_budgets ORDER BY 2"
    ).fetchall()
    assert found == [(whole, 1), (project, 3)]


def test_a_table_handed_in_again_replaces_its_own_years(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    hand_in(con, tmp_path, "甲局,,,2022,,,1\n甲局,,,2023,,,2\n乙局,,,2023,,,3\n")
    hand_in(con, tmp_path, "甲局,,,2023,,,20\n")

    rows = con.execute(
        "SELECT unit_name, fiscal_year, initial_budget_yuan FROM raw.approved_budgets ORDER BY ALL"
    ).fetchall()
    assert rows == [("甲局", 2022, 1), ("甲局", 2023, 20)]
    stands = con.execute("SELECT fiscal_year, row_count FROM raw.handed_in ORDER BY 1").fetchall()
    assert stands == [(2022, 1), (2023, 1)]


def test_a_faulty_table_leaves_the_former_one(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    hand_in(con, tmp_path, "甲局,,,2023,,,1\n")
    with pytest.raises(TableFileError):
        hand_in(con, tmp_path, "甲局,,,2023,,,2\n乙局,,,2023,,,不详\n")
    assert con.execute("SELECT initial_budget_yuan FROM raw.approved_budgets").fetchall() == [(1,)]


def last_of(con: duckdb.DuckDBPyConnection) -> list[tuple]:
    match_units(con)
    match_handed_in(con)
    con.execute("UPDATE judge.scope SET fiscal_year = 2023")
    return con.execute("SELECT * FROM active.last_reports ORDER BY ALL").fetchall()


def test_last_years_report_in_the_same_warehouse_comes_first(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    now, before = add_report(con, "a", "甲局", unit_code="1"), add_report(con, "b", "甲 局", fiscal_year=2022)
    hand_in(con, tmp_path, "甲局,1,,2022,,培训,3次\n", "last_year")
    assert last_of(con) == [(now, before, 2022)]


@pytest.mark.parametrize(
    "other", [{"unit_code": "2"}, {"region": "安平县"}, {"scope": "project"}, {"fiscal_year": 2021}]
)
def test_another_code_region_scope_or_year_is_not_last_years_report(
    con: duckdb.DuckDBPyConnection, other: dict
) -> None:
    add_report(con, "a", "甲局", unit_code="1", region="清河县")
    add_report(con, "b", "甲局", **({"fiscal_year": 2022} | other))
    assert last_of(con) == []


def test_last_years_rows_come_from_a_table(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    now = add_report(con, "a", "甲局")
    hand_in(con, tmp_path, "甲局,,,2022,,培训人次,1.2万人次\n", "last_year")
    ((report, last, year),) = last_of(con)
    assert (report, year) == (now, 2022)
    row = con.execute(
        "SELECT last_report_id, name, actual_text, actual_value, actual_kind FROM active.last_indicators"
    ).fetchall()
    assert row == [(last, "培训人次", "1.2万人次", 12000, "number")]


@pytest.mark.parametrize("source", ["warehouse", "snapshot"])
def test_last_years_rows_come_from_another_database(
    make_warehouse: Make, tmp_path: Path, source: str
) -> None:
    former = make_warehouse("former")
    report = add_report(former, "x", "清河县水利局", fiscal_year=2022)
    add_report(former, "y", "清河县水利局", fiscal_year=2021)
    put(
        former,
        "core.indicators",
        report_id=report,
        row_no=1,
        name="培训人次",
        actual_text="480人次",
        actual_value=480,
    )
    put(
        former,
        "core.sections",
        report_id=report,
        section_no=1,
        heading="履职效果",
        kind="effect",
        text="文字",
    )
    put(
        former,
        "core.statements",
        report_id=report,
        statement_no=1,
        subject="三公经费",
        quantity="amount",
        role="plain",
    )
    put(
        former,
        "judge.findings",
        report_id=report,
        finding_id="f",
        check_id="SCO-04",
        subject="总分",
        first_seen_on="2023-04-01",
    )
    put(
        former,
        "judge.decisions",
        finding_id="f",
        decision="return",
        decided_by="甲",
        reason="乙",
        facts_hash="facts-1",
    )
    folder = tmp_path / "去年 O'Brien"
    folder.mkdir()
    path = tmp_path / "former.duckdb"
    if source == "snapshot":
        from warehouse.publication import publish_snapshot

        publish_snapshot(former, tmp_path / "published")
        path = tmp_path / "published" / "review.duckdb"
    former.close()
    path = path.rename(folder / path.name)
    con = make_warehouse("present")
    now = add_report(con, "a", "清河县水利局")

    for _ in range(2):  # a second time gives the same rows
        load_handed_in(con, [examine_database(path, 2023)])

    assert last_of(con) == [(now, report, 2022)]
    counts = con.execute(
        "SELECT (SELECT count(*) FROM active.last_indicators WHERE actual_value = 480), (SELECT count(*) FROM active.last_statements),"
        " (SELECT count(*) FROM active.last_sections), (SELECT count(*) FROM active.last_findings WHERE decision = 'return')"
    ).fetchone()
    assert counts == (1, 1, 1 if source == "warehouse" else 0, 1)
    assert con.execute("SELECT kind, fiscal_year, row_count FROM raw.handed_in").fetchall() == [
        ("last_year", 2022, 1)
    ]


def test_a_database_without_the_year_or_of_another_program_is_refused(
    make_warehouse: Make, tmp_path: Path
) -> None:
    former = make_warehouse("former")
    add_report(former, "x", "甲局", fiscal_year=2020)
    former.close()
    with pytest.raises(TableFileError, match="没有 2022 年度的自评报告（其中的年度：2020）"):
        examine_database(tmp_path / "former.duckdb", 2023)
    with closing(duckdb.connect(str(tmp_path / "other.duckdb"))) as other:
        other.execute("CREATE TABLE t (i INTEGER)")
    with pytest.raises(TableFileError, match="不是 jixiao 的数据库"):
        examine_database(tmp_path / "other.duckdb", 2023)
