"""A batch of files: each read in a child process, the outcome one folder with a Parquet file a core table."""

from __future__ import annotations

import queue
import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extractors.errors import ExtractionError, Refused, Unreadable
from extractors.isolation import Answer, Worker, WorkerFailed
from extractors.limits import DEFAULT_LIMITS, Limits
from extractors.rows import SCHEMAS, Row, Submission, rows_of

START_TRIES = 3


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


@dataclass(slots=True)
class _Job:
    """An item on its way. order sorts the output as if files had been read one after another."""

    item: BatchItem
    order: tuple[int, ...]
    depth: int = 0
    budget: list[int] = field(default_factory=lambda: [0])


@dataclass(slots=True)
class _Outcome:
    order: tuple[int, ...]
    facts: Mapping[str, Any]
    tables: Mapping[str, pa.Table]


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
    """
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="jixiao-batch-") as scratch:
        outcomes = _Run(items, Path(scratch), limits).finish(max(1, min(workers, len(items) or 1)))
    tables = {
        name: pa.concat_tables(
            [schema.empty_table(), *(found.tables[name] for found in outcomes if name in found.tables)]
        )
        for name, schema in SCHEMAS.items()
    }
    _write(tables, out_dir)
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


class _Run:
    """The jobs of one batch, shared by threads that each drive a child process."""

    def __init__(self, items: Sequence[BatchItem], scratch: Path, limits: Limits):
        self.limits = limits
        self.scratch = scratch
        self.jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self.outcomes: list[_Outcome] = []
        self._lock = threading.Lock()
        self._open = len(items)
        self._threads = 0
        self._failure: BaseException | None = None
        for number, item in enumerate(items):
            self.jobs.put(_Job(item, (number,), budget=[limits.max_unpacked_bytes]))

    def finish(self, workers: int) -> list[_Outcome]:
        """Run all jobs; outcomes in the order of the items, members after their archive."""
        if self._open == 0:
            return []
        self._threads = workers
        threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(workers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self._failure is not None:
            raise self._failure
        return sorted(self.outcomes, key=lambda found: found.order)

    def _serve(self) -> None:
        lease = _Lease(self.limits)
        try:
            while (job := self.jobs.get()) is not None:
                self._do(job, lease)
                self._close_one()
        except BaseException as error:
            self._failure = error
            self._stop()
        finally:
            lease.release()

    def _close_one(self) -> None:
        with self._lock:
            self._open -= 1
            done = self._open == 0
        if done:
            self._stop()

    def _stop(self) -> None:
        for _ in range(self._threads):
            self.jobs.put(None)

    def _do(self, job: _Job, lease: _Lease) -> None:
        item = job.item
        task = {
            "do": "read",
            "path": str(item.path),
            "file_path": item.file_path,
            "member_path": item.member_path,
            "sha256": item.sha256,
            "size": item.size,
            "received_at": item.received_at.isoformat(),
        }
        answer = self._ask(job, task, lease)
        if answer is None:
            return
        if answer.facts.get("container"):
            self._expand(job, str(answer.facts["container"]), lease)
            return
        if answer.tables:
            tables = {name: _from_stream(content) for name, content in answer.tables.items()}
            self._add(job, answer.facts, tables)
        else:
            self._add_failure(job, answer.facts)

    def _ask(self, job: _Job, task: Mapping[str, Any], lease: _Lease) -> Answer | None:
        begin = time.perf_counter()
        try:
            return lease.worker().ask(task, self.limits.seconds)
        except WorkerFailed as failure:
            lease.drop()
            error = _reason(failure, self.limits)
            facts = {"outcome": error.status, "reason": error.reason, "seconds": time.perf_counter() - begin}
            self._add_failure(job, facts)
            return None

    def _expand(self, job: _Job, kind: str, lease: _Lease) -> None:
        item = job.item
        if job.depth >= self.limits.max_depth:
            self._add_failure(
                job, _facts(Refused(f"压缩包嵌套过深（上限 {self.limits.max_depth} 层）"), kind)
            )
            return
        folder = Path(tempfile.mkdtemp(dir=self.scratch))
        prefix = f"{item.member_path}/" if item.member_path else ""
        task = {
            "do": "expand",
            "path": str(item.path),
            "kind": kind,
            "folder": str(folder),
            "budget": job.budget[0],
            "prefix": prefix,
        }
        answer = self._ask(job, task, lease)
        if answer is None:
            return
        members = answer.facts.get("members")
        if members is None:
            self._add_failure(job, {**answer.facts, "format": kind})
            return
        facts = {**answer.facts, "format": kind, "reader": "containers", "document_kind": "archive"}
        facts["warnings"] = [f"压缩包，含 {len(members)} 个文件，已逐个登记"]
        self._add_failure(job, facts)
        for number, member in enumerate(members):
            self._add_member(job, number, member)

    def _add_member(self, job: _Job, number: int, member: Mapping[str, Any]) -> None:
        item = replace(
            job.item,
            path=Path(member["path"] or ""),
            sha256=member["sha256"],
            size=member["size"],
            member_path=member["member_path"],
        )
        inner = _Job(item, (*job.order, number), job.depth + 1, job.budget)
        with self._lock:
            job.budget[0] -= item.size
        if member["path"] is None:
            self._add_failure(inner, {"outcome": member["outcome"], "reason": member["reason"]})
            return
        with self._lock:
            self._open += 1
        self.jobs.put(inner)

    def _add_failure(self, job: _Job, facts: Mapping[str, Any]) -> None:
        """A submission without reports: a bad file, or an archive opened."""
        item = job.item
        submission = Submission(
            file_path=item.file_path,
            sha256=item.sha256,
            size_bytes=item.size,
            received_at=item.received_at,
            member_path=item.member_path,
            format=facts.get("format"),
            reader=facts.get("reader"),
            outcome=facts["outcome"],
            reason=facts.get("reason"),
            document_kind=facts.get("document_kind"),
            seconds=facts.get("seconds", 0.0),
            page_count=facts.get("page_count"),
            warnings=tuple(facts.get("warnings", ())),
        )
        rows: dict[str, list[Row]] = rows_of(submission, ())
        table = pa.Table.from_pylist(rows["submissions"], schema=SCHEMAS["submissions"])
        self._add(job, facts, {"submissions": table})

    def _add(self, job: _Job, facts: Mapping[str, Any], tables: Mapping[str, pa.Table]) -> None:
        with self._lock:
            self.outcomes.append(_Outcome(job.order, facts, tables))


class _Lease:
    """A thread's child process: taken from those idle from the batch before, replaced when worn or dead."""

    _idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()

    def __init__(self, limits: Limits):
        self._limits = limits
        self._worker: Worker | None = None

    def worker(self) -> Worker:
        if self._worker is not None and self._worker.is_worn:
            self._worker.kill()
            self._worker = None
        if self._worker is None:
            self._worker = self._take() or self._start()
        return self._worker

    def drop(self) -> None:
        """Forget a worker that is dead."""
        self._worker = None

    def release(self) -> None:
        """Leave the worker to the next batch."""
        if self._worker is not None:
            self._idle.put(self._worker)
            self._worker = None

    def _take(self) -> Worker | None:
        while True:
            try:
                worker = self._idle.get_nowait()
            except queue.Empty:
                return None
            if worker.limits == self._limits and worker.is_alive and not worker.is_worn:
                return worker
            worker.kill()

    def _start(self) -> Worker:
        for attempt in range(1, START_TRIES + 1):
            try:
                return Worker(self._limits)
            except WorkerFailed:
                if attempt == START_TRIES:
                    raise
        raise AssertionError


def close_idle_workers() -> None:
    """End the child processes kept for the next batch (they also end with this process)."""
    while True:
        try:
            _Lease._idle.get_nowait().kill()
        except queue.Empty:
            return


def _reason(failure: WorkerFailed, limits: Limits) -> ExtractionError:
    if failure.kind == "timeout":
        return Refused(
            f"读取超过时限（{limits.seconds:.0f} 秒），已中止；请精简文件或另存为其他格式后重新报送"
        )
    detail = f"（{failure.detail}）" if failure.detail else ""
    return Unreadable(f"读取程序在此文件上异常退出{detail}，文件可能已损坏或超出内存上限；请重新保存后报送")


def _facts(error: ExtractionError, kind: str | None) -> dict[str, Any]:
    return {"outcome": error.status, "reason": error.reason, "format": kind}


def _from_stream(content: bytes) -> pa.Table:
    with pa.ipc.open_stream(pa.BufferReader(content)) as reader:
        return reader.read_all()


def _write(tables: Mapping[str, pa.Table], out_dir: Path) -> None:
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
