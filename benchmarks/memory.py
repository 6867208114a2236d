"""Memory of one extraction worker over thousands of files of mixed formats: it must stay where it is after some hundred.

Run: `python -m benchmarks.memory [files]`; 5,000 by default. One worker is given all of them, its replacement after a number
of files switched off; the corpus is small and read again and again, which is what a leak needs to show.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

FORMATS = ("docx", "xlsx", "xls", "pdf", "html", "text")
LAYOUTS = 12
MARKS = (100, 500, 1000, 2000, 3000, 4000, 5000)


@dataclass(frozen=True, slots=True)
class Reading:
    """Resident memory (MB) of the worker after so many files, and the CPU seconds it has used by then."""

    files: int
    mb: float
    cpu_seconds: float


def mixed_files(folder: Path) -> list[Path]:
    """Some forms of each format, reports with narrative among them, formats in turn."""
    from tests.corpus.cases import all_cases

    cases = [list(all_cases(1, (name,), ("report", "clean")))[: 2 * LAYOUTS] for name in FORMATS]
    return [case.write(folder) for same in zip(*cases, strict=True) for case in same]


def measure(paths: Sequence[Path], files: int) -> list[Reading]:
    """One real worker over `files` files (the paths again and again); its memory at the marks and at the end."""
    from extractors.isolation import Worker
    from extractors.limits import DEFAULT_LIMITS

    worker = Worker(replace(DEFAULT_LIMITS, worker_files=files + 1))
    readings: list[Reading] = []
    try:
        for number, path in enumerate(islice(cycle(paths), files), 1):
            worker.ask(_task(path), DEFAULT_LIMITS.seconds)
            if number in MARKS or number == files:
                readings.append(_reading(number, worker._process.pid))
    finally:
        worker.kill()
    return readings


def _task(path: Path) -> dict[str, object]:
    return {
        "do": "read",
        "path": str(path),
        "converted_from": None,
        "may_convert": False,
        "file_path": path.name,
        "member_path": None,
        "sha256": "0" * 64,
        "size": path.stat().st_size,
        "received_at": datetime(2025, 3, 30, tzinfo=UTC).isoformat(),
        "seconds": 0.0,
    }


def _reading(files: int, pid: int) -> Reading:
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    used = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    ticks = int(used[11]) + int(used[12])
    return Reading(files, pages * os.sysconf("SC_PAGE_SIZE") / 1048576, ticks / os.sysconf("SC_CLK_TCK"))


def main() -> None:
    """Measure and print."""
    files = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdigit() else 5000
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="jixiao-bench-") as folder:
        paths = mixed_files(Path(folder))
        readings = measure(paths, files)
    print("| files read by one worker | resident MB | cpu-s | files/s/core since the line above |")
    print("|---:|---:|---:|---:|")
    before = Reading(0, 0.0, 0.0)
    for reading in readings:
        rate = (reading.files - before.files) / max(reading.cpu_seconds - before.cpu_seconds, 1e-9)
        print(f"| {reading.files} | {reading.mb:.1f} | {reading.cpu_seconds:.1f} | {rate:.0f} |")
        before = reading
    print(f"\n{len(paths)} different files, {', '.join(FORMATS)}; {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
