"""`jixiao serve`: a Prefect server on this machine with its pages, and the runs of the calendar."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.calendar import Calendar, calendar_file, read_calendar
from flows.engine import SERVED_AT, prepare_environment
from flows.errors import RunError
from flows.home import Home
from flows.register import whole_address
from flows.sample_homes import home_for_submissions
from flows.schedule import CALENDAR_KEPT, next_runs

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment


def serve_schedules(
    inbox: str,
    home: Path | None,
    calendar: Path | None,
    roster: Path | None,
    port: int,
    host: str = "127.0.0.1",
) -> None:
    """Serves until it is stopped. With PREFECT_API_URL set, that server is used and none is started."""
    from flows.settings import Settings

    settings = Settings()
    place = home_for_submissions(home, settings.home, inbox).make()
    path = calendar or calendar_file(settings.calendar)
    dates = read_calendar(path)
    # The runs that are served count their dates by the same calendar.
    os.environ["JIXIAO_CALENDAR"] = str(path.absolute())
    own_server = not os.environ.get("PREFECT_API_URL")
    prepare_environment(place, settings.server_wait_seconds, quiet=False)
    place.prefect.mkdir(parents=True, exist_ok=True)
    (place.prefect / CALENDAR_KEPT).write_text(json.dumps({"path": str(path.absolute())}), "utf-8")
    if not own_server:
        _serve(inbox, place, dates, roster)
        return
    signal.signal(signal.SIGTERM, _end_on_request)
    with prefect_server(place, port, settings.server_wait_seconds, host) as address:
        print(f"Prefect 页面 UI  http://127.0.0.1:{port}", flush=True)
        for line in next_runs(place):
            print(line, flush=True)
        os.environ["PREFECT_API_URL"] = address
        _serve(inbox, place, dates, roster)


def _end_on_request(_number: int, _frame: object) -> None:
    """Turns SIGTERM into an ordinary end, so that the server goes down with `serve`."""
    raise SystemExit(0)


def deployments(inbox: str, home: Home, calendar: Calendar, roster: Path | None) -> list[RunnerDeployment]:
    """The nightly runs in every window that is not over, and the yearly run at every deadline."""
    from prefect.schedules import RRule

    from flows.yearly import yearly_run

    parameters: dict[str, Any] = {
        "inbox": whole_address(inbox),
        "home": str(home.root),
        "roster": str(roster.absolute()) if roster else None,
    }
    seasons = calendar.coming(datetime.now()) or list(calendar.seasons[-1:])
    rules = {
        "nightly": ([season.nightly_rule for season in seasons], "报送期内每晚运行"),
        "yearly": ([season.deadline_rule for season in seasons], "截止日的年度运行"),
    }
    made: list[RunnerDeployment] = []
    for name, (texts, description) in rules.items():
        deployment: Any = yearly_run.to_deployment(
            name=name,
            schedules=[RRule(rule, timezone=calendar.timezone) for rule in texts],
            parameters=parameters,
            description=description,
            tags=["jixiao"],
            # The home's lock would refuse the second run; queueing it is kinder.
            concurrency_limit=1,
        )
        made.append(deployment)
    return made


def _serve(inbox: str, home: Home, calendar: Calendar, roster: Path | None) -> None:
    from prefect import serve

    # Served anew at every start; a pause would outlive a restart.
    serve(*deployments(inbox, home, calendar, roster), pause_on_shutdown=False)


@contextmanager
def prefect_server(home: Home, port: int, wait_seconds: int, host: str = "127.0.0.1") -> Iterator[str]:
    """Prefect's server as a child process; gives its API address."""
    address = f"http://127.0.0.1:{port}/api"
    if _answers(address):
        raise RunError(
            f"端口 {port} 已被占用；用 --port 指定另一个，或设置 PREFECT_API_URL 使用已有的 Prefect 服务"
        )
    environment = os.environ | {"PREFECT_SERVER_UI_API_URL": address, "PREFECT_UI_API_URL": address}
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", host, "--port", str(port)]
    log = open(home.prefect / "server.log", "ab")  # noqa: SIM115 - the child keeps it
    child = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    told = home.prefect / SERVED_AT
    try:
        deadline = time.monotonic() + wait_seconds
        while not _answers(address):
            if child.poll() is not None or time.monotonic() > deadline:
                raise RunError(f"Prefect 服务没有启动；原因见 {home.prefect / 'server.log'}")
            time.sleep(0.3)
        told.write_text(json.dumps({"address": address, "pid": os.getpid()}), "utf-8")
        yield address
    finally:
        told.unlink(missing_ok=True)
        child.terminate()
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            child.kill()
        log.close()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=2) as answer:
            return answer.status == 200
    except (OSError, urllib.error.URLError):
        return False
