"""Rar and 7z through bsdtar (libarchive): the archive is turned into a tar stream, nothing is written by it."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from extractors.archives.tars import read_tar
from extractors.archives.wording import DAMAGED, ENCRYPTED
from extractors.containers import MemberSink
from extractors.errors import NeedsTool, Unreadable
from extractors.limits import Limits

PROGRAM = "bsdtar"
PACKAGE = "libarchive-tools"
MISSING = f"RAR、7Z 压缩包需要 {PROGRAM} 才能打开，本机没有安装；请安装 {PACKAGE}（apt-get install {PACKAGE}）后重新运行"
ENCRYPTION_WORDS = ("passphrase", "encrypt", "password")
PR_SET_PDEATHSIG = 1


def open_with_bsdtar(path: Path, sink: MemberSink, limits: Limits) -> None:
    """Give every wanted member to the sink. Raises NeedsTool, Unreadable (damaged, encrypted)."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise NeedsTool(MISSING)
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            [program, "--format", "pax", "-cf", "-", f"@{path.resolve()}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            preexec_fn=_die_with_parent,
        )
        timer = threading.Timer(limits.seconds, process.kill)
        timer.start()
        failure: Unreadable | None = None
        try:
            assert process.stdout is not None
            read_tar(process.stdout, sink, limits)
        except Unreadable as error:
            failure = error
        finally:
            timer.cancel()
            with contextlib.suppress(OSError):
                process.kill()
            process.wait(10)
        complaints.seek(0)
        said = complaints.read(4096).decode("utf-8", "replace").lower()
    if not sink.members and not _says_encrypted(said):
        said += _said_when_extracting(program, path, limits)
    if _says_encrypted(said) and all(member.error for member in sink.members):
        raise Unreadable(ENCRYPTED)
    if failure is not None or (said and not sink.members):
        raise Unreadable(DAMAGED)


def _says_encrypted(said: str) -> bool:
    return any(word in said for word in ENCRYPTION_WORDS)


def _said_when_extracting(program: str, path: Path, limits: Limits) -> str:
    """What bsdtar says when it takes members out: in a 7z only that tells a password from damage."""
    try:
        done = subprocess.run(
            [program, "-xOf", str(path.resolve())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            timeout=limits.seconds,
            preexec_fn=_die_with_parent,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stderr[:4096].decode("utf-8", "replace").lower()


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
