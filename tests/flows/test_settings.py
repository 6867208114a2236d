"""Settings: documented one by one, read from the environment, refused when wrong."""

import dataclasses
from pathlib import Path

import pytest
from pydantic import ValidationError

from extractors.limits import DEFAULT_LIMITS, Limits
from flows.errors import WrongUsageError
from flows.rooms import with_limits
from flows.settings import Settings
from flows.settings_page import filled

DOCUMENTED = (Path(__file__).parents[2] / "docs" / "settings.md").read_text("utf-8")


def test_every_setting_and_every_bound_is_documented_as_it_is():
    assert filled(DOCUMENTED) == DOCUMENTED, "docs/settings.md is stale: make docs"
    for name in [*Settings.model_fields, *(field.name for field in dataclasses.fields(Limits))]:
        assert f"`{name}`" in DOCUMENTED or f"`JIXIAO_{name.upper()}`" in DOCUMENTED


def test_settings_come_from_the_environment(monkeypatch):
    monkeypatch.setenv("JIXIAO_WORKERS", "7")
    monkeypatch.setenv("JIXIAO_LIMITS", '{"seconds": 5}')
    settings = Settings()
    assert settings.worker_count == 7
    assert with_limits(DEFAULT_LIMITS, settings.limits).seconds == 5


def test_a_wrong_setting_is_refused(monkeypatch):
    monkeypatch.setenv("JIXIAO_WORKERS", "-1")
    with pytest.raises(ValidationError):
        Settings()


def test_an_unknown_bound_is_named():
    with pytest.raises(WrongUsageError, match="secnds"):
        with_limits(DEFAULT_LIMITS, {"secnds": 5})


def test_the_clock_is_beijings_whatever_the_machines(monkeypatch):
    monkeypatch.setenv("TZ", "America/New_York")
    assert Settings().clock.key == "Asia/Shanghai"
