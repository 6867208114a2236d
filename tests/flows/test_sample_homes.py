"""Samples and real submissions never share a home, unless `--home` says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.home import Home
from flows.sample_homes import home_for_samples, home_for_submissions


@pytest.fixture
def usual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The home that is used where none is named."""
    monkeypatch.setenv("JIXIAO_HOME", str(tmp_path / "home"))
    return Home.at()


def has_run(home: Home) -> None:
    home.make()
    home.diary.write_text("{}\n", "utf-8")


def test_samples_of_an_earlier_make_run_are_set_aside_before_real_submissions_come(
    usual: Home, tmp_path: Path
):
    has_run(home_for_samples(None, tmp_path / "inbox" / "demo"))
    usual.inputs.mkdir()
    (usual.inputs / "roster.csv").write_text("单位名称\n", "utf-8")

    home = home_for_submissions(None, usual.root, str(tmp_path / "收件"))

    assert home == usual
    assert not home.diary.exists()
    assert (tmp_path / "home-samples" / "runs.jsonl").exists()
    assert (home.inputs / "roster.csv").exists(), "what was laid into the home is the data engineer's"


def test_a_second_run_on_the_samples_goes_on_in_their_home(usual: Home, tmp_path: Path):
    folder = tmp_path / "inbox" / "demo"
    has_run(home_for_samples(None, folder))

    assert home_for_submissions(None, usual.root, str(folder)) == usual
    assert home_for_samples(None, folder) == usual
    assert usual.diary.exists()


def test_samples_do_not_come_beside_real_submissions(usual: Home, tmp_path: Path):
    has_run(home_for_submissions(None, usual.root, str(tmp_path / "收件")))

    samples = home_for_samples(None, tmp_path / "inbox" / "demo")

    assert samples.root == tmp_path / "home-samples"
    assert not usual.samples.exists()


def test_a_home_that_is_named_is_taken_as_it_is(usual: Home, tmp_path: Path):
    has_run(home_for_samples(usual.root, tmp_path / "inbox" / "demo"))

    home = home_for_submissions(usual.root, usual.root, str(tmp_path / "收件"))

    assert (home, home.diary.exists(), home.samples.exists()) == (usual, True, False)
