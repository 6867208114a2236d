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
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractors.errors import ExtractionError, NeedsTool, Refused, Unreadable
from extractors.limits import Limits

PACKAGE = "libreoffice-writer-nogui"
PROGRAMS = ("soffice", "libreoffice")
TO_DOCX = "docx:MS Word 2007 XML"
TO_HTML = "html:HTML (StarWriter)"
START_SECONDS = 30.0
POLL_SECONDS = 0.05
PR_SET_PDEATHSIG = 1
MISSING = f"此文件需要 LibreOffice 转换后才能读取，本机没有安装；请安装 {PACKAGE}（apt-get install {PACKAGE}）后重新运行"
FAILED = "文件已损坏或内容无法转换（LibreOffice 未能打开）；请另存为 docx 后重新报送"
# No macro runs, no link is followed, whatever the document asks for.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>1</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="UseLocking" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


@dataclass(frozen=True, slots=True)
class Conversion:
    """One file converted: path of the result, or why there is none."""

    path: Path | None
    error: ExtractionError | None = None


def find_office() -> str | None:
    """The LibreOffice program on this machine, or None."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def convert(files: Sequence[tuple[Path, str]], folder: Path, limits: Limits) -> list[Conversion]:
    """Convert files (path, suffix without dot of what they really are) into `folder`; one result each, in order.

    A file that hangs or fails costs its own time limit only: the process is ended, the file tried alone once more
    through HTML (which needs no layout), and the others go on in a new process. Raises NeedsTool.
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
        done, hung = _run(program, left, folder, TO_DOCX, limits.office_seconds, limits.office_memory_bytes)
        results |= done
        if hung is None:
            break
        results[hung] = Conversion(None, None)
        left = [path for path in left if path not in results]
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
    """One process over the inputs, in order: what it converted, and the file it hung on."""
    suffix = target.partition(":")[0]
    outputs = {path: folder / f"{path.stem}.{suffix}" for path in inputs}
    process = _start(program, inputs, folder, target, memory)
    deadline = time.monotonic() + seconds + START_SECONDS
    finished = 0
    hung: Path | None = None
    try:
        while process.poll() is None:
            now = sum(output.exists() for output in outputs.values())
            if now > finished:
                finished, deadline = now, time.monotonic() + seconds
            if time.monotonic() > deadline:
                hung = _first_open(outputs)
                break
            time.sleep(POLL_SECONDS)
    finally:
        _end(process)
    done = {
        path: Conversion(output)
        for path, output in outputs.items()
        if path != hung and output.exists() and output.stat().st_size > 0
    }
    return done, hung


def _first_open(outputs: dict[Path, Path]) -> Path | None:
    """The input at work: the one after the last that has its output (files that failed leave none)."""
    paths = list(outputs)
    last = max((index for index, path in enumerate(paths) if outputs[path].exists()), default=-1)
    return paths[last + 1] if last + 1 < len(paths) else None


def _start(
    program: str, inputs: Sequence[Path], folder: Path, target: str, memory: int
) -> subprocess.Popen[bytes]:
    command = [
        program,
        f"-env:UserInstallation={_profile().as_uri()}",
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
    environment = {**os.environ, "SAL_USE_VCLPLUGIN": "svp", "HOME": str(_profile())}
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
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


@cache
def _profile() -> Path:
    """A user profile of this process alone; two processes on one profile wait for each other."""
    import atexit

    folder = Path(tempfile.mkdtemp(prefix="jixiao-office-"))
    (folder / "user").mkdir()
    (folder / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
