"""A batch of files: each read in a child process, the outcome one folder with a Parquet file a core table."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from extractors.isolation import scratch_folder
from extractors.limits import DEFAULT_LIMITS, Limits
from extractors.rows import SCHEMAS
from extractors.workers import close_idle_workers

__all__ = ["BatchItem", "BatchSummary", "close_idle_workers", "extract_batch", "write_tables"]


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One file to read. path: where its bytes lie, readable here. file_path: its path relative to the inbox.

    member_path: its path inside an archive, None outside. size in bytes. received_at: when it came in.
    """

    path: Path
    file_path: str
    sha256: str
    size: int
    received_at: datetime
    member_path: str | None = None


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """What a batch gave. outcomes and formats count submissions (archives and their members each once)."""

    out_dir: Path
    items: int
    submissions: int
    reports: int
    outcomes: Mapping[str, int]
    formats: Mapping[str, int]
    seconds: float


def extract_batch(
    items: Sequence[BatchItem],
    out_dir: Path,
    limits: Limits = DEFAULT_LIMITS,
    workers: int = 1,
) -> BatchSummary:
    """Read every item and write `out_dir` in one step, replacing what was there.

    Files: submissions, reports, header_fields, budget_lines, indicators, score_groups, statements, relations,
    sections, unread (`.parquet`), columns as in `extractors.rows.SCHEMAS`. Never raises for a bad file: it becomes
    a row of submissions with outcome and reason. An archive is a row (document_kind `archive`) beside its members'.
    The children are kept for the next batch of this process; `close_idle_workers` ends them.
    """
    from extractors.dispatch import Dispatch

    begin = time.perf_counter()
    scratch = scratch_folder()
    try:
        found = Dispatch(items, scratch, limits).finish(max(1, min(workers, len(items) or 1)))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    tables = {
        name: pa.concat_tables([schema.empty_table(), *(each[name] for each in found if name in each)])
        for name, schema in SCHEMAS.items()
    }
    write_tables(tables, out_dir)
    submissions = tables["submissions"]
    return BatchSummary(
        out_dir,
        len(items),
        submissions.num_rows,
        tables["reports"].num_rows,
        Counter(submissions.column("outcome").to_pylist()),
        Counter(name or "unknown" for name in submissions.column("format").to_pylist()),
        time.perf_counter() - begin,
    )


def write_tables(tables: Mapping[str, pa.Table], out_dir: Path) -> None:
    """Writes a batch's folder, one Parquet file a table: there whole or not at all."""
    out_dir.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=f".{out_dir.name}-", dir=out_dir.parent))
    try:
        for name, table in tables.items():
            pq.write_table(table, temporary / f"{name}.parquet", compression="zstd")
        temporary.chmod(0o755)
        if out_dir.exists():
            retired = Path(tempfile.mkdtemp(prefix=f".{out_dir.name}-old-", dir=out_dir.parent))
            out_dir.replace(retired / "batch")
            temporary.replace(out_dir)
            shutil.rmtree(retired, ignore_errors=True)
        else:
            temporary.replace(out_dir)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
