"""All checks and scores over a province's worth of reports: seconds, peak memory, the ten slowest checks.

Run: `python -m benchmarks.judging [reports]`; 100,000 reports (2.5 million indicators) by default.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from expectations.judge import Judgement, judge
from expectations.runner import load_macros
from warehouse.store import StoreSettings, open_warehouse

SCRIPT = Path(__file__).with_suffix(".sql")


def measure(reports: int) -> tuple[Judgement, float, float, int]:
    """Judge `reports` made-up reports; gives the judgement, wall seconds, cpu seconds, peak memory in MB."""
    with tempfile.TemporaryDirectory(prefix="jixiao-bench-") as folder:
        con = open_warehouse(Path(folder) / "warehouse.duckdb", settings=StoreSettings("3GB", 2))
        load_macros(con)
        con.execute("CREATE TEMP TABLE bench AS SELECT ?::INTEGER AS reports", [reports])
        con.execute(SCRIPT.read_text(encoding="utf-8"))
        con.execute("CHECKPOINT")
        wall, cpu = time.perf_counter(), time.process_time()
        judgement = judge(con, date(2025, 4, 1), "bench", 2024)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        con.close()
    return judgement, wall, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Measure and print."""
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    judgement, wall, cpu, memory = measure(reports)
    print(
        f"{reports:,} reports, {reports * 25:,} indicators, {judgement.checks} checks, {judgement.comparisons:,} comparisons"
    )
    print(
        f"judging {wall:.1f} s ({cpu:.1f} cpu-s), peak memory {memory:,} MB, findings {sum(judgement.findings.values()):,}"
    )
    print("slowest: " + ", ".join(f"{run.check_id} {run.seconds:.1f} s" for run in judgement.slowest))
    for step, seconds in judgement.steps.items():
        print(f"  {step}: {seconds:.1f} s")
    for check_id, error in judgement.broken.items():
        print(f"could not run: {check_id}: {error}")


if __name__ == "__main__":
    main()
