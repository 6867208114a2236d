"""`read_pdf`: a PDF file to a Document."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as c

from extractors.document import Document
from extractors.errors import Refused, Unreadable
from extractors.limits import DEFAULT_LIMITS, Limits
from extractors.readers.pdf.assemble import assemble
from extractors.readers.pdf.layout import PageLayout, lay_out
from extractors.readers.pdf.pdfium_page import read_marks

READER = "pdfium+pdfplumber"


def read_pdf(path: str | Path, limits: Limits | None = None) -> Document:
    """The document with its tables on grids of all column edges, joined over page breaks.

    Raises Unreadable (encrypted, truncated, damaged, empty), Refused (too many pages), NeedsTool (pages without a text
    layer, and the recognition of scans is not installed).
    """
    limits = limits or DEFAULT_LIMITS
    name = Path(path).name
    document = open_pdf(path, limits)
    try:
        layouts: list[PageLayout] = []
        count = len(document)
        characters = 0
        for index in range(count):
            page = document[index]
            try:
                marks = read_marks(page, index + 1, limits.max_page_chars, limits.max_page_objects)
            finally:
                page.close()
            characters += len(marks.glyphs)
            layouts.append(lay_out(marks, limits.max_page_edges))
        if not characters:
            raise Unreadable(f"{name}：没有文字层（可能是扫描件）。")
        return assemble(layouts, "pdf", READER, count)
    except pdfium.PdfiumError as error:
        raise Unreadable(f"{name}：PDF 页面已损坏，无法读取（{error}）。请重新导出后报送。") from error
    finally:
        document.close()


def open_pdf(path: str | Path, limits: Limits) -> pdfium.PdfDocument:
    """The file opened by PDFium. Files that only restrict printing or copying open like any other.

    Raises Unreadable or Refused with what the unit should do.
    """
    name = Path(path).name
    try:
        document = pdfium.PdfDocument(path)
    except FileNotFoundError as error:
        raise Unreadable(f"{name}：文件不存在。") from error
    except pdfium.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code == c.FPDF_ERR_PASSWORD:
            raise Unreadable(f"{name}：PDF 已加密，需要打开密码。请去掉密码后重新报送。") from error
        if code == c.FPDF_ERR_SECURITY:
            raise Unreadable(f"{name}：PDF 采用了不支持的加密方式。请去掉加密后重新报送。") from error
        raise Unreadable(f"{name}：PDF 已损坏或不完整，无法打开。请重新导出后报送。") from error
    count = len(document)
    if count == 0:
        document.close()
        raise Unreadable(f"{name}：PDF 没有任何页面。请重新导出后报送。")
    if count > limits.max_pages:
        document.close()
        raise Refused(f"{name}：PDF 共{count}页，超过上限{limits.max_pages}页。请按报告拆分后报送。")
    return document
