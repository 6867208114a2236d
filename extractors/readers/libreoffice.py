"""Legacy office files through LibreOffice: many files a process, ended with its whole group when it hangs."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.errors import ExtractionError, NeedsTool, Refused, Unreadable
from extractors.limits import Limits
from extractors.readers.office_profile import environment, profile
from extractors.tools import OFFICE_PROGRAMS

PACKAGE = "libreoffice-writer-nogui"
TO_DOCX = "docx:MS Word 2007 XML"
TO_HTML = "html:HTML (StarWriter)"
START_SECONDS = 30.0
POLL_SECONDS = 0.05
PR_SET_PDEATHSIG = 1
MISSING = f"此文件需要 LibreOffice 转换后才能读取，本机没有安装；请安装 {PACKAGE}（apt-get install {PACKAGE}）后重新运行"
FAILED = "文件已损坏或内容无法转换（LibreOffice 未能打开）；请另存为 docx 后重新报送"


@dataclass(frozen=True, slots=True)
class Conversion:
    """One file converted: path of the result, or why there is none."""

    path: Path | None
    error: ExtractionError | None = None


def find_office() -> str | None:
    """The LibreOffice program on this machine, or None."""
    return next((found for name in OFFICE_PROGRAMS if (found := shutil.which(name))), None)


def convert(files: Sequence[tuple[Path, str]], folder: Path, limits: Limits) -> list[Conversion]:
    """Convert files (path, suffix without dot of what they really are) into `folder`; one result each, in order.

    A file that hangs, or takes the process down with it, costs its own time limit only: the process is ended, the file
    tried alone once more through HTML (which needs no layout), and the others go on in a new process. Raises NeedsTool.
    """
    program = find_office()
    if program is None:
        raise NeedsTool(MISSING)
    folder.mkdir(parents=True, exist_ok=True)
    inputs: list[Path] = []
    for number, (path, suffix) in enumerate(files):
        # Own names: two inputs of one name would overwrite each other, and what is a document is told by suffix.
        target = folder / f"in{number:05d}.{suffix}"
        shutil.copyfile(path, target)
        inputs.append(target)
    results: dict[Path, Conversion] = {}
    left = list(inputs)
    while left:
        done, stuck = _run(program, left, folder, TO_DOCX, limits.office_seconds, limits.office_memory_bytes)
        results |= done
        if stuck is None:
            break
        results[stuck] = Conversion(None, None)
        # What comes before it and has no result failed by itself.
        left = [path for path in left[left.index(stuck) + 1 :] if path not in results]
    for path in inputs:
        found = results.get(path)
        if found is None or found.path is None:
            results[path] = _alone(program, path, folder, limits)
    for path in inputs:
        path.unlink(missing_ok=True)
    return [results[path] for path in inputs]


def _alone(program: str, path: Path, folder: Path, limits: Limits) -> Conversion:
    done, hung = _run(program, [path], folder, TO_HTML, limits.office_seconds / 2, limits.office_memory_bytes)
    if path in done:
        return done[path]
    if hung is not None:
        return Conversion(
            None, Refused(f"转换超过时限（{limits.office_seconds:.0f} 秒），已中止；请另存为 docx 后重新报送")
        )
    return Conversion(None, Unreadable(FAILED))


def _run(
    program: str, inputs: Sequence[Path], folder: Path, target: str, seconds: float, memory: int
) -> tuple[dict[Path, Conversion], Path | None]:
    """One process over the inputs, in order: what it converted, and the file it hung on or ended at too early."""
    suffix = target.partition(":")[0]
    outputs = {path: folder / f"{path.stem}.{suffix}" for path in inputs}
    process = _start(program, inputs, folder, target, memory)
    deadline = time.monotonic() + seconds + START_SECONDS
    finished = 0
    stuck: Path | None = None
    hung = False
    try:
        while process.poll() is None:
            now = sum(output.exists() for output in outputs.values())
            if now > finished:
                finished, deadline = now, time.monotonic() + seconds
            if time.monotonic() > deadline:
                hung = True
                break
            time.sleep(POLL_SECONDS)
    finally:
        _end(process)
    left = _not_reached(outputs)
    if left and (hung or len(left) > 1):  # a single one at the end may have failed like any other
        stuck = left[0]
    done = {
        path: Conversion(output)
        for path, output in outputs.items()
        if output.exists() and output.stat().st_size > 0
    }
    return done, stuck


def _not_reached(outputs: dict[Path, Path]) -> list[Path]:
    """The inputs after the last that has its output (files that failed leave none): the first was at work."""
    paths = list(outputs)
    last = max((index for index, path in enumerate(paths) if outputs[path].exists()), default=-1)
    return paths[last + 1 :]


def _start(
    program: str, inputs: Sequence[Path], folder: Path, target: str, memory: int
) -> subprocess.Popen[bytes]:
    command = [
        program,
        f"-env:UserInstallation={profile().as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--nolockcheck",
        "--convert-to",
        target,
        "--outdir",
        str(folder),
        *(str(path) for path in inputs),
    ]
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(program),
        process_group=0,
        preexec_fn=lambda: _as_child(memory),
    )


def _as_child(memory: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    # In place of the worker's own limit, which is for reading.
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the whole group: the program starts others that would outlive it."""
    with contextlib.suppress(OSError):
        os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(10)
