"""An empty warehouse in memory, and the way to fill it from content written like a fixture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from expectations.fixture import Fixture, fill_warehouse, parse_fixture
from warehouse.store import apply_judged_views, apply_schema


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    con = duckdb.connect(config={"threads": 1})
    apply_schema(con)
    apply_judged_views(con)
    yield con
    con.close()


@pytest.fixture
def fill(warehouse: duckdb.DuckDBPyConnection) -> Callable[..., Fixture]:
    def insert(**content: Any) -> Fixture:
        fixture = parse_fixture(content, Path("inline.yaml"))
        fill_warehouse(warehouse, fixture)
        return fixture

    return insert
