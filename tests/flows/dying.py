"""A run that dies by kill -9 at an instant told beforehand: `python -m tests.flows.dying judging|publishing HOME`.

The steps are those of the yearly run from the load on, without the engine; only where it dies is put in.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from typing import NoReturn

import yaml
from duckdb import DuckDBPyConnection

from expectations import runner
from expectations.judge import judge
from flows import ledger, rooms
from flows.home import Home
from flows.settings import Settings
from tests.flows.running import AS_OF
from warehouse.publication import published_set
from warehouse.transaction import transaction

RUN_ID = "killed"
SLICES_WRITTEN = 3


def die(*_: object) -> NoReturn:
    """As by kill -9 from outside: nothing is tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still there")


def judge_in_part(con: DuckDBPyConnection, home: Home) -> None:
    """Dies when the first slices, of one report each, are written: judged otherwise than before, by fewer checks."""
    failing = con.execute("SELECT DISTINCT check_id FROM judge.findings WHERE active").fetchall()
    rules = [{"check": check, "enabled": False, "reason": "试行"} for (check,) in failing]
    fewer = home.root / "fewer.yaml"
    fewer.write_text(yaml.safe_dump({"checks": rules}, allow_unicode=True), "utf-8")
    written = 0

    @contextmanager
    def counted(con: DuckDBPyConnection) -> Iterator[DuckDBPyConnection]:
        nonlocal written
        with transaction(con):
            yield con
        written += 1
        if written > SLICES_WRITTEN:  # the first one only makes room
            die()

    runner.transaction = counted
    judge(con, AS_OF, RUN_ID, configuration=fewer, reports_per_slice=1)


def publish_in_part(con: DuckDBPyConnection, home: Home) -> None:
    """Dies when all but the snapshot is in place."""
    judge(con, AS_OF, RUN_ID)
    ledger.end_run(con, RUN_ID, "done", _now())
    published_set._place_snapshot = die
    rooms.publish(con, home.published, None)


def _now() -> datetime:
    return datetime.now(Settings().clock).replace(tzinfo=None, microsecond=0)


def main(where: str, home: Home) -> None:
    """Begins a run on a finished home and dies in it."""
    with home.lock("jixiao run"), closing(rooms.open_warehouse(home.warehouse)) as con:
        former = ledger.last_run(con)
        assert former is not None
        ledger.begin_run(con, RUN_ID, _now(), former.fiscal_year, AS_OF, former.versions, former.settings)
        if where == "judging":
            judge_in_part(con, home)
        else:
            publish_in_part(con, home)


if __name__ == "__main__":
    main(sys.argv[1], Home.at(sys.argv[2]))
