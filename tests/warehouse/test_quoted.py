"""A database named for a while, whatever its path is called and however it is left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from warehouse.quoted import attached, identifier, literal, set_meanwhile
from warehouse.transaction import transaction


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        yield made


def names(con: duckdb.DuckDBPyConnection) -> set[str]:
    return {name for (name,) in con.execute("SELECT database_name FROM duckdb_databases()").fetchall()}


def test_a_database_is_there_inside_and_gone_afterwards(con: duckdb.DuckDBPyConnection, tmp_path: Path):
    path = tmp_path / "某县's “快照”; --.duckdb"

    with attached(con, path, "last year's", read_only=False):
        con.execute('CREATE TABLE "last year\'s".figures AS SELECT 7 AS figure')
    assert "last year's" not in names(con)

    with attached(con, path, "again", read_only=True):
        assert con.execute("FROM again.figures").fetchall() == [(7,)]
        with pytest.raises(duckdb.InvalidInputException, match="read-only"):
            con.execute("INSERT INTO again.figures VALUES (8)")


@pytest.mark.parametrize("raised", [KeyboardInterrupt, ValueError])
def test_it_is_gone_whatever_is_raised_inside(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, raised: type[BaseException]
):
    with (
        pytest.raises(raised, match="here"),
        attached(con, tmp_path / "a.duckdb", "other", read_only=False),
        transaction(con),
    ):
        con.execute("CREATE TABLE other.figures AS SELECT 7 AS figure")
        raise raised("here")

    assert "other" not in names(con)


def test_what_went_wrong_inside_is_told_where_the_database_cannot_be_let_go(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
):
    with (
        pytest.raises(ValueError, match="here"),
        attached(con, tmp_path / "a.duckdb", "other", read_only=False),
    ):
        con.execute("BEGIN")
        con.execute("CREATE TABLE other.figures AS SELECT 7 AS figure")
        raise ValueError("here")


def test_a_setting_is_changed_inside_and_as_it_was_afterwards(con: duckdb.DuckDBPyConnection):
    def threads() -> int:
        (number,) = con.execute("SELECT current_setting('threads')").fetchall()[0]
        return number

    con.execute("SET threads = 3")
    with pytest.raises(ValueError, match="here"), set_meanwhile(con, "threads", 1):
        assert threads() == 1
        raise ValueError("here")

    assert threads() == 3


def test_names_and_texts_stay_what_they_are(con: duckdb.DuckDBPyConnection):
    odd = """单位"一's"; DROP TABLE x"""

    found = con.sql(f"SELECT {literal(odd)} AS {identifier(odd)}")

    assert (found.columns, found.fetchall()) == ([odd], [(odd,)])
