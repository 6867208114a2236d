"""Documents taken the whole way - written, extracted, loaded, judged - and what the catalogue answered on each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path


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


def judge_folder(folder: Path, paths: Sequence[Path], workers: int = 2) -> Answers:
    """Extract `paths` in one batch, load them into a fresh warehouse under `folder`, judge, and collect the answers."""
    from expectations.judge import judge
    from extractors.batch import BatchItem, extract_batch
    from warehouse.load import load_batch
    from warehouse.store import open_warehouse

    received = datetime(2025, 3, 20, 10, 0)
    items = [
        BatchItem(
            path, path.name, hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_size, received
        )
        for path in paths
    ]
    out = folder / "batch"
    extract_batch(items, out, workers=workers)
    con = open_warehouse(folder / "warehouse.duckdb")
    try:
        load_batch(con, out, "run")
        judgement = judge(con, date(2025, 4, 1), "run", keep_passed=False)
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
