"""Whether a table piece goes on with the piece on the page before, and how much of it is a repeated header."""

from __future__ import annotations

from typing import NamedTuple

from extractors.readers.piece import SAME_SIDE, PieceCell, TablePiece, has_digits, squeezed

SPARE = 14.0
"""Points that may stay free at the foot of a page beyond the height of the row that moved to the next page."""
NEW_FORM_SHARE = 0.4
"""Share of equal cells below the header from which a piece is the same form again, and not its continuation."""
HEADER_CELLS = 3
"""Filled cells that a row needs to be told as a header."""


class RepeatedHeader(NamedTuple):
    """Rows at the top of a piece that repeat rows of the piece before, and where those stand there."""

    row: int
    rows: int


def continues(upper: TablePiece, lower: TablePiece, free: float) -> bool:
    """Whether `lower`, the first thing on its page, is the rest of `upper`, the last thing on the page before.

    free: points between the end of `upper` and the foot of its page. Where the next row would have found room there,
    the break was set by hand: then only a piece on the same columns without a new header goes on.
    """
    if lower.page != upper.page + 1 or upper.ruled != lower.ruled or not sides_agree(upper, lower):
        return False
    header = repeated_header(upper, lower)
    if header.row == 0 and is_same_form_again(upper, lower, header.rows):
        return False
    row = min(header.rows, lower.row_count - 1)
    if free <= lower.ys[row + 1] - lower.ys[row] + SPARE or header.rows:
        return True
    return columns_agree(upper, lower) and not _is_header(lower, 0)


def sides_agree(first: TablePiece, second: TablePiece) -> bool:
    """Whether two pieces have the same outer sides, or (facing pages) the same width and columns."""
    left, right = second.xs[0] - first.xs[0], second.xs[-1] - first.xs[-1]
    if abs(left) <= SAME_SIDE and abs(right) <= SAME_SIDE:
        return True
    return abs(left - right) <= SAME_SIDE and second.column_count >= 4 and columns_agree(first, second)


def columns_agree(first: TablePiece, second: TablePiece) -> bool:
    """Whether every column edge of `second` is one of `first`, seen from the left side of each."""
    left = second.xs[0] - first.xs[0]
    return all(any(abs(x - left - own) <= SAME_SIDE for own in first.xs) for x in second.xs)


def repeated_header(first: TablePiece, second: TablePiece) -> RepeatedHeader:
    """The rows at the top of `second` that repeat rows of `first`: its top, or a header further down, typed again."""
    most = second.row_count - 1
    count = 0
    while count < min(most, first.row_count) and _repeats(first, count, second, count, whole=True):
        count += 1
    if count or not _is_header(second, 0, gaps=True):
        return RepeatedHeader(0, count)
    for row in range(1, first.row_count):
        if _repeats(first, row, second, 0, whole=False):
            count = 1
            while (
                count < most
                and row + count < first.row_count
                and not any(map(has_digits, _texts(second, count)))
                and _repeats(first, row + count, second, count, whole=False)
            ):
                count += 1
            return RepeatedHeader(row, min(count, most))
    return RepeatedHeader(0, 0)


def is_same_form_again(first: TablePiece, second: TablePiece, header: int) -> bool:
    """Whether `second` starts the same template anew: its labels below the header stand where those of `first` do."""
    same = total = 0
    for row in range(header, min(header + 5, second.row_count, first.row_count)):
        ours = _row(first, row)
        for cell in _row(second, row):
            if cell.text:
                total += 1
                same += any(_equal(first, own, second, cell) for own in ours)
    return total >= 3 and same >= NEW_FORM_SHARE * total


def _row(piece: TablePiece, row: int) -> list[PieceCell]:
    return [cell for cell in piece.cells if cell.row == row]


def _texts(piece: TablePiece, row: int) -> list[str]:
    return [squeezed(cell.text) for cell in _row(piece, row) if cell.text]


def _equal(first: TablePiece, own: PieceCell, second: TablePiece, other: PieceCell) -> bool:
    """Whether two cells print the same text between the same sides."""
    shift = first.xs[0] - second.xs[0]
    return (
        abs(own.box[0] - other.box[0] - shift) <= SAME_SIDE
        and abs(own.box[2] - other.box[2] - shift) <= SAME_SIDE
        and squeezed(own.text) == squeezed(other.text)
    )


def _repeats(first: TablePiece, row: int, second: TablePiece, other_row: int, whole: bool) -> bool:
    """Whether a row of `second` prints what a row of `first` does.

    whole: with nothing more in the row of `first`; else merged labels beside the header do not count.
    """
    theirs = [cell for cell in _row(second, other_row) if cell.text]
    if not theirs:
        return False
    ours = [cell for cell in _row(first, row) if cell.text]
    if not all(any(_equal(first, own, second, cell) for own in ours) for cell in theirs):
        return False
    return len(ours) == len(theirs) or (not whole and sum(cell.row_span == 1 for cell in ours) <= len(theirs))


def _is_header(piece: TablePiece, row: int, gaps: bool = False) -> bool:
    """Whether a row reads like a header: several texts without figures, and (unless `gaps`) no empty cell."""
    cells = _row(piece, row)
    texts = _texts(piece, row)
    filled = len(texts) == len(cells) or gaps
    return len(texts) >= HEADER_CELLS and filled and not any(map(has_digits, texts))
