"""A warehouse to fill, with the schema already applied."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.county import fill_county
from warehouse.store import open_warehouse


@pytest.fixture(scope="session")
def empty_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "warehouse.duckdb"
    open_warehouse(path).close()
    return path


@pytest.fixture
def make_warehouse(
    empty_warehouse: Path, tmp_path: Path
) -> Iterator[Callable[[str], duckdb.DuckDBPyConnection]]:
    made: list[duckdb.DuckDBPyConnection] = []

    def make(name: str) -> duckdb.DuckDBPyConnection:
        path = tmp_path / f"{name}.duckdb"
        shutil.copy(empty_warehouse, path)
        con = open_warehouse(path)
        con.execute("UPDATE judge.scope SET as_of = DATE '2024-04-10'")
        made.append(con)
        return con

    yield make
    for con in made:
        con.close()


@pytest.fixture
def con(make_warehouse: Callable[[str], duckdb.DuckDBPyConnection]) -> duckdb.DuckDBPyConnection:
    return make_warehouse("warehouse")


@pytest.fixture(scope="session")
def filled_county(empty_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("county") / "warehouse.duckdb"
    shutil.copy(empty_warehouse, path)
    con = open_warehouse(path)
    fill_county(con)
    con.close()
    return path


@pytest.fixture
def county(filled_county: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    path = tmp_path / "county.duckdb"
    shutil.copy(filled_county, path)
    con = open_warehouse(path)
    yield con
    con.close()
