"""Bundles that are bombs, protected, cut off, nested or full of names that are no names; mails that hold themselves."""

from __future__ import annotations

import base64
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from email.message import EmailMessage

from tests.hostile.case import EITHER, READ, Hostile, form, zipped

# Made with 7z and the password "secret": names hidden, names readable, ZipCrypto.
SEVEN_ZIP_HIDDEN = (
    "N3q8ryccAAQwIFYjgAAAAAAAAAAuAAAAAAAAAEA8nkP1Ne53GDDq7hIkHfwcgTWFcQhpCE8XlCPUeLOZG2LxElQVrxFep5o42zXXLr9FVdbS"
    "qZqhI/ZzFnNyaQi7sCHNBAt6hXfJG7hxWrzk8mxhXIxafD+gMbyNlWccCS10HxKLKqtLRVzxfJ84hqA6qKGWCyDatrjdKSRwbLBUYHIfCBcG"
    "EAEJcAAHCwEAASQG8QcBElMPohqfaeM5VmbfRutLX1YE+QxiCgE0P21TAAA="
)
SEVEN_ZIP = (
    "N3q8ryccAARiWrnNEAAAAAAAAABiAAAAAAAAAKy0kLOXx94U1GOsV0Lm5Xi/dpW9AQQGAAEJEAAHCwEAAiQG8QcBElMPi/rrApVpNloqf4Db"
    "BoX8PCEhAQABAAwKBgAICgGEdy/EAAAFARkBABENAGEALgB0AHgAdAAAABQKAQCjbnldkXndARUGAQAggKSBAAA="
)
ZIP_CRYPTO = (
    "UEsDBBQAAQAAALtCdV2Edy/EEgAAAAYAAAAFAAAAYS50eHSsImwthIWZA7mb+XpwVxG44o5QSwECPwMUAAEAAAC7QnVdhHcvxBIAAAAGAAAA"
    "BQAkAAAAAAAAACCApIEAAAAAYS50eHQKACAAAAAAAAEAGACjbnldkXndAQAAAAAAAAAAAAAAAAAAAABQSwUGAAAAAAEAAQBXAAAANQAAAAAA"
)


def archives() -> Iterator[Hostile]:
    """zip, rar, 7z, tar, gzip and eml."""
    yield from _protected_and_cut()
    yield from _bombs()
    yield from _names()
    yield from _mails()


def _protected_and_cut() -> Iterator[Hostile]:
    yield Hostile("加密.zip", base64.b64decode(ZIP_CRYPTO), words="密码")
    yield Hostile("加密.7z", base64.b64decode(SEVEN_ZIP), words="密码")
    yield Hostile("加密文件名.7z", base64.b64decode(SEVEN_ZIP_HIDDEN), words="密码")
    yield Hostile("加密.rar", rar_block(0x73, 0x0080, bytes(6)) + bytes(range(64)), words="密码|损坏")
    whole = zipped({"甲/好.txt": form(".txt", 20), "坏.docx": form(".docx", 21)}, zipfile.ZIP_STORED)
    for share in (2, 4):
        yield Hostile(f"传输中断{share}.zip", whole[: len(whole) * share // 100], words="损坏")
    yield Hostile(
        "传输中断98.zip",
        whole[: len(whole) * 98 // 100],
        READ,
        members=(("甲/好.txt", "accepted"), ("坏.docx", "unreadable"), ("（其余内容）", "unreadable")),
    )
    damaged = bytearray(whole)
    inside = damaged.find(b"word/document.xml") + 100
    damaged[inside : inside + 40] = bytes(40)
    yield Hostile(
        "一坏一好.zip",
        bytes(damaged),
        READ,
        members=(("甲/好.txt", "accepted"), ("坏.docx", "unreadable")),
    )
    yield Hostile("空.zip", zipped({}), words="没有")
    yield Hostile("损坏.rar", b"Rar!\x1a\x07\x00" + b"\x01" * 60, words="损坏")
    yield Hostile("损坏.gz", b"\x1f\x8b\x08\x00" + bytes(6) + b"\x01\x02\x03", words="损坏")


def rar_block(kind: int, flags: int, body: bytes) -> bytes:
    """The first bytes of a rar (version 4)."""
    head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
    return b"Rar!\x1a\x07\x00" + struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head


def _bombs() -> Iterator[Hostile]:
    yield Hostile(
        "炸弹.zip",
        zipped({"弹.txt": bytes(300_000_000), "好.txt": form(".txt", 22)}),
        READ,
        members=(("弹.txt", "refused"), ("好.txt", "accepted")),
    )
    yield Hostile("重叠条目.zip", _overlapping(), EITHER)
    inner = zipped({"弹.bin": bytes(30_000_000)})
    for level in range(6):
        inner = zipped({f"{level}层-{copy}.zip": inner for copy in range(16)})
    yield Hostile("层层嵌套.zip", inner, words="过多")
    yield Hostile("自含.zip", _quine(), EITHER)
    yield Hostile("炸弹.gz", _gzip_bomb(), READ, members=(("（内容）", "refused"),))
    yield Hostile("五千文件.zip", zipped({f"{n}.txt": b"x" for n in range(5_000)}), words="过多")


def _overlapping() -> bytes:
    """A hundred entries of the directory that all mean the same megabytes of one member."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0.txt", bytes(15_000_000))
        for number in range(1, 100):
            info = zipfile.ZipInfo(f"{number}.txt")
            first = archive.filelist[0]
            info.compress_type, info.CRC = first.compress_type, first.CRC
            info.file_size, info.compress_size = first.file_size, first.compress_size
            info.header_offset = 0
            archive.filelist.append(info)
            archive._didModify = True
    return stream.getvalue()


def _quine() -> bytes:
    """A zip of which a copy lies in itself: as deep as anybody goes on opening it, here eight times."""
    content = zipped({"底.txt": b"x"})
    for _ in range(8):
        content = zipped({"自己.zip": content})
    return content


def _gzip_bomb() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(1 << 20)
    return b"".join(packer.compress(block) for _ in range(400)) + packer.flush()


def _names() -> Iterator[Hostile]:
    good = [form(".txt", 23 + number) for number in range(6)]
    yield Hostile(
        "路径.zip",
        zipped(
            {
                "../../../tmp/jixiao-escape.txt": good[0],
                "/tmp/jixiao-escape.txt": good[1],
                "C:\\Windows\\甲.txt": good[2],
            }
        ),
        READ,
        members=(
            ("../../../tmp/jixiao-escape.txt", "accepted"),
            ("tmp/jixiao-escape.txt", "accepted"),
            ("C:/Windows/甲.txt", "accepted"),
        ),
    )
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        link = tarfile.TarInfo("链接.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        device = tarfile.TarInfo("设备")
        device.type = tarfile.CHRTYPE
        archive.addfile(device)
        entry = tarfile.TarInfo("/绝对/乙.txt")
        entry.size = len(good[3])
        archive.addfile(entry, io.BytesIO(good[3]))
    yield Hostile("链接.tar", stream.getvalue(), READ, members=(("绝对/乙.txt", "accepted"),))
    placeholder = "AAAAAAAAAA.txt"
    gbk = zipped({placeholder: good[4]}).replace(placeholder.encode(), "自评报告表.txt".encode("gbk"))
    yield Hostile("国标文件名.zip", gbk, READ, members=(("自评报告表.txt", "accepted"),))
    yield Hostile(
        "怪名.zip",
        zipped({"换\n行\x07\u202e倒.txt": good[5], "很" * 3000 + ".txt": b"x"}),
        READ,
    )


def _mails() -> Iterator[Hostile]:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@b.cn", "自评"
    message.set_content("见附件")
    message.add_attachment(
        form(".docx", 30), maintype="application", subtype="msword", filename="../../自评.doc"
    )
    yield Hostile("邮件.eml", message.as_bytes(), READ, members=(("../../自评.doc", "accepted"),))
    outer = EmailMessage()
    outer["From"], outer["Subject"] = "a@b.cn", "转发"
    outer.set_content("转发")
    inner = message
    for _ in range(6):
        wrapped = EmailMessage()
        wrapped["From"], wrapped["Subject"] = "a@b.cn", "转发"
        wrapped.set_content("转发")
        wrapped.add_attachment(
            inner.as_bytes(), maintype="application", subtype="octet-stream", filename="自己.eml"
        )
        inner = wrapped
    yield Hostile("邮件套邮件.eml", inner.as_bytes(), EITHER)
    deep = b"From: a@b.cn\nSubject: x\n" + b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(2_000)
    )
    yield Hostile("两千层邮件.eml", deep, EITHER)
