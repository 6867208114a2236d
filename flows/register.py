"""First step: every file in the inbox is identified by its content and kept, unchanged, in the archive."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from extractors.containers import without_controls
from flows.errors import RunError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

CHUNK = 1 << 20
OFFICE_LEFTOVERS = {
    re.compile(r"~\$.*"): "Office 打开文档时的临时锁文件",
    re.compile(r"\.~lock\..*#"): "LibreOffice 打开文档时的临时锁文件",
    re.compile(r"\.DS_Store|\._.*|__MACOSX"): "macOS 的目录信息文件",
    re.compile(r"Thumbs\.db|ehthumbs\.db|desktop\.ini", re.IGNORECASE): "Windows 的缩略图或目录信息文件",
}
"""Names that programs leave beside documents, and what each is: never a submission."""


class InboxError(RunError):
    """The inbox cannot be read at all. The message names it and the remedy."""


@dataclass(frozen=True, slots=True)
class InboxFile:
    """One file of the inbox. file_path: relative to the inbox, with `/`. archive_path: where it is kept."""

    file_path: str
    sha256: str
    size_bytes: int
    received_at: datetime
    archive_path: Path

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same file in a later run: where it lies and what it holds."""
        return self.file_path, self.sha256


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An entry of the inbox that is no submission, or not yet: file_path and why, in Chinese."""

    file_path: str
    why: str


@dataclass(frozen=True, slots=True)
class Unopened:
    """A submission that may not be read: it is counted, and its content is not known."""

    file_path: str
    size_bytes: int
    received_at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Registration:
    """What stands in the inbox, sorted by path."""

    files: tuple[InboxFile, ...]
    left_out: tuple[LeftOut, ...]
    unopened: tuple[Unopened, ...] = ()


def whole_address(inbox: str) -> str:
    """An inbox as it is found from anywhere: a folder by its absolute path, another address as it is."""
    return inbox if "://" in inbox else str(Path(inbox).absolute())


def register(inbox: str, archive: Path, clock: ZoneInfo, threads: int = 4) -> Registration:
    """Walks `inbox` (a folder, or any fsspec address), archives what is new there, and lists all of it.

    The inbox is only read. `received_at` is the file's own time by `clock`, without zone. Links to files of
    the inbox are followed, links to folders and to files elsewhere are not. Raises InboxError when the inbox is missing or unreadable.
    """
    files: list[InboxFile] = []
    left_out: list[LeftOut] = []
    unopened: list[Unopened] = []
    filesystem, root = _open_inbox(inbox)
    entries = sorted(_walk(filesystem, root, left_out), key=lambda entry: entry["path"])
    with ThreadPoolExecutor(threads) as pool:
        for outcome in pool.map(lambda entry: _keep(filesystem, entry, archive, clock), entries):
            match outcome:
                case InboxFile():
                    files.append(outcome)
                case Unopened():
                    unopened.append(outcome)
                case LeftOut():
                    left_out.append(outcome)
    return Registration(
        tuple(files), tuple(sorted(left_out, key=lambda entry: entry.file_path)), tuple(unopened)
    )


def _open_inbox(inbox: str) -> tuple[AbstractFileSystem, str]:
    import fsspec

    try:
        filesystem, root = fsspec.core.url_to_fs(inbox)
        is_folder = filesystem.isdir(root)
    except (ImportError, ValueError, OSError) as error:
        raise InboxError(f"收件目录 {inbox} 无法打开：{error}") from error
    if not is_folder:
        raise InboxError(f"收件目录 {inbox} 不存在或不是目录；请检查 --inbox 的路径")
    return filesystem, root.rstrip("/")


def _walk(filesystem: AbstractFileSystem, root: str, left_out: list[LeftOut]) -> Iterator[dict[str, Any]]:
    """Every plain file below `root`, as fsspec describes it, with `path` relative to it."""
    waiting = [root or "/"]
    while waiting:
        folder = waiting.pop()
        try:
            entries = filesystem.ls(folder, detail=True)
        except OSError as error:
            if folder == (root or "/"):
                raise InboxError(f"收件目录 {folder} 无法读取：{error.strerror or error}") from error
            left_out.append(
                LeftOut(_printable(_relative(folder, root)), f"目录无法读取：{error.strerror or error}")
            )
            continue
        for entry in entries:
            path = _relative(entry["name"], root)
            if not path:
                continue  # object stores list the folder itself
            why = _why_left_out(entry, path, root)
            if why:
                left_out.append(LeftOut(_printable(path), why))
            elif entry["type"] == "directory":
                waiting.append(entry["name"])
            else:
                yield entry | {"path": path}


def _why_left_out(entry: dict[str, Any], path: str, root: str) -> str | None:
    name = PurePosixPath(path).name
    for pattern, what in OFFICE_LEFTOVERS.items():
        if pattern.fullmatch(name):
            return f"{what}，不作为报送材料"
    if entry.get("islink"):
        # fsspec calls any link a file or `other`; only the target tells.
        target = Path(entry["name"])
        try:
            mode = target.stat().st_mode
        except OSError:
            return "链接指向的文件不存在"
        if not stat.S_ISREG(mode):
            return "链接指向目录或设备，未读取"
        if not target.resolve().is_relative_to(Path(root).resolve()):
            return "链接指向收件目录以外的文件，未读取；请把文件本身放进收件目录"
        return None
    if entry["type"] not in ("file", "directory"):
        return "不是普通文件（管道、套接字或设备），未读取"
    return None


def _keep(
    filesystem: AbstractFileSystem, entry: dict[str, Any], archive: Path, clock: ZoneInfo
) -> InboxFile | LeftOut | Unopened:
    """Hashes one file and puts it into the archive unless its content is there already."""
    path = _printable(entry["path"])
    before = None
    try:
        before = _size_and_time(filesystem.info(entry["name"]))
        digest, size = _hash(filesystem, entry["name"])
        kept = archived(archive, digest, size) or _archive(filesystem, entry["name"], archive, digest, path)
        after = _size_and_time(filesystem.info(entry["name"]))
    except FileNotFoundError:
        return LeftOut(path, "登记时文件已被移走，下次运行再处理")
    except PermissionError:
        if before is None:
            return LeftOut(path, "没有查看权限，请授予读权限后重新运行")
        return Unopened(
            path, before[0], _local_time(before[1], clock), "没有读取权限，请授予读权限后重新运行"
        )
    except _ChangedWhileRead:
        return LeftOut(path, "文件正在写入，下次运行再处理")
    if before != after or size != after[0]:
        return LeftOut(path, "文件正在写入，下次运行再处理")
    return InboxFile(path, digest, size, _local_time(after[1], clock), kept)


class _ChangedWhileRead(Exception):
    pass


def _hash(filesystem: AbstractFileSystem, address: str) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for piece in _pieces(filesystem, address):
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


def _pieces(filesystem: AbstractFileSystem, address: str) -> Iterator[bytes]:
    source: Any
    with filesystem.open(address, "rb") as source:
        while piece := source.read(CHUNK):
            yield piece


def archived(archive: Path, sha256: str, size_bytes: int | None = None) -> Path | None:
    """Where the archive keeps this content, None when it does not (or holds a torn copy of another size)."""
    for path in sorted((archive / sha256[:2]).glob(f"{sha256}*")):
        if size_bytes is None or path.stat().st_size == size_bytes:
            return path
    return None


def _archive(filesystem: AbstractFileSystem, address: str, archive: Path, digest: str, path: str) -> Path:
    """Copies the file in; a copy becomes visible whole or not at all."""
    # The ending is for people who open the copy; readers go by content. It never carries a path.
    ending = PurePosixPath(path).suffix.lower()
    name = digest + (ending if re.fullmatch(r"\.[a-z0-9]{1,8}", ending) else "")
    target = archive / digest[:2] / name
    target.parent.mkdir(parents=True, exist_ok=True)
    arriving = target.with_name(f".{name}.{os.getpid()}.{os.urandom(4).hex()}")
    copied = hashlib.sha256()
    try:
        with open(arriving, "wb") as copy:
            for piece in _pieces(filesystem, address):
                copied.update(piece)
                copy.write(piece)
        if copied.hexdigest() != digest:
            raise _ChangedWhileRead
        arriving.chmod(0o444)
        arriving.replace(target)
    finally:
        arriving.unlink(missing_ok=True)
    return target


def _relative(name: str, root: str) -> str:
    return name[len(root) :].strip("/") if name.startswith(root) else name.strip("/")


def _printable(path: str) -> str:
    """A name that is not UTF-8 (old zip tools write GBK) as text that every table and terminal can show."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        path = path.encode("utf-8", "surrogateescape").decode("gb18030", "replace")
    return without_controls(path)


def _size_and_time(entry: dict[str, Any]) -> tuple[int, float]:
    for name in ("mtime", "LastModified", "last_modified", "updated", "created"):
        moment = entry.get(name)
        if isinstance(moment, datetime):
            return entry["size"], moment.timestamp()
        if isinstance(moment, str):
            return entry["size"], datetime.fromisoformat(moment).timestamp()
        if moment is not None:
            return entry["size"], float(moment)
    return entry["size"], 0.0


def _local_time(timestamp: float, clock: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(timestamp, UTC).astimezone(clock).replace(tzinfo=None, microsecond=0)
