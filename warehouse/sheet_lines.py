"""The lines of a csv or xlsx file as people see them: text cell by cell, with what a merged cell says above it."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from warehouse.errors import TableFileError

MAX_ROWS = 300_000
DELIMITERS = (",", "\t", ";")
ENCODINGS = ("utf-8-sig", "gb18030")
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line. number: one-based, as the person sees it. spread: column -> the text of the merged cell it belongs to
    and which begins in a line above. uncomputed: columns with a formula that nobody let Excel compute."""

    number: int
    texts: tuple[str, ...]
    spread: Mapping[int, str] = field(default_factory=dict)
    uncomputed: frozenset[int] = frozenset()


def pages_of(path: Path, sheet: str | None = None) -> Iterator[Iterator[SheetLine]]:
    """Every way to see the file as lines: each sheet of a workbook (only `sheet` where named), or each delimiter of a csv.

    Raises TableFileError when the file cannot be read.
    """
    if _is_workbook(path):
        yield from _workbook_pages(path, sheet)
        return
    text = _decoded(path)
    for delimiter in DELIMITERS:
        if delimiter == DELIMITERS[0] or delimiter in text:
            yield _csv_lines(path, text, delimiter)


def _is_workbook(path: Path) -> bool:
    """By content, whatever the ending says. Raises TableFileError for the old xls."""
    try:
        with path.open("rb") as file:
            head = file.read(8)
    except OSError as error:
        raise TableFileError(path, [f"无法打开：{error.strerror}"]) from error
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise TableFileError(path, ["是旧格式 xls 或加密的工作簿，请用 Excel 另存为不加密的 xlsx"])
    return head.startswith(b"PK") or path.suffix.lower() in {".xlsx", ".xlsm"}


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    for encoding in ("utf-16",) if raw.startswith(UTF16_MARKS) else ENCODINGS:
        try:
            return raw.decode(encoding).lstrip("\ufeff")
        except UnicodeDecodeError:
            continue
    raise TableFileError(path, ["不是 UTF-8、UTF-16 或 GB18030 编码的文本，请另存为 CSV UTF-8"])


def _csv_lines(path: Path, text: str, delimiter: str) -> Iterator[SheetLine]:
    try:
        for number, cells in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1
        ):
            yield SheetLine(number, tuple(cells))
    except csv.Error as error:
        raise TableFileError(path, [f"不是有效的 CSV：{error}"]) from error


def _workbook_pages(path: Path, sheet: str | None) -> Iterator[Iterator[SheetLine]]:
    """The lines of each sheet that may hold the table."""
    import openpyxl

    with (
        path.open("rb") as file,
        path.open("rb") as again,
    ):  # openpyxl judges a name by its ending, so files are opened
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            formulas = openpyxl.load_workbook(again, read_only=True) if _has_formulas(path) else None
        except Exception as error:  # openpyxl raises many kinds for a file that is no workbook
            raise TableFileError(path, ["不是有效的 xlsx 工作簿，请用 Excel 另存为 xlsx"]) from error
        try:
            if sheet is not None and sheet not in book.sheetnames:
                raise TableFileError(path, [f"缺少工作表「{sheet}」"])
            for page in [book[sheet]] if sheet is not None else book.worksheets:
                asked = _cells(formulas[page.title]) if formulas else None
                yield _sheet_lines(_cells(page), asked, _merged_below(path, page.title))
        finally:
            book.close()
            if formulas:
                formulas.close()


def _cells(page: Any) -> Iterator[tuple[Any, ...]]:
    # Some writers leave a wrong extent, which would cut the sheet.
    page.reset_dimensions()
    return page.iter_rows(max_col=200, max_row=MAX_ROWS + 1)


def _sheet_lines(
    rows: Iterator[tuple[Any, ...]],
    formulas: Iterator[tuple[Any, ...]] | None,
    merged: Mapping[int, Mapping[int, int]],
) -> Iterator[SheetLine]:
    tops: dict[int, tuple[str, ...]] = {}
    needed = {top for columns in merged.values() for top in columns.values()}
    for number, cells in enumerate(rows, start=1):
        texts = tuple(_cell_text(cell) for cell in cells)
        asked = next(formulas, ()) if formulas is not None else ()
        uncomputed = frozenset(
            at
            for at, (text, cell) in enumerate(zip(texts, asked, strict=False))
            if not text and cell.data_type == "f"
        )
        if number in needed:
            tops[number] = texts
        spread = {
            column: tops[top][column]
            for column, top in merged.get(number, {}).items()
            if column < len(tops[top])
        }
        yield SheetLine(number, texts, spread, uncomputed)


def _merged_below(path: Path, title: str) -> dict[int, dict[int, int]]:
    """Line -> column -> the line in which its merged cell begins, both lines one-based, the column zero-based."""
    import python_calamine

    try:
        sheet = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_name(title)
        ranges = sheet.merged_cell_ranges or []
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except (
        BaseException
    ):  # it panics on what openpyxl forgives; then merged cells stay blank and are told as such
        return {}
    found: dict[int, dict[int, int]] = {}
    for (top, column), (bottom, _) in ranges:
        for line in range(top + 1, min(bottom, MAX_ROWS) + 1):
            found.setdefault(line + 1, {})[column] = top + 1
    return found


def _has_formulas(path: Path) -> bool:
    """Whether any sheet has a formula; only then can one be without its result."""
    with zipfile.ZipFile(path) as book:
        for member in book.infolist():
            if member.filename.startswith("xl/worksheets/"):
                with book.open(member) as part:
                    before = b""
                    while piece := part.read(1 << 20):
                        if b"<f>" in (seen := before + piece) or b"<f " in seen:
                            return True
                        before = piece[-2:]
    return False


def _cell_text(cell: Any) -> str:
    """A cell as people see it: a percentage with its sign, a figure without the noise of binary fractions."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    if isinstance(value, int | float) and not isinstance(value, bool):
        if "%" in (cell.number_format or ""):
            return f"{_number_text(value * 100)}%"
        return _number_text(value)
    return str(value)


def _number_text(value: float) -> str:
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    return format(Decimal(format(value, ".15g")), "f")
