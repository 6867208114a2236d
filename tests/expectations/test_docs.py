"""The pages on checks and profiles say what the catalogue and the profiles say."""

from __future__ import annotations

import pytest

from expectations.catalogue import CLASSES, NEEDS, SEVERITIES
from expectations.docs import pages
from expectations.fact_sheets import fact_words
from warehouse.publication.wording import wording


@pytest.mark.parametrize("path", list(pages()), ids=lambda path: path.name)
def test_page_is_up_to_date(path):
    assert path.exists(), f"run `python -m expectations.docs` to write {path.name}"
    assert path.read_text(encoding="utf-8") == pages()[path], (
        f"{path.name} is stale: run `python -m expectations.docs`"
    )


def test_severities_are_called_as_in_the_workbooks_and_pages():
    called = {code: f"{chinese} {code}" for code, chinese in wording()["severity"].items()}
    assert fact_words()["severities"] == called


def test_whatever_a_check_may_need_or_be_has_a_name():
    words = fact_words()
    assert words["severities"].keys() == set(SEVERITIES)
    assert words["needs"].keys() == set(NEEDS)
    assert words["classes"].keys() == set(CLASSES)
