"""`read_ofd`: an OFD file to a Document."""

from __future__ import annotations

import io
import posixpath
from pathlib import Path
from typing import Any

from extractors.document import Document
from extractors.errors import NeedsTool, Refused, Unreadable
from extractors.limits import DEFAULT_LIMITS, Limits
from extractors.readers.ofd.geometry import POINTS, numbers
from extractors.readers.ofd.page import PageBuilder, child, local
from extractors.readers.package import Package
from extractors.readers.pdf.assemble import assemble
from extractors.readers.pdf.layout import lay_out
from extractors.readers.pdf.marks import PageMarks

READER = "ofd+pdfplumber"
A4_MILLIMETRES = "0 0 210 297"


def read_ofd(path: str | Path, limits: Limits | None = None) -> Document:
    """The first document of an OFD package, its tables on grids of all column edges.

    Raises Unreadable (damaged, encrypted, without text), Refused (bomb, DOCTYPE, too many pages), NeedsTool (pages are
    pictures and recognition is not installed).
    """
    limits = limits or DEFAULT_LIMITS
    name = Path(path).name
    with Package(Path(path), limits) as package:
        if package.has("Encryptions.xml"):
            raise Unreadable(f"{name}：OFD 已加密，无法读取。请去掉加密后重新报送。")
        pages = _OfdDocument(package, name, limits).pages()
    if not any(marks.glyphs for marks in pages):
        raise Unreadable(f"{name}：OFD 中没有可以读出的文字。请重新导出后报送。")
    return assemble([lay_out(marks, limits.max_page_edges) for marks in pages], "ofd", READER, len(pages))


class _OfdDocument:
    """One document of the package: its pages, templates and resources by their addresses."""

    def __init__(self, package: Package, name: str, limits: Limits):
        self.package, self.name, self.limits = package, name, limits
        root = _text_of(package.parse("OFD.xml"), "DocBody", "DocRoot")
        if not root:
            raise Unreadable(f"{name}：OFD 已损坏（没有文档入口）。请重新导出后报送。")
        self.base = posixpath.dirname(_joined("", root))
        self.root = package.parse(_joined("", root))
        common = child(self.root, "CommonData")
        self.common = common if common is not None else ()
        area = next((sub for sub in self.common if local(sub) == "PageArea"), None)
        self.page_box = _box_of(area) or A4_MILLIMETRES
        self.templates = {
            sub.get("ID"): sub.get("BaseLoc")
            for sub in self.common
            if local(sub) == "TemplatePage" and sub.get("ID")
        }

    def pages(self) -> list[PageMarks]:
        """The marks of every page."""
        listed = child(self.root, "Pages")
        addresses = [
            sub.get("BaseLoc") for sub in (listed if listed is not None else ()) if sub.get("BaseLoc")
        ]
        if not addresses:
            raise Unreadable(f"{self.name}：OFD 没有任何页面。请重新导出后报送。")
        if len(addresses) > self.limits.max_pages:
            raise Refused(
                f"{self.name}：OFD 共{len(addresses)}页，超过上限{self.limits.max_pages}页。请按报告拆分后报送。"
            )
        return [self._page(number, self._address(address)) for number, address in enumerate(addresses, 1)]

    def _address(self, address: str) -> str:
        return _joined(self.base, address)

    def _page(self, number: int, address: str) -> PageMarks:
        page = self.package.parse(address)
        _, _, wide, high = numbers(_box_of(child(page, "Area")) or self.page_box, 4)[:4]
        builder = PageBuilder(
            number, wide * POINTS, high * POINTS, self.limits.max_page_chars, self.limits.max_page_objects
        )
        for sub in page:
            template = self.templates.get(sub.get("TemplateID")) if local(sub) == "Template" else None
            if template and self.package.has(self._address(template)):
                builder.add(self.package.parse(self._address(template)))
        builder.add(page)
        marks = builder.marks()
        if marks.is_picture and number <= self.limits.max_scan_pages:
            return self._recognised(builder, marks) or marks
        return marks

    def _recognised(self, builder: PageBuilder, marks: PageMarks) -> PageMarks | None:
        """The page read from its largest picture, or None where that is missing or no picture format."""
        from extractors.readers.scan.recogniser import require_ocr

        _, resource = max(builder.pictures)
        address = self._media().get(resource)
        if address is None or not self.package.has(address):
            return None
        try:
            require_ocr(self.name)
        except NeedsTool:
            if marks.glyphs:
                return None
            raise
        import numpy as np
        from PIL import Image

        from extractors.readers.scan.page import recognise_page

        try:
            with Image.open(io.BytesIO(self.package.read(address))) as image:
                if image.width * image.height > self.limits.max_image_pixels:
                    raise Refused(
                        f"{self.name}：图像过大（{image.width}×{image.height}像素）。请重新扫描后报送。"
                    )
                picture = np.asarray(image.convert("RGB"))
        except (OSError, SyntaxError, ValueError):
            return None
        longest = max(marks.width, marks.height)
        return recognise_page(picture, marks.number, self.limits.max_page_edges, longest)

    def _media(self) -> dict[str, str]:
        """Addresses of the media files by resource number."""
        found: dict[str, str] = {}
        for sub in self.common:
            if local(sub) not in ("DocumentRes", "PublicRes") or not sub.text:
                continue
            listing = self._address(sub.text.strip())
            if not self.package.has(listing):
                continue
            resources = self.package.parse(listing)
            folder = _joined(posixpath.dirname(listing), resources.get("BaseLoc") or "")
            for media in resources.iter("{*}MultiMedia"):
                file = _text_of(media, "MediaFile")
                if file and media.get("ID"):
                    found[media.get("ID")] = _joined(folder, file)
        return found


def _joined(base: str, address: str) -> str:
    """An address inside the package, from the folder it is given in; a leading slash means the package's root."""
    whole = address if address.startswith("/") else posixpath.join(base, address)
    return posixpath.normpath("/" + whole).lstrip("/")


def _box_of(area: Any | None) -> str | None:
    """The PhysicalBox of a page area."""
    box = child(area, "PhysicalBox") if area is not None else None
    return box.text if box is not None and box.text and len(box.text.split()) == 4 else None


def _text_of(element: Any, *names: str) -> str:
    """The text at the end of a path of child names, or an empty one."""
    for name in names:
        element = child(element, name)
        if element is None:
            return ""
    return (element.text or "").strip()
