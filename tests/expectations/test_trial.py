"""A check is tried on real reports before its fixtures are written."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from expectations.fixture import fill_warehouse, parse_fixture
from expectations.trial import main
from warehouse.store import open_warehouse


def test_what_a_check_finds_is_printed_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "warehouse.duckdb"
    with open_warehouse(file) as con:
        lines = [{"role": "total", "adjusted_budget_yuan": 1000000, "executed_yuan": 1200000}]
        fill_warehouse(con, parse_fixture({"budget_lines": lines}, Path("inline.yaml")))

    # PLA-01 and VAL-04 use words of the vocabulary, which no shell knows.
    statuses = [main(check, str(file)) for check in ("EXE-08", "VAL-04", "PLA-01", "NONE-1")]

    told = capsys.readouterr()
    assert statuses == [0, 0, 0, 1]
    assert "EXE-08：比对 1 项，不符 0 项" in told.out
    assert "NONE-1 不在目录里" in told.err
    with duckdb.connect(str(file), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM judge.findings").fetchone() == (0,)
