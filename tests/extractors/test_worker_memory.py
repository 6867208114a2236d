"""A worker that has read thousands of files is no larger than one that has read some hundred."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.memory import measure, mixed_files

GROWTH = 1.10


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_memory_is_flat_over_five_thousand_mixed_files(tmp_path: Path) -> None:
    readings = {reading.files: reading.mb for reading in measure(mixed_files(tmp_path), 5000)}
    assert readings[5000] < GROWTH * readings[500]
