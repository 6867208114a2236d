"""A zip whose directory at the end is lost (an upload that broke off): its members, one after the other from the front."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import IO, NamedTuple

from extractors.archives.wording import DAMAGED, ENCRYPTED, MEMBER, REST_NAME, too_large
from extractors.containers import MemberSink
from extractors.errors import Unreadable
from extractors.limits import Limits
from extractors.readers.package import ENCRYPTED_FLAG

LOCAL_HEADER = struct.Struct("<4sHHHHHIIIHH")
MAGIC = b"PK\x03\x04"
DESCRIPTOR_MAGIC = b"PK\x07\x08"
DESCRIPTOR_FLAG, UTF8_FLAG = 0x8, 0x800
STORED, DEFLATED = 0, 8
CHUNK = 1 << 16
CUT = "压缩包不完整（可能传输中断），该文件没有传完；请重新打包后报送"
REST = "压缩包不完整（可能传输中断），其后的文件无法读出；请重新打包后报送"


class _Entry(NamedTuple):
    name: str
    flags: int
    method: int
    crc: int
    packed: int


def open_cut_zip(path: Path, sink: MemberSink, limits: Limits) -> None:
    """Give the members that are whole to the sink, and one that says that the rest is lost.

    Raises Unreadable when none is whole.
    """
    with path.open("rb") as stream:
        while entry := _next_entry(stream):
            if len(sink.members) >= limits.max_members or not _give(stream, entry, sink):
                break
    if all(member.error for member in sink.members):
        raise Unreadable(DAMAGED)
    sink.fail(REST_NAME, Unreadable(REST))


def _next_entry(stream: IO[bytes]) -> _Entry | None:
    head = stream.read(LOCAL_HEADER.size)
    if len(head) < LOCAL_HEADER.size or not head.startswith(MAGIC):
        return None
    _, _, flags, method, _, _, crc, packed, _, name_size, extra_size = LOCAL_HEADER.unpack(head)
    raw = stream.read(name_size)
    if len(raw) < name_size or len(stream.read(extra_size)) < extra_size:
        return None
    return _Entry(_decoded(raw, flags), flags, method, crc, packed)


def _decoded(raw: bytes, flags: int) -> str:
    for encoding in ("utf-8",) if flags & UTF8_FLAG else ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def _give(stream: IO[bytes], entry: _Entry, sink: MemberSink) -> bool:
    """One member to the sink; whether the next one can be found behind it."""
    start = stream.tell()
    whole = False

    def content(most: int) -> bytes:
        nonlocal whole
        if entry.flags & ENCRYPTED_FLAG:
            raise Unreadable(ENCRYPTED)
        data, crc = _inflated(stream, entry, most)
        whole = True
        if zlib.crc32(data) != crc:
            raise Unreadable(MEMBER.damaged)
        return data

    if sink.wants(entry.name):
        sink.put(entry.name, content)
    if whole:
        return True
    if entry.flags & DESCRIPTOR_FLAG:
        return False
    stream.seek(start + entry.packed)
    return True


def _inflated(stream: IO[bytes], entry: _Entry, most: int) -> tuple[bytes, int]:
    """The member's bytes and the checksum it should have; the stream stands behind it afterwards."""
    if entry.method == STORED and not entry.flags & DESCRIPTOR_FLAG:
        if entry.packed > most:
            raise too_large(most)
        data = stream.read(entry.packed)
        if len(data) < entry.packed:
            raise Unreadable(CUT)
        return data, entry.crc
    if entry.method not in (STORED, DEFLATED):
        raise MEMBER.method(entry.method)
    if entry.method == STORED:
        raise Unreadable(CUT)  # where it ends is told behind it only
    unpacker = zlib.decompressobj(-15)
    parts: list[bytes] = []
    count = 0
    while not unpacker.eof:
        waiting = unpacker.unconsumed_tail or stream.read(CHUNK)
        if not waiting:
            raise Unreadable(CUT)
        try:
            part = unpacker.decompress(waiting, CHUNK * 16)
        except zlib.error as error:
            raise Unreadable(CUT) from error
        count += len(part)
        if count > most:
            raise too_large(most)
        parts.append(part)
    stream.seek(-len(unpacker.unused_data), 1)
    return b"".join(parts), _descriptor(stream) if entry.flags & DESCRIPTOR_FLAG else entry.crc


def _descriptor(stream: IO[bytes]) -> int:
    """The checksum that stands behind the member where its packer did not know it before."""
    head = stream.read(4)
    if head == DESCRIPTOR_MAGIC:
        head = stream.read(4)
    stream.read(8)
    if len(head) < 4:
        raise Unreadable(CUT)
    return struct.unpack("<I", head)[0]
