"""The formats of the layout corpus: written directly, converted by LibreOffice, drawn as OFD, scanned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from flows.samples.sheet import SampleDocument
from flows.samples.writers import docx, html, pdf, text, xls, xlsx
from tests.corpus.formats import drawn_text, ofd, scans
from tests.corpus.formats.office import Conversion, convert

Writer = Callable[[SampleDocument, Path], None]


@dataclass(frozen=True, slots=True)
class Format:
    """How one format is made.

    suffix: of the file. writer: writes the document, or what `conversion` makes it from. group: which target it is held to
    (digital, office, scan). sampled: one state a layout only, because reading costs seconds a page.
    """

    suffix: str
    writer: Writer
    group: str = "digital"
    conversion: Conversion | None = None
    sampled: bool = False

    def write_all(self, documents: Sequence[SampleDocument], paths: Sequence[Path]) -> None:
        """Write every document to its path; what LibreOffice makes is made in one process, an empty file where it fails."""
        if not self.conversion:
            for document, path in zip(documents, paths, strict=True):
                self.writer(document, path)
            return
        sources = [path.with_name(f"{path.stem}.source.{self.conversion.source}") for path in paths]
        for document, source in zip(documents, sources, strict=True):
            self.writer(document, source)
        for source, path, made in zip(sources, paths, convert(sources, self.conversion), strict=True):
            path.write_bytes(made.read_bytes() if made else b"")
            source.unlink()


def _office(suffix: str, source: str, target: str, writer: Writer) -> Format:
    return Format(suffix, writer, "office", Conversion(source, target))


FORMATS: dict[str, Format] = {
    "docx": Format(".docx", docx.write),
    "docx-tracked": Format(".docx", partial(docx.write, variant="tracked")),
    "docx-controls": Format(".docx", partial(docx.write, variant="controls")),
    "docx-nested": Format(".docx", partial(docx.write, variant="nested")),
    "docx-boxes": Format(".docx", partial(docx.write, variant="boxes")),
    "xlsx": Format(".xlsx", xlsx.write),
    "xlsx-text": Format(".xlsx", partial(xlsx.write, numbers=False)),
    "xls": Format(".xls", xls.write),
    "et": Format(".et", xls.write),
    "text": Format(".txt", text.write),
    "text-tabs": Format(".txt", partial(drawn_text.write, style="tabs")),
    "text-bars": Format(".txt", partial(drawn_text.write, style="bars")),
    "html": Format(".html", html.write),
    "html-doc": Format(".doc", partial(html.write, encoding="gb18030")),
    "pdf": Format(".pdf", pdf.write),
    "pdf-pages": Format(".pdf", partial(pdf.write, upright=True, pages=True)),
    "pdf-headers": Format(".pdf", partial(pdf.write, upright=True, pages=True, repeat_headers=True)),
    "ofd": Format(".ofd", ofd.write),
    "doc": _office(".doc", "docx", "doc:MS Word 97", docx.write),
    "wps": _office(".wps", "docx", "doc:MS Word 97", docx.write),
    "rtf": _office(".rtf", "docx", "rtf:Rich Text Format", docx.write),
    "odt": _office(".odt", "docx", "odt:writer8", docx.write),
    "ods": _office(".ods", "xlsx", "ods:calc8", xlsx.write),
    "pdf-word": _office(".pdf", "docx", "pdf:writer_pdf_Export", docx.write),
    "scan-pdf": Format(".pdf", scans.write, "scan", sampled=True),
    "scan-tiff": Format(".tiff", scans.write, "scan", sampled=True),
    "scan-jpg": Format(".jpg", scans.write, "scan", sampled=True),
    "scan-png": Format(".png", scans.write, "scan", sampled=True),
    "pdf-mixed": Format(".pdf", partial(scans.write, mixed=True), "scan", sampled=True),
}
QUICK = tuple(name for name, made in FORMATS.items() if made.group == "digital")
SCANS = tuple(name for name, made in FORMATS.items() if made.sampled)
