"""What is written together is kept together, or leaves nothing behind and the connection fit for use."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from warehouse.transaction import transaction


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        made.execute("CREATE TABLE units (code INTEGER PRIMARY KEY)")
        yield made


def codes(con: duckdb.DuckDBPyConnection) -> list[int]:
    return [code for (code,) in con.execute("SELECT code FROM units ORDER BY code").fetchall()]


def test_what_is_done_inside_is_kept(con: duckdb.DuckDBPyConnection):
    with transaction(con) as same:
        same.execute("INSERT INTO units VALUES (1), (2)")

    assert codes(con.cursor()) == [1, 2]


@pytest.mark.parametrize("raised", [KeyboardInterrupt, SystemExit, ValueError, duckdb.Error])
def test_whatever_is_raised_inside_leaves_nothing_behind(
    con: duckdb.DuckDBPyConnection, raised: type[BaseException]
):
    with pytest.raises(raised, match="here"), transaction(con):
        con.execute("INSERT INTO units VALUES (1)")
        raise raised("here")

    assert codes(con) == []
    with transaction(con):
        con.execute("INSERT INTO units VALUES (2)")
    assert codes(con) == [2]


def test_a_statement_that_fails_is_told_and_nothing_of_the_others_is_kept(con: duckdb.DuckDBPyConnection):
    with pytest.raises(duckdb.ConstraintException, match="duplicate key"), transaction(con):
        con.execute("INSERT INTO units VALUES (1)")
        con.execute("INSERT INTO units VALUES (1)")

    assert codes(con) == []


def test_a_failing_commit_is_told_as_such(con: duckdb.DuckDBPyConnection):
    """DuckDB rolls back by itself then; that there is nothing left to roll back is not what went wrong."""
    other = con.cursor()

    with pytest.raises(duckdb.TransactionException, match="Failed to commit") as told, transaction(con):
        con.execute("INSERT INTO units VALUES (1)")
        with transaction(other):
            other.execute("INSERT INTO units VALUES (1)")

    assert told.value.__context__ is None
    assert codes(con) == [1]
    with transaction(con):
        con.execute("INSERT INTO units VALUES (2)")
    assert codes(other) == [1, 2]


def test_a_transaction_inside_another_is_refused_and_nothing_of_either_is_kept(
    con: duckdb.DuckDBPyConnection,
):
    with pytest.raises(duckdb.TransactionException, match="within a transaction"), transaction(con):
        con.execute("INSERT INTO units VALUES (1)")
        with transaction(con):
            con.execute("INSERT INTO units VALUES (2)")

    assert codes(con) == []
