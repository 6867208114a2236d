"""The yearly run as Prefect flows: register, extract, load, judge, gate, publish. Sequence only.

Tasks take and give addresses of files, never data; one task writes the warehouse; what was done stands in the
warehouse, so that a run killed at any instant is finished by the next one.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from secrets import token_hex
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    update_progress_artifact,
)
from prefect.client.schemas.objects import State
from prefect.futures import as_completed

from flows import diary, ledger, rooms
from flows.batches import Batch, batch_size, plan_batches
from flows.engine import task_runner
from flows.errors import RunError
from flows.handed_in import HandedIn
from flows.home import Home
from flows.nothing_new import nothing_new
from flows.orphans import sweep_orphans, tag_children
from flows.progress import watch
from flows.register import Unopened
from flows.request import RunRequest, RunSummary
from flows.settings import Settings
from flows.summary import as_markdown, summarise
from flows.survey import Survey, survey


class GateStoppedError(RunError):
    """The guard of the tables found what must not be published; the former snapshot is still in place."""


@flow(name="jixiao-yearly", flow_run_name="jixiao-{run_name}", validate_parameters=True)
def yearly_run(
    inbox: str,
    home: str | None = None,
    year: int | None = None,
    roster: str | None = None,
    as_of: date | None = None,
    workers: int = 0,
    run_name: str = "run",
    approved_budgets: str | None = None,
    approved_targets: str | None = None,
    final_accounts: str | None = None,
    last_year: str | None = None,
    checks: str | None = None,
    calendar: str | None = None,
) -> RunSummary:
    """From the inbox to queues and rollups; see docs/operations.md. `home` is locked throughout.

    roster, approved_budgets and so on: files handed in beside the submissions (docs/handed-in.md). Raises
    HomeInUseError, NoSpaceError, InboxError, GateStoppedError, or what a room raised.
    """
    settings = Settings()
    place = Home.at(home)
    request = RunRequest(
        inbox=inbox,
        home=place.root,
        as_of=as_of or settings.today(),
        year=year,
        handed_in=HandedIn(
            roster=Path(roster) if roster else None,
            approved_budgets=Path(approved_budgets) if approved_budgets else None,
            approved_targets=Path(approved_targets) if approved_targets else None,
            final_accounts=Path(final_accounts) if final_accounts else None,
            last_year=Path(last_year) if last_year else None,
            checks=Path(checks) if checks else None,
            calendar=Path(calendar) if calendar else None,
        ).completed(place, settings),
        workers=workers or settings.worker_count,
        settings=settings,
    )
    with place.lock("jixiao run"):
        place.make().require_space(settings.min_free_mb)
        tag_children(place.root)
        swept = sweep_orphans(place.root)
        if swept:
            get_run_logger().warning("ended %s processes of a killed run", swept)
        return _run(request, place)


def _run(request: RunRequest, home: Home) -> RunSummary:
    seconds: dict[str, float] = {}
    started_at = request.now()
    # Two runs may begin in one second, when the first is killed at once.
    run_id = f"{started_at:%Y%m%d-%H%M%S}-{token_hex(2)}"
    entered = False

    def tell(state: str, message: str, files: int) -> None:
        ended_at = str(request.now())
        diary.write(
            home.diary, diary.Entry(run_id, str(started_at), ended_at, state, message, files, seconds)
        )

    try:
        with _timed(seconds, "register"):
            found = register_inbox(request, home)
        if not found.why:
            return nothing_new(request, home, found, started_at, seconds["register"])
        # Before anything is written: a faulty table costs nothing but this run.
        rooms.examine_handed_in(request.handed_in, home, request.year)
        with closing(rooms.open_warehouse(home.warehouse)) as con:
            ledger.begin_run(
                con,
                run_id,
                started_at,
                request.year,
                request.as_of,
                found.versions,
                _settings(request, found),
            )
        entered = True
        with _timed(seconds, "extract"):
            batches = extract_submissions(request, home, found)
        with _timed(seconds, "load"):
            load_submissions(request, home, batches, found, run_id)
        with _timed(seconds, "judge"):
            judge_reports(request, home, run_id)
        with _timed(seconds, "gate"):
            guard_tables(home)
        with closing(rooms.open_warehouse(home.warehouse)) as con:
            ledger.end_run(con, run_id, "done", request.now())
        with _timed(seconds, "publish"):
            publish_results(request, home)
        home.decided_since.unlink(missing_ok=True)
    except BaseException as error:
        state = "stopped_by_gate" if isinstance(error, GateStoppedError) else "failed"
        message = str(error) or type(error).__name__
        if entered:
            with suppress(Exception), closing(rooms.open_warehouse(home.warehouse)) as con:
                ledger.end_run(con, run_id, state, request.now(), message)
        tell(state, message, 0)
        raise
    summary = summarise(home, run_id, found, seconds)
    _tell_prefect(summary)
    tell("done", "；".join(found.why), len(found.unread))
    return summary


@flow(name="register", flow_run_name="register", validate_parameters=False)
def register_inbox(request: RunRequest, home: Home) -> Survey:
    """Identifies and archives every file of the inbox; says what is new."""
    with watch().stage("登记收件 register"):
        found = survey(home, request)
    logger = get_run_logger()
    logger.info(
        "%s files, %s to read; %s", len(found.registration.files), len(found.unread), "；".join(found.why)
    )
    for entry in found.registration.left_out:
        logger.warning("left out: %s: %s", entry.file_path, entry.why)
    return found


def extract_submissions(request: RunRequest, home: Home, found: Survey) -> list[str]:
    """Reads every new file, in batches; gives the folders of the batches."""
    at_a_time = min(2, request.workers)
    runner = task_runner(request.settings.task_runner, at_a_time)
    return _extract.with_options(task_runner=runner)(request, home, found, at_a_time)


@flow(name="extract", flow_run_name="extract", validate_parameters=False)
def _extract(request: RunRequest, home: Home, found: Survey, at_a_time: int) -> list[str]:
    size = batch_size(len(found.unread), at_a_time, request.settings.batch_files)
    batches = plan_batches(found.unread, home.archive, home.staging, found.versions["extractors"], size)
    files = len(found.unread)
    waiting = [batch for batch in batches if not batch.is_read]
    done = files - sum(len(batch.files(home.archive)) for batch in waiting)
    if not waiting:
        return [str(batch.folder) for batch in batches]
    progress: Any = create_progress_artifact(
        progress=100 * done / files, key="jixiao-read", description=f"读取 {files} 个文件"
    )
    read = read_batch.with_options(retries=request.settings.extract_retries, retry_delay_seconds=2)
    with watch().stage("读取文件 extract", files) as advance:
        advance(done)
        futures = {
            read.submit(
                str(batch.folder),
                f"{number} of {len(waiting)}",
                str(home.archive),
                max(1, request.workers // at_a_time),
                request.settings.limits,
            ): batch
            for number, batch in enumerate(waiting, 1)
        }
        for future in as_completed(list(futures)):
            future.result()
            number = len(futures[future].files(home.archive))
            advance(number)
            done += number
            update_progress_artifact(progress, progress=100 * done / files)
    rooms.end_readers()
    return [str(batch.folder) for batch in batches]


@task(name="read-batch", task_run_name="read-{name}")
def read_batch(folder: str, name: str, archive: str, workers: int, limits: dict[str, float]) -> str:
    """Reads the files of one batch in isolated child processes; gives the folder back once it is whole."""
    rooms.extract(Batch(Path(folder)), Path(archive), workers, limits)
    return folder


@flow(name="load", flow_run_name="load", validate_parameters=False)
def load_submissions(request: RunRequest, home: Home, batches: list[str], found: Survey, run_id: str) -> None:
    """The one writer: batches, what was handed in beside them, and which reports are superseded."""
    with watch().stage("入库 load", len(batches)) as advance:
        for folder in batches:
            load_batch(folder, str(home.warehouse), found.versions["extractors"], run_id)
            advance(1)
        if found.registration.unopened:
            enter_unopened(str(home.warehouse), list(found.registration.unopened), str(home.staging), run_id)
        relate_submissions(str(home.warehouse), request.handed_in, request.year)


def _is_busy(_task: object, _run: object, state: State[Any]) -> bool:
    """Whether another program has the warehouse open (a DuckDB shell): the one failure worth waiting for."""
    from duckdb import IOException

    return isinstance(state.data, IOException) or isinstance(
        getattr(state.data, "exception", None), IOException
    )


@task(name="load-batch", retries=6, retry_delay_seconds=5, retry_condition_fn=_is_busy)
def load_batch(folder: str, warehouse: str, extractor_version: str, run_id: str) -> None:
    """Loads one batch, enters its files as loaded, removes the batch. A kill in between costs one idempotent load."""
    batch = Batch(Path(folder))
    with closing(rooms.open_warehouse(Path(warehouse))) as con:
        rooms.load(con, batch.tables, run_id)
        ledger.mark_loaded(con, batch.items_file, extractor_version, run_id)
    batch.discard()


@task(name="enter-unopened", retries=6, retry_delay_seconds=5, retry_condition_fn=_is_busy)
def enter_unopened(warehouse: str, unopened: list[Unopened], staging: str, run_id: str) -> None:
    """A row for every file that may not be read."""
    with closing(rooms.open_warehouse(Path(warehouse))) as con:
        rooms.load_unopened(con, unopened, Path(staging) / "unopened", run_id)


@task(name="relate-submissions", retries=6, retry_delay_seconds=5, retry_condition_fn=_is_busy)
def relate_submissions(warehouse: str, handed_in: HandedIn, year: int | None) -> None:
    """Roster and tables, duplicates and superseded versions, over all that is loaded."""
    with closing(rooms.open_warehouse(Path(warehouse))) as con:
        rooms.relate(con, handed_in, year)


@flow(name="judge", flow_run_name="judge", validate_parameters=False)
def judge_reports(request: RunRequest, home: Home, run_id: str) -> None:
    """Profiles, scores, checks, findings; then the decisions that were waiting."""
    with (
        watch().stage("检查评分 judge"),
        closing(rooms.open_warehouse(home.warehouse)) as con,
    ):
        rooms.judge(con, request.as_of, run_id, request.year, request.handed_in.checks)
        rooms.apply_waiting_decisions(con, home.decisions)


@flow(name="gate", flow_run_name="gate", validate_parameters=False)
def guard_tables(home: Home) -> None:
    """Great Expectations over the tables; raises GateStoppedError when they must not be published."""
    with watch().stage("数据校验 gate"):
        failures = rooms.gate(home.warehouse, home.docs)
    if failures:
        raise GateStoppedError(
            f"数据校验未通过，未发布，上一次发布的结果仍然有效：{'；'.join(failures)}。详见 {home.docs}"
        )


@flow(name="publish", flow_run_name="publish", validate_parameters=False)
def publish_results(request: RunRequest, home: Home) -> None:
    """Snapshot, workbooks, Parquet: put in place whole."""
    with watch().stage("发布 publish"):
        put_in_place(str(home.warehouse), str(home.published), request.year)


@task(name="publish", retries=1, retry_delay_seconds=5)
def put_in_place(warehouse: str, published: str, year: int | None) -> str:
    """Publishes the warehouse; gives the folder."""
    with closing(rooms.open_warehouse(Path(warehouse))) as con:
        rooms.publish(con, Path(published), year)
    return published


@contextmanager
def _timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    began = time.monotonic()
    try:
        yield
    finally:
        seconds[stage] = round(time.monotonic() - began, 3)


def _settings(request: RunRequest, found: Survey) -> dict[str, object]:
    return {
        "inbox": request.inbox,
        "workers": request.workers,
        "files_handed_in": {kind: str(path) for kind, path in request.handed_in.named.items()},
        "handed_in": found.handed_in,
        "files": len(found.unread),
        "why": list(found.why),
    }


def _tell_prefect(summary: RunSummary) -> None:
    create_markdown_artifact(as_markdown(summary), key="jixiao-summary", description="本次运行结果")
    for key, address in summary.places.items():
        create_link_artifact(Path(address).as_uri(), key=f"jixiao-{key}", link_text=address)
