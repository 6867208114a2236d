"""The home folder: where everything of a run stands, who may write."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flows.errors import RunError

DEFAULT_HOME = "jixiao-home"


class HomeInUseError(RunError):
    """Another run writes to this home. The message names it and says what to do."""


class NoSpaceError(RunError):
    """The disk is too full to begin. The message says how much is free and needed."""


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of DESIGN section 4 below one root."""

    root: Path
    archive: Path
    """Every file handed in, unchanged, named by its content."""
    staging: Path
    """Batches that were read and not yet loaded."""
    warehouse: Path
    decisions: Path
    """Decisions given while a run held the warehouse, applied by that run or the next."""
    decided_since: Path
    """There while the workbooks and pages lag behind a decision; the next run brings them up to date."""
    docs: Path
    """Data Docs of the gate."""
    published: Path
    review: Path
    """The read-only snapshot that people query."""
    diary: Path
    """One line of JSON a run, those that changed nothing included."""
    prefect: Path
    """Prefect's own database, where no server is named."""
    inputs: Path
    """Tables laid here are handed in with every run: roster, approved budgets and so on (docs/handed-in.md)."""
    checks: Path
    """Which checks are switched off or weigh otherwise (docs/handed-in.md)."""
    samples: Path
    """There where `jixiao demo` made the home: what stands in it are samples (flows/sample_homes.py)."""
    lock_file: Path
    holder_file: Path

    @classmethod
    def at(cls, path: str | Path | None = None) -> Home:
        """The home at `path`, else at $JIXIAO_HOME, else ./jixiao-home. Creates nothing."""
        root = Path(path or os.environ.get("JIXIAO_HOME") or DEFAULT_HOME).expanduser().absolute()
        return cls(
            root=root,
            archive=root / "archive",
            staging=root / "staging",
            warehouse=root / "warehouse.duckdb",
            decisions=root / "decisions",
            decided_since=root / "decisions" / "decided-since-publication",
            docs=root / "docs",
            published=root / "published",
            review=root / "published" / "review.duckdb",
            diary=root / "runs.jsonl",
            prefect=root / "prefect",
            inputs=root / "inputs",
            checks=root / "checks.yaml",
            samples=root / "samples.json",
            lock_file=root / "run.lock",
            holder_file=root / "run.holder.json",
        )

    def make(self) -> Home:
        """Creates the folders that a run writes to."""
        for folder in (self.archive, self.staging, self.decisions, self.docs, self.published):
            folder.mkdir(parents=True, exist_ok=True)
        return self

    def require_space(self, min_free_mb: int) -> None:
        """Raises NoSpaceError when the disk under the home has less than `min_free_mb` megabytes free."""
        free_mb = shutil.disk_usage(self.root).free // 2**20
        if free_mb < min_free_mb:
            raise NoSpaceError(
                f"磁盘空间不足：{self.root} 所在磁盘仅剩 {free_mb} MB，至少需要 {min_free_mb} MB；"
                "请清理磁盘或改用 --home 指定的其他目录（JIXIAO_MIN_FREE_MB 可调整下限）"
            )

    def holder(self) -> str | None:
        """Who holds the lock now, in words; None when nobody does."""
        if not self.lock_file.exists() or str(self.root) in _held_here:
            return self._holder_in_words() if str(self.root) in _held_here else None
        with open(self.lock_file, "rb+") as file:
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return self._holder_in_words()
        return None

    def _holder_in_words(self) -> str:
        try:
            said = json.loads(self.holder_file.read_text("utf-8"))
            return f"{said['name']}（进程 pid {said['pid']}，主机 {said['host']}，{said['since']} 开始）"
        except (OSError, ValueError, KeyError):
            return "另一个进程"

    @contextmanager
    def lock(self, name: str) -> Iterator[None]:
        """Holds the home for writing under `name`. Raises HomeInUseError, naming the holder, when it is taken.

        A POSIX record lock: the system drops it when the process dies, however it dies, and forked workers
        that outlive it do not inherit it. The holder's name stands in a file of its own, because closing any
        handle on the locked file would release the lock.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        key = str(self.root)
        if key in _held_here:
            raise HomeInUseError(self._in_use())
        with open(self.lock_file, "ab") as file:
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise HomeInUseError(self._in_use()) from None
            _held_here.add(key)
            try:
                self.holder_file.write_text(
                    json.dumps(
                        {
                            "name": name,
                            "pid": os.getpid(),
                            "host": socket.gethostname(),
                            "since": datetime.now().isoformat(sep=" ", timespec="seconds"),
                        },
                        ensure_ascii=False,
                    ),
                    "utf-8",
                )
                yield
            finally:
                _held_here.discard(key)
                self.holder_file.unlink(missing_ok=True)

    def _in_use(self) -> str:
        return (
            f"{self.root} 正由 {self._holder_in_words()} 写入；请等它结束后再试，或用 --home 指定另一个目录"
        )


_held_here: set[str] = set()
