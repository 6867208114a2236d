"""Child processes that read hostile files: killed on time-out, replaced after a crash, never left behind.

The parent sends one JSON line a task and gets one framed answer: JSON facts and Arrow streams. No pickle: what
comes out of a child that read a hostile file is not trusted with code.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import json
import os
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from extractors.limits import Limits

HEADER = struct.Struct("<II")
START_SECONDS = 120.0
SCRATCH_PREFIX = "jixiao-scratch-"
LARGEST_ANSWER = 1 << 30
MOST_OF_ADDRESSES = 0.6
"""Share of its address space that a child may have used up when it begins another file: recognising scans gives none back."""


class WorkerFailed(Exception):
    """The child is gone. kind: timeout, crash, protocol. detail: signal or exit status."""

    def __init__(self, kind: str, detail: str = ""):
        super().__init__(f"{kind} {detail}".strip())
        self.kind = kind
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Answer:
    """What a child said of one task: facts (JSON) and Arrow stream bytes by table name."""

    facts: Mapping[str, Any]
    tables: Mapping[str, bytes]


class Worker:
    """One child process. Not safe for two threads at once."""

    def __init__(self, limits: Limits):
        self.limits = limits
        self.files = 0
        # Its own folder for temporary files: a killed child cleans nothing up.
        self._scratch = scratch_folder()
        self._process = _spawner().submit(_spawn, limits, self._scratch).result()
        try:
            facts = self._receive(START_SECONDS).facts
        except WorkerFailed:
            self.kill()
            raise
        if "failed" in facts:
            self.kill()
            raise RuntimeError(f"读取进程无法启动：{facts['failed']}")
        self._size, _ = _memory(self._process.pid)

    def ask(self, task: Mapping[str, Any], seconds: float) -> Answer:
        """Run one task. Raises WorkerFailed after `seconds` or when the child dies; the worker is dead then."""
        self.files += 1
        try:
            stdin = self._process.stdin
            assert stdin is not None
            stdin.write(json.dumps(task).encode() + b"\n")
            stdin.flush()
            return self._receive(seconds)
        except (BrokenPipeError, OSError) as error:
            self.kill()
            raise WorkerFailed("crash", str(error)) from error
        except WorkerFailed:
            self.kill()
            raise

    @property
    def is_alive(self) -> bool:
        """Whether the child still runs."""
        return self._process.poll() is None

    @property
    def is_worn(self) -> bool:
        """Whether the child should be replaced before the next file: many files read, or memory or address space grown."""
        size, rss = _memory(self._process.pid)
        return (
            self.files >= self.limits.worker_files
            or rss > self.limits.worker_rss_bytes
            or size - self._size > self.limits.memory_bytes * MOST_OF_ADDRESSES
        )

    def kill(self) -> None:
        """End the child and everything it started (its session), and collect it."""
        kill_session(self._process.pid)
        with contextlib.suppress(OSError):
            self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _receive(self, seconds: float) -> Answer:
        begin = time.monotonic()
        deadline = begin + seconds
        while True:
            facts_size, count = HEADER.unpack(self._read(HEADER.size, deadline))
            if facts_size > LARGEST_ANSWER or count > 64:
                raise WorkerFailed("protocol")
            facts = json.loads(self._read(facts_size, deadline))
            if not facts.get("page"):
                break
            granted = min(time.monotonic() + self.limits.page_seconds, begin + self.limits.most_seconds)
            deadline = max(deadline, granted)
        tables: dict[str, bytes] = {}
        for _ in range(count):
            name_size, size = HEADER.unpack(self._read(HEADER.size, deadline))
            if name_size > 100 or size > LARGEST_ANSWER:
                raise WorkerFailed("protocol")
            name = self._read(name_size, deadline).decode()
            tables[name] = self._read(size, deadline)
        return Answer(facts, tables)

    def _read(self, size: int, deadline: float) -> bytes:
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()
        parts: list[bytes] = []
        while size > 0:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([descriptor], [], [], left)[0]:
                raise WorkerFailed("timeout")
            chunk = os.read(descriptor, min(size, 1 << 20))
            if not chunk:
                raise WorkerFailed("crash", self._how_it_died())
            parts.append(chunk)
            size -= len(chunk)
        return b"".join(parts)

    def _how_it_died(self) -> str:
        try:
            status = self._process.wait(10)
        except subprocess.TimeoutExpired:
            return ""
        if status < 0:
            with contextlib.suppress(ValueError):
                return signal.Signals(-status).name
        return f"exit {status}"


def kill_session(session: int) -> None:
    """SIGKILL every process of a session, whatever group it put itself into."""
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            # pid (name) state parent group session ...; the name may hold blanks and brackets
            fields = entry.read_text().rpartition(")")[2].split()
            if int(fields[3]) == session:
                os.kill(int(entry.parent.name), signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.killpg(session, signal.SIGKILL)


@cache
def _spawner() -> concurrent.futures.ThreadPoolExecutor:
    """The one thread that starts children: their death signal is tied to the thread that started them."""
    _sweep()
    return concurrent.futures.ThreadPoolExecutor(1, thread_name_prefix="extractor-spawner")


def scratch_folder() -> Path:
    """A new temporary folder named after this process, so that a later one can tell whether it was abandoned."""
    return Path(tempfile.mkdtemp(prefix=f"{SCRATCH_PREFIX}{os.getpid()}-"))


def _sweep() -> None:
    """Remove the temporary folders of processes that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{SCRATCH_PREFIX}*-*"):
        pid = folder.name.removeprefix(SCRATCH_PREFIX).partition("-")[0]
        if pid.isdigit() and not Path(f"/proc/{pid}").exists():
            shutil.rmtree(folder, ignore_errors=True)


def _spawn(limits: Limits, scratch: Path) -> subprocess.Popen[bytes]:
    root = str(Path(__file__).resolve().parent.parent)
    environment = dict(os.environ)
    environment["TMPDIR"] = str(scratch)
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (root, environment.get("PYTHONPATH", ""))))
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "ARROW_NUM_THREADS"):
        environment.setdefault(name, "1")
    return subprocess.Popen(
        [sys.executable, "-m", "extractors.child", str(os.getpid()), json.dumps(asdict(limits))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=environment,
    )


def _memory(pid: int) -> tuple[int, int]:
    """Address space and resident memory of a process in bytes; nothing where it is gone."""
    try:
        size, resident, *_ = Path(f"/proc/{pid}/statm").read_text().split()
        page = os.sysconf("SC_PAGE_SIZE")
        return int(size) * page, int(resident) * page
    except (OSError, ValueError):
        return 0, 0
