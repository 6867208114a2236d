"""Slices, the order of rows and the number of threads change what a judging costs, never what it says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from expectations.catalogue import load_catalogue, parse_check
from expectations.hands import hired
from expectations.judge import judge
from expectations.slices import sliced, tables_of_a_slice
from tests.expectations.whole_catalogue import JUDGED, judged, open_world, shuffle

Fill = Callable[..., object]
MANY, FEW = 10_000, 100


@pytest.fixture(scope="module")
def whole() -> duckdb.DuckDBPyConnection:
    """Every check's fixtures judged in one go on one thread."""
    con = open_world(threads=1)
    judge(con, date(2025, 4, 1), "run-1", reports_per_slice=MANY)
    return con


def differences(one: dict, other: dict) -> dict:
    return {
        table: (
            [row for row in one[table] if row not in other[table]][:3],
            [row for row in other[table] if row not in one[table]][:3],
        )
        for table in JUDGED
        if one[table] != other[table]
    }


def test_slices_give_the_rows_of_one_go(whole: duckdb.DuckDBPyConnection):
    con = open_world(threads=1)

    judgement = judge(con, date(2025, 4, 1), "run-1", reports_per_slice=FEW)

    assert judgement.reports > 2 * FEW
    assert differences(judged(whole), judged(con)) == {}


def test_order_of_rows_and_threads_change_nothing(whole: duckdb.DuckDBPyConnection):
    con = open_world(threads=2)
    shuffle(con)

    judge(con, date(2025, 4, 1), "run-1", reports_per_slice=FEW)

    assert differences(judged(whole), judged(con)) == {}


def test_nearly_every_check_finds_something_in_this_world(whole: duckdb.DuckDBPyConnection):
    silent = [
        check.id
        for check in load_catalogue()
        if not whole.execute("SELECT count(*) FROM judge.tests WHERE check_id = ?", [check.id]).fetchall()[0][
            0
        ]
    ]
    assert len(silent) < 4, silent


def test_a_slice_holds_its_reports_and_no_others(warehouse: duckdb.DuckDBPyConnection, fill: Fill):
    reports = [{"report_id": f"r{number}", "unit_name": f"第{number}局"} for number in range(1, 6)]
    fill(reports=reports, indicators=[{"report_id": report["report_id"]} for report in reports])
    seen = []

    with hired(warehouse) as hands, sliced(hands, 2) as slices:
        for number in slices:
            slices.stage(warehouse, number)
            with slices.entered(number, warehouse):
                seen.append(
                    warehouse.execute(
                        "SELECT (SELECT count(*) FROM active.reports), (SELECT count(*) FROM active.indicators),"
                        " (SELECT count(*) FROM core.reports)"
                    ).fetchone()
                )

    assert sorted(row or () for row in seen) == [(1, 1, 5), (2, 2, 5), (2, 2, 5)]
    assert warehouse.execute("SELECT count(*) FROM active.reports").fetchone() == (5,)


def test_check_that_reads_beyond_a_slice_runs_across_reports():
    header = (
        "/*\nid: TST-01\nversion: 1\nclass: A\nseverity: info\nneeds: [report]\ntitle: 试\nbasis: 试\nmessage: 试\n"
        "not_applicable: 试\n{more}*/\n"
    )
    path = Path("checks/tst/TST-01.sql")

    own = parse_check(header.format(more="") + "SELECT * FROM active.indicators -- core.reports", path)
    past = parse_check(header.format(more="") + "SELECT * FROM core.reports", path)
    said = parse_check(header.format(more="across_reports: true\n") + "SELECT * FROM active.indicators", path)

    assert [own.across_reports, past.across_reports, said.across_reports] == [False, True, True]
    assert "active.indicators" in tables_of_a_slice()
