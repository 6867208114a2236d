"""Writes dossier pages, in several processes when there are many: a province has a hundred thousand."""

from __future__ import annotations

import ctypes
import hashlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import duckdb
import jinja2

from warehouse.publication.dossier import read_dossiers
from warehouse.publication.snapshot import open_snapshot

CHUNK = 500
ALONE_UP_TO = 3_000
"""Pages that one process writes sooner than others would have started."""


def page_path(report_id: str) -> Path:
    """Where a report's dossier stands under site/: spread over folders, so that no folder holds a hundred thousand files."""
    name = "".join(c if c.isalnum() or c in "-_" else "_" for c in report_id)
    return Path("reports") / hashlib.sha256(report_id.encode()).hexdigest()[:2] / f"{name}.html"


def write_pages(
    con: duckdb.DuckDBPyConnection,
    report_ids: Sequence[str],
    folder: Path,
    template: jinja2.Template,
    snapshot: Path | None,
) -> None:
    """Writes the dossiers of `report_ids` (sorted) under `folder`.

    con: the snapshot. snapshot: its file, for the other processes; None keeps the work in this one.
    """
    chunks = [report_ids[at : at + CHUNK] for at in range(0, len(report_ids), CHUNK)]
    workers = os.cpu_count() or 1
    if snapshot is None or len(report_ids) <= ALONE_UP_TO or workers < 2:
        for chunk in chunks:
            write_chunk(con, chunk, folder, template)
        return
    # spawned, not forked: DuckDB's threads do not survive a fork
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_parent) as pool:
        jobs = [pool.submit(_write_apart, snapshot, chunk, folder) for chunk in chunks]
        for job in jobs:
            job.result()


def write_chunk(
    con: duckdb.DuckDBPyConnection, report_ids: Sequence[str], folder: Path, template: jinja2.Template
) -> None:
    """Reads the rows of some reports together and writes their pages."""
    for dossier in read_dossiers(con, report_ids):
        target = folder / page_path(dossier["report"]["report_id"])
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(template.render(d=dossier, root="../../"), encoding="utf-8")


def _write_apart(snapshot: Path, report_ids: Sequence[str], folder: Path) -> None:
    from warehouse.publication.site import dossier_template

    with open_snapshot(snapshot, threads=1) as con:
        write_chunk(con, report_ids, folder, dossier_template())


def _end_with_parent() -> None:
    """A killed run leaves no worker behind (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
