"""Mails and other bundles are opened like archives."""

from __future__ import annotations

import base64
import gzip
import io
import shutil
import struct
import subprocess
import tarfile
import zlib
from email.message import EmailMessage
from pathlib import Path

import pytest

from extractors.archives import bsdtar
from extractors.containers import Member, walk
from extractors.errors import NeedsTool, Refused, Unreadable
from extractors.limits import Limits
from tests.hostile.archives import SEVEN_ZIP, SEVEN_ZIP_HIDDEN


def opened(folder: Path, content: bytes) -> list[Member]:
    path = folder / "包"
    path.write_bytes(content)
    inside = folder / "内"
    inside.mkdir()
    return list(walk(path, inside, Limits()))


def content_of(member: Member) -> bytes:
    assert member.path is not None, member.error
    return member.path.read_bytes()


def mail() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@b.cn", "c@d.cn", "报送自评"
    message.set_content("附上自评表。\n")
    return message


def test_attachments_with_chinese_names(tmp_path: Path) -> None:
    message = mail()
    message.add_attachment(b"x1", maintype="application", subtype="msword", filename="自评表（甲局）.doc")
    message.add_attachment(b"x2", maintype="application", subtype="pdf", filename="二.pdf")
    found = opened(tmp_path, message.as_bytes())
    assert [(member.member_path, content_of(member)) for member in found] == [
        ("自评表（甲局）.doc", b"x1"),
        ("二.pdf", b"x2"),
    ]


def test_mail_without_attachments_is_its_text(tmp_path: Path) -> None:
    found = opened(tmp_path, mail().as_bytes())
    assert [member.member_path for member in found] == ["邮件正文.txt"]
    assert content_of(found[0]).decode().startswith("附上")


def test_tar_and_tar_gz(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        info = tarfile.TarInfo("../甲.txt")
        info.size = 1
        archive.addfile(info, io.BytesIO(b"x"))
        link = tarfile.TarInfo("链接")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert [member.member_path for member in opened(tmp_path, stream.getvalue())] == ["../甲.txt"]


def rar(name: str, content: bytes) -> bytes:
    """A rar (version 4) that stores one file uncompressed."""

    def block(kind: int, flags: int, body: bytes, data: bytes = b"") -> bytes:
        head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
        return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head + data

    raw = name.encode()
    file_head = struct.pack(
        "<IIBIIBBHI", len(content), len(content), 3, zlib.crc32(content), 0, 20, 0x30, len(raw), 0x81A4
    )
    return (
        b"Rar!\x1a\x07\x00"
        + block(0x73, 0, bytes(6))
        + block(0x74, 0x8000, file_head + raw, content)
        + block(0x7B, 0x4000, b"")
    )


needs_bsdtar = pytest.mark.skipif(shutil.which("bsdtar") is None, reason="bsdtar is not installed")


@needs_bsdtar
def test_rar(tmp_path: Path) -> None:
    found = opened(tmp_path, rar("report.txt", b"stored"))
    assert [(member.member_path, content_of(member)) for member in found] == [("report.txt", b"stored")]


@needs_bsdtar
def test_7z(tmp_path: Path) -> None:
    (tmp_path / "自评.txt").write_bytes(b"x" * 100)
    packed = tmp_path / "a.7z"
    subprocess.run(
        ["bsdtar", "--format", "7zip", "-cf", str(packed), "-C", str(tmp_path), "自评.txt"],
        check=True,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
    )
    found = opened(tmp_path, packed.read_bytes())
    assert [member.member_path for member in found] == ["自评.txt"]


@needs_bsdtar
@pytest.mark.parametrize("content", [SEVEN_ZIP, SEVEN_ZIP_HIDDEN])
def test_a_7z_under_a_password_is_named_so(tmp_path: Path, content: str) -> None:
    with pytest.raises(Unreadable, match="密码"):
        opened(tmp_path, base64.b64decode(content))


def test_a_mail_nested_thousands_of_times_is_refused(tmp_path: Path) -> None:
    parts = (b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(3_000))
    with pytest.raises(Refused, match="嵌套过深"):
        opened(tmp_path, b"From: a@b.cn\nSubject: x\n" + b"".join(parts))


def test_the_file_in_a_gzip_has_the_name_it_was_packed_under(tmp_path: Path) -> None:
    plain = gzip.compress(b"x")
    named = plain[:3] + b"\x08" + plain[4:10] + "自评表.txt".encode() + b"\0" + plain[10:]
    assert [member.member_path for member in opened(tmp_path, named)] == ["自评表.txt"]
    (tmp_path / "内").rename(tmp_path / "前")
    assert [m.member_path for m in opened(tmp_path, plain)] == ["（内容）"]


@needs_bsdtar
def test_damaged_rar(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="损坏"):
        opened(tmp_path, b"Rar!\x1a\x07\x00" + b"\x01" * 60)


def test_absent_program_names_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bsdtar, "PROGRAM", "no-such-bsdtar")
    with pytest.raises(NeedsTool, match="libarchive-tools"):
        opened(tmp_path, rar("a", b"x"))
