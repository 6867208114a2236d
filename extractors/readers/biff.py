"""What Excel 97 (xls) records say beside the values: extent of each sheet and the number format of each cell."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from extractors.readers.number_formats import BUILT_IN

BOF, EOF, BOUNDSHEET, FORMAT, XF, DATE_1904, FILEPASS = 0x809, 0x0A, 0x85, 0x41E, 0xE0, 0x22, 0x2F
NUMBER, RK, MULRK, FORMULA = 0x203, 0x27E, 0xBD, 0x06
BLANK, MULBLANK = 0x201, 0xBE
CELLS = frozenset({NUMBER, RK, MULRK, FORMULA, BLANK, MULBLANK, 0xFD, 0x204, 0x205, 0x206, 0x406})
BIFF8 = 0x600


@dataclass(slots=True)
class SheetRecords:
    """formats: position of a numeric cell -> index of its cell style. hidden: by the workbook's directory. last_*:
    of cells with content. blank_*: of cells that are there but empty."""

    name: str
    hidden: bool = False
    formats: dict[tuple[int, int], int] = field(default_factory=dict)
    last_row: int = 0
    last_column: int = 0
    blank_row: int = -1
    blank_column: int = -1


@dataclass(slots=True)
class BookRecords:
    """styles: number format code of each cell style."""

    sheets: list[SheetRecords] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    epoch_1904: bool = False
    encrypted: bool = False

    def code(self, sheet: int, row: int, column: int) -> str:
        """The number format code of a cell."""
        if sheet >= len(self.sheets):
            return "General"
        style = self.sheets[sheet].formats.get((row, column), -1)
        return self.styles[style] if 0 <= style < len(self.styles) else "General"


def scan(stream: bytes) -> BookRecords:
    """Scan the Workbook stream. Damage ends the scan; what was found stays."""
    book = BookRecords()
    formats = dict(BUILT_IN)
    offsets: dict[int, SheetRecords] = {}
    styles: list[int] = []
    current: SheetRecords | None = None
    position = 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        start = position + 4
        body_end = start + length
        if body_end > len(stream):
            break
        if kind == BOF:
            current = offsets.get(position)
        elif kind == FILEPASS:
            book.encrypted = True
            break
        elif current is not None and kind in CELLS and length >= 6:
            _cell(current, kind, stream, start, length)
        elif kind == BOUNDSHEET and length >= 8:
            sheet = _bound_sheet(stream, start, length)
            offsets[struct.unpack_from("<I", stream, start)[0]] = sheet
            if stream[start + 5] == 0:  # worksheets only, no charts or macros
                book.sheets.append(sheet)
        elif kind == FORMAT and length >= 5:
            number = struct.unpack_from("<H", stream, start)[0]
            formats[number] = _unicode(stream, start + 2, body_end, 2)
        elif kind == XF and length >= 4:
            styles.append(struct.unpack_from("<H", stream, start + 2)[0])
        elif kind == DATE_1904 and length >= 2:
            book.epoch_1904 = stream[start] == 1
        position = body_end
    book.styles = [formats.get(number, "General") for number in styles]
    return book


def _cell(sheet: SheetRecords, kind: int, stream: bytes, start: int, length: int) -> None:
    row, column, style = struct.unpack_from("<HHH", stream, start)
    last = column
    if kind == MULRK:
        last = column + (length - 6) // 6 - 1
        for offset in range(max(last - column + 1, 0)):
            sheet.formats[row, column + offset] = struct.unpack_from("<H", stream, start + 4 + 6 * offset)[0]
    elif kind in (NUMBER, RK, FORMULA):
        sheet.formats[row, column] = style
    if kind == MULBLANK:
        last = struct.unpack_from("<H", stream, start + length - 2)[0]
    if kind in (BLANK, MULBLANK):  # may reach far and cost nothing
        sheet.blank_row = max(sheet.blank_row, row)
        sheet.blank_column = max(sheet.blank_column, last)
    else:
        sheet.last_row = max(sheet.last_row, row)
        sheet.last_column = max(sheet.last_column, last)


def _bound_sheet(stream: bytes, start: int, length: int) -> SheetRecords:
    name = _unicode(stream, start + 6, start + length, 1)
    return SheetRecords(name, hidden=stream[start + 4] & 3 != 0)


def _unicode(stream: bytes, start: int, end: int, size: int) -> str:
    count = stream[start] if size == 1 else struct.unpack_from("<H", stream, start)[0]
    start += size
    if start >= end:
        return ""
    if stream[start] & 1:
        return stream[start + 1 : min(start + 1 + 2 * count, end)].decode("utf-16-le", "replace")
    return stream[start + 1 : min(start + 1 + count, end)].decode("latin-1")
