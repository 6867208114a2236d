"""Zip archives: the directory is judged before anything is inflated; names in GBK are understood."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

from extractors.archives.cut_zips import open_cut_zip
from extractors.archives.wording import ENCRYPTED, MEMBER, UNKNOWN_VERSION
from extractors.containers import MemberSink
from extractors.errors import Refused, Unreadable
from extractors.limits import MB, Limits
from extractors.readers.package import ENCRYPTED_FLAG, JUDGED_FROM, read_member

UTF8_FLAG = 0x800
UNICODE_PATH = 0x7075


def open_zip(path: Path, sink: MemberSink, limits: Limits) -> None:
    """Give every wanted member to the sink. Raises Unreadable (damaged, encrypted), Refused (too many, a bomb)."""
    try:
        archive = zipfile.ZipFile(path)
    except NotImplementedError as error:
        raise Unreadable(UNKNOWN_VERSION) from error
    except (zipfile.BadZipFile, OSError, ValueError):
        open_cut_zip(path, sink, limits)
        return
    with archive:
        entries = archive.infolist()
        if directory_is_of_a_member(entries):
            open_cut_zip(path, sink, limits)
            return
        if len(entries) > limits.max_members:
            raise Refused(
                f"压缩包中的文件过多（{len(entries)} 个，上限 {limits.max_members} 个）；请只打包自评材料后重新报送"
            )
        wanted = [(entry, member_name(entry)) for entry in entries if not entry.is_dir()]
        wanted = [(entry, name) for entry, name in wanted if sink.wants(name)]
        if wanted and all(entry.flag_bits & ENCRYPTED_FLAG for entry, _ in wanted):
            raise Unreadable(ENCRYPTED)
        for entry, name in wanted:
            _give(archive, entry, name, sink, limits)


def directory_is_of_a_member(entries: Sequence[zipfile.ZipInfo]) -> bool:
    """Whether the directory found belongs to a zip stored inside: a whole zip's own first member begins it."""
    return min((entry.header_offset for entry in entries), default=0) > 0


def _give(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, sink: MemberSink, limits: Limits
) -> None:
    def content(most: int) -> bytes:
        if entry.flag_bits & ENCRYPTED_FLAG:
            raise Unreadable(ENCRYPTED)
        if entry.file_size > most:
            raise Refused(
                f"压缩包成员解压后过大（{entry.file_size / MB:.0f} MB，余量 {most / MB:.0f} MB）；请只报送自评材料"
            )
        ratio = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > JUDGED_FROM and ratio > limits.max_ratio:
            raise Refused(
                f"压缩比异常（{ratio:.0f} 倍，上限 {limits.max_ratio} 倍），疑似压缩炸弹；请用原文件重新打包后报送"
            )
        # By entry, not by name: two members may carry one name.
        return read_member(archive, entry, most, MEMBER)

    sink.put(name, content)


def member_name(entry: zipfile.ZipInfo) -> str:
    """A member's name in the encoding its packer used: UTF-8 where declared, else UTF-8 or GB 18030 by trial."""
    unicode_name = _unicode_path(entry.extra)
    if unicode_name:
        return unicode_name
    if entry.flag_bits & UTF8_FLAG:
        return entry.filename
    try:
        raw = entry.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _unicode_path(extra: bytes) -> str:
    """The Info-ZIP field with the name in UTF-8."""
    position = 0
    while position + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, position)
        if kind == UNICODE_PATH and size > 5:
            return extra[position + 9 : position + 4 + size].decode("utf-8", "replace")
        position += 4 + size
    return ""
