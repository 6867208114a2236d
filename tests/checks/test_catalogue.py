"""Every check of the catalogue against its two fixtures: one report that must pass it, one that must fail it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from expectations.catalogue import Check, load_catalogue
from expectations.fixture import Fixture, read_fixture

HERE = Path(__file__).parent
CATALOGUE = load_catalogue()
CHECKS = [pytest.param(check, id=check.id) for check in CATALOGUE]


@pytest.mark.parametrize("check", CHECKS)
def test_passing_report(check: Check, try_check: Callable):
    fixture = _fixture(check, "pass")

    trial = try_check(check.id, fixture)

    assert trial.error is None
    assert not trial.failed, trial.failed
    if fixture.not_applicable:
        assert trial.answer == "not_applicable"
        assert trial.reason
    else:
        assert (trial.answer, trial.passed > 0) == ("pass", True)


@pytest.mark.parametrize("check", CHECKS)
def test_failing_report(check: Check, try_check: Callable):
    fixture = _fixture(check, "fail")

    trial = try_check(check.id, fixture)

    assert trial.error is None
    assert trial.failed, "no row failed"
    _assert_expected(fixture, trial.failed)
    if check.klass == "C":
        assert trial.answer == "not_applicable"
        assert not trial.messages
    elif not fixture.also:
        assert trial.answer == "fail"
        assert trial.messages
    for message in trial.messages:
        assert "{" not in message, message
        assert "（）" not in message


@pytest.mark.parametrize("check", CHECKS)
def test_causes_exist(check: Check):
    assert set(check.suppressed_by) <= set(CATALOGUE.checks) | PLANNED


def test_no_fixture_without_check():
    for path in HERE.glob("*.yaml"):
        check_id, _, kind = path.stem.partition(".")
        assert check_id in CATALOGUE, path.name
        assert kind.split(".")[0] in ("pass", "fail"), path.name


PLANNED: frozenset[str] = frozenset()


def _fixture(check: Check, kind: str) -> Fixture:
    path = HERE / f"{check.id}.{kind}.yaml"
    assert path.exists(), f"{check.id} has no fixture {path.name}"
    return read_fixture(path)


def _assert_expected(fixture: Fixture, failed: list[dict[str, str | None]]) -> None:
    if not fixture.expect:
        return
    left = list(failed)
    for item in fixture.expect:
        match = next(
            (row for row in left if all(str(row[key]) == value for key, value in item.items())), None
        )
        assert match is not None, f"no failed row with {item}; failed: {failed}"
        left.remove(match)
    assert not left, f"failed beyond expectation: {left}"
