"""Reads a small table handed in by people (csv or xlsx) as rows of text under known field names."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from extractors.document import column_letters
from warehouse.errors import TableFileError

MAX_ROWS = 300_000


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row. number: as the person sees it (one-based, with the header). texts: field -> text, blank where empty."""

    number: int
    texts: Mapping[str, str]

    def __getitem__(self, field: str) -> str:
        """The trimmed text of a field, empty when the file has no such column."""
        return self.texts.get(field, "")


@dataclass(frozen=True, slots=True)
class TableFile:
    """The rows of a file and the letter of each field's column, for messages.

    preamble: the texts above the header. doubled: fields that several columns claim, with those columns' letters.
    """

    path: Path
    rows: tuple[TableRow, ...]
    letters: Mapping[str, str]
    titles: Mapping[str, str]
    preamble: tuple[str, ...] = ()
    doubled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def spot(self, row: TableRow, field: str) -> str:
        """`第3行F列「截止日期」`: what an error names."""
        return f"第{row.number}行{self.letters.get(field, '')}列「{self.titles.get(field, field)}」"


def read_table_file(
    path: Path | str, titles: Mapping[str, Sequence[str]], required: Sequence[str], sheet: str | None = None
) -> TableFile:
    """Reads `path` under the first row that holds every required title (looked for in the first 20 rows).

    titles: field -> the titles it may have; a money unit at a heading's end does not matter. Of a workbook, `sheet`,
    else the first that has the header. Blank rows are left out. Raises TableFileError when the file cannot be read or a
    required column is missing.
    """
    path = Path(path)
    by_title = {_folded(title): field for field, words in titles.items() for title in words}
    pages = _xlsx_pages(path, sheet) if _is_workbook(path) else [_csv_lines(path)]
    for lines in pages:
        table = _under_header(path, lines, by_title, required)
        if table:
            return table
    wanted = "、".join(titles[field][0] for field in required)
    raise TableFileError(path, [f"前20行内找不到表头，至少应有列：{wanted}"])


def _under_header(
    path: Path, lines: Iterable[tuple[int, list[str]]], by_title: Mapping[str, str], required: Sequence[str]
) -> TableFile | None:
    columns: dict[str, int] = {}
    shown: dict[str, str] = {}
    doubled: dict[str, tuple[str, ...]] = {}
    preamble: list[str] = []
    rows: list[TableRow] = []
    for number, line in lines:
        if number > MAX_ROWS:
            raise TableFileError(path, [f"超过 {MAX_ROWS} 行，请分成几个文件"])
        if columns:
            texts = {field: line[at].strip() for field, at in columns.items() if at < len(line)}
            if any(texts.values()):
                rows.append(TableRow(number, texts))
            continue
        found: dict[str, list[int]] = {}
        for at, text in enumerate(line):
            claimed = by_title.get(_folded(text)) or by_title.get(_without_unit(text))
            if claimed:
                found.setdefault(claimed, []).append(at)
        if all(field in found for field in required):
            columns = {field: places[0] for field, places in found.items()}
            shown = {field: line[at].strip() for field, at in columns.items()}
            doubled = {
                field: tuple(column_letters(at) for at in places)
                for field, places in found.items()
                if len(places) > 1
            }
        elif number >= 20:
            return None
        else:
            preamble += [text.strip() for text in line if text.strip()]
    if not columns:
        return None
    letters = {field: column_letters(at) for field, at in columns.items()}
    return TableFile(path, tuple(rows), letters, shown, tuple(preamble), doubled)


def parse_date(text: str) -> date:
    """A day written as 2024-03-31, 2024/3/31, 2024.3.31, 20240331 or 2024年3月31日. Raises ValueError otherwise."""
    match = re.fullmatch(
        r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:[ T]00:00(?::00)?)?", text.strip()
    )
    if not match:
        raise ValueError(text)
    year, month, day, packed_month, packed_day = match.groups()
    return date(int(year), int(month or packed_month), int(day or packed_day))


def _folded(text: str) -> str:
    return re.sub(r"[\s（）()：:*_]", "", text).lower()


def _without_unit(text: str) -> str:
    """A heading without the money unit at its end: 年初预算数（万元） -> 年初预算数."""
    return re.sub(r"(?:单位)?(?:人民币)?(?:百万元|万元|千元|亿元|元)$", "", _folded(text))


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


def _csv_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise TableFileError(path, [f"无法打开：{error.strerror}"]) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise TableFileError(path, ["不是 UTF-8 或 GB18030 编码的文本，请另存为 CSV UTF-8"])
    try:
        yield from enumerate(csv.reader(io.StringIO(text, newline="")), start=1)
    except csv.Error as error:
        raise TableFileError(path, [f"不是有效的 CSV：{error}"]) from error


def _xlsx_pages(path: Path, sheet: str | None) -> Iterator[Iterator[tuple[int, list[str]]]]:
    """The rows of each sheet that may hold the table."""
    import openpyxl

    with path.open("rb") as file:  # an open file, because openpyxl judges a name by its ending
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        except Exception as error:  # openpyxl raises many kinds for a file that is no workbook
            raise TableFileError(path, ["不是有效的 xlsx 工作簿，请用 Excel 另存为 xlsx"]) from error
        try:
            if sheet is not None and sheet not in book.sheetnames:
                raise TableFileError(path, [f"缺少工作表「{sheet}」"])
            for page in [book[sheet]] if sheet is not None else book.worksheets:
                # Some writers leave a wrong extent, which would cut the sheet.
                page.reset_dimensions()
                yield (
                    (number, [_cell_text(cell) for cell in cells])
                    for number, cells in enumerate(page.iter_rows(max_col=200, max_row=MAX_ROWS + 1), start=1)
                )
        finally:
            book.close()


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
