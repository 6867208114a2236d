"""Newer versions and duplicates: which report counts, and when nothing may be concluded."""

from __future__ import annotations

from datetime import datetime
from itertools import permutations
from typing import Any

import duckdb
import pytest

from tests.warehouse.filling import add_report, put
from warehouse.supersede import mark_superseded

MARCH = datetime(2024, 3, 20, 9)
APRIL = datetime(2024, 4, 2, 9)


def superseded(con: duckdb.DuckDBPyConnection) -> dict[str, str | None]:
    return dict(con.execute("SELECT report_id, superseded_by FROM core.reports ORDER BY 1").fetchall())


def test_the_newer_version_wins_and_both_sides_know(con: duckdb.DuckDBPyConnection) -> None:
    add_report(con, "old", "清河县水利局", received_at=MARCH)
    add_report(con, "new", "清河县 水利局", received_at=APRIL)
    counts = mark_superseded(con)
    assert (counts.duplicates, counts.reports, counts.submissions) == (0, 1, 1)
    assert superseded(con) == {"old-1": "new-1", "new-1": None}
    assert con.execute("SELECT supersedes FROM core.reports WHERE report_id = 'new-1'").fetchone() == (
        ["old-1"],
    )
    assert con.execute(
        "SELECT status, reason FROM out.submissions WHERE submission_id = 'old'"
    ).fetchone() == (
        "superseded",
        "已被重新报送的「new.docx」替代",
    )
    assert con.execute("SELECT supersedes FROM out.submissions WHERE submission_id = 'new'").fetchone() == (
        ["old"],
    )
    assert con.execute("SELECT report_id FROM active.reports").fetchall() == [("new-1",)]


@pytest.mark.parametrize("order", list(permutations(["a", "b", "c"])))
def test_marks_do_not_depend_on_the_order_of_loading(
    con: duckdb.DuckDBPyConnection, order: tuple[str, ...]
) -> None:
    when = {"a": MARCH, "b": APRIL, "c": APRIL}
    for name in order:
        add_report(con, name, "清河县水利局", received_at=when[name])
        mark_superseded(con)
    assert superseded(con) == {"a-1": "c-1", "b-1": "c-1", "c-1": None}


@pytest.mark.parametrize(
    "differs",
    [
        {"fiscal_year": 2022},
        {"fiscal_year": None},
        {"scope": "project", "project_name": "河道整治"},
        {"kind": "narrative"},
        {"region": "安平县"},
    ],
)
def test_another_year_scope_kind_or_region_is_another_report(
    con: duckdb.DuckDBPyConnection, differs: dict[str, Any]
) -> None:
    add_report(con, "old", "水利局", received_at=MARCH)
    add_report(con, "new", "水利局", received_at=APRIL, **differs)
    assert mark_superseded(con).reports == 0


@pytest.mark.parametrize(
    "unknown",
    [
        {"unit": None},
        {"unit": "水利局", "fiscal_year": None},
        {"unit": "水利局", "scope": "project", "project_name": None},
    ],
)
def test_nothing_is_concluded_where_unit_year_or_project_is_unknown(
    con: duckdb.DuckDBPyConnection, unknown: dict[str, Any]
) -> None:
    add_report(con, "old", received_at=MARCH, **unknown)
    add_report(con, "new", received_at=APRIL, **unknown)
    assert mark_superseded(con).reports == 0


def test_two_forms_of_one_file_stand_beside_each_other(con: duckdb.DuckDBPyConnection) -> None:
    add_report(con, "one", "清河县水利局")
    put(
        con,
        "core.reports",
        report_id="one-2",
        submission_id="one",
        form_no=2,
        unit_name="清河县水利局",
        fiscal_year=2023,
    )
    assert mark_superseded(con).reports == 0


def test_a_file_is_superseded_only_when_every_report_in_it_is(con: duckdb.DuckDBPyConnection) -> None:
    add_report(con, "old", "清河县水利局", received_at=MARCH)
    put(con, "core.reports", report_id="old-2", submission_id="old", form_no=2, unit_name="清河县水利局", fiscal_year=2023,
        scope="project", project_name="河道整治")  # fmt: skip
    add_report(con, "new", "清河县水利局", received_at=APRIL)
    mark_superseded(con)
    assert superseded(con)["old-1"] == "new-1"
    assert con.execute("SELECT status FROM out.submissions WHERE submission_id = 'old'").fetchone() == (
        "accepted",
    )


def test_the_same_content_again_is_a_duplicate_of_the_first(con: duckdb.DuckDBPyConnection) -> None:
    add_report(con, "first", "清河县水利局", sha256="same", received_at=MARCH)
    add_report(con, "again", "清河县水利局", sha256="same", received_at=APRIL)
    assert mark_superseded(con).duplicates == 1
    assert con.execute("SELECT submission_id, status FROM out.submissions ORDER BY 1").fetchall() == [
        ("again", "duplicate"),
        ("first", "accepted"),
    ]
    assert con.execute("SELECT report_id FROM active.reports").fetchall() == [("first-1",)]


def test_the_roster_joins_two_spellings_of_one_unit(con: duckdb.DuckDBPyConnection) -> None:
    add_report(con, "old", "清河县水务局", received_at=MARCH)
    add_report(con, "new", "清河县水利局", received_at=APRIL)
    for name, how in (("old", "alias"), ("new", "exact")):
        put(
            con,
            "raw.unit_matches",
            submission_id=name,
            report_id=f"{name}-1",
            roster_unit_name="清河县水利局",
            how=how,
        )
    assert mark_superseded(con).reports == 1


def test_a_likeness_alone_joins_nothing(con: duckdb.DuckDBPyConnection) -> None:
    add_report(con, "old", "清河县水利水电局", received_at=MARCH)
    add_report(con, "new", "清河县水利局", received_at=APRIL)
    put(
        con,
        "raw.unit_matches",
        submission_id="old",
        report_id="old-1",
        roster_unit_name="清河县水利局",
        how="fuzzy",
    )
    put(
        con,
        "raw.unit_matches",
        submission_id="new",
        report_id="new-1",
        roster_unit_name="清河县水利局",
        how="exact",
    )
    assert mark_superseded(con).reports == 0


def test_active_holds_the_judged_year_and_reports_without_one(con: duckdb.DuckDBPyConnection) -> None:
    add_report(con, "a", "甲局", fiscal_year=2022)
    add_report(con, "b", "乙局", fiscal_year=2023)
    add_report(con, "c", "丙局", fiscal_year=None)
    con.execute("UPDATE judge.scope SET fiscal_year = 2023")
    assert con.execute("SELECT report_id FROM active.reports ORDER BY 1").fetchall() == [("b-1",), ("c-1",)]


@pytest.mark.parametrize("outcome", ["unreadable", "refused", "needs_tool", "not_an_evaluation"])
def test_a_file_that_gave_nothing_is_superseded_by_the_good_one_under_its_path(
    con: duckdb.DuckDBPyConnection, outcome: str
) -> None:
    for name, path in (("bad", "甲局.docx"), ("other", "乙局.docx")):
        put(
            con,
            "raw.submissions",
            submission_id=name,
            file_path=path,
            sha256=name,
            outcome=outcome,
            reason="读不了",
            received_at=MARCH,
        )
    add_report(con, "good", "甲局", file_path="甲局.docx", received_at=APRIL)
    mark_superseded(con)
    rows = con.execute("SELECT submission_id, status, reason FROM out.submissions ORDER BY 1").fetchall()
    assert rows == [
        ("bad", "superseded", "已被重新报送的「甲局.docx」替代"),
        ("good", "accepted", None),
        ("other", outcome, "读不了"),
    ]


def test_a_good_file_that_came_before_a_damaged_one_does_not_hide_it(con: duckdb.DuckDBPyConnection) -> None:
    add_report(con, "good", "甲局", file_path="甲局.docx", received_at=MARCH)
    put(
        con,
        "raw.submissions",
        submission_id="bad",
        file_path="甲局.docx",
        sha256="bad",
        outcome="unreadable",
        reason="读不了",
        received_at=APRIL,
    )
    mark_superseded(con)
    assert con.execute("SELECT status FROM out.submissions ORDER BY submission_id").fetchall() == [
        ("unreadable",),
        ("accepted",),
    ]
