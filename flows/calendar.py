"""The reporting calendar: when the window opens and closes, and which runs that asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import yaml

from flows.errors import WrongUsageError

CALENDAR_FILE = Path(__file__).parent.parent / "deploy" / "calendar.yaml"


@dataclass(frozen=True, slots=True)
class Season:
    """One fiscal year's window. opens, deadline: first and last day. Times of day by the calendar's clock."""

    fiscal_year: int
    opens: date
    deadline: date
    nightly_at: time
    deadline_run_at: time
    reminder_days: tuple[int, ...] = ()
    corrections_due: date | None = None
    """Day by which a returned report is corrected; None: `correction_days` after the letter."""
    correction_days: int = 10

    @property
    def nightly_rule(self) -> str:
        """The nightly run as an RFC 5545 rule: every night from the opening to the deadline."""
        first = datetime.combine(self.opens, self.nightly_at)
        last = datetime.combine(self.deadline, self.nightly_at)
        return f"DTSTART:{first:%Y%m%dT%H%M%S}\nRRULE:FREQ=DAILY;UNTIL={last:%Y%m%dT%H%M%S}"

    @property
    def deadline_rule(self) -> str:
        """The yearly run as a rule that happens once."""
        moment = datetime.combine(self.deadline, self.deadline_run_at)
        return f"DTSTART:{moment:%Y%m%dT%H%M%S}\nRRULE:FREQ=DAILY;COUNT=1"

    def next_nightly(self, now: datetime) -> datetime | None:
        """The next nightly run after `now` (without zone), None when the window is over."""
        day = max(self.opens, now.date())
        moment = datetime.combine(day, self.nightly_at)
        if moment <= now:
            moment += timedelta(days=1)
        return moment if moment.date() <= self.deadline else None

    def next_deadline_run(self, now: datetime) -> datetime | None:
        """The yearly run, None once it is over."""
        moment = datetime.combine(self.deadline, self.deadline_run_at)
        return moment if moment > now else None


@dataclass(frozen=True, slots=True)
class Calendar:
    """The seasons, earliest first, and their clock."""

    timezone: str
    seasons: tuple[Season, ...]

    def coming(self, now: datetime) -> list[Season]:
        """Seasons that are not over at `now`."""
        return [season for season in self.seasons if season.next_deadline_run(now)]


def read_calendar(path: Path) -> Calendar:
    """The calendar in a YAML file. Raises WrongUsageError naming the file and the entry that is wrong."""
    try:
        said = yaml.safe_load(path.read_text("utf-8"))
        seasons = [_season(entry) for entry in said["years"]]
    except OSError as error:
        raise WrongUsageError(f"报送日历 {path} 无法读取：{error.strerror}；用 --calendar 指定") from error
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        told = {KeyError: f"缺少 {error}", TypeError: "应为 years:，其下每年度一段"}.get(
            type(error), str(error)
        )
        raise WrongUsageError(f"报送日历 {path} 有误：{told}；参照 deploy/calendar.yaml 修改") from error
    return Calendar(
        said.get("timezone", "Asia/Shanghai"), tuple(sorted(seasons, key=lambda season: season.opens))
    )


def calendar_file(wished: Path) -> Path:
    """The calendar of the settings, found from the project's folder where it is relative."""
    return wished if wished.exists() or wished.is_absolute() else CALENDAR_FILE.parent.parent / wished


def _season(entry: dict[str, object]) -> Season:
    year, opens, deadline = entry["fiscal_year"], entry["opens"], entry["deadline"]
    if not isinstance(year, int) or not isinstance(opens, date) or not isinstance(deadline, date):
        raise ValueError(f"fiscal_year 应为年份，opens 和 deadline 应为日期：{entry}")
    if opens > deadline:
        raise ValueError(f"{year} 年度的 opens 晚于 deadline")
    days = entry.get("reminder_days") or []
    due, correction_days = entry.get("corrections_due"), entry.get("correction_days", 10)
    if due is not None and (not isinstance(due, date) or due < deadline):
        raise ValueError(f"{year} 年度的 corrections_due 应为 deadline 之后的日期")
    if not isinstance(correction_days, int) or correction_days < 1:
        raise ValueError(f"{year} 年度的 correction_days 应为天数")
    return Season(
        fiscal_year=year,
        opens=opens,
        deadline=deadline,
        nightly_at=time.fromisoformat(str(entry.get("nightly_at", "01:30"))),
        deadline_run_at=time.fromisoformat(str(entry.get("deadline_run_at", "23:30"))),
        reminder_days=tuple(int(day) for day in days),  # pyright: ignore[reportGeneralTypeIssues]
        corrections_due=due,
        correction_days=correction_days,
    )
