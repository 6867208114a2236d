"""The child process: reads one file after another, under limits of the operating system, and answers in frames."""

from __future__ import annotations

import ctypes
import gc
import io
import json
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from extractors.containers import expand, is_container
from extractors.errors import TOO_DEEP, TOO_MUCH_MEMORY, ExtractionError, NotAnEvaluation, Refused, Unreadable
from extractors.isolation import HEADER
from extractors.limits import Limits
from extractors.progress import listen
from extractors.readers import READERS, read
from extractors.readers.legacy import SUFFIXES, check_before, read_converted
from extractors.readers.libreoffice import convert
from extractors.readers.sniff import sniff
from extractors.rows import SCHEMAS, Submission, rows_of

PR_SET_PDEATHSIG = 1
LARGEST_OUTPUT = 2 << 30

Facts = dict[str, Any]
Tables = dict[str, bytes]


def main(arguments: Sequence[str]) -> int:
    """Serve tasks from standard input until it ends. arguments: parent's process id, limits as JSON."""
    parent, limits = int(arguments[0]), Limits(**json.loads(arguments[1]))
    _die_with(parent)
    tasks, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # Libraries that print must not write into the answers.
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    try:
        _warm_up()
    except Exception as error:  # a broken installation must stop the run, not spoil every file
        _send(answers, {"failed": f"{type(error).__name__}: {error}"}, {})
        return 1
    gc.freeze()  # what was imported stays; only what a file leaves behind is looked through
    _bound(limits)
    listen(lambda: _send(answers, {"page": True}, {}))
    _send(answers, {"ready": True}, {})
    for line in tasks:
        facts, tables = run(json.loads(line), limits)
        _send(answers, facts, tables)
        del facts, tables
        gc.collect(0)
    return 0


def run(task: Mapping[str, Any], limits: Limits) -> tuple[Facts, Tables]:
    """One task: `read` a file into rows, `expand` a container, `convert` legacy files. Always answers."""
    begin = time.perf_counter()
    try:
        facts, tables = TASKS[task["do"]](task, limits)
    except MemoryError:
        error = Refused(TOO_MUCH_MEMORY)
        facts, tables = _failed(task, error, None), {}
    except Exception as error:  # a fault of ours costs this file only, and is named as such
        trace = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(trace.filename).name}:{trace.lineno}"
        fault = Unreadable(
            f"识别程序在此文件上出错（{type(error).__name__}，{where}），请将此文件交系统维护人员"
        )
        facts, tables = _failed(task, fault, None), {}
    facts["seconds"] = time.perf_counter() - begin + task.get("seconds", 0.0)
    return facts, tables


def _read(task: Mapping[str, Any], limits: Limits) -> tuple[Facts, Tables]:
    from extractors.forms import recognise

    path = Path(task["path"])
    kind: str | None = None
    begin = time.perf_counter()
    try:
        kind = sniff(path)
        if task.get("converted_from"):
            kind = str(task["converted_from"])
            document = read_converted(path, kind, limits)
        elif is_container(kind):
            return {"container": kind}, {}
        elif kind in SUFFIXES and task.get("may_convert"):
            check_before(path, kind)
            return {"convert": kind}, {}
        else:
            document = read(path, limits)
    except ExtractionError as error:
        return _failed(task, error, kind), {}
    facts = {"format": document.format, "reader": document.reader, "page_count": document.page_count}
    try:
        reports = recognise(document, Path(task["file_path"]).name)
    except ExtractionError as error:
        return {**_failed(task, error, kind), **facts, "warnings": list(document.warnings)}, {}
    except RecursionError:
        return {
            **_failed(task, Refused(TOO_DEEP), kind),
            **facts,
        }, {}
    submission = Submission(
        file_path=task["file_path"],
        sha256=task["sha256"],
        size_bytes=task["size"],
        received_at=datetime.fromisoformat(task["received_at"]),
        member_path=task.get("member_path"),
        format=document.format,
        reader=document.reader,
        seconds=time.perf_counter() - begin + task.get("seconds", 0.0),
        page_count=document.page_count,
        warnings=tuple(warning.replace(f"{path.name}：", "") for warning in document.warnings),
    )
    rows = rows_of(submission, reports)
    return {"outcome": "accepted", **facts, "reports": len(reports)}, _as_streams(rows)


def _expand(task: Mapping[str, Any], limits: Limits) -> tuple[Facts, Tables]:
    try:
        members = expand(
            Path(task["path"]),
            task["kind"],
            Path(task["folder"]),
            limits,
            task.get("budget"),
            task.get("prefix", ""),
        )
    except ExtractionError as error:
        return _failed(task, error, task["kind"]), {}
    listed = [
        {
            "member_path": member.member_path,
            "path": str(member.path) if member.path else None,
            "sha256": member.sha256,
            "size": member.size,
            "outcome": member.error.status if member.error else None,
            "reason": member.error.reason if member.error else None,
        }
        for member in members
    ]
    return {"outcome": "accepted", "members": listed}, {}


def _convert(task: Mapping[str, Any], limits: Limits) -> tuple[Facts, Tables]:
    files = [(Path(path), SUFFIXES[kind]) for path, kind in task["files"]]
    try:
        done = convert(files, Path(task["folder"]), limits)
    except ExtractionError as error:
        return {**_failed(task, error, None), "results": None}, {}
    results = [
        {
            "path": str(found.path) if found.path else None,
            "outcome": found.error.status if found.error else None,
            "reason": found.error.reason if found.error else None,
        }
        for found in done
    ]
    return {"results": results}, {}


def _failed(task: Mapping[str, Any], error: ExtractionError, kind: str | None) -> Facts:
    # Readers name the file; here that is a number or a digest, and the row names the submission itself.
    named = f"{Path(task.get('path') or '').name}："
    return {
        "outcome": error.status,
        "reason": error.reason.replace(named, "") if named != "：" else error.reason,
        "format": kind,
        "document_kind": error.kind if isinstance(error, NotAnEvaluation) else None,
        "do": task["do"],
    }


TASKS: Mapping[str, Callable[[Mapping[str, Any], Limits], tuple[Facts, Tables]]] = {
    "read": _read,
    "expand": _expand,
    "convert": _convert,
}


def _as_streams(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Tables:
    import pyarrow as pa

    streams: Tables = {}
    for name, table_rows in rows.items():
        if not table_rows:
            continue
        table = pa.Table.from_pylist(list(table_rows), schema=SCHEMAS[name])
        buffer = io.BytesIO()
        with pa.ipc.new_stream(buffer, table.schema) as writer:
            writer.write_table(table)
        streams[name] = buffer.getvalue()
    return streams


def _send(answers: BinaryIO, facts: Mapping[str, Any], tables: Mapping[str, bytes]) -> None:
    encoded = json.dumps(facts, ensure_ascii=False).encode("utf-8", "replace")
    answers.write(HEADER.pack(len(encoded), len(tables)) + encoded)
    for name, content in tables.items():
        answers.write(HEADER.pack(len(name), len(content)) + name.encode() + content)
    answers.flush()


def _warm_up() -> None:
    """Import what nearly every file needs before the memory limit is set."""
    import importlib

    for address in (READERS["docx"], READERS["xlsx"], "extractors.forms"):
        importlib.import_module(address.partition(":")[0])


def _die_with(parent: int) -> None:
    """Be killed when the parent dies, however it dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before the line above
        os._exit(1)


def _bound(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_OUTPUT, LARGEST_OUTPUT))
    try:
        used = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return
    most = used + limits.memory_bytes
    # The soft limit only: LibreOffice, started from here, needs more than a reader.
    resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
