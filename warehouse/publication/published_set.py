"""Publishes one set: everything is built in a staging folder beside the old set, then put in place, snapshot last.

Readers never block it: they keep the files they have open. A kill at any instant leaves the old snapshot or the new one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from warehouse.errors import PublicationError
from warehouse.publication.letters import write_letters
from warehouse.publication.queue_workbook import write_queue
from warehouse.publication.rollup_workbook import write_rollup
from warehouse.publication.site import write_site
from warehouse.publication.snapshot import build_snapshot, open_snapshot

SNAPSHOT = "review.duckdb"
QUEUE = "queue.xlsx"
HISTORY = "snapshots"
STAGING = ".staging"
SPARE_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Published:
    """What was put in place. rows: table of the snapshot -> its rows. files: how many files the set has."""

    snapshot: Path
    rows: Mapping[str, int]
    files: int


def publish(
    con: duckdb.DuckDBPyConnection, published_dir: Path | str, year: int | None, keep: int = 3
) -> Published:
    """Builds review.duckdb, queue.xlsx, rollup.xlsx, parquet/, site/ and letters/ and puts them in place as a set.

    con: the warehouse, open for writing. year: for the titles; what is judged stands in judge.scope. keep: snapshots
    kept under snapshots/. Raises PublicationError when the disk is full or the snapshot does not read back; the former
    set then stays.
    """
    published_dir = Path(published_dir)
    as_of = _as_of(con)
    staging = _fresh_staging(con, published_dir)
    try:
        rows = build_snapshot(con, staging / SNAPSHOT)
        with open_snapshot(staging / SNAPSHOT) as copy:
            _write_parquet(copy, staging / "parquet", rows)
            write_queue(copy, staging / QUEUE, year)
            write_rollup(copy, staging / "rollup.xlsx", year)
            site = write_site(copy, staging / "site", published_dir / "site", year)
            letters = write_letters(copy, staging / "letters", published_dir / "letters", year, as_of)
        untouched = {Path("site") / page for page in site.kept} | {
            Path("letters") / one for one in letters.kept
        }
        files = _put_in_place(staging, published_dir, untouched, keep)
    except OSError as error:
        raise PublicationError(
            f"发布失败，已保留原有文件：{error.strerror or error}（{error.filename or published_dir}）。"
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return Published(published_dir / SNAPSHOT, rows, files)


def publish_snapshot(con: duckdb.DuckDBPyConnection, published_dir: Path | str, keep: int = 3) -> Published:
    """Renews review.duckdb and queue.xlsx, as after a decision; rollups, pages and letters follow with the next run."""
    published_dir = Path(published_dir)
    staging = _fresh_staging(con, published_dir)
    try:
        rows = build_snapshot(con, staging / SNAPSHOT)
        with open_snapshot(staging / SNAPSHOT) as copy:
            write_queue(copy, staging / QUEUE, _year(con))
        (staging / QUEUE).replace(published_dir / QUEUE)
        _place_snapshot(staging / SNAPSHOT, published_dir, keep)
    except OSError as error:
        raise PublicationError(f"发布失败，已保留原有快照：{error.strerror or error}。") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return Published(published_dir / SNAPSHOT, rows, 2)


def _as_of(con: duckdb.DuckDBPyConnection) -> date:
    row = con.execute("SELECT as_of FROM judge.scope").fetchone()
    return row[0] if row else date.today()


def _year(con: duckdb.DuckDBPyConnection) -> int | None:
    row = con.execute("SELECT fiscal_year FROM judge.scope").fetchone()
    return row[0] if row else None


def _fresh_staging(con: duckdb.DuckDBPyConnection, published_dir: Path) -> Path:
    published_dir.mkdir(parents=True, exist_ok=True)
    for left_over in published_dir.glob(f"{STAGING}*"):
        shutil.rmtree(left_over, ignore_errors=True)
    row = con.execute(
        "SELECT path FROM duckdb_databases() WHERE database_name = current_database()"
    ).fetchone()
    source = Path(row[0]) if row and row[0] else None
    # snapshot, Parquet and pages together stay below twice the warehouse
    needed = SPARE_BYTES + 2 * (source.stat().st_size if source and source.exists() else 0)
    free = shutil.disk_usage(published_dir).free
    if free < needed:
        raise PublicationError(
            f"磁盘空间不足：发布到「{published_dir}」约需 {needed // 2**20} MB，仅剩 {free // 2**20} MB。请清理后重新运行；原有文件未动。"
        )
    staging = published_dir / f"{STAGING}-{os.getpid()}"
    staging.mkdir()
    return staging


def _write_parquet(copy: duckdb.DuckDBPyConnection, folder: Path, tables: Mapping[str, int]) -> None:
    folder.mkdir()
    for name in tables:
        copy.table(f"out.{name}").write_parquet(str(folder / f"{name}.parquet"), compression="zstd")


def _put_in_place(staging: Path, published_dir: Path, untouched: set[Path], keep: int) -> int:
    """Replaces file by file, drops what the new set no longer has, and puts the snapshot last; gives the files of the set.

    untouched: files of the former set, relative to it, that belong to the new one as they are.
    """
    arrived = sorted(path.relative_to(staging) for path in staging.rglob("*") if path.is_file())
    for relative in arrived:
        if relative.name == SNAPSHOT and relative.parent == Path():
            continue
        target = published_dir / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        (staging / relative).replace(target)
    present = set(arrived) | untouched
    for folder in {relative.parts[0] for relative in arrived if len(relative.parts) > 1}:
        for path in (published_dir / folder).rglob("*"):
            if path.is_file() and path.relative_to(published_dir) not in present:
                path.unlink()
    _place_snapshot(staging / SNAPSHOT, published_dir, keep)
    return len(present)


def _place_snapshot(built: Path, published_dir: Path, keep: int) -> None:
    with built.open("rb+") as file:
        os.fsync(file.fileno())
    history = published_dir / HISTORY
    history.mkdir(exist_ok=True)
    numbers = sorted(int(path.stem.rsplit("-", 1)[1]) for path in history.glob("review-*.duckdb"))
    number = numbers[-1] + 1 if numbers else 1
    try:
        os.link(built, history / f"review-{number:06d}.duckdb")
    except OSError:
        shutil.copyfile(built, history / f"review-{number:06d}.duckdb")
    built.replace(published_dir / SNAPSHOT)
    _sync_folder(published_dir)
    for path in sorted(history.glob("review-*.duckdb"))[: -keep or None]:
        path.unlink()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
