"""The pages on checks and profiles say what the catalogue and the profiles say."""

from __future__ import annotations

import pytest

from expectations.docs import pages


@pytest.mark.parametrize("path", list(pages()), ids=lambda path: path.name)
def test_page_is_up_to_date(path):
    assert path.exists(), f"run `python -m expectations.docs` to write {path.name}"
    assert path.read_text(encoding="utf-8") == pages()[path], (
        f"{path.name} is stale: run `python -m expectations.docs`"
    )
