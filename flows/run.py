"""The whole run as a command asks for it."""

from __future__ import annotations

import traceback
from dataclasses import replace
from datetime import date
from pathlib import Path

from flows.engine import light_engine, prepare_environment
from flows.errors import RunError, WrongUsageError, is_told
from flows.handed_in import HandedIn
from flows.home import Home
from flows.nothing_new import look
from flows.request import RunRequest, RunSummary
from flows.sample_homes import home_for_submissions


def run_yearly(request: RunRequest) -> RunSummary:
    """Nothing new is told at once; else the flow runs on Prefect: the server in use, or the embedded one.

    Raises what flows.yearly.yearly_run raises.
    """
    home = Home.at(request.home)
    request = replace(request, handed_in=request.handed_in.completed(home, request.settings))
    answer = look(request, home)
    if answer:
        return answer
    prepare_environment(home, request.settings.server_wait_seconds)
    from flows.yearly import yearly_run

    with light_engine():
        return yearly_run(
            inbox=request.inbox,
            home=str(home.root),
            year=request.year,
            as_of=request.as_of,
            workers=request.workers,
            run_name=f"{request.now():%Y%m%d-%H%M%S}",
            **{kind: str(path.absolute()) for kind, path in request.handed_in.named.items()},
        )


def carry_out(
    inbox: str,
    home: Path | None,
    year: int | None,
    handed_in: HandedIn,
    as_of: date | None,
    workers: int,
) -> RunSummary:
    """`jixiao run`: progress while it works, the summary at its end."""
    from flows.progress import Terminal, show_on, terminal_console
    from flows.settings import Settings
    from flows.summary import show

    settings = Settings()
    if "://" not in inbox and not Path(inbox).is_dir():
        raise WrongUsageError(f"收件目录 {inbox} 不存在或不是目录；请检查 --inbox 的路径")
    request = RunRequest(
        inbox=inbox,
        home=home_for_submissions(home, settings.home, inbox).root,
        as_of=as_of or settings.today(),
        year=year,
        handed_in=handed_in,
        workers=workers or settings.worker_count,
        settings=settings,
    )
    console = terminal_console()
    show_on(Terminal(console))
    try:
        summary = run_yearly(request)
    except Exception as error:
        if is_told(error):
            raise
        log = Home.at(request.home).root / "failure.log"
        log.write_text(traceback.format_exc(), "utf-8")
        raise RunError(
            f"运行失败：{type(error).__name__}: {error}；上一次发布的结果仍然有效，详情见 {log}"
        ) from error
    show(summary, console)
    return summary
