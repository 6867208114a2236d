"""Tar archives and gzip files, read as a stream; links and devices are passed over."""

from __future__ import annotations

import gzip
import tarfile
import zlib
from pathlib import Path
from typing import IO

from extractors.archives.wording import DAMAGED, REST_NAME, too_large
from extractors.containers import MemberSink
from extractors.errors import Unreadable
from extractors.limits import MB, Limits

CHUNK = 1 * MB
GZIP_NAME = 0x08
GZIP_EXTRA = 0x04


def open_tar(path: Path, sink: MemberSink, limits: Limits) -> None:
    """Give the files of a tar to the sink. Raises Unreadable when damaged."""
    with path.open("rb") as stream:
        read_tar(stream, sink, limits)


def read_tar(stream: IO[bytes], sink: MemberSink, limits: Limits) -> None:
    """Give the files of a tar stream to the sink, in one pass."""
    try:
        with tarfile.open(fileobj=stream, mode="r|*", encoding="utf-8", errors="surrogateescape") as archive:
            for entry in archive:
                if not entry.isfile() or not sink.wants(entry.name):
                    continue
                source = archive.extractfile(entry)
                if source is None:
                    continue
                sink.put(_name(entry.name), lambda most, source=source: read_bounded(source, most))
    except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
        if not sink.members:
            raise Unreadable(DAMAGED) from error
        sink.fail(REST_NAME, Unreadable(DAMAGED))


def open_gzip(path: Path, sink: MemberSink, limits: Limits) -> None:
    """Give the one file of a gzip, or the files of a tar inside it."""
    try:
        with gzip.open(path, "rb") as stream:
            head = stream.read(512)
        if head[257:262] == b"ustar":
            open_tar(path, sink, limits)
            return
        with gzip.open(path, "rb") as stream:
            sink.put(_gzip_name(path), lambda most: read_bounded(stream, most))
    except (OSError, EOFError, zlib.error) as error:
        raise Unreadable(DAMAGED) from error


def _gzip_name(path: Path) -> str:
    """The name of the packed file, where the gzip's head has one."""
    with path.open("rb") as stream:
        head = stream.read(1024)
    if len(head) < 12 or not head[3] & GZIP_NAME or head[3] & GZIP_EXTRA:
        return "（内容）"
    raw = head[10:].split(b"\0", 1)[0]
    return _name(raw.decode("utf-8", "surrogateescape"))


def read_bounded(source: object, most: int) -> bytes:
    """A stream's bytes, counted while reading. Raises Refused above `most`."""
    parts: list[bytes] = []
    count = 0
    while chunk := source.read(min(CHUNK, most - count + 1)):  # pyright: ignore[reportAttributeAccessIssue]
        count += len(chunk)
        if count > most:
            raise too_large(most)
        parts.append(chunk)
    return b"".join(parts)


def _name(name: str) -> str:
    """A member's name; bytes that are no UTF-8 are GB 18030."""
    raw = name.encode("utf-8", "surrogateescape")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")
