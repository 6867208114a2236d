"""Those that read: this project, the plain library calls, well-known converters, and the floors that nobody can beat.

Each takes one file and gives its tables as rows of texts. What they need is imported inside: the converters live in an
environment of their own (`_environment`).
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from benchmarks._rows import Rows

Reader = Callable[[Path], Any]
BatchReader = Callable[[Sequence[Path]], list[list[Rows]]]


def floor_docx(path: Path) -> list[Rows]:
    """Unzip and parse the document part."""
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

    with zipfile.ZipFile(path) as package:
        etree.fromstring(package.read("word/document.xml"))
    return []


def floor_xlsx(path: Path) -> list[Rows]:
    """Unzip and parse worksheets and shared strings."""
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/sheet") or name == "xl/sharedStrings.xml":
                etree.fromstring(package.read(name))
    return []


def floor_pdf(path: Path) -> list[Rows]:
    """The text layer alone."""
    import pypdfium2

    document = pypdfium2.PdfDocument(str(path))
    for page in document:
        page.get_textpage().get_text_bounded()
    document.close()
    return []


def floor_html(path: Path) -> list[Rows]:
    """Parse the markup."""
    import lxml.html

    lxml.html.fromstring(path.read_bytes())
    return []


def floor_text(path: Path) -> list[Rows]:
    """Read the bytes and decode them."""
    path.read_bytes().decode("utf-8", "replace")
    return []


def jixiao(path: Path) -> Any:
    """This project's reader, whatever the format: its document, whose cells are there already (`grids` lays them out)."""
    from extractors import read_document

    return read_document(path)


def jixiao_in_batch(paths: Sequence[Path]) -> list[list[Rows]]:
    """This project's way with Word 97 and WPS: LibreOffice processes of twenty files each, then the docx reader."""
    import tempfile

    from extractors.limits import DEFAULT_LIMITS
    from extractors.readers.legacy import SUFFIXES, read_converted
    from extractors.readers.libreoffice import convert
    from extractors.readers.sniff import sniff

    found: list[list[Rows]] = []
    for first in range(0, len(paths), DEFAULT_LIMITS.office_batch):
        load = [(path, sniff(path)) for path in paths[first : first + DEFAULT_LIMITS.office_batch]]
        with tempfile.TemporaryDirectory(prefix="jixiao-bench-") as folder:
            made = convert([(path, SUFFIXES[kind]) for path, kind in load], Path(folder), DEFAULT_LIMITS)
            for (_, kind), result in zip(load, made, strict=True):
                path = result.path
                found.append(grids(read_converted(path, kind, DEFAULT_LIMITS)) if path else [])
    return found


def grids(document: Any) -> list[Rows]:
    """The tables of a document as rows, for the count of what is exact."""
    return [
        [[cell.text if cell else None for cell in row] for row in table.grid()] for table in document.tables
    ]


def python_docx(path: Path) -> list[Rows]:
    """The plain library call: `row.cells`."""
    import docx

    return [
        [[cell.text for cell in row.cells] for row in table.rows] for table in docx.Document(str(path)).tables
    ]


def python_docx_cell_by_cell(path: Path) -> list[Rows]:
    """The other plain library call: `table.cell(row, column)`."""
    import docx

    return [
        [
            [table.cell(row, column).text for column in range(len(table.columns))]
            for row in range(len(table.rows))
        ]
        for table in docx.Document(str(path)).tables
    ]


def openpyxl(path: Path) -> list[Rows]:
    """Workbook in normal mode (read_only knows no merges), every cell's value."""
    import openpyxl as library

    book = library.load_workbook(path, data_only=True)
    tables: list[Rows] = []
    for sheet in book.worksheets:
        rows: Rows = [
            [None if value is None else str(value) for value in row]
            for row in sheet.iter_rows(values_only=True)
        ]
        for merged in sheet.merged_cells.ranges:
            text = rows[merged.min_row - 1][merged.min_col - 1]
            for row, column in merged.cells:
                rows[row - 1][column - 1] = text
        tables.append(rows)
    return tables


def calamine(path: Path) -> list[Rows]:
    """Values only: no merges, no number formats."""
    import python_calamine

    with python_calamine.CalamineWorkbook.from_path(str(path)) as book:
        return [
            [[str(value) for value in row] for row in book.get_sheet_by_name(name).to_python()]
            for name in book.sheet_names
        ]


def pdfplumber(path: Path) -> list[Rows]:
    """The plain library call: `extract_tables`."""
    import pdfplumber as library

    with library.open(path) as document:
        return [table for page in document.pages for table in page.extract_tables()]


def xlrd(path: Path) -> list[Rows]:
    """The plain library call for Excel 97, with what merged cells need."""
    import xlrd as library  # pyright: ignore[reportMissingImports]

    book = library.open_workbook(str(path), formatting_info=True)
    return [[[str(cell.value) for cell in row] for row in sheet.get_rows()] for sheet in book.sheets()]


def markitdown(path: Path) -> list[Rows]:
    """Markdown tables."""
    from markitdown import MarkItDown  # pyright: ignore[reportMissingImports]

    text = MarkItDown(enable_plugins=False).convert(str(path)).text_content
    lines = [line.strip().strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    return [[[_plain(cell) for cell in line] for line in lines]]


def _plain(cell: str) -> str:
    cell = cell.strip()
    return "" if cell == "NaN" or cell.startswith("Unnamed: ") or set(cell) <= {"-"} else cell


def docx2python(path: Path) -> list[Rows]:
    """Nested lists of paragraphs."""
    from docx2python import docx2python as convert  # pyright: ignore[reportMissingImports]

    with convert(str(path)) as found:
        return [[["\n".join(cell) for cell in row] for row in table] for table in found.body]


def mammoth(path: Path) -> list[Rows]:
    """HTML; its rows as they stand, spans not filled in."""
    import mammoth as library  # pyright: ignore[reportMissingImports]

    with path.open("rb") as stream:
        return [_html_rows(library.convert_to_html(stream).value)]


def docling(path: Path) -> list[Rows]:
    """docling's Word backend, which needs no model."""
    from docling.backend.msword_backend import MsWordDocumentBackend  # pyright: ignore[reportMissingImports]
    from docling.datamodel.base_models import InputFormat  # pyright: ignore[reportMissingImports]
    from docling.datamodel.document import InputDocument  # pyright: ignore[reportMissingImports]

    opened = InputDocument(
        path_or_stream=path, format=InputFormat.DOCX, backend=MsWordDocumentBackend, filename=path.name
    )
    found = opened._backend.convert()
    return [[[cell.text for cell in row] for row in table.data.grid] for table in found.tables]


def camelot(path: Path) -> list[Rows]:
    """Ruled tables, every page."""
    import camelot as library  # pyright: ignore[reportMissingImports]

    found = library.read_pdf(str(path), pages="all", flavor="lattice", suppress_stdout=True)
    return [table.df.to_numpy().tolist() for table in found]


def img2table(path: Path) -> list[Rows]:
    """Ruled tables found in the drawn page, text from the text layer."""
    from img2table.document import PDF  # pyright: ignore[reportMissingImports]

    return [
        [[text if isinstance(text, str) else "" for text in row] for row in table.df.to_numpy().tolist()]
        for tables in PDF(str(path)).extract_tables().values()
        for table in tables
    ]


class _Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: Rows = []
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        self._in_cell = self._in_cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.rows[-1][-1] = (self.rows[-1][-1] or "") + data


def _html_rows(markup: str) -> Rows:
    parser = _Cells()
    parser.feed(markup)
    return parser.rows


IN_BATCH: dict[str, BatchReader] = {"jixiao_in_batch": jixiao_in_batch}
CONTESTANTS: dict[str, Reader] = {
    reader.__name__: reader
    for reader in (
        floor_docx,
        floor_xlsx,
        floor_pdf,
        floor_html,
        floor_text,
        jixiao,
        python_docx,
        python_docx_cell_by_cell,
        openpyxl,
        calamine,
        pdfplumber,
        xlrd,
        markitdown,
        docx2python,
        mammoth,
        docling,
        camelot,
        img2table,
    )
}
CONVERTERS = frozenset({"xlrd", "markitdown", "docx2python", "mammoth", "docling", "camelot", "img2table"})
"""Those that live in the environment of `deploy/bench.lock`."""
