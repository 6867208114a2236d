"""The demo's inbox: mixed formats, the files that always turn up, the same bytes for the same seed."""

import csv
import hashlib
import zipfile
from pathlib import Path

import pytest

from expectations.profiles import load_profiles
from flows.samples.demo import ROSTER_COLUMNS, write_demo, write_roster
from flows.samples.form import compose
from flows.samples.generate import make_facts
from flows.samples.layouts import load_layouts
from flows.samples.sheet import Grid
from warehouse.roster import read_roster


def test_demo_writes_a_mixed_inbox(tmp_path: Path) -> None:
    paths = write_demo(tmp_path, count=30, seed=3)

    assert len(paths) == 30
    assert {path.suffix for path in paths} >= {".docx", ".xlsx", ".xls", ".pdf", ".txt", ".zip"}
    bundle = next(path for path in paths if path.suffix == ".zip")
    assert len(zipfile.ZipFile(bundle).namelist()) == 3
    truncated = next(path for path in paths if "传输中断" in path.name)
    assert not zipfile.is_zipfile(truncated)


def test_demo_is_reproducible(tmp_path: Path) -> None:
    one = write_demo(tmp_path / "one", count=20)
    two = write_demo(tmp_path / "two", count=20)
    assert [_digest(path) for path in one] == [_digest(path) for path in two]


def _digest(path: Path) -> tuple[str, str]:
    return path.name, hashlib.sha256(path.read_bytes()).hexdigest()


def test_roster_has_the_documented_columns(tmp_path: Path) -> None:
    with write_roster(tmp_path / "roster.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert tuple(rows[0]) == ROSTER_COLUMNS
    assert len({row["unit_code"] for row in rows}) == len(rows)


def test_the_roster_is_accepted_by_a_run(tmp_path: Path) -> None:
    assert read_roster(write_roster(tmp_path / "roster.csv"), load_profiles())


@pytest.mark.parametrize("layout", load_layouts().values(), ids=lambda layout: layout.id)
def test_every_layout_covers_its_grid_once(layout) -> None:
    document = compose(make_facts(5, scope=layout.scope, rule=layout.rule or None), layout)
    for grid in (block for block in document.blocks if isinstance(block, Grid)):
        seen: set[tuple[int, int]] = set()
        for cell in grid.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    assert (row, column) not in seen, f"重叠：第{row + 1}行第{column + 1}列"
                    seen.add((row, column))
        assert len(seen) == grid.row_count * grid.column_count
