"""Child processes lent to the threads of a batch: kept for the next batch, replaced when worn or dead."""

from __future__ import annotations

import atexit
import queue

from extractors.isolation import Worker, WorkerFailed
from extractors.limits import Limits

START_TRIES = 3
_idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()


class Lease:
    """One thread's child process."""

    def __init__(self, limits: Limits):
        self._limits = limits
        self._worker: Worker | None = None

    def worker(self) -> Worker:
        """A child that is ready for a task. Raises WorkerFailed or RuntimeError when none can be started."""
        if self._worker is not None and self._worker.is_worn:
            self._worker.kill()
            self._worker = None
        if self._worker is None:
            self._worker = self._take() or self._start()
        return self._worker

    def drop(self) -> None:
        """Forget a child that is dead."""
        self._worker = None

    def release(self) -> None:
        """Leave the child to the next batch."""
        if self._worker is not None:
            _idle.put(self._worker)
            self._worker = None

    def _take(self) -> Worker | None:
        while True:
            try:
                worker = _idle.get_nowait()
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
            _idle.get_nowait().kill()
        except queue.Empty:
            return


atexit.register(close_idle_workers)
