"""Readers: one module a format, each giving the same Document. `read` picks the reader by content."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.containers import is_container
from extractors.errors import (
    ENCRYPTED,
    NOTHING_TO_READ,
    TOO_DEEP,
    TOO_MUCH_MEMORY,
    ExtractionError,
    Refused,
    Unreadable,
)
from extractors.limits import DEFAULT_LIMITS, Limits
from extractors.readers.sniff import sniff

if TYPE_CHECKING:
    from extractors.document import Document

__all__ = ["READERS", "read"]

READERS: dict[str, str] = {
    "docx": "extractors.readers.docx:read_docx",
    "xlsx": "extractors.readers.xlsx:read_xlsx",
    "xls": "extractors.readers.xls:read_xls",
    "xlsb": "extractors.readers.xls:read_xlsb",
    "ods": "extractors.readers.opendocument:read_ods",
    "odt": "extractors.readers.opendocument:read_odt",
    "html": "extractors.readers.html:read_html",
    "mht": "extractors.readers.html:read_mht",
    "wordml": "extractors.readers.xml_office:read_wordml",
    "spreadsheetml": "extractors.readers.xml_office:read_spreadsheetml",
    "doc": "extractors.readers.legacy:read_legacy",
    "wps": "extractors.readers.legacy:read_legacy",
    "rtf": "extractors.readers.legacy:read_legacy",
    "text": "extractors.readers.text:read_text",
    "pdf": "extractors.readers.pdf:read_pdf",
    "png": "extractors.readers.scan:read_scan",
    "jpeg": "extractors.readers.scan:read_scan",
    "tiff": "extractors.readers.scan:read_scan",
    "bmp": "extractors.readers.scan:read_scan",
    "ofd": "extractors.readers.ofd:read_ofd",
}
"""Format by content -> module:function(path, limits) -> Document. Each module is imported on first use."""

REFUSALS: dict[str, str] = {
    "pptx": "文件是演示文稿（PPT），不接收此格式；请改交 Word、Excel 或 PDF",
    "ppt": "文件是演示文稿（PPT），不接收此格式；请改交 Word、Excel 或 PDF",
    "odp": "文件是演示文稿，不接收此格式；请改交 Word、Excel 或 PDF",
    "gif": "文件是 GIF 图片，不接收此格式；请改交 PDF 或 JPG、PNG 扫描件",
    "msg": "文件是 Outlook 邮件（msg），请将附件另存后报送",
    "hwp": "文件是 HWP 文档，不接收此格式；请改交 Word、Excel 或 PDF",
}
DAMAGE: dict[str, str] = {
    "empty": "文件是空的（0 字节或全为空白），请重新报送",
    "encrypted_office": ENCRYPTED,
    "ole": "文件已损坏，或不是 Word、Excel 文档（OLE 结构中没有可读的内容）；请重新保存后报送",
    "unknown": "无法识别文件格式，可能已损坏或内容为乱码；请重新保存为 Word、Excel 或 PDF 后报送",
}


def read(path: Path | str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a file by what it contains. Raises ExtractionError with a Chinese reason."""
    path = Path(path)
    size = path.stat().st_size
    if size > limits.max_file_bytes:
        raise Refused(
            f"文件过大（{size / 1048576:.0f} MB，上限 {limits.max_file_bytes / 1048576:.0f} MB）；请删去图片等附加内容后重新报送"
        )
    kind = sniff(path)
    reader = reader_for(kind)
    try:
        document = reader(path, limits)
    except ExtractionError:
        raise
    except RecursionError as error:
        raise Refused(TOO_DEEP) from error
    except MemoryError as error:
        raise Refused(TOO_MUCH_MEMORY) from error
    except Exception as error:
        raise Unreadable(f"文件内容异常，无法读取（{type(error).__name__}）；请重新保存后报送") from error
    except BaseException as error:
        # A panic of a library in Rust is no Exception, so that nobody catches it by chance.
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable("文件已损坏（内部结构不完整），请重新保存后报送") from error
    if not document.blocks:
        raise Unreadable(NOTHING_TO_READ)
    return document if document.format == kind else replace(document, format=kind)


def reader_for(kind: str) -> Callable[[Path, Limits], Document]:
    """The reader of a format. Raises Refused or Unreadable for what has none."""
    address = READERS.get(kind)
    if address is None:
        if is_container(kind):
            raise Refused("文件是压缩包或邮件，请读取其中的各个文件")
        if kind in REFUSALS:
            raise Refused(REFUSALS[kind])
        raise Unreadable(DAMAGE.get(kind, DAMAGE["unknown"]))
    module_name, _, function_name = address.partition(":")
    return getattr(importlib.import_module(module_name), function_name)
