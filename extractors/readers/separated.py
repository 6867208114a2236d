"""Tables in text with a separator in the line: tabs, bars, box drawing, commas, columns of spaces."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence

from extractors.readers.ragged import RaggedCell, RaggedRow

BARS = re.compile(r"[|｜│┃║]")
RULE_LINE = re.compile(r"^[\s|｜│┃║┌┬┐├┼┤└┴┘─━┏┳┓┣╋┫┗┻┛═╔╦╗╠╬╣╚╩╝+:\-=_┠┨╟╢┯┷┿╂]+$")
WIDE_SPACE = re.compile(r"[ \u3000]{2,}")
SENTENCE_END = re.compile(r"[。；！？]")


def read_tabs(lines: Sequence[str], start: int) -> tuple[list[RaggedRow], int]:
    """Lines whose fields are separated by tabs, one row a line; quoted fields may hold line breaks."""
    rows: list[RaggedRow] = []
    index = start
    while index < len(lines):
        line = lines[index]
        if "\t" not in line:
            following = index + 1
            if rows and not line.strip() and following < len(lines) and "\t" in lines[following]:
                index = following
                continue
            break
        number = index + 1
        while line.count('"') % 2 and '"' in line and index + 1 < len(lines) and index - number < 40:
            index += 1
            line += "\n" + lines[index]
        fields = (
            next(csv.reader([line], delimiter="\t")) if '"' in line and "\n" in line else line.split("\t")
        )
        rows.append(_row([_unquote(text) for text in fields], number))
        index += 1
    return rows, index


def has_bars(line: str) -> bool:
    """Whether a line is a row between bars, or a drawn rule."""
    return len(BARS.findall(line)) >= 2


def is_rule(line: str) -> bool:
    """Whether a line only draws borders."""
    return bool(RULE_LINE.match(line)) and len(line.strip()) >= 3


def read_bars(lines: Sequence[str], start: int) -> tuple[list[RaggedRow], int]:
    """Rows between bars; where rules are drawn between all rows, the lines between two rules are one row."""
    index = start
    while index < len(lines) and (has_bars(lines[index]) or is_rule(lines[index])):
        index += 1
    region = lines[start:index]
    rules = [offset for offset, line in enumerate(region) if is_rule(line)]
    drawn = len(rules) >= 3  # a Markdown table has one rule, a drawn grid one above and below each row
    rows: list[RaggedRow] = []
    open_row = False
    for offset, line in enumerate(region):
        if is_rule(line):
            open_row = False
            continue
        row = _row(_between_bars(line), start + offset + 1)
        if drawn and open_row and len(row.cells) == len(rows[-1].cells):
            for cell, more in zip(rows[-1].cells, row.cells, strict=True):
                cell.text = "\n".join(filter(None, (cell.text, more.text)))
        else:
            rows.append(row)
        open_row = True
    return rows, index


def read_commas(text: str) -> list[RaggedRow] | None:
    """The whole text as comma-separated values, or None when it does not look like that."""
    rows = [row for row in csv.reader(text.splitlines(keepends=True)) if any(field.strip() for field in row)]
    if len(rows) < 3:
        return None
    width, count = Counter(map(len, rows)).most_common(1)[0]
    if width < 3 or count < 0.6 * len(rows):
        return None
    return [_row(fields, number) for number, fields in enumerate(rows, 1)]


def read_spaces(lines: Sequence[str], start: int) -> tuple[list[RaggedRow], int]:
    """Three or more lines on end with the same number (at least 3) of fields between wide spaces, else nothing."""
    rows: list[RaggedRow] = []
    index = start
    while index < len(lines):
        fields = WIDE_SPACE.split(lines[index].strip(" \u3000"))
        if (
            len(fields) < 3
            or SENTENCE_END.search(lines[index])
            or (rows and len(fields) != len(rows[0].cells))
        ):
            break
        rows.append(_row(fields, index + 1))
        index += 1
    return (rows, index) if len(rows) >= 3 else ([], start)


def _row(texts: Sequence[str], number: int) -> RaggedRow:
    return RaggedRow([RaggedCell(text.strip(), number) for text in texts])


def _between_bars(line: str) -> list[str]:
    parts = BARS.split(line)
    if not parts[0].strip():
        parts = parts[1:]
    if parts and not parts[-1].strip():
        parts = parts[:-1]
    return parts or [""]


def _unquote(text: str) -> str:
    stripped = text.strip()
    if len(stripped) >= 2 and stripped[0] == stripped[-1] == '"':
        return stripped[1:-1].replace('""', '"')
    return stripped
