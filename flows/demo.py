"""`jixiao demo`: an inbox as on deadline day, made here, and the job run on it."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

from flows.handed_in import HandedIn
from flows.home import Home
from flows.run import carry_out as run_on
from flows.sample_homes import home_for_samples

FIRST, LAST = datetime(2025, 3, 27, 9), datetime(2025, 4, 1, 18)
"""When the samples came in: most in the last days before the roster's deadline, a few after it."""
AS_OF = date(2025, 4, 7)


def carry_out(home: Path | None, folder: Path, count: int, seed: int, workers: int) -> None:
    """Writes the samples and their roster, runs the yearly job on them, and says what to try next."""
    from flows.samples.demo import write_demo, write_roster

    if not folder.exists() or not any(folder.iterdir()):
        written = write_demo(folder, count, seed)
        date_files(written)
        print(f"样例材料 {len(written)} 个写到 {folder}", flush=True)
    roster = write_roster(folder.with_name(f"{folder.name}-roster.csv"))
    place = home_for_samples(home, folder)
    run_on(str(folder), place.root, None, HandedIn(roster=roster), AS_OF, workers)
    at_home = "" if place == Home.at() else f" --home {place.root}"
    print("\n接下来可以 next:")
    for command in ("status", "queue", "show 问题编号", 'query "SELECT * FROM out.rollup_units"'):
        print(f"  .venv/bin/jixiao {command}{at_home}")


def date_files(files: list[Path]) -> None:
    """Gives the files times between FIRST and LAST, in the order in which they were written."""
    for number, path in enumerate(files):
        moment = FIRST + (LAST - FIRST) * number / max(1, len(files) - 1)
        os.utime(path, (moment.timestamp(), moment.timestamp()))
