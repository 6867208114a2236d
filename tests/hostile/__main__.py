"""`python -m tests.hostile [GOOD]`: what the hostile files of one inbox cost beside GOOD good ones, in one run."""

from __future__ import annotations

import hashlib
import resource
import sys
import tempfile
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq

from extractors.batch import BatchItem, close_idle_workers, extract_batch
from extractors.limits import DEFAULT_LIMITS
from tests.hostile.inbox import hostile_files, write_good


def item(path: Path, name: str) -> BatchItem:
    """One file as the run hands it to a batch."""
    content = path.read_bytes()
    return BatchItem(path, name, hashlib.sha256(content).hexdigest(), len(content), datetime(2025, 4, 1))


def main(good: int) -> None:
    """Prints seconds of both batches, the dearest files, and how they ended."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain = [item(path, path.name) for path in write_good(folder / "good", good)]
        hostile = []
        for number, each in enumerate(hostile_files()):
            path = folder / f"{number}.bin"
            path.write_bytes(each.content)
            hostile.append(item(path, each.name))
        for title, items in (("good alone", plain), ("with hostile", [*plain, *hostile])):
            before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
            summary = extract_batch(items, folder / "out", DEFAULT_LIMITS, workers=2)
            close_idle_workers()
            used = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
            print(
                f"{title}: {len(items)} files, {time.monotonic() - begin:.1f} s, {cpu:.1f} cpu-s, largest child "
                f"{used.ru_maxrss / 1024:.0f} MB, {dict(summary.outcomes)}"
            )
        rows = pq.read_table(folder / "out" / "submissions.parquet").to_pylist()
    names = {each.file_path for each in plain}
    print("good files:", dict(Counter(row["outcome"] for row in rows if row["file_name"] in names)))
    for row in sorted(rows, key=lambda row: -row["seconds"])[:8]:
        print(f"  {row['seconds']:.1f} s {row['file_name']}: {row['outcome']} {row['reason'] or ''}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
