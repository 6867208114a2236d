"""The one entry that flows call: profiles, scores, checks and findings for the reports that count."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import duckdb

from expectations.catalogue import Catalogue, load_catalogue
from expectations.configuration import load_configuration, stage_configuration
from expectations.hands import hired
from expectations.runner import KEEP_PASSED_UP_TO, CheckRun, CheckRunner
from expectations.scoring import begin_scores, score_slice
from expectations.similarity import find_similar_texts
from expectations.slices import REPORTS_PER_SLICE, sliced
from warehouse.handed_in.matching import match_handed_in


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judging did. findings: active ones by severity. broken: checks that could not run, with the
    reason. steps: seconds of what is done one after the other."""

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
    reports_per_slice: int = REPORTS_PER_SLICE,
) -> Judgement:
    """Judge the active reports of `year` (None: every year) and write judge.*.

    Rewrites what judge holds on these reports, keeps the ledger of findings (those not found any more become
    inactive). configuration: a file that switches checks off or changes their severity (expectations.configuration).
    keep_passed None keeps the comparisons that passed up to KEEP_PASSED_UP_TO reports. reports_per_slice bounds the memory
    and changes no answer (expectations.slices).
    Raises ProfileError, CatalogueError, ConfigurationError for broken data files; a check that cannot run does not.
    """
    catalogue = catalogue or load_catalogue()
    rules = load_configuration(configuration, catalogue)
    stage_configuration(con, rules)
    steps: dict[str, float] = defaultdict(float)
    with hired(con) as hands:
        match_handed_in(con)
        con.execute("UPDATE judge.scope SET fiscal_year = ?, as_of = ?", [year, as_of])
        runner = CheckRunner(hands, catalogue, _few_reports(con) if keep_passed is None else keep_passed)
        with _timed(steps, "preparing"):
            begin_scores(con)
            runner.begin(run_id, as_of, year)
        # What texts resemble each other is needed only by checks that look across reports.
        with (
            _timed(steps, "scores and checks"),
            sliced(hands, reports_per_slice) as slices,
            hands.aside(find_similar_texts),
            hands.ahead(partial(score_slice, slices=slices), slices) as scored,
        ):
            for number in scored:
                with slices.entered(number, *hands.connections):
                    runner.run_slice()
        with _timed(steps, "checks across reports"):
            runner.run_across()
        with _timed(steps, "findings"):
            runs = runner.write(slices)
    # After the hands are gone, because DuckDB has all its threads again.
    with _timed(steps, "file in order"):
        con.execute("CHECKPOINT")
    return _summary(con, runs, run_id, dict(steps))


def _few_reports(con: duckdb.DuckDBPyConnection) -> bool:
    row = con.execute("SELECT count(*) FROM active.reports").fetchone()
    return row is not None and row[0] <= KEEP_PASSED_UP_TO


@contextmanager
def _timed(steps: dict[str, float], name: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    steps[name] += time.perf_counter() - started


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
