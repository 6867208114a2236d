"""Copies between units are found whatever was changed on them, and what is no copy is left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from random import Random

import duckdb
import pytest

from benchmarks.narratives import DEGREES, Narrative, copy_of, corpus, load, tell
from benchmarks.similarity import judge_findings
from expectations.catalogue import load_catalogue
from expectations.judge import judge
from expectations.similarity import find_similar_texts
from expectations.sql_files import load_macros
from warehouse.store import apply_marts, apply_schema

Warehouse = Callable[[list[Narrative]], duckdb.DuckDBPyConnection]


@pytest.fixture
def warehouse() -> Iterator[Warehouse]:
    opened: list[duckdb.DuckDBPyConnection] = []

    def fill(told: list[Narrative]) -> duckdb.DuckDBPyConnection:
        con = duckdb.connect(config={"threads": 1})
        opened.append(con)
        apply_schema(con)
        apply_marts(con)
        load_macros(con)
        load(con, told)
        return con

    yield fill
    for con in opened:
        con.close()


def copied(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """What TXT-06 finds: report -> the unit it names."""
    judge(con, date(2024, 4, 1), "run-1", catalogue=load_catalogue().only("TXT-06"))
    rows = con.execute(
        "SELECT report_id, regexp_extract(expected_value, '“([^”]+)”', 1) FROM judge.findings WHERE check_id = 'TXT-06' AND active"
    )
    return dict(rows.fetchall())


def pairs(con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    find_similar_texts(con)
    return con.execute("FROM judge.similar_texts ORDER BY report_id, other_report_id, relation").fetchall()


@pytest.mark.parametrize(("units", "characters"), [(48, 1_500), (300, 3_000)])
def test_copies_of_every_degree_are_found_and_nothing_else(warehouse: Warehouse, units: int, characters: int):
    told = corpus(units, units // 4, characters)

    found, injected, wrong = judge_findings(told, copied(warehouse(told)))

    assert wrong == 0
    assert found.total() >= 0.95 * injected.total(), (found, injected)
    assert set(found) == set(DEGREES)


@pytest.mark.parametrize("degree", DEGREES)
def test_two_units_alone_are_enough_to_see_a_copy(warehouse: Warehouse, degree: str):
    random = Random(degree)
    source, target = tell(random, 1, 2_400), tell(random, 2, 2_400)
    told = [source, copy_of(random, source, 0, target, degree)]

    assert copied(warehouse(told)) == {"n0": target.unit, "n1": source.unit}


def test_what_hundreds_of_units_write_is_a_template(warehouse: Warehouse):
    random = Random(5)
    common = tell(random, 0, 2_400)
    told = [replace(common, unit=f"第{number}镇政府", supervisor=f"{number % 7}局") for number in range(200)]
    assert copied(warehouse(told)) == {}


def test_the_outline_of_one_department_is_a_template(warehouse: Warehouse):
    random = Random(6)
    told = [tell(random, number) for number in range(12)]
    outline = tell(random, 99).chapters[1]
    told = [
        replace(item, supervisor="某市教育局", chapters=(outline, *item.chapters[2:])) if number < 5 else item
        for number, item in enumerate(told)
    ]
    assert copied(warehouse(told)) == {}


def test_a_units_own_papers_are_not_compared_with_each_other(warehouse: Warehouse):
    item = tell(Random(7), 1)
    told = [
        item,
        *(
            replace(item, scope=scope, outcome=outcome)
            for scope, outcome in (
                ("project", "accepted"),
                ("overall", "superseded"),
                ("overall", "duplicate"),
            )
        ),
    ]
    told.append(tell(Random(8), 2))
    assert copied(warehouse(told)) == {}


def test_members_of_one_archive_without_a_unit_name_have_one_sender(warehouse: Warehouse):
    item = tell(Random(9), 1)
    con = warehouse([item, replace(item, unit=item.unit + "另"), tell(Random(10), 2)])
    con.execute("UPDATE core.reports SET unit_name = NULL WHERE report_id IN ('n0', 'n1')")
    con.execute(
        "UPDATE raw.submissions SET file_path = 'all.zip', member_path = submission_id WHERE submission_id IN ('s0', 's1')"
    )
    assert copied(con) == {}


def test_both_places_and_sentences_are_shown_with_an_exact_figure(warehouse: Warehouse):
    random = Random(11)
    source, target = tell(random, 1), tell(random, 2)
    con = warehouse([source, copy_of(random, source, 0, target, "swapped")])
    find_similar_texts(con)
    row = con.execute(
        "SELECT share, shared_sentences, sentences, passages FROM judge.similar_texts WHERE report_id = 'n1' AND relation = 'other_unit'"
    ).fetchone()

    assert row is not None
    share, shared, sentences, passages = row
    assert (float(share), shared) == (1.0, sentences)
    for passage in passages:
        assert passage["place"].endswith("段")
        assert passage["other_place"] == passage["place"]
        assert passage["similarity"] == 1


def test_the_same_whatever_the_order_of_arrival(warehouse: Warehouse):
    told = corpus(40, 8, 1_500)[:40]
    con, other = warehouse(told), warehouse(told)
    other.execute(
        "CREATE TABLE turned AS FROM core.paragraphs ORDER BY hash(text); DELETE FROM core.paragraphs"
    )
    other.execute("INSERT INTO core.paragraphs FROM turned")
    assert pairs(con) == pairs(other)
    assert pairs(con)


def test_marks_of_known_texts_are_kept_and_those_of_changed_ones_made_anew(warehouse: Warehouse):
    con = warehouse(corpus(20, 4, 1_200)[:20])
    first = pairs(con)
    con.execute("UPDATE judge.text_marks SET marks = '' WHERE report_id = 'n3'")
    con.execute("UPDATE raw.submissions SET run_id = 'later' WHERE submission_id = 's4'")
    before = dict(con.execute("SELECT report_id, text_version FROM judge.text_marks").fetchall())

    pairs(con)

    after = dict(con.execute("SELECT report_id, text_version FROM judge.text_marks").fetchall())
    assert {key for key in before if before[key] != after[key]} == {"n4"}
    assert con.execute(
        "SELECT octet_length(marks) FROM judge.text_marks WHERE report_id = 'n3'"
    ).fetchone() == (0,)
    con.execute("DELETE FROM judge.text_marks")
    assert pairs(con) == first


def test_a_report_without_a_text_has_no_marks_and_is_compared_with_nothing(warehouse: Warehouse):
    random = Random(13)
    con = warehouse([tell(random, 1, year=2022), tell(random, 1, year=2023)])
    con.execute(
        "DELETE FROM core.paragraphs WHERE report_id = 'n1'; DELETE FROM core.sections WHERE report_id = 'n1'"
    )
    con.execute("UPDATE judge.scope SET fiscal_year = 2023")

    assert find_similar_texts(con) == 0

    marks = dict(con.execute("SELECT report_id, octet_length(marks) > 0 FROM judge.text_marks").fetchall())
    assert marks == {"n0": True, "n1": False}


def test_last_years_report_of_another_unit_counts_and_ones_own_does_not(warehouse: Warehouse):
    random = Random(12)
    old, mine = tell(random, 1, year=2022), tell(random, 2)
    con = warehouse([old, copy_of(random, old, 0, mine, "swapped"), replace(old, year=2023)])
    judge(con, date(2024, 4, 1), "run-1", year=2023, catalogue=load_catalogue().only("TXT-06", "YOY-02"))
    rows = con.execute("SELECT report_id, check_id FROM judge.findings WHERE active ORDER BY ALL").fetchall()
    assert ("n1", "TXT-06") in rows
    assert {row for row in rows if row[1] == "YOY-02"} == {("n2", "YOY-02")}
