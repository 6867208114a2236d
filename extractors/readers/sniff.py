"""The format of a file by its content alone: magic bytes, OLE streams, zip members, markup, encodings."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import BinaryIO

from extractors.readers.encodings import looks_like_text

HEAD_BYTES = 65_536

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"BM", "bmp"),
    (b"GIF8", "gif"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
)
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")

# The first stream present decides: an encrypted package also has other streams.
OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "encrypted_office"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("WpsDocument", "wps"),
    ("HwpSummaryInformation", "hwp"),
    ("__properties_version1.0", "msg"),
)
# The part that makes a zip an office package. Order matters: every package has [Content_Types].xml.
ZIP_PARTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"word/document\d*\.xml", re.I), "docx"),
    (re.compile(r"xl/workbook\d*\.bin", re.I), "xlsb"),
    (re.compile(r"xl/workbook\d*\.xml", re.I), "xlsx"),
    (re.compile(r"ppt/presentation\.xml", re.I), "pptx"),
    (re.compile(r"OFD\.xml", re.I), "ofd"),
)
ODF_TYPES: tuple[tuple[bytes, str], ...] = (
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
    (b"application/vnd.oasis.opendocument.presentation", "odp"),
)
FIRST_ENTRIES = frozenset((b"[Content_Types].xml", b"_rels/.rels", b"docProps/app.xml", b"docProps/core.xml"))
PACKAGE_FOLDERS = frozenset(
    b"[content_types].xml _rels docprops word xl ppt customxml ofd.xml doc_0 mimetype".split()
)
"""What the names in an office package begin with, in lower case."""
MAIN_PARTS = (
    (b"word/document.xml", "docx"),
    (b"xl/workbook.xml", "xlsx"),
    (b"xl/workbook.bin", "xlsb"),
    (b"ppt/presentation.xml", "pptx"),
)
HTML_START = re.compile(
    rb"^(?:<\?xml[^>]*>)?\s*(?:<!--.{0,4000}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|meta|table|style|div|center|tr|title|font|p|span)\b",
    re.I | re.S,
)
MAIL_HEADER = re.compile(
    rb"^(?:received|return-path|from|to|subject|date|message-id|mime-version|delivered-to|"
    rb"content-type|x-[a-z-]+|dkim-signature|reply-to|cc|thread-topic|sender):",
    re.I,
)
PDF_HEAD_WINDOW = 1024
"""A PDF header may stand behind junk within the first kilobyte; readers accept that."""


def sniff(source: Path | str | bytes) -> str:
    """Name the format of a file or of its bytes.

    docx xlsx xlsb pptx doc xls ppt wps odt ods odp ofd pdf rtf html wordml spreadsheetml mht eml msg text zip
    rar 7z gzip tar png jpeg tiff bmp gif encrypted_office ole empty unknown. Never raises on content.
    """
    if isinstance(source, bytes):
        return _sniff_stream(io.BytesIO(source))
    with Path(source).open("rb") as stream:
        return _sniff_stream(stream)


def _sniff_stream(stream: BinaryIO) -> str:
    head = stream.read(HEAD_BYTES)
    if not head:
        return "empty"
    if head.startswith(OLE_MAGIC):
        return _sniff_ole(stream)
    if head.startswith(ZIP_MAGICS):
        return _sniff_zip(stream, head)
    for magic, name in MAGIC:
        if head.startswith(magic) and not (name == "bmp" and looks_like_text(head)):
            return name
    if b"%PDF-" in head[:PDF_HEAD_WINDOW]:
        return "pdf"
    if head[257:262] == b"ustar":
        return "tar"
    return _sniff_markup(head)


def _sniff_markup(head: bytes) -> str:
    start = _ascii_view(head).lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if start.startswith(b"<"):
        lowered = start[:4096].lower()
        if b"schemas-microsoft-com:office:spreadsheet" in lowered and b"<html" not in lowered:
            return "spreadsheetml"
        if b"schemas.microsoft.com/office/word/2003/wordml" in lowered:
            return "wordml"
        if HTML_START.match(start):
            return "html"
    first_lines = start[:4096].splitlines()
    if first_lines and MAIL_HEADER.match(first_lines[0]):
        headers = [line for line in first_lines[:60] if MAIL_HEADER.match(line)]
        if len(headers) >= 2:
            joined = start[:4096].lower()
            return "mht" if b"multipart/related" in joined and b"text/html" in start.lower() else "eml"
    if start.strip(b"\x00 \t\r\n") == b"":
        return "empty" if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf") else "unknown"
    return "text" if looks_like_text(head) else "unknown"


def _ascii_view(head: bytes) -> bytes:
    """UTF-16 markup as plain bytes, so that one set of patterns serves."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace").encode("utf-8")
    return head


def _sniff_ole(stream: BinaryIO) -> str:
    import olefile

    try:
        stream.seek(0)
        with olefile.OleFileIO(stream) as ole:
            names = {entry[-1] for entry in ole.listdir(streams=True, storages=False) if len(entry) == 1}
            names |= {entry[0] for entry in ole.listdir(streams=True, storages=True)}
    except Exception:
        return "ole"
    for stream_name, name in OLE_STREAMS:
        if any(found.lower() == stream_name.lower() for found in names):
            return name
    return "ole"


def _sniff_zip(stream: BinaryIO, head: bytes) -> str:
    quick = _package_by_first_entry(head)
    if quick:
        return quick
    try:
        with zipfile.ZipFile(stream) as package:
            names = package.namelist()
            if min((entry.header_offset for entry in package.infolist()), default=0) > 0:
                return _sniff_broken_zip(stream)  # the directory is of a zip inside, its own is lost
            if "mimetype" in names and package.getinfo("mimetype").file_size < 200:
                kind = package.read("mimetype")
                for prefix, name in ODF_TYPES:
                    if kind.startswith(prefix):
                        return name
    except Exception:
        return _sniff_broken_zip(stream)
    flat = [name.replace("\\", "/").lstrip("/") for name in names]
    for pattern, name in ZIP_PARTS:
        if any(pattern.fullmatch(member) for member in flat):
            return name
    return "zip"


def _package_by_first_entry(head: bytes) -> str:
    """The office package whose first entry says that it is one, and whose main part lies within the head.

    A bundle that holds packages begins with the name of a file of its own; a package with another inside is left
    to the directory.
    """
    name = head[30 : 30 + int.from_bytes(head[26:28], "little")]
    if name not in FIRST_ENTRIES:
        return ""
    found = [kind for mark, kind in MAIN_PARTS if mark in head]
    return found[0] if len(found) == 1 else ""


def _sniff_broken_zip(stream: BinaryIO) -> str:
    """A zip without its directory (cut off) still names its members before each of them."""
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    first = head[30 : 30 + int.from_bytes(head[26:28], "little")]
    if first.lower().split(b"/")[0] not in PACKAGE_FOLDERS:
        return "zip"
    for mark, name in ((b"word/", "docx"), (b"xl/", "xlsx"), (b"ppt/", "pptx"), (b"OFD.xml", "ofd")):
        if mark in head:
            return name
    return "zip"
