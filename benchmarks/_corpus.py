"""The mixed corpus of the benchmarks: forms of every layout in every format, and beside them the rows they declare."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

DPI = 200
SCANNED_FORMS = 6
SKEW_DEGREES = 1.0
NOISE = 6.0
SEAL = (600.0, 300.0)
"""Middle of the seal, in points."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A folder of the corpus: layouts written in `format` (of the layout corpus) and `state`."""

    format: str
    state: str = "clean"
    most: int = 1000


KINDS: dict[str, Kind] = {
    "docx": Kind("docx"),
    "docx, report": Kind("docx", "report"),
    "xlsx": Kind("xlsx"),
    "xls": Kind("xls"),
    "pdf": Kind("pdf"),
    "pdf, report": Kind("pdf", "report"),
    "pdf, blank forms": Kind("pdf", "blank"),
    "pdf, page breaks": Kind("pdf-headers", "report"),
    "html": Kind("html"),
    "text": Kind("text"),
}


def write_kind(name: str, root: Path) -> Path:
    """The folder of a kind, with `expected.json`: file name -> tables -> rows -> texts (merged ones repeated)."""
    from flows.samples.sheet import Grid
    from tests.corpus.cases import all_cases

    kind = KINDS[name]
    folder = root / name.replace(", ", "-").replace(" ", "-")
    folder.mkdir()
    expected: dict[str, list[list[list[str | None]]]] = {}
    for case in list(all_cases(1, (kind.format,), (kind.state,)))[: kind.most]:
        path = case.write(folder)
        expected[path.name] = [_filled(block) for block in case.document().blocks if isinstance(block, Grid)]
    _declare(folder, expected)
    return folder


def _declare(folder: Path, expected: object) -> None:
    (folder / "expected.json").write_text(json.dumps(expected, ensure_ascii=False), encoding="utf-8")


def _filled(grid: object) -> list[list[str | None]]:
    from flows.samples.sheet import Grid

    assert isinstance(grid, Grid)
    rows: list[list[str | None]] = [[None] * grid.column_count for _ in range(grid.row_count)]
    for cell in grid.cells:
        for row in range(cell.row, min(cell.row + cell.row_span, grid.row_count)):
            for column in range(cell.column, min(cell.column + cell.column_span, grid.column_count)):
                rows[row][column] = cell.text
    return rows


def write_legacy(docx: Path, root: Path, suffix: str) -> Path:
    """The forms of a docx folder as Word 97 made of them by LibreOffice, named `.doc` or `.wps`."""
    from extractors.limits import DEFAULT_LIMITS
    from extractors.readers import libreoffice

    folder = root / suffix
    expected = json.loads((docx / "expected.json").read_text(encoding="utf-8"))
    sources = sorted(path for path in docx.iterdir() if path.suffix == ".docx")
    usual, libreoffice.TO_DOCX = libreoffice.TO_DOCX, "doc:MS Word 97"
    try:
        made = libreoffice.convert([(path, "docx") for path in sources], folder, DEFAULT_LIMITS)
    finally:
        libreoffice.TO_DOCX = usual
    declared = {}
    for source, result in zip(sources, made, strict=True):
        if result.path is not None and result.path.suffix == ".doc":
            target = folder / f"{source.stem}.{suffix}"
            shutil.move(result.path, target)
            declared[target.name] = expected[source.name]
    _declare(folder, declared)
    return folder


def write_scans(pdf: Path, root: Path) -> Path:
    """Some PDF forms as pictures only: 200 dpi, askew by a degree, noisy, under a red seal; pages counted in `pages.json`."""
    from tests.extractors.readers.scan_samples import as_pdf, scan_pages

    folder = root / "scan"
    folder.mkdir()
    expected = json.loads((pdf / "expected.json").read_text(encoding="utf-8"))
    declared, pages = {}, {}
    for path in sorted(pdf.glob("*.pdf"))[:: len(expected) // SCANNED_FORMS]:
        images = scan_pages(path, DPI, SKEW_DEGREES, NOISE, SEAL)
        as_pdf(images, folder / path.name, DPI)
        declared[path.name], pages[path.name] = expected[path.name], len(images)
    _declare(folder, declared)
    (folder / "pages.json").write_text(json.dumps(pages), encoding="utf-8")
    return folder
