"""All checks and scores over a province's worth of reports: seconds, peak memory, the ten slowest checks.

Run: `python -m benchmarks.judging [reports [narrated]]`; 100,000 reports (2.5 million indicators) by default, of which one in
`narrated` has a narrative beside its form (4 by default; 1 is the worst case: every one). The reports are made in one process
and judged in another, so that the peak is of the judging alone. On a machine shared with other work the processor's seconds
say more than the clock's.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from expectations.judge import Judgement, judge
from expectations.sql_files import load_macros
from warehouse.store import StoreSettings, open_warehouse

SCRIPT = Path(__file__).with_suffix(".sql")
INDICATORS = 25
"""Indicators of one report, by the script."""
MADE_AT_A_TIME = 10_000
"""Units whose rows are made, sorted and written in one go: all at once would not fit into the memory that judging has."""
SETTINGS = StoreSettings(threads=2)


@dataclass(frozen=True, slots=True)
class Measured:
    """A judgement, its seconds by the clock and of the processors, and the peak of the process in MB."""

    judgement: Judgement
    wall: float
    cpu: float
    peak: int


def make(path: Path, reports: int, narrated: int = 1) -> None:
    """Write the warehouse of `reports` made-up reports, one in `narrated` with a narrative."""
    con = open_warehouse(path, settings=SETTINGS)
    con.execute("SET enable_progress_bar = false")
    load_macros(con)
    for first in range(0, reports, MADE_AT_A_TIME):
        past = min(first + MADE_AT_A_TIME, reports)
        con.execute(
            "CREATE OR REPLACE TEMP TABLE bench AS SELECT ? AS first, ? AS past, ? AS narrated",
            [first, past, narrated],
        )
        con.execute(SCRIPT.read_text(encoding="utf-8"))
        con.execute("CHECKPOINT")
    con.close()


def measure(path: Path) -> Measured:
    """Judge the warehouse at path."""
    con = open_warehouse(path, settings=SETTINGS)
    con.execute("SET enable_progress_bar = false")
    wall, cpu = time.perf_counter(), time.process_time()
    judgement = judge(con, date(2025, 4, 1), "bench", 2024)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    con.close()
    return Measured(judgement, wall, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def main() -> None:
    """Make, measure and print."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    reports, narrated = (*numbers, *(100_000, 4)[len(numbers) :])[:2]
    fresh = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory(prefix="jixiao-bench-") as folder:
        path = Path(folder) / "warehouse.duckdb"
        with fresh.Pool(1, maxtasksperchild=1) as pool:
            pool.apply(make, (path, reports, narrated))
        size = path.stat().st_size / 1e9
        with fresh.Pool(1, maxtasksperchild=1) as pool:
            measured = pool.apply(measure, (path,))
    report(measured, reports, narrated, size)


def report(measured: Measured, reports: int, narrated: int, size: float) -> None:
    """Print what was measured; size: of the warehouse, in GB."""
    judged = measured.judgement
    print(
        f"{reports:,} reports, {reports // narrated:,} narratives, {reports * INDICATORS:,} indicators, warehouse {size:.1f} GB,"
        f" {judged.checks} checks, {judged.comparisons:,} comparisons, {sum(judged.findings.values()):,} findings"
    )
    print(
        f"judging {measured.wall:.1f} s by the clock, {measured.cpu:.1f} cpu-s on {SETTINGS.threads} threads,"
        f" peak memory {measured.peak:,} MB (DuckDB's share {SETTINGS.memory_limit})"
    )
    for step, seconds in judged.steps.items():
        print(f"  {step}: {seconds:.1f} s")
    print("slowest checks (seconds of one hand):")
    for run in judged.slowest:
        print(f"  {run.check_id} {run.seconds:.1f}, {run.tested:,} comparisons, {run.failed:,} failed")
    for check_id, error in judged.broken.items():
        print(f"could not run: {check_id}: {error}")


if __name__ == "__main__":
    main()
