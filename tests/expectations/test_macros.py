"""Macros that take a short way say what their definition says."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.sql_files import load_macros

BY_DEFINITION = (
    r"coalesce(NOT regexp_full_match(trim($text), '[\s　/／\-—－–…·*＊.。]*|无|不适用|N/?A|空'), FALSE)"
)
CELLS = st.text(alphabet="059:;/／-—…·*＊.。 　无不适用空NA一鿿龥建成≥％\n\t", max_size=6)


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as connection:
        load_macros(connection)
        yield connection


@given(st.one_of(st.none(), CELLS))
def test_a_cell_is_filled_as_defined(con: duckdb.DuckDBPyConnection, text: str | None):
    found = con.execute(f"SELECT is_filled($text), {BY_DEFINITION}", {"text": text}).fetchone()
    assert found is not None
    assert found[0] == found[1]


def test_texts_are_joined_in_the_order_of_their_keys(con: duckdb.DuckDBPyConnection):
    query = """
        SELECT joined(list({'k': k, 'x': x}) FILTER (x IS NOT NULL), '、'), string_agg(x, '、' ORDER BY k)
        FROM (VALUES (10, '丙'), (9, '乙'), (1, '甲'), (2, NULL)) AS t(k, x)
    """
    assert con.execute(query).fetchone() == ("甲、乙、丙", "甲、乙、丙")
    assert con.execute(query.replace("AS t(k, x)", "AS t(k, x) WHERE x IS NULL")).fetchone() == (None, None)
