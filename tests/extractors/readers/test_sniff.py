"""Formats are told by content; the extension says nothing."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlwt

from extractors.errors import Refused, Unreadable
from extractors.readers import read
from extractors.readers.sniff import sniff
from tests.extractors.readers.office_samples import paragraph, write_docx


def packed(*names: str, mimetype: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty"),
        (b" \r\n \n", "empty"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\xef\xbb\xbf%PDF-1.4", "pdf"),
        (b"{\\rtf1\\ansi", "rtf"),
        (b"\x89PNG\r\n\x1a\n....", "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"Rar!\x1a\x07\x01\x00", "rar"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (packed("word/document.xml"), "docx"),
        (packed("xl/workbook.xml"), "xlsx"),
        (packed("xl/workbook.bin"), "xlsb"),
        (packed("OFD.xml"), "ofd"),
        (packed("content.xml", mimetype="application/vnd.oasis.opendocument.text"), "odt"),
        (packed("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"), "ods"),
        (packed("甲.docx"), "zip"),
        ("<html><body>自评</body></html>".encode("gb18030"), "html"),
        ("\r\n<!-- x -->\n<TABLE><tr><td>自评</td></tr></TABLE>".encode("gb18030"), "html"),
        ("<html>自评</html>".encode("utf-16"), "html"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "spreadsheetml",
        ),
        (b"From: a@b\r\nSubject: x\r\n\r\nbody", "eml"),
        ("部门整体支出绩效自评".encode("gb18030"), "text"),
        ("From: 这是正文而不是邮件".encode(), "text"),
        (bytes(range(256)) * 4, "unknown"),
    ],
)
def test_told_by_content(content: bytes, name: str) -> None:
    assert sniff(content) == name


def test_ole_streams_decide(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("a").write(0, 0, 1)
    book.save(str(tmp_path / "a.doc"))
    assert sniff(tmp_path / "a.doc") == "xls"


def test_extension_is_ignored(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "甲.pdf", paragraph("自评"))
    assert read(path).format == "docx"
    openpyxl.Workbook().save(tmp_path / "乙.docx")
    assert sniff(tmp_path / "乙.docx") == "xlsx"


@pytest.mark.parametrize(
    ("content", "error", "said"),
    [
        (b"", Unreadable, "空的"),
        (packed("ppt/presentation.xml"), Refused, "演示文稿"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, Unreadable, "损坏"),
        (packed("word/document.xml")[:-30], Unreadable, "损坏"),
    ],
)
def test_what_cannot_be_read_is_named(
    tmp_path: Path, content: bytes, error: type[Exception], said: str
) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(content)
    with pytest.raises(error, match=said):
        read(path)
