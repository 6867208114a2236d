"""Documents taken the whole way - written, extracted, loaded, judged - and what the catalogue answered on each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from tests.corpus.beside import hand_in, return_findings
from tests.corpus.trial import RECEIVED, Beside

AS_OF = date(2025, 4, 1)


@dataclass(frozen=True, slots=True)
class Failure:
    """One failing comparison of the catalogue on one document."""

    file_name: str
    check_id: str
    subject: str
    reported: str
    expected: str
    evidence: str
    place: str


@dataclass(frozen=True, slots=True)
class Answers:
    """Every answer by file and check, and every failing row."""

    answers: dict[tuple[str, str], str]
    failures: tuple[Failure, ...]
    broken: dict[str, str]
    classes: dict[str, str]
    not_accepted: dict[str, str]


def judge_folder(
    folder: Path,
    paths: Sequence[Path],
    workers: int = 2,
    received: Mapping[str, datetime] | None = None,
    besides: Sequence[Beside] = (),
) -> Answers:
    """Extract `paths` in one batch, load them into a fresh warehouse under `folder`, judge, and collect the answers.

    received: when a file came in, by its name, where it was not the usual day. besides: what is handed in besides.
    """
    from expectations.judge import judge
    from extractors.batch import BatchItem, extract_batch
    from warehouse.load import load_batch
    from warehouse.store import open_warehouse
    from warehouse.supersede import mark_superseded

    days = received or {}
    items = [
        BatchItem(
            path,
            path.name,
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_size,
            days.get(path.name, RECEIVED),
        )
        for path in paths
    ]
    out = folder / "batch"
    extract_batch(items, out, workers=workers)
    con = open_warehouse(folder / "warehouse.duckdb")
    try:
        load_batch(con, out, "run")
        hand_in(con, besides, folder)
        mark_superseded(con)
        if any(beside.returned for beside in besides):
            judge(con, date(2024, 4, 1), "last", year=2023, keep_passed=False)
            return_findings(con, besides)
        judgement = judge(con, AS_OF, "run", keep_passed=False)
        return _collect(con.execute, judgement.broken)
    finally:
        con.close()


COLLECT = Path(__file__).with_name("collect.sql")


def _collect(execute: Callable, broken: dict[str, str]) -> Answers:
    answers_sql, failures_sql, classes_sql, refused_sql = COLLECT.read_text(encoding="utf-8").split(";\n")[:4]
    answers = {(name, check_id): answer for name, check_id, answer in execute(answers_sql).fetchall()}
    failures = tuple(
        Failure(*(str(value or "") for value in row)) for row in execute(failures_sql).fetchall()
    )
    return Answers(
        answers,
        failures,
        dict(broken),
        dict(execute(classes_sql).fetchall()),
        dict(execute(refused_sql).fetchall()),
    )
