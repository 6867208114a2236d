"""Ends what a killed run left behind: reading processes and Prefect's embedded server."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

RUN_TAG = "JIXIAO_RUN_OF_HOME"
"""Environment variable that every child of a run inherits; its value is the home folder."""


def tag_children(root: Path) -> None:
    """Marks every process that this one starts from now on as belonging to a run of the home at `root`."""
    os.environ[RUN_TAG] = str(root)


def sweep_orphans(root: Path) -> int:
    """Ends the orphans of the home at `root`; returns how many there were.

    Call with the lock held: whoever carries this home's tag then, and is no relative of this process, is an
    orphan. Processes of other users are neither seen nor touched.
    """
    mark = f"{RUN_TAG}={root}".encode()
    family = _ancestors(os.getpid())
    orphans = [
        pid
        for pid in _processes()
        if pid not in family and mark in _environment(pid) and os.getpid() not in _ancestors(pid)
    ]
    for sign in (signal.SIGTERM, signal.SIGKILL):
        alive = [pid for pid in orphans if mark in _environment(pid)]
        for pid in alive:
            _signal(pid, sign)
        deadline = time.monotonic() + 3
        while time.monotonic() < deadline and any(mark in _environment(pid) for pid in alive):
            time.sleep(0.05)
    return len(orphans)


def _processes() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _environment(pid: int) -> list[bytes]:
    """The variables a process was started with; empty when it is gone or belongs to somebody else."""
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return []


def _ancestors(pid: int) -> set[int]:
    """`pid` and its parents up to the first process."""
    line: set[int] = set()
    while pid > 0 and pid not in line:
        line.add(pid)
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            break
        pid = int(stat.rpartition(")")[2].split()[1])
    return line


def _signal(pid: int, sign: int) -> None:
    try:
        os.kill(pid, sign)
    except (ProcessLookupError, PermissionError):
        return
