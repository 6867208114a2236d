"""When the next scheduled runs are, without the engine: `status` tells it in a moment."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from flows.calendar import CALENDAR_FILE, read_calendar
from flows.errors import WrongUsageError
from flows.home import Home

CALENDAR_KEPT = "calendar.json"
"""In the home's prefect folder: which calendar `serve` uses, for `status`."""


def next_runs(home: Home) -> list[str]:
    """When the next scheduled runs are, in words, from the calendar: Prefect's pages look 100 days ahead only."""
    path = CALENDAR_FILE
    try:
        path = Path(json.loads((home.prefect / CALENDAR_KEPT).read_text("utf-8"))["path"])
    except (OSError, ValueError, KeyError):
        return ["定时运行 schedules  未启用；jixiao serve --inbox 收件目录 按报送日历运行"]
    try:
        calendar = read_calendar(path)
    except WrongUsageError as error:
        return [str(error)]
    from zoneinfo import ZoneInfo

    now = datetime.now(ZoneInfo(calendar.timezone)).replace(tzinfo=None)
    lines = []
    for season in calendar.coming(now)[:1]:
        nightly, yearly = season.next_nightly(now), season.next_deadline_run(now)
        lines.append(
            f"定时运行 schedules  {season.fiscal_year} 年度：下一次夜间运行 {nightly or '（已结束）'}，"
            f"截止日运行 {yearly}（{calendar.timezone}；Prefect 页面只显示今后 100 天内的安排）"
        )
    return lines or [f"定时运行 schedules  报送日历 {path} 中没有今后的报送期，请补充"]
