"""Excel 97 (xls) and binary Excel (xlsb) through calamine, printed as their number formats say."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import python_calamine

from extractors.document import Document, Table
from extractors.errors import Refused, Unreadable
from extractors.limits import Limits
from extractors.readers.biff import BookRecords, scan
from extractors.readers.number_formats import FIRST_DAY_1900, FIRST_DAY_1904, print_number
from extractors.readers.package import Package
from extractors.readers.printed import trim
from extractors.readers.sheet_grid import Sheet, sheet_table
from extractors.readers.xlsb import widest

ENCRYPTED = "工作簿设有打开密码，无法读取；请取消密码后重新报送"
DAMAGED = "工作簿已损坏，无法读取；请重新保存后报送"
FAR = 1_000_000
"""Rectangle of cells that calamine may be asked to build; it allocates the whole of it."""

Printer = Callable[[int, int, Any], str]
"""Row, column, value -> printed text."""


def read_xls(path: Path, limits: Limits) -> Document:
    """Read an Excel 97 workbook. Raises Unreadable for damage and passwords, Refused for far cells."""
    import olefile

    try:
        with olefile.OleFileIO(str(path)) as ole:
            name = "Workbook" if ole.exists("Workbook") else "Book"
            if ole.get_size(name) > limits.max_part_bytes:
                raise Refused(
                    f"工作簿过大（上限 {limits.max_part_bytes // 1048576} MB）；请删去图片等附加内容后重新报送"
                )
            book = scan(ole.openstream(name).read())
    except OSError as error:
        raise Unreadable(DAMAGED) from error
    if book.encrypted:
        raise Unreadable(ENCRYPTED)
    for sheet in book.sheets:
        if (sheet.last_row + 1) * (sheet.last_column + 1) > FAR:
            raise Refused(
                f"工作表「{sheet.name}」用到 {sheet.last_row + 1} 行、{sheet.last_column + 1} 列，超出可读范围；"
                "请删除远处的多余单元格后重新报送"
            )

    def printer(sheet: int) -> Printer:
        return lambda row, column, value: _print(value, book.code(sheet, row, column), book)

    extents = [(sheet.blank_row + 1, sheet.blank_column + 1) for sheet in book.sheets]
    return _read(path, "xls", limits, printer, extents)


def read_xlsb(path: Path, limits: Limits) -> Document:
    """Read a binary workbook. Its number formats are not read: percentages come out as fractions, with a warning."""
    with Package(path, limits) as package:
        rows, columns = widest(package)
    if rows * columns > FAR:
        raise Refused(f"工作簿用到 {rows} 行、{columns} 列，超出可读范围；请删除远处的多余单元格后重新报送")
    document = _read(
        path, "xlsb", limits, lambda _: lambda _row, _column, value: _print(value, "General", None)
    )
    warning = "二进制工作簿（xlsb）的数字格式未读取，百分数按小数显示，请核对；建议另存为 xlsx 报送"
    return Document(document.blocks, "xlsb", "xls", None, (*document.warnings, warning))


def _read(
    path: Path,
    name: str,
    limits: Limits,
    printer: Callable[[int], Printer],
    extents: Sequence[tuple[int, int]] = (),
) -> Document:
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
    except python_calamine.PasswordError as error:
        raise Unreadable(ENCRYPTED) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise Unreadable(DAMAGED) from error
    warnings: list[str] = []
    with book:
        tables = list(_tables(book, limits, printer, extents, warnings))
    return Document(tuple(tables), name, "xls", None, tuple(warnings))


def _tables(
    book: Any,
    limits: Limits,
    printer: Callable[[int], Printer],
    extents: Sequence[tuple[int, int]],
    warnings: list[str],
) -> Iterator[Table]:
    worksheets = [
        meta for meta in book.sheets_metadata if meta.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    for number, meta in enumerate(worksheets[: limits.max_sheets]):
        try:
            source = book.get_sheet_by_name(meta.name)
        except (python_calamine.CalamineError, ValueError) as error:
            warnings.append(f"工作表「{meta.name}」已损坏，未读取（{type(error).__name__}）")
            continue
        sheet = Sheet(meta.name)
        if number < len(extents):
            sheet.blank_rows = min(extents[number][0], limits.max_rows)
            sheet.blank_columns = min(extents[number][1], limits.max_columns)
        show = printer(number)
        for row, values in enumerate(source.to_python(skip_empty_area=False)):
            for column, value in enumerate(values):
                text = trim(show(row, column, value))
                sheet.put(row, column, text, limits)
        sheet.merges.extend(
            (begin[0], begin[1], end[0], end[1]) for begin, end in source.merged_cell_ranges or ()
        )
        table = sheet_table(sheet)
        warnings.extend(sheet.warnings())
        if table is None:
            continue
        if meta.visible != python_calamine.SheetVisibleEnum.Visible:
            warnings.append(f"工作表「{meta.name}」是隐藏的，已读取，请核对是否应报送")
        yield table


def _print(value: Any, code: str, book: BookRecords | None) -> str:
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return print_number(float(value), code, bool(book and book.epoch_1904))
    if isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
        if code != "General":
            serial = _serial(value, bool(book and book.epoch_1904))
            if serial is not None:
                return print_number(serial, code, bool(book and book.epoch_1904))
        if isinstance(value, datetime.datetime) and (value.hour or value.minute or value.second):
            return f"{value:%Y-%m-%d %H:%M}"
        return f"{value:%Y-%m-%d}" if isinstance(value, datetime.date) else str(value)
    return "" if value is None else str(value)


def _serial(value: datetime.date | datetime.time | datetime.timedelta, epoch_1904: bool) -> float | None:
    first = FIRST_DAY_1904 if epoch_1904 else FIRST_DAY_1900
    if isinstance(value, datetime.datetime):
        return (value - first).total_seconds() / 86_400
    if isinstance(value, datetime.date):
        return float((datetime.datetime(value.year, value.month, value.day) - first).days)
    if isinstance(value, datetime.timedelta):
        return value.total_seconds() / 86_400
    return (value.hour * 3600 + value.minute * 60 + value.second) / 86_400
