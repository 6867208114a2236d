"""The run that finds nothing new: told in a second, without the engine; no table and no published file is touched."""

from __future__ import annotations

import time
from datetime import datetime

from flows import diary
from flows.home import Home
from flows.orphans import sweep_orphans
from flows.request import RunRequest, RunSummary
from flows.summary import summarise
from flows.survey import Survey, survey


def look(request: RunRequest, home: Home) -> RunSummary | None:
    """The answer of a run with nothing new; None when there is something to do."""
    with home.lock("jixiao run"):
        home.make().require_space(request.settings.min_free_mb)
        sweep_orphans(home.root)
        began, started_at = time.monotonic(), request.now()
        found = survey(home, request)
        if found.why:
            return None
        return nothing_new(request, home, found, started_at, time.monotonic() - began)


def nothing_new(
    request: RunRequest, home: Home, found: Survey, started_at: datetime, seconds: float
) -> RunSummary:
    """Enters the run into the diary, the only thing it writes."""
    now = request.now()
    run_id = f"{started_at:%Y%m%d-%H%M%S}"
    timings = {"register": round(seconds, 3)}
    diary.write(home.diary, diary.Entry(run_id, str(started_at), str(now), "nothing_new", seconds=timings))
    return summarise(home, run_id, found, timings)
