"""Batches: whole or not at all, used again after a kill, never more than Prefect takes."""

from datetime import datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from flows.batches import LEAST_FILES, MOST_BATCHES, batch_size, plan_batches
from flows.register import InboxFile


def files(archive: Path, *names: str) -> list[InboxFile]:
    return [
        InboxFile(name, f"{number:064x}", 1, datetime(2025, 3, 1), archive / f"{number:064x}")
        for number, name in enumerate(names)
    ]


def names(batches, archive: Path) -> list[list[str]]:
    return [[file.file_path for file in batch.files(archive)] for batch in batches]


def test_files_are_cut_into_batches_in_order_of_their_paths(tmp_path):
    batches = plan_batches(files(tmp_path, "c", "a", "b"), tmp_path, tmp_path / "s", "v1", 2)
    assert names(batches, tmp_path) == [["a", "b"], ["c"]]


def test_a_batch_that_was_read_is_used_again_and_half_read_ones_are_not(tmp_path):
    wanted = files(tmp_path, "a", "b", "c", "d")
    first, second = plan_batches(wanted, tmp_path, tmp_path / "s", "v1", 2)
    first.tables.mkdir()
    (second.folder / "tables.part").mkdir()

    again = plan_batches(wanted, tmp_path, tmp_path / "s", "v1", 2)

    assert [batch.is_read for batch in again] == [True, False]
    assert names(again, tmp_path) == [["a", "b"], ["c", "d"]]
    assert not (again[1].folder / "tables.part").exists()


def test_what_another_extractor_read_is_not_used(tmp_path):
    wanted = files(tmp_path, "a")
    (old,) = plan_batches(wanted, tmp_path, tmp_path / "s", "v1", 5)
    old.tables.mkdir()

    (new,) = plan_batches(wanted, tmp_path, tmp_path / "s", "v2", 5)

    assert not new.is_read
    assert not old.folder.exists()


def test_a_batch_with_a_file_that_is_loaded_already_is_not_loaded_again(tmp_path):
    wanted = files(tmp_path, "a", "b")
    (batch,) = plan_batches(wanted, tmp_path, tmp_path / "s", "v1", 5)
    batch.tables.mkdir()

    (rest,) = plan_batches(wanted[1:], tmp_path, tmp_path / "s", "v1", 5)

    assert names([rest], tmp_path) == [["b"]]


@given(st.integers(1, 300_000), st.integers(1, 32), st.integers(1, 500))
def test_there_are_never_more_batches_than_prefect_takes(count, at_a_time, most):
    size = batch_size(count, at_a_time, most)
    assert -(-count // size) <= MOST_BATCHES
    assert size <= max(most, LEAST_FILES, -(-count // MOST_BATCHES))
