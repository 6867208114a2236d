"""The layout that common converters make of Word tables, as rows.

A TAB begins a cell, lines without a TAB continue it, an empty line ends the row. Blank paragraphs inside a cell
look like row ends too; the width of the rows around tells the two apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.readers.printed import trim
from extractors.readers.ragged import RaggedCell, RaggedRow

TABLE_GAP = 3
"""Empty lines that end a table: one for the row, one for the table, one for the paragraph between."""
LONGEST_INSERTION = 6
"""Lines of text after an empty line that may still belong to a cell."""


@dataclass(frozen=True, slots=True)
class FlattenedRegion:
    """Rows found, grouped into tables, and the line index after the region."""

    tables: list[list[RaggedRow]]
    end: int


def read_flattened(lines: Sequence[str], start: int) -> FlattenedRegion:
    """Read from `start`, a line that begins with TAB, to the end of the region."""
    rows: list[RaggedRow] = [RaggedRow()]
    blanks = 0
    index = start
    end = start
    while index < len(lines):
        line = lines[index]
        if "\t" in line:
            if blanks and rows[-1].cells:
                rows.append(RaggedRow(blanks_before=blanks))
            _add_cells(rows[-1], line, index + 1)
            blanks = 0
            end = index + 1
        elif not line.strip():
            blanks += 1
        elif not blanks:
            _continue(rows[-1], line)
            end = index + 1
        else:
            after = _insertion_end(lines, index, rows)
            if after is None:
                break
            for inserted in lines[index:after]:
                if inserted.strip():
                    _continue(rows[-1], inserted)
            index, blanks = after, 0
            continue
        index += 1
    for row in rows:
        for cell in row.cells:
            cell.text = trim(cell.text)
    return FlattenedRegion(_split_tables(_mend(rows)), end)


def _add_cells(row: RaggedRow, line: str, number: int) -> None:
    before, *texts = line.split("\t")
    if before.strip():
        if row.cells:
            _continue(row, before)
        else:
            row.cells.append(RaggedCell(before, number))
    row.cells.extend(RaggedCell(text, number) for text in texts)


def _continue(row: RaggedRow, line: str) -> None:
    row.cells[-1].text += "\n" + line


def _insertion_end(lines: Sequence[str], index: int, rows: list[RaggedRow]) -> int | None:
    """The line where cells go on, when the text at `index` stands inside a cell of an unfinished row.

    Only where the cells before and after it make up exactly the width of the row above and of the row below.
    """
    if len(rows) < 2:
        return None
    width = len(rows[-2].cells)
    if width < 3 or len(rows[-1].cells) >= width:
        return None
    after = index
    while after < len(lines) and "\t" not in lines[after]:
        after += 1
        if after - index > LONGEST_INSERTION:
            return None
    if after >= len(lines):
        return None
    first, following = _row_width(lines, after)
    if len(rows[-1].cells) + first != width or following is None:
        return None
    return after if _row_width(lines, following)[0] == width else None


def _row_width(lines: Sequence[str], start: int) -> tuple[int, int | None]:
    """Cells from `start` to the end of the row, and the line where the next row begins."""
    count, index = 0, start
    while index < len(lines) and lines[index].strip(" ") != "":
        count += lines[index].count("\t")
        index += 1
    while index < len(lines) and not lines[index].strip() and "\t" not in lines[index]:
        index += 1
    begins = index < len(lines) and lines[index].startswith("\t")
    return count, index if begins else None


def _mend(rows: list[RaggedRow]) -> list[RaggedRow]:
    """Join the pieces of rows that a blank paragraph inside a cell cut apart."""
    widths = Counter(len(row.cells) for row in rows)
    usual = widths.most_common(1)[0][0]
    mended: list[RaggedRow] = []
    index = 0
    while index < len(rows):
        pieces = _pieces(rows, index, mended, usual)
        whole = RaggedRow(
            [cell for row in rows[index : index + pieces] for cell in row.cells], rows[index].blanks_before
        )
        mended.append(whole)
        index += pieces
    return mended


def _pieces(rows: list[RaggedRow], index: int, above: list[RaggedRow], usual: int) -> int:
    """How many rows from `index` on are pieces of one row: 1 unless the widths around say otherwise."""
    width = len(above[-1].cells) if above else usual
    total, last = len(rows[index].cells), index
    if width < 3 or total >= width:
        return 1
    while total < width and last + 1 < len(rows):
        last += 1
        total += len(rows[last].cells)
    if total != width or last == index:
        return 1
    below = len(rows[last + 1].cells) if last + 1 < len(rows) else None
    gaps = [row.blanks_before for row in rows[index + 1 : last + 1]]
    if below == width and above:
        sure = width == usual and (width >= 4 or max(gaps) > 1)
        return last - index + 1 if sure else 1
    # With the width on one side only, two empty lines must say that more than a row's end stands there.
    one_sided = max(gaps) > 1 and width == usual and (bool(above) or below == width)
    return last - index + 1 if one_sided and max(gaps) < TABLE_GAP else 1


def _split_tables(rows: list[RaggedRow]) -> list[list[RaggedRow]]:
    tables: list[list[RaggedRow]] = [[]]
    for row in rows:
        if row.blanks_before >= TABLE_GAP and tables[-1]:
            tables.append([])
        tables[-1].append(row)
    return tables
