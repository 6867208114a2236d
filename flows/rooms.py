"""The doors of the other rooms: each heavy import stands here, inside the function that needs it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows.batches import Batch
from flows.calendar import read_calendar
from flows.errors import WrongUsageError
from flows.handed_in import HandedIn
from flows.home import Home
from flows.ledger import last_run, statement
from flows.register import Unopened

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from extractors.limits import Limits
    from warehouse.handed_in.last_year import LastYearDatabase
    from warehouse.handed_in.reading import HandedInTable


def open_warehouse(path: Path, read_only: bool = False) -> DuckDBPyConnection:
    """A connection to the warehouse, at the present schema."""
    from warehouse.store import open_warehouse as opened

    return opened(path, read_only=read_only)


def extract(batch: Batch, archive: Path, workers: int, limits: dict[str, float]) -> None:
    """Reads the batch in isolated child processes; its tables/ appears whole at the end.

    limits: bounds that differ from extractors.limits.DEFAULT_LIMITS, by name.
    """
    from extractors.batch import BatchItem, extract_batch
    from extractors.limits import DEFAULT_LIMITS

    items = [
        BatchItem(
            path=file.archive_path,
            file_path=file.file_path,
            sha256=file.sha256,
            size=file.size_bytes,
            received_at=file.received_at,
        )
        for file in batch.files(archive)
    ]
    extract_batch(items, batch.tables, with_limits(DEFAULT_LIMITS, limits), workers)


def end_readers() -> None:
    """Ends the reading processes that wait for a next batch."""
    from extractors.batch import close_idle_workers

    close_idle_workers()


def with_limits(default: Limits, changed: dict[str, float]) -> Limits:
    """The limits with some of them changed. Raises WrongUsageError for a name that is none."""
    names = {field.name: field.type for field in fields(default)}
    unknown = sorted(set(changed) - names.keys())
    if unknown:
        raise WrongUsageError(f"JIXIAO_LIMITS 中的 {'、'.join(unknown)} 无法识别；可用：{'、'.join(names)}")
    typed = {name: value if names[name] == "float" else int(value) for name, value in changed.items()}
    return replace(default, **typed)  # pyright: ignore[reportArgumentType]


def load(con: DuckDBPyConnection, tables: Path, run_id: str) -> None:
    """Loads a batch in one transaction."""
    from warehouse.load import load_batch

    load_batch(con, tables, run_id)


def load_unopened(con: DuckDBPyConnection, unopened: Sequence[Unopened], folder: Path, run_id: str) -> None:
    """Enters files of the inbox that may not be read as submissions of their own; `folder` is used and removed."""
    from extractors.batch import write_tables
    from extractors.rows import BatchRows, Submission

    rows = BatchRows()
    for file in unopened:
        rows.add(
            Submission(
                file_path=file.file_path,
                sha256="",
                size_bytes=file.size_bytes,
                received_at=file.received_at,
                outcome="unreadable",
                reason=file.why,
            )
        )
    try:
        write_tables(rows.tables(), folder)
        load(con, folder, run_id)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def examine_handed_in(handed_in: HandedIn, home: Home, year: int | None) -> None:
    """Reads every file handed in to its end without taking anything over.

    Raises TableFileError or ConfigurationError for one, HandedInError for several files with faults.
    """
    from expectations.catalogue import load_catalogue
    from expectations.configuration import load_configuration
    from expectations.errors import ConfigurationError
    from expectations.profiles import load_profiles
    from warehouse.errors import HandedInError, TableFileError
    from warehouse.roster import read_roster

    def examine(kind: str, path: Path) -> None:
        if kind == "roster":
            read_roster(path, load_profiles())
        elif kind == "checks":
            load_configuration(path, load_catalogue())
        elif kind == "calendar":
            read_calendar(path)
        elif path.exists() and home.warehouse.exists() and path.samefile(home.warehouse):
            raise TableFileError(path, ["就是本数据目录自己的数据库，其中的上年数据不需另行指定"])
        else:
            _read_table(kind, path, year)

    errors: list[Exception] = []
    for kind, path in handed_in.named.items():
        try:
            examine(kind, path)
        except (TableFileError, ConfigurationError) as error:
            errors.append(error)
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise HandedInError(errors)


def _read_table(kind: str, path: Path, year: int | None) -> HandedInTable | LastYearDatabase:
    from flows.grammar import HouseGrammar
    from warehouse.handed_in.last_year import examine_database, is_database
    from warehouse.handed_in.reading import read_handed_in

    if kind == "last_year" and is_database(path):
        return examine_database(path, year)
    told = year - 1 if year and kind == "last_year" else year
    return read_handed_in(path, kind, told, HouseGrammar())


def relate(con: DuckDBPyConnection, handed_in: HandedIn, year: int | None) -> None:
    """Takes roster and tables over, matches units to the roster, marks duplicates and superseded versions."""
    from warehouse.calendar import load_calendar
    from warehouse.handed_in.load import load_handed_in
    from warehouse.roster import load_roster, match_units
    from warehouse.supersede import mark_superseded

    if handed_in.roster:
        load_roster(con, handed_in.roster)
    tables = [
        _read_table(kind, path, year)
        for kind, path in handed_in.named.items()
        if kind not in ("roster", "checks", "calendar")
    ]
    if tables:
        load_handed_in(con, tables)
    if handed_in.calendar:
        load_calendar(con, read_calendar(handed_in.calendar).seasons)
    match_units(con)
    mark_superseded(con)


def judge(
    con: DuckDBPyConnection, as_of: date, run_id: str, year: int | None, configuration: Path | None
) -> dict[str, str]:
    """Profiles, scores, checks, findings. Gives the checks that could not run, with the reason."""
    from expectations.judge import judge as judged

    return judged(con, as_of, run_id, year, configuration=configuration).broken


def gate(warehouse: Path, docs: Path) -> list[str]:
    """Runs the guard of the tables and writes Data Docs; gives what failed, in words."""
    from expectations.gate import run_gate

    # Lent, because two connections of one process to one file must be configured alike.
    with closing(open_warehouse(warehouse)) as con:
        return list(run_gate(con, docs).failures)


def publish(con: DuckDBPyConnection, published: Path, year: int | None) -> None:
    """Puts snapshot, workbooks and Parquet in place."""
    from warehouse.publication import publish as published_to

    published_to(con, published, year)


def holds_a_whole_run(con: DuckDBPyConnection) -> bool:
    """Whether the warehouse may be shown: its last run judged all that it loaded and passed the gate."""
    last = last_run(con)
    return last is not None and last.is_whole


def publish_review_state(con: DuckDBPyConnection, published: Path) -> None:
    """Shows new decisions in the snapshot and in queue.xlsx; the rest follows with the next run."""
    from warehouse.publication import publish_snapshot

    publish_snapshot(con, published)


def record_decision(
    con: DuckDBPyConnection,
    finding_id: str,
    decision: str,
    by: str,
    reason: str,
    until: date | None,
    now: datetime,
) -> None:
    """Enters one decision."""
    from warehouse.decisions import record

    record(con, finding_id, decision, by, reason, until, now)


def import_decisions(con: DuckDBPyConnection, file: Path, now: datetime) -> tuple[int, int, tuple[str, ...]]:
    """Enters the decisions of a workbook; gives how many are new, how many stood already, and which are stale.

    now: by the clock of the settings, as for decisions that are typed: the later of two is the one that holds.
    """
    from warehouse.decisions import import_workbook

    answer = import_workbook(con, file, now)
    return answer.recorded, answer.unchanged, answer.stale


def apply_waiting_decisions(con: DuckDBPyConnection, folder: Path) -> list[str]:
    """Enters the decisions that were given while a run held the warehouse; gives those whose facts have changed.

    A decision rests on the facts it was taken on: where they changed meanwhile it is set aside, not applied.
    """
    aside = []
    for path in sorted(folder.glob("*.json")):
        waiting = json.loads(path.read_text("utf-8"))
        facts = con.execute(statement("finding_facts"), {"finding_id": waiting["finding_id"]}).fetchone()
        if facts is None or facts[0] != waiting["facts_hash"]:
            path.replace(path.with_suffix(".stale"))
            aside.append(waiting["finding_id"])
            continue
        until = waiting["until"]
        record_decision(
            con,
            waiting["finding_id"],
            waiting["decision"],
            waiting["by"],
            waiting["reason"],
            date.fromisoformat(until) if until else None,
            datetime.fromisoformat(waiting["decided_at"]),
        )
        path.unlink()
    return aside
