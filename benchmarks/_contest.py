"""One contestant over one folder of files, in a process of its own: CPU time a file, peak memory, exact rows and cells.

Run: `python -m benchmarks._contest NAME FOLDER ROUNDS BUDGET`; prints one JSON line. BUDGET is CPU seconds: a slow contestant
reads once as many files as it gets through in that time, a fast one reads all of them ROUNDS times and its best counts.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks._contestants import CONTESTANTS, IN_BATCH, grids
from benchmarks._rows import Counted, Rows, counted, score


def cpu_seconds() -> float:
    """CPU seconds of this process and of those it has ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def peak_mb() -> float:
    """Peak resident memory of this process, or of the largest it has started."""
    # Not ru_maxrss for this process: that one remembers the parent's size at the fork.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    own = int(status.partition("VmHWM:")[2].split()[0])
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


def read_each(name: str, files: Sequence[Path], budget: float) -> tuple[list[list[Rows]], list[float]]:
    """Tables and CPU milliseconds of each file, as many files as the budget allows (at least one)."""
    if name in IN_BATCH:
        begin = cpu_seconds()
        found = IN_BATCH[name](files)
        return found, [(cpu_seconds() - begin) * 1000 / len(files)] * len(files)
    read = CONTESTANTS[name]
    tables: list[list[Rows]] = []
    took: list[float] = []
    first = time.process_time()
    for path in files:
        begin = time.process_time()
        try:
            found = read(path)
        except Exception:  # a contestant that cannot read a file has read none of it
            found = []
        took.append((time.process_time() - begin) * 1000)
        tables.append(found if isinstance(found, list) else grids(found))
        if time.process_time() - first > budget:
            break
    return tables, took


def main(name: str, folder: Path, rounds: int, budget: float) -> None:
    """Print one JSON line."""
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    files = sorted(path for path in folder.iterdir() if path.name in expected)
    with contextlib.redirect_stdout(sys.stderr):  # contestants chatter
        begin = cpu_seconds()
        tables, took = read_each(name, files, budget)  # warms up, and gives what is judged
        slow = cpu_seconds() - begin > budget / 3
        total: Counter[str] = Counter()
        for path, found in zip(files, tables, strict=False):
            wanted: Counted = counted(expected[path.name])
            total.update(score(counted(found), wanted))
        files = files[: len(tables)]
        del tables
        gc.collect()
        gc.freeze()  # the expectations are not part of the contest
        best: list[float] = took if slow else []
        for _ in range(0 if slow else rounds):
            _, took = read_each(name, files, budget * 2)
            best = [min(pair) for pair in zip(best or took, took, strict=False)]
    counts = folder / "pages.json"  # where times are told by the page
    pages = json.loads(counts.read_text(encoding="utf-8")) if counts.is_file() else {}
    best = [took / pages.get(path.name, 1) for path, took in zip(files, best, strict=False)]
    times = dict(zip((path.name for path in files), best, strict=False))
    print(json.dumps({"ms": times, "mb": peak_mb(), **total}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
