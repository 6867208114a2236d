"""`read_pdf`: a PDF file to a Document."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as c

from extractors.document import Document
from extractors.errors import NeedsTool, Refused, Unreadable
from extractors.limits import DEFAULT_LIMITS, Limits
from extractors.readers.pdf.assemble import assemble
from extractors.readers.pdf.layout import lay_out
from extractors.readers.pdf.marks import PageMarks
from extractors.readers.pdf.pdfium_page import read_marks
from extractors.readers.scan.recogniser import require_ocr

READER = "pdfium+pdfplumber"
SCAN_PIXELS = 2340
"""Pixels of the longer side that pages without a text layer are drawn with (A4 at 200 dpi)."""


def read_pdf(path: str | Path, limits: Limits | None = None) -> Document:
    """The document with its tables on grids of all column edges, joined over page breaks.

    Raises Unreadable (encrypted, truncated, damaged, empty), Refused (too many pages), NeedsTool (pages without a text
    layer, and the recognition of scans is not installed).
    """
    limits = limits or DEFAULT_LIMITS
    name = Path(path).name
    document = open_pdf(path, limits)
    try:
        pages = [_page_marks(document, index, limits) for index in range(len(document))]
        warnings: list[str] = []
        scanned = [marks.number for marks in pages if marks.is_picture]
        if scanned:
            pages = _with_scans(document, pages, scanned, name, limits, warnings)
        if not any(marks.glyphs for marks in pages):
            raise Unreadable(
                f"{name}：没有可以读出的文字（空白页或无法识别的图像）。请重新扫描或导出后报送。"
            )
        layouts = [lay_out(marks, limits.max_page_edges) for marks in pages]
        reader = f"{READER}+rapidocr" if scanned else READER
        return assemble(layouts, "pdf", reader, len(pages), warnings)
    except pdfium.PdfiumError as error:
        raise Unreadable(f"{name}：PDF 页面已损坏，无法读取（{error}）。请重新导出后报送。") from error
    finally:
        document.close()


def _page_marks(document: pdfium.PdfDocument, index: int, limits: Limits) -> PageMarks:
    page = document[index]
    try:
        return read_marks(page, index + 1, limits.max_page_chars, limits.max_page_objects)
    finally:
        page.close()


def _with_scans(
    document: pdfium.PdfDocument,
    pages: list[PageMarks],
    scanned: list[int],
    name: str,
    limits: Limits,
    warnings: list[str],
) -> list[PageMarks]:
    """The pages with those recognised that are pictures; the others keep their text layer."""
    written = any(marks.glyphs and not marks.is_picture for marks in pages)
    try:
        require_ocr(name)
    except NeedsTool as missing:
        if not written:
            raise
        warnings.append(f"{_numbers(scanned)}是扫描件，未识别：{missing.reason}")
        return pages
    from extractors.readers.scan.page import recognise_page

    if len(scanned) > limits.max_scan_pages:
        left = scanned[limits.max_scan_pages :]
        warnings.append(f"扫描页超过上限{limits.max_scan_pages}页，{_numbers(left)}未识别。")
        scanned = scanned[: limits.max_scan_pages]
    warnings.append(f"{_numbers(scanned)}没有文字层，文字由图像识别得到，请重点核对。")
    result = list(pages)
    for number in scanned:
        page = document[number - 1]
        try:
            longest = max(page.get_size())
            picture = page.render(scale=min(SCAN_PIXELS / longest, 8.0), rev_byteorder=True).to_numpy()
        finally:
            page.close()
        result[number - 1] = recognise_page(picture[:, :, :3], number, limits.max_page_edges, longest)
    return result


def _numbers(pages: list[int]) -> str:
    """第3、5页, or 第3页等12页 when there are many."""
    if len(pages) > 10:
        return f"第{pages[0]}页等{len(pages)}页"
    return f"第{'、'.join(map(str, pages))}页"


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
