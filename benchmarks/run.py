"""The whole job over generated submissions in mixed formats: files a second by format, time by stage, and the run after it."""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import closing
from datetime import date
from pathlib import Path

FILES = int(os.environ.get("JIXIAO_BENCH_FILES", "200"))

BY_FORMAT = """
SELECT coalesce(format, 'unknown') AS format, count(*) AS files, sum(seconds) AS seconds, max(seconds) AS longest,
       count(*) FILTER (status IN ('accepted', 'duplicate', 'superseded')) AS read
FROM out.submissions
WHERE document_kind IS DISTINCT FROM 'archive'
GROUP BY 1 ORDER BY 2 DESC
"""


def main() -> None:
    """Prints two tables; works in a temporary folder."""
    from flows.demo import date_files
    from flows.handed_in import HandedIn
    from flows.request import RunRequest
    from flows.run import run_yearly
    from flows.samples.demo import write_demo, write_roster
    from flows.settings import Settings

    with tempfile.TemporaryDirectory(prefix="jixiao-bench-") as folder:
        inbox, home = Path(folder) / "inbox", Path(folder) / "home"
        date_files(write_demo(inbox, FILES, seed=7))
        settings = Settings()
        request = RunRequest(
            inbox=str(inbox),
            home=home,
            as_of=date(2025, 4, 7),
            handed_in=HandedIn(roster=write_roster(Path(folder) / "roster.csv")),
            workers=settings.worker_count,
            settings=settings,
        )
        began = time.perf_counter()
        summary = run_yearly(request)
        whole = time.perf_counter() - began
        began = time.perf_counter()
        again = run_yearly(request)
        nothing_new = time.perf_counter() - began
        _print_formats(home)
        stages = sum(summary.seconds.values())
        print(f"\n{'stage':<12}{'seconds':>9}{'share':>8}")
        for stage, seconds in summary.seconds.items():
            print(f"{stage:<12}{seconds:>9.2f}{seconds / stages:>8.0%}")
        print(f"{'engine':<12}{whole - stages:>9.2f}         (Prefect's embedded server coming up)")
        print(f"{'in all':<12}{whole:>9.2f}         {summary.files} files, {settings.worker_count} workers")
        print(f"{'second run':<12}{nothing_new:>9.2f}         {again.state}")


def _print_formats(home: Path) -> None:
    import duckdb

    print(f"{'format':<10}{'files':>6}{'read':>6}{'ms a file':>11}{'files/s/core':>14}{'longest s':>11}")
    with closing(duckdb.connect(str(home / "published" / "review.duckdb"), read_only=True)) as con:
        for name, files, seconds, longest, read in con.execute(BY_FORMAT).fetchall():
            rate = files / seconds if seconds else 0.0
            print(
                f"{name:<10}{files:>6}{read:>6}{1000 * seconds / files:>11.1f}{rate:>14.1f}{longest:>11.2f}"
            )


if __name__ == "__main__":
    main()
