"""The one entry that flows call: profiles, scores, checks and findings for the reports that count."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from expectations.catalogue import Catalogue, load_catalogue
from expectations.configuration import load_configuration, stage_configuration
from expectations.runner import CheckRun, load_macros, run_checks
from expectations.scoring import score_reports
from expectations.similarity import find_similar_texts
from warehouse.handed_in.matching import match_handed_in


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judging did. findings: active ones by severity. broken: checks that could not run, with the
    reason. steps: seconds of scoring, checks, and writing."""

    reports: int
    checks: int
    comparisons: int
    findings: dict[str, int]
    new_findings: int
    runs: tuple[CheckRun, ...]
    steps: dict[str, float]

    @property
    def broken(self) -> dict[str, str]:
        """Checks that could not run, with DuckDB's words."""
        return {run.check_id: run.error for run in self.runs if run.error}

    @property
    def slowest(self) -> tuple[CheckRun, ...]:
        """The ten checks that took longest."""
        return tuple(sorted(self.runs, key=lambda run: -run.seconds)[:10])


def judge(
    con: duckdb.DuckDBPyConnection,
    as_of: date,
    run_id: str,
    year: int | None = None,
    catalogue: Catalogue | None = None,
    keep_passed: bool | None = None,
    configuration: Path | None = None,
) -> Judgement:
    """Judge the active reports of `year` (None: every year) and write judge.*.

    Rewrites what judge holds on these reports, keeps the ledger of findings (those not found any more become
    inactive). configuration: a file that switches checks off or changes their severity (expectations.configuration).
    Raises ProfileError, CatalogueError, ConfigurationError for broken data files; a check that cannot run does not.
    """
    catalogue = catalogue or load_catalogue()
    rules = load_configuration(configuration, catalogue)
    load_macros(con)
    stage_configuration(con, rules)
    match_handed_in(con)
    con.execute("UPDATE judge.scope SET fiscal_year = ?, as_of = ?", [year, as_of])
    steps = {"scoring": _timed(lambda: score_reports(con))}
    steps["similarity"] = _timed(lambda: find_similar_texts(con))
    started = time.perf_counter()
    runs = run_checks(con, catalogue, run_id=run_id, as_of=as_of, year=year, keep_passed=keep_passed)
    steps["checks"] = sum(run.seconds for run in runs)
    steps["findings"] = time.perf_counter() - started - steps["checks"]
    return _summary(con, runs, run_id, steps)


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _summary(
    con: duckdb.DuckDBPyConnection, runs: tuple[CheckRun, ...], run_id: str, steps: dict[str, float]
) -> Judgement:
    by_severity = con.execute(
        "SELECT severity, count(*) FROM judge.findings WHERE active GROUP BY severity"
    ).fetchall()
    counts = con.execute(
        "SELECT (SELECT count(*) FROM active.reports),"
        " (SELECT count(*) FROM judge.findings WHERE active AND first_run_id = ?)",
        [run_id],
    ).fetchone()
    reports, new = counts or (0, 0)
    return Judgement(reports, len(runs), sum(run.tested for run in runs), dict(by_severity), new, runs, steps)
