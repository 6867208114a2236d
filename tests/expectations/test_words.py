"""The vocabulary beside the checks: every list is used, every list used is there, and adding a word changes what is found."""

from __future__ import annotations

import re

import duckdb
import pytest

from expectations.catalogue import load_catalogue
from expectations.words import check_words, load_words, slips


def test_lists_and_checks_know_the_same_names() -> None:
    used = {
        name
        for check in load_catalogue()
        for name in re.findall(r"words\('(\w+)'\)", check.path.read_text("utf-8"))
    }
    assert used == {*check_words(), "slips"}


@pytest.mark.parametrize("name", check_words())
def test_every_list_is_a_pattern_without_an_empty_word(name: str) -> None:
    words = check_words()[name].split("|")
    assert all(word.strip() for word in words)
    assert len(words) == len(set(words))
    re.compile(check_words()[name])


def test_no_slip_is_given_twice_or_right_in_itself() -> None:
    wrong = [slip["wrong"] for slip in slips()]
    assert len(wrong) == len(set(wrong))
    assert all(slip["wrong"] not in slip["right"] for slip in slips())


def test_words_are_constants_of_the_connection() -> None:
    with duckdb.connect() as con:
        load_words(con)
        con.execute("CREATE TABLE names AS SELECT '安全事故起数' AS name")
        found = con.execute(
            "SELECT count(*) FROM names WHERE regexp_matches(name, words('bad_events'))"
        ).fetchone()
        (_, plan), *_ = con.execute(
            "EXPLAIN SELECT * FROM names WHERE regexp_matches(name, words('bad_events'))"
        ).fetchall()
    assert found == (1,)
    assert "getvariable" not in plan
