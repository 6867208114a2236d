"""The files of one batch on their way through the children: read, opened, converted, until every one has rows."""

from __future__ import annotations

import queue
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from extractors.batch import BatchItem
from extractors.containers import nested_too_deep
from extractors.errors import ExtractionError, Refused, Unreadable
from extractors.isolation import Answer, WorkerFailed
from extractors.limits import Limits
from extractors.rows import SCHEMAS, Submission, rows_of
from extractors.workers import Lease

FEWEST_TO_SPLIT = 10
"""Conversions for which a second LibreOffice process pays."""
CONVERSION_START = 120.0

Tables = Mapping[str, pa.Table]


@dataclass(slots=True)
class Bundle:
    """What the members of one submitted archive share, at whatever depth. bytes_left: that may still be unpacked."""

    bytes_left: int
    files: int = 0
    overfull: bool = False


@dataclass(slots=True)
class Job:
    """An item on its way. order sorts the output as if files had been read one after another.

    source: what LibreOffice made of it.
    """

    item: BatchItem
    order: tuple[int, ...]
    bundle: Bundle
    depth: int = 0
    kind: str = ""
    source: Path | None = None
    seconds: float = 0.0


class Dispatch:
    """The jobs of one batch, shared by threads that each drive a child process."""

    def __init__(self, items: Sequence[BatchItem], scratch: Path, limits: Limits):
        self.limits = limits
        self.scratch = scratch
        self._queue: queue.SimpleQueue[Job | list[Job] | None] = queue.SimpleQueue()
        self._found: list[tuple[tuple[int, ...], Tables]] = []
        self._to_convert: list[Job] = []
        self._lock = threading.Lock()
        self._open = len(items)
        self._threads = 1
        self._failure: BaseException | None = None
        self._items = items
        self._overfull: set[int] = set()
        for number, item in enumerate(items):
            self._queue.put(Job(item, (number,), Bundle(limits.max_unpacked_bytes)))

    def finish(self, threads: int) -> list[Tables]:
        """Run all jobs; tables in the order of the items, members after their archive."""
        if self._open == 0:
            return []
        self._threads = threads
        running = [threading.Thread(target=self._serve, daemon=True) for _ in range(threads)]
        for thread in running:
            thread.start()
        for thread in running:
            thread.join()
        if self._failure is not None:
            raise self._failure
        found = [each for each in self._found if each[0][0] not in self._overfull]
        found += [((number,), self._refused_whole(number)) for number in self._overfull]
        return [tables for _, tables in sorted(found, key=lambda each: each[0])]

    def _refused_whole(self, number: int) -> Tables:
        """The one row of an archive that holds archives with too many files: which of them were read is chance."""
        most = self.limits.max_members
        error = Refused(f"压缩包内（含各层压缩包）的文件过多（上限 {most} 个）；请只打包自评材料后重新报送")
        job = Job(self._items[number], (number,), Bundle(0))
        return _submission_only(job, _facts(error, None))

    def _serve(self) -> None:
        lease = Lease(self.limits)
        try:
            while (job := self._queue.get()) is not None:
                if isinstance(job, Job):
                    self._read(job, lease)
                else:
                    self._convert(job, lease)
                self._flush()
        except BaseException as error:
            self._failure = error
            self._stop()
        finally:
            lease.release()

    def _stop(self) -> None:
        for _ in range(self._threads):
            self._queue.put(None)

    def _flush(self) -> None:
        """Send off legacy files when a load is full, or when nothing else is left to do."""
        with self._lock:
            waiting = self._to_convert
            if not waiting or (len(waiting) < self.limits.office_batch and not self._queue.empty()):
                return
            self._to_convert = []
        loads = max(1, min(self._threads, len(waiting) // FEWEST_TO_SPLIT))
        for number in range(loads):
            self._queue.put(waiting[number::loads])

    def _read(self, job: Job, lease: Lease) -> None:
        item = job.item
        if job.bundle.overfull:
            self._close(job, {})
            return
        task = {
            "do": "read",
            "path": str(job.source or item.path),
            "converted_from": job.kind if job.source else None,
            "may_convert": True,
            "file_path": item.file_path,
            "member_path": item.member_path,
            "sha256": item.sha256,
            "size": item.size,
            "received_at": item.received_at.isoformat(),
            "seconds": job.seconds,
        }
        answer = self._ask(job, task, lease)
        if answer is None:
            return
        facts = answer.facts
        if facts.get("container"):
            self._expand(job, str(facts["container"]), lease)
        elif facts.get("convert"):
            job.kind = str(facts["convert"])
            with self._lock:
                self._to_convert.append(job)
        elif answer.tables:
            self._close(job, {name: _from_stream(content) for name, content in answer.tables.items()})
        else:
            self._close(job, _submission_only(job, facts))

    def _ask(self, job: Job, task: Mapping[str, Any], lease: Lease) -> Answer | None:
        begin = time.perf_counter()
        try:
            return lease.worker().ask(task, self.limits.seconds)
        except WorkerFailed as failure:
            lease.drop()
            error = _reason(failure, self.limits)
            facts = {**_facts(error, job.kind or None), "seconds": time.perf_counter() - begin}
            self._close(job, _submission_only(job, facts))
            return None

    def _convert(self, jobs: list[Job], lease: Lease) -> None:
        folder = Path(tempfile.mkdtemp(dir=self.scratch))
        task = {
            "do": "convert",
            "files": [(str(job.item.path), job.kind) for job in jobs],
            "folder": str(folder),
        }
        begin = time.perf_counter()
        try:
            answer = lease.worker().ask(task, CONVERSION_START + 2.5 * self.limits.office_seconds * len(jobs))
        except WorkerFailed as failure:
            lease.drop()
            if len(jobs) > 1:
                for job in jobs:
                    self._queue.put([job])
                return
            self._close(
                jobs[0], _submission_only(jobs[0], _facts(_reason(failure, self.limits), jobs[0].kind))
            )
            return
        share = (time.perf_counter() - begin) / len(jobs)
        results = answer.facts.get("results") or [answer.facts] * len(jobs)
        for job, result in zip(jobs, results, strict=True):
            job.seconds = share
            if result.get("path"):
                job.source = Path(result["path"])
                self._queue.put(job)
            else:
                self._close(job, _submission_only(job, {**result, "format": job.kind, "seconds": share}))

    def _expand(self, job: Job, kind: str, lease: Lease) -> None:
        item = job.item
        if job.depth >= self.limits.max_depth:
            error = Refused(nested_too_deep(self.limits))
            self._close(job, _submission_only(job, _facts(error, kind)))
            return
        task = {
            "do": "expand",
            "path": str(item.path),
            "kind": kind,
            "folder": tempfile.mkdtemp(dir=self.scratch),
            "budget": job.bundle.bytes_left,
            "prefix": f"{item.member_path}/" if item.member_path else "",
        }
        answer = self._ask(job, task, lease)
        if answer is None:
            return
        facts = {**answer.facts, "format": kind}
        members = facts.get("members")
        if members is not None:
            facts |= {"reader": "containers", "document_kind": "archive"}
            facts["warnings"] = [f"压缩包或邮件，含 {len(members)} 个文件，已逐个登记"]
            for number, member in enumerate(members):
                self._add_member(job, number, member)
        self._close(job, _submission_only(job, facts))

    def _add_member(self, job: Job, number: int, member: Mapping[str, Any]) -> None:
        item = replace(
            job.item,
            path=Path(member["path"] or ""),
            sha256=member["sha256"],
            size=member["size"],
            member_path=member["member_path"],
        )
        inner = Job(item, (*job.order, number), job.bundle, job.depth + 1)
        with self._lock:
            job.bundle.bytes_left -= item.size
            job.bundle.files += 1
            self._open += 1
            if job.bundle.files > self.limits.max_members:
                job.bundle.overfull = True
                self._overfull.add(job.order[0])
        if member["path"] is None:
            facts = {"outcome": member["outcome"], "reason": member["reason"]}
            self._close(inner, _submission_only(inner, facts))
        else:
            self._queue.put(inner)

    def _close(self, job: Job, tables: Tables) -> None:
        """The job has its rows."""
        with self._lock:
            self._found.append((job.order, tables))
            self._open -= 1
            done = self._open == 0
        if done:
            self._stop()


def _submission_only(job: Job, facts: Mapping[str, Any]) -> Tables:
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
    rows = rows_of(submission, ())["submissions"]
    return {"submissions": pa.Table.from_pylist(rows, schema=SCHEMAS["submissions"])}


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
