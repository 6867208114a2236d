"""The reporting calendar: which runs it asks for, and the same dates wherever they stand."""

from datetime import date, datetime, time
from pathlib import Path

import pytest
import yaml

from flows.calendar import Season, read_calendar
from flows.errors import WrongUsageError

ROOT = Path(__file__).parents[2]
SEASON = Season(2025, date(2026, 1, 15), date(2026, 3, 31), time(1, 30), time(23, 30))


@pytest.mark.parametrize(
    ("now", "nightly"),
    [
        (datetime(2025, 11, 1), datetime(2026, 1, 15, 1, 30)),
        (datetime(2026, 2, 10, 1, 0), datetime(2026, 2, 10, 1, 30)),
        (datetime(2026, 2, 10, 9, 0), datetime(2026, 2, 11, 1, 30)),
        (datetime(2026, 3, 31, 9, 0), None),
    ],
)
def test_the_next_nightly_run_stays_inside_the_window(now, nightly):
    assert SEASON.next_nightly(now) == nightly


def test_the_yearly_run_is_on_the_day_of_the_deadline_and_once():
    assert SEASON.next_deadline_run(datetime(2026, 3, 31, 23, 0)) == datetime(2026, 3, 31, 23, 30)
    assert SEASON.next_deadline_run(datetime(2026, 3, 31, 23, 30)) is None


def test_the_rules_give_these_very_moments():
    from dateutil.rrule import rrulestr

    nights = list(rrulestr(SEASON.nightly_rule))
    assert nights[0] == datetime(2026, 1, 15, 1, 30)
    assert nights[-1] == datetime(2026, 3, 31, 1, 30)
    assert len(nights) == (date(2026, 3, 31) - date(2026, 1, 15)).days + 1
    assert list(rrulestr(SEASON.deadline_rule)) == [datetime(2026, 3, 31, 23, 30)]


def test_the_shipped_calendar_is_sound():
    calendar = read_calendar(ROOT / "deploy" / "calendar.yaml")
    assert calendar.timezone == "Asia/Shanghai"
    assert calendar.seasons


@pytest.mark.parametrize(
    "text",
    [
        "years: [{fiscal_year: 2025, opens: 2026-04-01, deadline: 2026-03-31}]",
        "years: [{fiscal_year: 2025, opens: soon, deadline: 2026-03-31}]",
        "years: [{fiscal_year: 2025, opens: 2026-01-01, deadline: 2026-03-31, corrections_due: 2026-03-01}]",
        "years: [{fiscal_year: 2025, opens: 2026-01-01, deadline: 2026-03-31, correction_days: 0}]",
        "years: [{opens: 2026-01-01}]",
        "nothing",
    ],
)
def test_a_wrong_calendar_is_named_with_its_fault(tmp_path, text):
    path = tmp_path / "calendar.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(WrongUsageError, match=r"calendar\.yaml"):
        read_calendar(path)


def test_a_prefect_server_is_told_the_same_dates_as_serve():
    calendar = read_calendar(ROOT / "deploy" / "calendar.yaml")
    told = yaml.safe_load((ROOT / "deploy" / "prefect.yaml").read_text("utf-8"))
    schedules = {entry["name"]: entry["schedules"] for entry in told["deployments"]}
    for name, rules in (
        ("nightly", [season.nightly_rule for season in calendar.seasons]),
        ("yearly", [season.deadline_rule for season in calendar.seasons]),
    ):
        assert [schedule["rrule"].strip() for schedule in schedules[name]] == rules
        assert {schedule["timezone"] for schedule in schedules[name]} == {calendar.timezone}


def test_a_cluster_runs_from_the_opening_until_what_is_corrected_is_in():
    """Also on the night after the deadline: a cluster has no run on its evening, as `serve` has."""
    calendar = read_calendar(ROOT / "deploy" / "calendar.yaml")
    told = yaml.safe_load_all((ROOT / "deploy" / "kubernetes.yaml").read_text("utf-8"))
    (job,) = (each["spec"] for each in told if each["kind"] == "CronJob")
    minute, hour, day, months, weekday = job["schedule"].split()
    first, last = map(int, months.split("-"))

    assert job["timeZone"] == str(calendar.timezone)
    assert (day, weekday) == ("*", "*")
    for season in calendar.seasons:
        assert season.nightly_at == time(int(hour), int(minute))
        assert season.corrections_due
        assert (first, last) == (season.opens.month, season.corrections_due.month)
