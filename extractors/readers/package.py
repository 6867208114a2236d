"""Office packages (zip of XML parts) opened with care: bounded inflation, no DOCTYPE, no outside entities."""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from extractors.errors import ENCRYPTED, Refused, Unreadable
from extractors.limits import MB, Limits

CHUNK = 1 * MB
ENCRYPTED_FLAG = 0x1
JUDGED_FROM = 20 * MB
"""Members smaller than this inflated are never called bombs by their ratio."""

ELEMENT = re.compile(rb"<[^?!]")
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
METHODS = {1: "shrink", 6: "implode", 9: "deflate64", 93: "zstd", 95: "xz", 98: "ppmd"}
"""Names of methods that nothing here inflates, as packers show them; others are told by their number."""


@dataclass(frozen=True, slots=True)
class MemberFaults:
    """What is told of a member that cannot be read. unknown_method holds {method}, too_large {most} in MB."""

    encrypted: str
    damaged: str
    unknown_method: str
    too_large: str

    def method(self, number: int) -> Unreadable:
        """A member packed by a method that cannot be inflated."""
        return Unreadable(self.unknown_method.format(method=METHODS.get(number, f"第 {number} 号")))


PART = MemberFaults(
    encrypted=ENCRYPTED,
    damaged="文件已损坏（压缩结构不完整），请重新保存后报送",
    unknown_method="文件内部用了不受支持的压缩方法（{method}）；请用办公软件打开后重新保存，再行报送",
    too_large="解压后过大（超过 {most:.0f} MB），疑似压缩炸弹；请用办公软件重新保存后报送",
)
UNKNOWN_VERSION = "文件内部的压缩格式版本不受支持；请用办公软件打开后重新保存，再行报送"


class Package:
    """A zip of parts. Use as a context manager; every part read counts towards the package's total."""

    def __init__(self, path: Path, limits: Limits):
        self._limits = limits
        self._left = limits.max_unpacked_bytes
        try:
            self._zip = zipfile.ZipFile(path)
        except NotImplementedError as error:
            raise Unreadable(UNKNOWN_VERSION) from error
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise Unreadable(PART.damaged) from error
        self._names = {
            name.replace("\\", "/").lstrip("/").lower(): name for name in reversed(self._zip.namelist())
        }
        check_directory(self._zip.infolist(), limits)

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def names(self) -> list[str]:
        """Part names in lower case, without a leading slash."""
        return list(self._names)

    def has(self, name: str) -> bool:
        """Whether the package has the part (names are case-insensitive)."""
        return name.lower().lstrip("/") in self._names

    def read(self, name: str) -> bytes:
        """A part's bytes. Raises Unreadable when missing or damaged, Refused when too large."""
        stored = self._names.get(name.lower().lstrip("/"))
        if stored is None:
            raise Unreadable(f"文件已损坏（缺少部件 {name}），请重新保存后报送")
        content = read_member(self._zip, stored, min(self._limits.max_part_bytes, self._left))
        self._left -= len(content)
        return content

    def main_part(self, usual: str, called: str) -> str:
        """The name of an OOXML package's main part: the usual one, else the one that the package names.

        Raises Unreadable where there is none; `called` is what the part holds, for people.
        """
        if self.has(usual):
            return usual
        for relation in self.parse("_rels/.rels").iter(RELATIONSHIP):
            if relation.get("Type", "").endswith("/officeDocument"):
                return relation.get("Target", "").lstrip("/")
        raise Unreadable(f"文件已损坏（找不到{called}部分），请重新保存后报送")

    def parse(self, name: str) -> Any:
        """A part's root element. Raises Refused for a DOCTYPE, Unreadable for broken XML."""
        return parse_xml(self.read(name))


def check_directory(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Refuse by the directory alone, before anything is inflated."""
    if len(entries) > limits.max_members:
        raise Refused(
            f"压缩结构中的文件过多（{len(entries)} 个，上限 {limits.max_members} 个）；请用办公软件重新保存后报送"
        )
    total = sum(entry.file_size for entry in entries)
    if total > limits.max_unpacked_bytes:
        raise Refused(
            f"解压后过大（{total / MB:.0f} MB，上限 {limits.max_unpacked_bytes / MB:.0f} MB），疑似压缩炸弹；请用办公软件重新保存后报送"
        )
    for entry in entries:
        ratio = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > JUDGED_FROM and ratio > limits.max_ratio:
            raise Refused(
                f"压缩比异常（{ratio:.0f} 倍，上限 {limits.max_ratio} 倍），疑似压缩炸弹；请用办公软件重新保存后报送"
            )


def read_member(
    archive: zipfile.ZipFile, name: str | zipfile.ZipInfo, most: int, faults: MemberFaults = PART
) -> bytes:
    """One member's bytes, counted while inflating: the directory may lie about sizes.

    Raises Refused above `most` bytes; Unreadable, in the words of `faults`, when encrypted, damaged, or packed by a
    method that cannot be inflated.
    """
    parts: list[bytes] = []
    count = 0
    try:
        with archive.open(name) as stream:
            while chunk := stream.read(min(CHUNK, most - count + 1)):
                count += len(chunk)
                if count > most:
                    raise Refused(faults.too_large.format(most=most / MB))
                parts.append(chunk)
    except NotImplementedError as error:
        entry = archive.getinfo(name) if isinstance(name, str) else name
        if entry.flag_bits & ENCRYPTED_FLAG:
            raise Unreadable(faults.encrypted) from error
        raise faults.method(entry.compress_type) from error
    except RuntimeError as error:
        if "password" in str(error) or "encrypted" in str(error):
            raise Unreadable(faults.encrypted) from error
        raise Unreadable(faults.damaged) from error
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError) as error:
        raise Unreadable(faults.damaged) from error
    return b"".join(parts)


def parse_xml(content: bytes) -> Any:
    """The root element of a part. No entity is expanded, nothing outside is fetched."""
    refuse_doctype(content)
    try:
        return etree.fromstring(content, _parser())
    except etree.XMLSyntaxError as error:
        raise Unreadable("文件已损坏（内部 XML 不完整），请重新保存后报送") from error


@cache
def _parser() -> Any:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True)


def refuse_doctype(content: bytes) -> None:
    """Raises Refused when a part declares a DOCTYPE: no office program writes one, attacks need one."""
    if _has_doctype(content):
        raise Refused("文件中含有 DOCTYPE 声明（正常的办公文档没有），出于安全不予读取；请用办公软件重新保存")


def _has_doctype(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:64]:
        return any("<!DOCTYPE".encode(name) in content for name in ("utf-16-le", "utf-16-be", "utf-32-le"))
    first = ELEMENT.search(content)
    # It can only stand before the first element; what looks like one may stand in a comment.
    return (first is None or b"<!" in content[: first.start()]) and b"<!DOCTYPE" in content
