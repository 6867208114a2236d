"""Damaged and hostile files: the outcome is always a result, a named refusal, or a time-out inside its limit."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.document import Document
from extractors.errors import ExtractionError
from extractors.limits import Limits
from extractors.readers import read
from tests.extractors.readers.fuzzing import CHINESE, cases, fuzz, samples

IN_PROCESS = ("docx", "xlsx", "text", "html", "spreadsheetml", "ods", "ofd")


def test_seeded_few_hundred(tmp_path: Path) -> None:
    found = fuzz(390, 1, tmp_path)
    assert found.wrong == []
    assert found.outcomes["accepted"]
    assert found.outcomes["unreadable"]
    assert found.outcomes["crash"] + found.outcomes["timeout"] <= 5


def test_a_workbook_that_makes_the_reader_panic_is_damaged(tmp_path: Path) -> None:
    """The text record claims more than it holds: python-calamine ends in a Rust panic, which is no Exception."""
    content = bytearray(samples()["xls"][0])
    at = content.find(b"\xfc\x00", content.find(b"\x09\x08\x10\x00\x00\x06"))
    content[at + 2 : at + 4] = b"\x00\x00"
    path = tmp_path / "坏.xls"
    path.write_bytes(bytes(content))
    with pytest.raises(ExtractionError, match=r"损坏|异常"):
        read(path, Limits())


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(2, 12))
def test_ten_thousand(tmp_path: Path, seed: int) -> None:
    found = fuzz(1_000, seed, tmp_path)
    assert found.wrong == []
    assert found.outcomes["crash"] + found.outcomes["timeout"] <= 15


def assert_well_formed(document: Document, label: str) -> None:
    for found in document.tables:
        taken: set[tuple[int, int]] = set()
        order = [(cell.row, cell.column) for cell in found.cells]
        assert order == sorted(order), label
        for cell in found.cells:
            assert cell.row_span >= 1, label
            assert cell.column_span >= 1, label
            assert cell.row + cell.row_span <= found.row_count, label
            assert cell.column + cell.column_span <= found.column_count, label
            area = {
                (row, column)
                for row in range(cell.row, cell.row + cell.row_span)
                for column in range(cell.column, cell.column + cell.column_span)
            }
            assert not area & taken, f"{label}: {cell}"
            taken |= area


def test_what_is_read_from_damaged_files_is_a_whole_grid(tmp_path: Path) -> None:
    path = tmp_path / "case.bin"
    limits = Limits(max_rows=400, max_columns=60, max_cells=20_000)
    read_well = 0
    for label, content in cases(300, 77, IN_PROCESS):
        path.write_bytes(content)
        try:
            document = read(path, limits)
        except ExtractionError as error:
            assert CHINESE.search(error.reason), label
            assert error.__cause__ is None or not isinstance(
                error.__cause__, (AssertionError, TypeError, KeyError)
            ), f"{label}: {error.__cause__!r}"
            continue
        assert_well_formed(document, label)
        read_well += 1
    assert read_well > 50
