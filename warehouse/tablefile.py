"""Reads a small table handed in by people (csv or xlsx) as rows of text under known field names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from extractors.document import column_letters
from warehouse.errors import TableFileError
from warehouse.sheet_lines import MAX_ROWS, SheetLine, pages_of

HEADER_LINES = 20
_NUMBERING = re.compile(r"[甲乙丙丁戊己庚辛壬癸]|[A-Z]|\d{1,2}|栏次|序号")
"""What stands in a line that numbers the columns (甲 乙 1 2, 栏次)."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row. number: as the person sees it (one-based, with the header). texts: field -> text, blank where empty.

    lead: the first text of the whole line, also of a column that is not read.
    """

    number: int
    texts: Mapping[str, str]
    lead: str = ""

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
    path: Path | str,
    titles: Mapping[str, Sequence[str]],
    required: Sequence[str],
    sheet: str | None = None,
    spread: Iterable[str] = (),
) -> TableFile:
    """Reads `path` under the first row that holds every required title (looked for in the first 20 rows).

    titles: field -> the titles it may have; a money unit at a heading's end does not matter. Of a workbook, `sheet`,
    else the first that has the header. spread: fields whose merged cells speak for all their rows (a unit's name does,
    an amount does not). Blank rows, a line that numbers the columns and the header repeated are left out. Raises
    TableFileError when the file cannot be read or a required column is missing.
    """
    path = Path(path)
    header = _Header({_folded(title): field for field, words in titles.items() for title in words}, required)
    for lines in pages_of(path, sheet):
        table = _under_header(path, lines, header, frozenset(spread))
        if table:
            return table
    raise TableFileError(path, [header.missing(titles)])


class _Header:
    """Finds the row of headings, and remembers what came nearest to one."""

    def __init__(self, by_title: Mapping[str, str], required: Sequence[str]):
        self._by_title, self._required = by_title, required
        self._nearest: tuple[int, SheetLine, frozenset[str]] | None = None

    def columns(self, line: SheetLine) -> dict[str, list[int]] | None:
        """Field -> its columns, where the line holds all that is required."""
        found: dict[str, list[int]] = {}
        for at, text in enumerate(line.texts):
            claimed = self._by_title.get(_folded(text)) or self._by_title.get(_without_unit(text))
            if claimed:
                found.setdefault(claimed, []).append(at)
        if all(field in found for field in self._required):
            return found
        if found and (self._nearest is None or len(found) > self._nearest[0]):
            self._nearest = (len(found), line, frozenset(found))
        return None

    def missing(self, titles: Mapping[str, Sequence[str]]) -> str:
        """What a file without header is told: the row that comes nearest, and what it lacks."""
        wanted = "、".join(titles[field][0] for field in self._required)
        words = f"前{HEADER_LINES}行内找不到表头，至少应有列：{wanted}"
        if self._nearest is None:
            return words
        _, line, found = self._nearest
        lacking = "，".join(
            f"「{titles[field][0]}」（也可写作 {'、'.join(titles[field][1:4])}）"
            for field in self._required
            if field not in found
        )
        return f"{words}；第{line.number}行最像表头，缺{lacking}"


def _under_header(
    path: Path, lines: Iterable[SheetLine], header: _Header, spread: frozenset[str]
) -> TableFile | None:
    columns: dict[str, int] = {}
    shown: dict[str, str] = {}
    doubled: dict[str, tuple[str, ...]] = {}
    preamble: list[str] = []
    rows: list[TableRow] = []
    faults: list[str] = []
    for line in lines:
        if line.number > MAX_ROWS:
            raise TableFileError(path, [f"超过 {MAX_ROWS} 行，请分成几个文件"])
        if columns:
            row = _row(line, columns, spread)
            faults += [
                f"第{line.number}行{column_letters(at)}列「{shown[field]}」是没有计算结果的公式，请用 Excel 打开并保存一次，或粘贴为数值"
                for field, at in columns.items()
                if at in line.uncomputed
            ]
            if any(row.texts.values()) and not _is_heading(line, row, shown, first=not rows):
                rows.append(row)
            continue
        found = header.columns(line)
        if found:
            columns = {field: places[0] for field, places in found.items()}
            shown = {field: line.texts[at].strip() for field, at in columns.items()}
            doubled = {
                field: tuple(column_letters(at) for at in places)
                for field, places in found.items()
                if len(places) > 1
            }
        elif line.number >= HEADER_LINES:
            return None
        else:
            preamble += [text.strip() for text in line.texts if text.strip()]
    if not columns:
        return None
    if faults:
        raise TableFileError(path, faults)
    letters = {field: column_letters(at) for field, at in columns.items()}
    return TableFile(path, tuple(rows), letters, shown, tuple(preamble), doubled)


def _row(line: SheetLine, columns: Mapping[str, int], spread: frozenset[str]) -> TableRow:
    texts = {field: line.texts[at].strip() for field, at in columns.items() if at < len(line.texts)}
    if any(texts.values()):
        texts |= {
            field: line.spread[at].strip()
            for field, at in columns.items()
            if field in spread and at in line.spread and not texts.get(field)
        }
    return TableRow(line.number, texts, next((text.strip() for text in line.texts if text.strip()), ""))


def _is_heading(line: SheetLine, row: TableRow, shown: Mapping[str, str], first: bool) -> bool:
    """The header again, as it stands on each printed page, or the line below it that numbers the columns."""
    if all(text == shown[field] for field, text in row.texts.items() if text):
        return True
    filled = [text.strip() for text in line.texts if text.strip()]
    return first and len(filled) > 1 and all(_NUMBERING.fullmatch(text) for text in filled)


def parse_date(text: str) -> date:
    """A day written as 2024-03-31, 2024/3/31, 2024.3.31, 20240331 or 2024年3月31日, an hour behind it left out.

    Raises ValueError otherwise.
    """
    match = re.fullmatch(
        r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:[ T]?\d{1,2}:\d{2}(?::\d{2})?)?",
        text.strip(),
    )
    if not match:
        raise ValueError(text)
    year, month, day, packed_month, packed_day = match.groups()
    return date(int(year), int(month or packed_month), int(day or packed_day))


def _folded(text: str) -> str:
    return re.sub(r"[\s（）()：:*_]", "", text).lower()


def _without_unit(text: str) -> str:
    """A heading without the money unit at its end: 年初预算数（万元） -> 年初预算数."""
    return re.sub(r"[/／]?(?:单位)?(?:人民币)?(?:百万元|万元|千元|亿元|元)$", "", _folded(text))
