"""Scans: the printed pages at 200 dpi, one degree askew, with noise and a red seal; as pictures, as PDF, or every second page of one."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image
from reportlab.lib.pagesizes import A3, A4

from flows.samples.sheet import SampleDocument
from flows.samples.writers import pdf
from tests.extractors.readers.scan_samples import as_pdf, scan_pages

DPI, SKEW, NOISE = 200, 1.0, 6.0
SEAL = (0.7, 0.75)
"""Where the seal stands, as shares of the page: over the figures."""


def write(document: SampleDocument, path: Path, mixed: bool = False) -> None:
    """Write a scan in the format of the suffix. A picture is of a form on A3, several pages below each other."""
    single = path.suffix in {".jpg", ".png"}
    with tempfile.TemporaryDirectory() as folder:
        printed = Path(folder) / "printed.pdf"
        pdf.write(document, printed, upright=True, size=A3 if single else A4)
        images = _scanned(printed)
        if single:
            _below_each_other(images).save(path, dpi=(DPI, DPI))
        elif path.suffix == ".tiff":
            images[0].save(
                path, save_all=True, append_images=images[1:], dpi=(DPI, DPI), compression="tiff_lzw"
            )
        elif mixed:
            _mixed(printed, as_pdf(images, Path(folder) / "scanned.pdf", DPI), path)
        else:
            as_pdf(images, path, DPI)


def _below_each_other(images: list[Image.Image]) -> Image.Image:
    """One long picture of several pages."""
    whole = Image.new("RGB", (max(i.width for i in images), sum(i.height for i in images)), (255, 255, 255))
    top = 0
    for image in images:
        whole.paste(image, (0, top))
        top += image.height
    return whole


def _scanned(printed: Path) -> list[Image.Image]:
    source = pdfium.PdfDocument(printed)
    width, height = source[0].get_size()
    source.close()
    return scan_pages(printed, DPI, SKEW, NOISE, (width * SEAL[0], height * SEAL[1]))


def _mixed(printed: Path, scanned: Path, path: Path) -> None:
    """The first page with its text, the second as a picture, and so on."""
    both = [pdfium.PdfDocument(printed), pdfium.PdfDocument(scanned)]
    target = pdfium.PdfDocument.new()
    for number in range(len(both[0])):
        target.import_pages(both[number % 2], [number])
    target.save(path)
    for source in (target, *both):
        source.close()
