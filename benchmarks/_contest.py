"""One contestant over one folder of files, in a process of its own: CPU seconds a file, peak memory, exact rows."""

from __future__ import annotations

import gc
import json
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

Rows = list[list[str | None]]
Reader = Callable[[Path], list[Rows]]


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


def ours(path: Path) -> list[Rows]:
    """This project's reader, whatever the format."""
    from extractors import read_document

    return [
        [[cell.text if cell else None for cell in row] for row in table.grid()]
        for table in read_document(path).tables
    ]


def python_docx(path: Path) -> list[Rows]:
    """The plain library call: `row.cells`."""
    import docx

    return [
        [[cell.text for cell in row.cells] for row in table.rows] for table in docx.Document(str(path)).tables
    ]


def openpyxl_cells(path: Path) -> list[Rows]:
    """Workbook in normal mode (read_only knows no merges), every cell's value."""
    import openpyxl

    book = openpyxl.load_workbook(path, data_only=True)
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


def pdfplumber_tables(path: Path) -> list[Rows]:
    """The plain library call: `extract_tables`."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        return [table for page in document.pages for table in page.extract_tables()]


def markitdown(path: Path) -> list[Rows]:
    """A well-known converter, where it is installed: Markdown tables."""
    from markitdown import MarkItDown  # pyright: ignore[reportMissingImports]

    text = MarkItDown(enable_plugins=False).convert(str(path)).text_content
    return [[line.strip().strip("|").split("|") for line in text.splitlines() if line.startswith("|")]]


def docx2python(path: Path) -> list[Rows]:
    """Another converter, where it is installed."""
    from docx2python import docx2python as convert  # pyright: ignore[reportMissingImports]

    with convert(str(path)) as found:
        return [[["\n".join(cell) for cell in row] for row in table] for table in found.body]


CONTESTANTS: dict[str, Reader] = {
    reader.__name__: reader
    for reader in (
        floor_docx,
        floor_xlsx,
        floor_pdf,
        ours,
        python_docx,
        openpyxl_cells,
        calamine,
        pdfplumber_tables,
        markitdown,
        docx2python,
    )
}


def normal(rows: Sequence[Sequence[str | None]]) -> Counter[tuple[str, ...]]:
    """Rows as tuples of texts without white space, repetitions of merged texts dropped whichever way they are told."""
    squeezed = [["".join((text or "").split()) for text in row] for row in rows]
    seen: Counter[tuple[str, ...]] = Counter()
    for above, row in pairwise([[], *squeezed]):
        kept = [
            text
            for column, text in enumerate(row)
            if text
            and not (column and row[column - 1] == text)
            and not (column < len(above) and above[column] == text)
        ]
        if kept:
            seen[tuple(kept)] += 1
    return seen


def main(name: str, folder: Path, rounds: int) -> None:
    """Print one JSON line."""
    read = CONTESTANTS[name]
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    files = sorted(path for path in folder.iterdir() if path.name in expected)
    exact = total = 0
    for path in files:  # warms up, and measures what is read
        found = sum((normal(rows) for rows in read(path)), Counter())
        wanted = sum((normal(rows) for rows in expected[path.name]), Counter())
        exact += (found & wanted).total()
        total += wanted.total()
    gc.collect()
    gc.freeze()  # the expectations are not part of the contest
    times: list[float] = []
    for _ in range(rounds):
        begin = time.process_time()
        for path in files:
            read(path)
        times.append((time.process_time() - begin) / len(files))
    # Not ru_maxrss: that one remembers the parent's size at the fork.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    print(
        json.dumps({"ms": min(times) * 1000, "mb": peak, "exact": exact / max(total, 1), "files": len(files)})
    )


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
