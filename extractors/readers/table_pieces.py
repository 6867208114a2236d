"""Pieces of tables cut by page breaks, and how they become one table again.

Used by every reader that knows pages (PDF, scans, OFD). A piece keeps its own grid; the joined table stands on the
grid of all pieces' column edges, and every cell keeps the page it was printed on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from extractors.document import Box, Cell, Location, Table
from extractors.readers.piece import SAME_SIDE, PieceCell, TablePiece, has_digits, squeezed
from extractors.readers.table_continuation import repeated_header

END_OF_SENTENCE = "。；！？.;!?"


@dataclass(frozen=True, slots=True)
class Joined:
    """The outcome of joining: the whole, and in Chinese what was dropped or put together."""

    piece: TablePiece
    notes: tuple[str, ...]


def join(first: TablePiece, second: TablePiece, is_label: Callable[[str], bool]) -> Joined:
    """`second` appended to `first`: repeated header dropped, cut row and cut merged cells put together.

    is_label: whether a text (without white space) is a label known to forms; it decides whether the two halves
    of a cell are one cut label.
    """
    notes: list[str] = []
    header = repeated_header(first, second).rows
    if header:
        second = _without_rows(second, header)
        notes.append(f"第{second.page}页表格顶端重复的表头{header}行已略去。")
    first, second = _on_common_grid(first, second)
    offset = first.row_count
    lower = [cell._replace(row=cell.row + offset) for cell in second.cells]
    upper = list(first.cells)
    ys = (*first.ys, *(first.ys[-1] + y - second.ys[0] for y in second.ys[1:]))
    if _row_is_cut(first, second, is_label):
        upper, lower, ys = _merge_cut_row(upper, lower, offset, ys)
        notes.append(f"第{second.page}页第一行与上一页最后一行是同一行，已合并。")
    else:
        upper, lower = _merge_cut_cells(upper, lower, offset, is_label)
    cells = tuple(sorted([*upper, *lower], key=lambda cell: (cell.row, cell.column)))
    return Joined(TablePiece(second.page, second.box, first.xs, ys, cells, first.ruled), tuple(notes))


def to_table(piece: TablePiece, number: int) -> Table:
    """The piece as a table of the document; `number` is its one-based place among all tables."""
    cells = tuple(
        Cell(
            cell.row,
            cell.column,
            cell.text,
            cell.row_span,
            cell.column_span,
            Location(
                page=cell.page,
                table=number,
                row=cell.row,
                column=cell.column,
                box=_rounded(cell.box),
            ),
            cell.confidence,
        )
        for cell in piece.cells
    )
    page = piece.cells[0].page if piece.cells else piece.page
    return Table(
        cells, piece.row_count, piece.column_count, Location(page=page, table=number), ruled=piece.ruled
    )


def _rounded(box: Box) -> Box:
    return (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))


def _without_rows(piece: TablePiece, count: int) -> TablePiece:
    """The piece without its first rows; a cell that reaches below them keeps the rest of its extent, empty."""
    cells: list[PieceCell] = []
    for cell in piece.cells:
        if cell.row >= count:
            cells.append(cell._replace(row=cell.row - count))
        elif cell.row + cell.row_span > count:
            cells.append(cell._replace(row=0, row_span=cell.row + cell.row_span - count, text=""))
    return replace(piece, ys=piece.ys[count:], cells=tuple(cells))


def _on_common_grid(first: TablePiece, second: TablePiece) -> tuple[TablePiece, TablePiece]:
    """Both pieces on the union of their column edges (the second shifted so that the left sides agree)."""
    shift = first.xs[0] - second.xs[0]
    shifted = [x + shift for x in second.xs]
    xs: list[float] = []
    for x in sorted([*first.xs, *shifted]):
        if not xs or x - xs[-1] > SAME_SIDE:
            xs.append(x)
    if len(xs) == len(first.xs) == len(second.xs):
        return first, second

    def place(x: float) -> int:
        return min(range(len(xs)), key=lambda index: abs(xs[index] - x))

    def moved(piece: TablePiece, own: Sequence[float]) -> TablePiece:
        index = [place(x) for x in own]
        cells = tuple(
            cell._replace(
                column=index[cell.column],
                column_span=max(1, index[cell.column + cell.column_span] - index[cell.column]),
            )
            for cell in piece.cells
        )
        return replace(piece, xs=tuple(xs), cells=cells)

    return moved(first, first.xs), moved(second, shifted)


def _covering(cells: Sequence[PieceCell], row: int) -> dict[tuple[int, int], PieceCell]:
    """The cells that cover a row, by the columns they span."""
    return {
        (cell.column, cell.column_span): cell for cell in cells if cell.row <= row < cell.row + cell.row_span
    }


def _row_is_cut(first: TablePiece, second: TablePiece, is_label: Callable[[str], bool]) -> bool:
    """Whether the first row of `second` is the rest of the last row of `first`.

    Both rows have the same cells; every text of the lower row goes on with a text that filled its cell's last line (or
    with one of several lines), and cells that other rows fill are empty in it.
    """
    above, below = _covering(first.cells, first.row_count - 1), _covering(second.cells, 0)
    pairs = [(above[key], cell) for key, cell in below.items() if key in above and cell.row_span == 1]
    if len(pairs) != len([cell for cell in below.values() if cell.row_span == 1]) or not pairs:
        return False
    labels = [
        pair for pair in pairs if pair[0].text and is_label(squeezed(pair[0].text) + squeezed(pair[1].text))
    ]
    if any(upper.row_span > 1 and lower.text for upper, lower in pairs if (upper, lower) not in labels):
        return False
    going_on = [(upper, lower) for upper, lower in pairs if lower.text]
    if not going_on or any(not upper.text for upper, _ in going_on):
        return False
    left_empty = [upper for upper, lower in pairs if upper.text and not lower.text and upper.row_span == 1]
    if not left_empty:
        whole_width = len(pairs) == 1 and len(below) == 1
        upper = going_on[0][0]
        return whole_width and upper.fills_width and upper.text.rstrip()[-1] not in END_OF_SENTENCE
    if _nothing_fitted(going_on) and len(left_empty) >= 2:
        return all(_usually_filled(first, upper) for upper in left_empty)
    if all(upper.fills_width for upper, _ in going_on):
        return any(_usually_filled(first, upper) for upper in left_empty) or len(first.cells) < 4
    long = all(upper.text.count("\n") >= 2 or upper.fills_width for upper, _ in going_on)
    leading = pairs[0][0].text and not pairs[0][1].text
    return bool(long and leading and len(left_empty) >= len(going_on))


MARGINS = 12.5
"""Points that the margins inside a cell take together, at most."""


def _nothing_fitted(going_on: Sequence[tuple[PieceCell, PieceCell]]) -> bool:
    """Whether in two cells and more the first word below would not have fitted into the line above, and in none it would."""
    known = [(upper, lower) for upper, lower in going_on if upper.room and lower.lead]
    return len(known) == len(going_on) >= 2 and all(
        upper.room - lower.lead < MARGINS for upper, lower in known
    )


def _usually_filled(piece: TablePiece, cell: PieceCell) -> bool:
    """Whether most cells of that column have text."""
    others = [c for c in piece.cells if (c.column, c.column_span) == (cell.column, cell.column_span)]
    return 2 * sum(bool(c.text) for c in others) > len(others)


def _merge_cut_row(
    upper: list[PieceCell], lower: list[PieceCell], offset: int, ys: tuple[float, ...]
) -> tuple[list[PieceCell], list[PieceCell], tuple[float, ...]]:
    rest = {(cell.column, cell.column_span): cell for cell in lower if cell.row == offset}
    merged: list[PieceCell] = []
    for cell in upper:
        key = (cell.column, cell.column_span)
        if cell.row + cell.row_span == offset and key in rest:
            tail = rest.pop(key)
            cell = cell._replace(
                text=_glued(cell, tail),
                row_span=cell.row_span + tail.row_span - 1,
                confidence=min(cell.confidence, tail.confidence),
            )
        merged.append(cell)
    kept = [cell._replace(row=cell.row - 1) for cell in lower if cell.row > offset]
    kept += [
        cell._replace(row=cell.row, row_span=cell.row_span - 1) for cell in rest.values() if cell.row_span > 1
    ]
    return merged, kept, (*ys[:offset], *ys[offset + 1 :])


def _glued(upper: PieceCell, lower: PieceCell) -> str:
    """The two halves of a cell's text; the break of the page is a line break like the others of the cell."""
    if not upper.text or not lower.text:
        return upper.text or lower.text
    return f"{upper.text}\n{lower.text}"


def _merge_cut_cells(
    upper: list[PieceCell], lower: list[PieceCell], offset: int, is_label: Callable[[str], bool]
) -> tuple[list[PieceCell], list[PieceCell]]:
    """Merged cells (level labels, one score for several rows) that the page break cut in two, as one again."""
    ends = {
        (cell.column, cell.column_span): index
        for index, cell in enumerate(upper)
        if cell.row + cell.row_span == offset
    }
    starts = sorted((cell for cell in lower if cell.row == offset), key=lambda cell: cell.column)
    upper = list(upper)
    gone: set[int] = set()
    leading = True
    for cell in starts:
        index = ends.get((cell.column, cell.column_span))
        if index is None:
            leading = False
            continue
        above = upper[index]
        whole = squeezed(above.text) + squeezed(cell.text)
        if above.text and cell.text:
            cut = is_label(whole) and not is_label(squeezed(cell.text))
        elif cell.text:
            cut = leading and above.row_span > 1 and cell.row_span >= 1
        elif above.text:
            tall = cell.row_span > 1 or (leading and above.row_span > 1)
            label = not has_digits(above.text) and _column_has_merges([*upper, *lower], cell)
            cut = tall or (label and (leading or _else_filled([*upper, *lower], cell)))
        else:
            cut = above.row_span > 1 and cell.row_span > 1
        leading = leading and cut
        if cut:
            gone.add(id(cell))
            text = whole if above.text and cell.text else above.text or cell.text
            shown = above if above.text else cell
            upper[index] = above._replace(
                text=text, row_span=above.row_span + cell.row_span, box=shown.box, page=shown.page
            )
    return upper, [cell for cell in lower if id(cell) not in gone]


def _column_has_merges(cells: Sequence[PieceCell], like: PieceCell) -> bool:
    return any(
        cell.row_span > 1 and cell.text and (cell.column, cell.column_span) == (like.column, like.column_span)
        for cell in cells
    )


def _else_filled(cells: Sequence[PieceCell], like: PieceCell) -> bool:
    """Whether every other cell of that column has text, as in columns of labels and not in those of scores."""
    return all(
        cell.text or cell is like
        for cell in cells
        if (cell.column, cell.column_span) == (like.column, like.column_span)
    )
