"""Archives and mails: what is inside, unpacked under limits into files named by number, never by the archive."""

from __future__ import annotations

import hashlib
import importlib
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from extractors.errors import ExtractionError, Refused, Unreadable
from extractors.limits import MB, Limits

if TYPE_CHECKING:
    from extractors.report import Report

OPENERS: dict[str, str] = {
    "zip": "extractors.archives.zips:open_zip",
    "tar": "extractors.archives.tars:open_tar",
    "gzip": "extractors.archives.tars:open_gzip",
    "rar": "extractors.archives.bsdtar:open_with_bsdtar",
    "7z": "extractors.archives.bsdtar:open_with_bsdtar",
    "eml": "extractors.archives.mails:open_mail",
}
"""Format -> module:function(path, sink, limits); each gives its members to the sink in order."""

IGNORED_NAMES = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
IGNORED_FOLDERS = frozenset({"__macosx"})


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a container. member_path: its name inside, for people. path: where its content lies now.

    error: why there is no content (encrypted, damaged, too large); path is None then.
    """

    member_path: str
    path: Path | None
    sha256: str
    size: int
    error: ExtractionError | None = None


class MemberSink:
    """Takes members' bytes from an opener, under the limits, into numbered files of a folder."""

    def __init__(self, folder: Path, limits: Limits, budget: int | None = None, prefix: str = ""):
        self.members: list[Member] = []
        self.left = limits.max_unpacked_bytes if budget is None else budget
        self._folder = folder
        self._limits = limits
        self._prefix = prefix

    def wants(self, name: str) -> bool:
        """Whether a member is a submitted file and not the rubbish that systems leave in archives."""
        parts = PurePosixPath(name.replace("\\", "/")).parts
        if not parts or name.endswith(("/", "\\")):
            return False
        last = parts[-1].lower()
        return not (
            last in IGNORED_NAMES
            or last.startswith(("~$", "._"))
            or any(part.lower() in IGNORED_FOLDERS for part in parts)
        )

    def put(self, name: str, content: Callable[[int], bytes]) -> None:
        """Add a member; `content(most)` gives its bytes and raises ExtractionError above `most`."""
        if len(self.members) >= self._limits.max_members:
            raise Refused(
                f"压缩包中的文件过多（上限 {self._limits.max_members} 个）；请只打包自评材料后重新报送"
            )
        shown = self._prefix + printable(name)
        try:
            data = content(min(self._limits.max_file_bytes, self.left))
        except ExtractionError as error:
            self.members.append(Member(shown, None, hashlib.sha256(shown.encode()).hexdigest(), 0, error))
            return
        self.left -= len(data)
        path = self._folder / f"{len(self.members):05d}.bin"
        path.write_bytes(data)
        self.members.append(Member(shown, path, hashlib.sha256(data).hexdigest(), len(data)))

    def fail(self, name: str, error: ExtractionError, size: int = 0) -> None:
        """Add a member that could not be unpacked."""
        shown = self._prefix + printable(name)
        self.members.append(Member(shown, None, hashlib.sha256(shown.encode()).hexdigest(), size, error))


def is_container(kind: str) -> bool:
    """Whether a format (of `sniff`) holds files to be read one by one."""
    return kind in OPENERS


def expand(
    path: Path,
    kind: str,
    folder: Path,
    limits: Limits,
    budget: int | None = None,
    prefix: str = "",
) -> list[Member]:
    """Unpack one level of a container into `folder`. budget: bytes that may still be unpacked for the submission.

    Raises ExtractionError when the container as a whole cannot be opened.
    """
    module_name, _, function_name = OPENERS[kind].partition(":")
    opener = getattr(importlib.import_module(module_name), function_name)
    if budget is not None and budget <= 0:
        raise Refused(
            f"压缩包解压后总量过大（上限 {limits.max_unpacked_bytes // MB} MB）；请只打包自评材料，或分几次报送"
        )
    sink = MemberSink(folder, limits, budget, prefix)
    try:
        opener(path, sink, limits)
    except (ExtractionError, MemoryError):
        raise
    except RecursionError as error:
        raise Refused("压缩包或邮件内部嵌套过深，不予打开；请将其中的文件另存后报送") from error
    except Exception as error:
        raise Unreadable(
            f"压缩包或邮件内容异常，无法打开（{type(error).__name__}）；请将其中的文件另存后报送"
        ) from error
    if not sink.members:
        raise Unreadable("压缩包中没有可读的文件；请核对后重新打包报送")
    return sink.members


def iter_reports(path: Path, limits: Limits) -> Iterator[Report]:
    """The reports of every readable member, nested containers included, in order.

    Members that cannot be read are passed over; when no member gives a report, the first reason is raised.
    """
    from extractors.forms import recognise
    from extractors.readers import read

    first_error: ExtractionError | None = None
    found = False
    with tempfile.TemporaryDirectory(prefix="jixiao-") as folder:
        for number, member in enumerate(walk(path, Path(folder), limits)):
            if number >= limits.max_members:
                raise Refused(f"压缩包内（含各层压缩包）的文件过多（上限 {limits.max_members} 个）")
            try:
                if member.error is not None or member.path is None:
                    raise member.error or Unreadable("成员文件无法读取")
                reports = recognise(read(member.path, limits), member.member_path)
            except ExtractionError as error:
                first_error = first_error or error
                continue
            found = True
            yield from reports
    if not found:
        raise first_error or Unreadable("压缩包中没有可读的文件")


def walk(
    path: Path, folder: Path, limits: Limits, prefix: str = "", depth: int = 1, budget: int | None = None
) -> Iterator[Member]:
    """All members of a container and of the containers inside it, in order; inner paths joined by `/`."""
    from extractors.readers.sniff import sniff

    left = limits.max_unpacked_bytes if budget is None else budget
    here = folder / f"level{depth}-{len(list(folder.iterdir())):05d}"
    here.mkdir()
    for member in expand(path, sniff(path), here, limits, left, prefix):
        left -= member.size
        kind = sniff(member.path) if member.path is not None else ""
        if member.path is None or not is_container(kind):
            yield member
        elif depth >= limits.max_depth:
            yield too_deep(member, limits)
        else:
            try:
                yield from walk(member.path, folder, limits, f"{member.member_path}/", depth + 1, left)
            except ExtractionError as error:
                yield Member(member.member_path, None, member.sha256, member.size, error)


def too_deep(member: Member, limits: Limits) -> Member:
    """The member, refused because it is a container nested too deeply."""
    error = Refused(nested_too_deep(limits))
    return Member(member.member_path, None, member.sha256, member.size, error)


def nested_too_deep(limits: Limits) -> str:
    """The reason of a container inside too many others."""
    return f"压缩包嵌套过深（上限 {limits.max_depth} 层）；请解开后只打包一层，重新报送"


def printable(name: str) -> str:
    """A member's name as people may see it: forward slashes, no control characters, not endless."""
    return without_controls(name.replace("\\", "/")).lstrip("/")[:500] or "（无名文件）"


def without_controls(name: str) -> str:
    """A name without what moves a cursor, turns the writing direction or breaks a line; blanks of all kinds stay."""
    return "".join(
        "\ufffd" if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") else char for char in name
    )
