"""Reads a small table handed in by people (csv or xlsx) as rows of text under known field names."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

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
    """The rows of a file and the letter of each field's column, for messages."""

    path: Path
    rows: tuple[TableRow, ...]
    letters: Mapping[str, str]
    titles: Mapping[str, str]

    def spot(self, row: TableRow, field: str) -> str:
        """`第3行F列「截止日期」`: what an error names."""
        return f"第{row.number}行{self.letters.get(field, '')}列「{self.titles.get(field, field)}」"


def read_table_file(
    path: Path | str, titles: Mapping[str, Sequence[str]], required: Sequence[str], sheet: str | None = None
) -> TableFile:
    """Reads `path` under the first row that holds every required title (looked for in the first 20 rows).

    titles: field -> the titles it may have. Blank rows are left out. Raises TableFileError when the file cannot be
    read or a required column is missing.
    """
    path = Path(path)
    by_title = {_folded(title): field for field, words in titles.items() for title in words}
    lines = _xlsx_lines(path, sheet) if path.suffix.lower() in {".xlsx", ".xlsm"} else _csv_lines(path)
    columns: dict[str, int] = {}
    shown: dict[str, str] = {}
    rows: list[TableRow] = []
    for number, line in lines:
        if not columns:
            found = {
                by_title[_folded(text)]: at
                for at, text in reversed(list(enumerate(line)))
                if _folded(text) in by_title
            }
            if all(field in found for field in required):
                columns = found
                shown = {field: line[at].strip() for field, at in found.items()}
            elif number >= 20:
                break
            continue
        texts = {field: line[at].strip() for field, at in columns.items() if at < len(line)}
        if any(texts.values()):
            rows.append(TableRow(number, texts))
    if not columns:
        wanted = "、".join(titles[field][0] for field in required)
        raise TableFileError(path, [f"前20行内找不到表头，至少应有列：{wanted}"])
    return TableFile(path, tuple(rows), {field: column_letters(at) for field, at in columns.items()}, shown)


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


def _xlsx_lines(path: Path, sheet: str | None) -> Iterator[tuple[int, list[str]]]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises many kinds for a file that is no workbook
        raise TableFileError(path, ["不是有效的 xlsx 工作簿，请用 Excel 另存为 xlsx"]) from error
    try:
        if sheet is not None and sheet not in book.sheetnames:
            raise TableFileError(path, [f"缺少工作表「{sheet}」"])
        page = book[sheet] if sheet is not None else book.worksheets[0]
        for number, values in enumerate(
            page.iter_rows(values_only=True, max_col=200, max_row=MAX_ROWS), start=1
        ):
            yield number, [_as_text(value) for value in values]
    finally:
        book.close()


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
