"""`read_scan`: a picture file (jpg, png, tiff, bmp) to a Document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractors.document import Document
from extractors.errors import Refused, Unreadable
from extractors.limits import DEFAULT_LIMITS, Limits
from extractors.readers.pdf.assemble import assemble
from extractors.readers.pdf.layout import lay_out
from extractors.readers.scan.recogniser import require_ocr

READER = "rapidocr+pdfplumber"
ENOUGH = 1800
"""Pixels of the shorter side at which a photograph is unpacked at least."""
OBLONG = (1.3, 2.6)
"""Resolution across to down from which on pixels are oblong (a fax: 204 by 98); beyond, what the file says is nonsense."""


def read_scan(path: str | Path, limits: Limits | None = None) -> Document:
    """The document of a photographed or scanned page (or of all pages of a tiff), cells with their confidence.

    Raises NeedsTool (recognition not installed), Unreadable (damaged picture), Refused (too large, too many pages).
    """
    limits = limits or DEFAULT_LIMITS
    name = Path(path).name
    require_ocr(name)
    from extractors.readers.scan.page import recognise_page
    from extractors.readers.scan.spread import pages_of

    pages = (page for frame in _frames(path, name, limits) for page in pages_of(frame))
    layouts = [
        lay_out(recognise_page(page, number, limits.max_page_edges), limits.max_page_edges)
        for number, page in enumerate(pages, 1)
    ]
    return assemble(layouts, "image", READER, len(layouts))


def _frames(path: str | Path, name: str, limits: Limits) -> Iterator[Any]:
    """The pictures of a file, upright as the camera says, as arrays of height, width, 3."""
    import numpy as np
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(path) as image:
            count = getattr(image, "n_frames", 1)
            if count > limits.max_scan_pages:
                raise Refused(
                    f"{name}：图像共{count}页，超过扫描件上限{limits.max_scan_pages}页。请拆分后报送。"
                )
            for frame in ImageSequence.Iterator(image):
                if frame.width * frame.height > limits.max_image_pixels:
                    raise Refused(
                        f"{name}：图像过大（{frame.width}×{frame.height}像素）。请以200 dpi重新扫描后报送。"
                    )
                # A jpeg can be unpacked at half its size and less, in a fraction of the time.
                frame.draft("RGB", (ENOUGH, ENOUGH))
                yield np.asarray(
                    _square(ImageOps.exif_transpose(frame.convert("RGB")), frame.info.get("dpi"))
                )
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Unreadable(f"{name}：图像已损坏，无法读取。请重新扫描后报送。") from error


def _square(image: Any, dpi: Any) -> Any:
    """The picture with square pixels. dpi: across and down, as the file says."""
    try:
        across, down = float(dpi[0]), float(dpi[1])
        ratio = across / down
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return image
    if OBLONG[0] <= ratio <= OBLONG[1]:
        return image.resize((image.width, round(image.height * ratio)))
    if OBLONG[0] <= 1 / ratio <= OBLONG[1]:
        return image.resize((round(image.width / ratio), image.height))
    return image
