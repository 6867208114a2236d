"""Word 97, WPS and RTF: converted by LibreOffice, then read as docx (or HTML where the layout hangs)."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from extractors.document import Document
from extractors.errors import ENCRYPTED, NOTHING_TO_READ, ExtractionError, Unreadable
from extractors.limits import Limits
from extractors.readers.libreoffice import FAILED, convert
from extractors.readers.sniff import sniff

SUFFIXES = {"doc": "doc", "wps": "wps", "rtf": "rtf"}
"""Format by content -> suffix LibreOffice shall see."""
ENCRYPTED_FLAG = 0x0100
FLAGS_AT = 0x0A


def read_legacy(path: Path, limits: Limits) -> Document:
    """Convert one file and read the result. Raises NeedsTool where LibreOffice is absent."""
    kind = sniff(path)
    check_before(path, kind)
    with tempfile.TemporaryDirectory(prefix="jixiao-convert-") as folder:
        done = convert([(path, SUFFIXES.get(kind, "doc"))], Path(folder), limits)[0]
        if done.path is None:
            raise done.error or Unreadable(FAILED)
        return read_converted(done.path, kind, limits)


def read_converted(path: Path, kind: str, limits: Limits) -> Document:
    """Read what LibreOffice made of a file of format `kind`."""
    from extractors.readers.docx import read_docx
    from extractors.readers.html import read_html

    try:
        document = read_html(path, limits) if path.suffix == ".html" else read_docx(path, limits)
    except ExtractionError as error:
        raise type(error)(f"经 LibreOffice 转换后：{error.reason}") from error
    if not document.blocks:
        raise Unreadable(NOTHING_TO_READ)
    warnings = document.warnings
    if path.suffix == ".html":
        warnings = (*warnings, "文件排版异常，已改用网页方式转换，自动编号可能缺失")
    return replace(document, format=kind, reader=f"libreoffice+{document.reader}", warnings=warnings)


def check_before(path: Path, kind: str) -> None:
    """Name encryption before any conversion. Raises Unreadable."""
    if kind != "doc":
        return
    import olefile

    try:
        with olefile.OleFileIO(str(path)) as ole:
            head = ole.openstream("WordDocument").read(64)
    except OSError as error:
        raise Unreadable("文件已损坏，请重新保存后报送") from error
    if len(head) > FLAGS_AT + 1 and int.from_bytes(head[FLAGS_AT : FLAGS_AT + 2], "little") & ENCRYPTED_FLAG:
        raise Unreadable(ENCRYPTED)
