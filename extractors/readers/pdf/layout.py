"""One page's marks to its blocks: table pieces and text lines, in reading order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractors.document import Box
from extractors.readers.pdf.aligned import aligned_tables
from extractors.readers.pdf.borderless import borderless_tables
from extractors.readers.pdf.lattice import Lattice, find_lattices
from extractors.readers.pdf.lines import TextLine, grouped, lines_of, text_of
from extractors.readers.pdf.marks import Glyph, PageMarks
from extractors.readers.piece import PieceCell, TablePiece

MARGIN = 0.1
"""Share of the page's height at top and foot that belongs to page numbers and running heads."""
WIDE = 0.4
"""Share of the page's width that a single cell must have to be a row of a table."""
CROSSED = 0.25
"""Share of a character's height beyond its row from which the text does not fit it: a spreadsheet prints rows too low for
their wrapped text, whose lines then lie over the rows above and below and cannot be told apart."""
DOUBT = 0.5
"""Confidence of a cell with such text."""
NARROW = 4.5
"""Points: grid lines nearer than this are one; no column of text fits between."""


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A page's blocks in reading order."""

    number: int
    width: float
    height: float
    blocks: tuple[TextLine | TablePiece, ...]
    warnings: tuple[str, ...] = ()
    boxed: tuple[tuple[TablePiece, tuple[TextLine, ...]], ...] = ()
    """Blocks of a single cell at the top or foot of the page, and their lines: rows of a table on the next page or the one
    before, or else a box around text."""


def lay_out(marks: PageMarks, max_edges: int) -> PageLayout:
    """Tables from ruled lines first, then from horizontal rules and aligned text, the rest as lines."""
    warnings = list(marks.warnings)
    lattices, loose, cut = find_lattices(marks.edges, max_edges)
    if not lattices and marks.fills:
        lattices, _, cut = find_lattices(marks.fills, max_edges)
    if cut:
        warnings.append(f"第{marks.number}页：表格线超过{max_edges}条，其余未用，表格可能不全。")
    tables = [lattice for lattice in lattices if len(lattice.cells) > 1]
    pieces, rest = _fill(tables, marks)
    doubtful = sum(cell.confidence == DOUBT for piece in pieces for cell in piece.cells)
    if doubtful and not any(glyph.confidence < 1.0 for glyph in marks.glyphs[:50]):
        warnings.append(
            f"第{marks.number}页：有{doubtful}个单元格的文字超出行高，与上下行重叠，可能串行，请核对或改交原始文件。"
        )
    if loose:
        aligned, rest = aligned_tables(loose, rest, marks.number)
        if aligned:
            pieces.extend(aligned)
            warnings.append(f"第{marks.number}页：有{len(aligned)}个表格没有竖线，列按文字对齐推断，请核对。")
    aligned, rest, unclear = borderless_tables(rest, marks.number)
    if aligned:
        pieces.extend(aligned)
        warnings.append(f"第{marks.number}页：有{len(aligned)}个表格没有框线，行列按文字对齐推断，请核对。")
    if unclear:
        warnings.append(f"第{marks.number}页：有文字像无框线表格，但行列无法确定，按段落读出，请人工核对。")
    boxed, rest = _boxed_rows(
        [lattice for lattice in lattices if len(lattice.cells) == 1], pieces, rest, marks
    )
    blocks: list[TextLine | TablePiece] = [
        *pieces,
        *(piece for piece, _ in boxed),
        *lines_of(rest, marks.number),
    ]
    blocks.sort(key=_reading_order)
    return PageLayout(marks.number, marks.width, marks.height, tuple(blocks), tuple(warnings), tuple(boxed))


def _boxed_rows(
    singles: Sequence[Lattice], pieces: Sequence[TablePiece], rest: list[Glyph], marks: PageMarks
) -> tuple[list[tuple[TablePiece, tuple[TextLine, ...]]], list[Glyph]]:
    """Wide single cells with text that stand above or below everything else within the margins."""
    found: list[tuple[TablePiece, tuple[TextLine, ...]]] = []
    margin = MARGIN * marks.height
    for lattice in singles:
        x0, top, x1, bottom = lattice.box
        if x1 - x0 < WIDE * marks.width or bottom - top > 0.5 * marks.height:
            continue
        inside = [
            glyph
            for glyph in rest
            if x0 <= (glyph.x0 + glyph.x1) / 2 <= x1 and top <= (glyph.top + glyph.bottom) / 2 <= bottom
        ]
        taken = set(map(id, inside))
        others = [g.top for g in rest if id(g) not in taken and margin < g.top < marks.height - margin]
        others += [piece.box[1] for piece in pieces]
        first = all(other >= bottom - 2 for other in others)
        last = all(other <= top + 2 for other in others) and not any(
            piece.box[3] > top + 2 for piece in pieces
        )
        if inside and (first or last):
            piece, _ = _fill([lattice], replace(marks, glyphs=tuple(inside)))
            found.append((piece[0], tuple(lines_of(inside, marks.number))))
            rest = [glyph for glyph in rest if id(glyph) not in taken]
    return found, rest


def _reading_order(block: TextLine | TablePiece) -> tuple[float, float]:
    box = block.box
    return (box[1], box[0])


def _fill(lattices: Sequence[Lattice], marks: PageMarks) -> tuple[list[TablePiece], list[Glyph]]:
    """The lattices with their text, and the characters outside all of them. Inner tables take theirs first."""
    frames = [_Frame(lattice) for lattice in lattices]
    smallest_first = sorted(frames, key=lambda frame: frame.area)
    rest: list[Glyph] = []
    x0, top, x1, bottom, members = 0.0, 0.0, 0.0, 0.0, rest
    nested = any(first is not second and first.holds(second) for first in frames for second in frames)
    for glyph in marks.glyphs:
        if not nested and glyph.x0 > x0 and glyph.x1 < x1 and glyph.top > top and glyph.bottom < bottom:
            members.append(glyph)  # as nearly always, in the same cell as the character before
            continue
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        for frame in smallest_first:
            index = frame.take(glyph, x, y)
            if index >= 0:
                (x0, top, x1, bottom), members = frame.boxes[index], frame.members[index]
                break
        else:
            rest.append(glyph)
    return [frame.piece(marks.number) for frame in frames if frame.has_text or len(frame.boxes) > 3], rest


class _Frame:
    """A lattice on its grid, being filled with characters."""

    def __init__(self, lattice: Lattice):
        self.box: Box = lattice.box
        self.area = (self.box[2] - self.box[0]) * (self.box[3] - self.box[1])
        self.xs, x_index = _grid_lines(x for cell in lattice.cells for x in (cell[0], cell[2]))
        self.ys, y_index = _grid_lines(y for cell in lattice.cells for y in (cell[1], cell[3]))
        self.owner = [[-1] * (len(self.xs) - 1) for _ in range(len(self.ys) - 1)]
        found: list[tuple[tuple[int, int, int, int], Box]] = []
        for cell in sorted(lattice.cells, key=lambda cell: (cell[2] - cell[0]) * (cell[3] - cell[1])):
            column, end_column = x_index[cell[0]], x_index[cell[2]]
            row, end_row = y_index[cell[1]], y_index[cell[3]]
            covered = [grid_row[column:end_column] for grid_row in self.owner[row:end_row]]
            if end_column <= column or end_row <= row or any(max(owners) >= 0 for owners in covered):
                continue  # the gap of a double border, or a cell drawn around smaller ones
            for grid_row in self.owner[row:end_row]:
                grid_row[column:end_column] = [0] * (end_column - column)
            found.append(((row, column, end_row - row, end_column - column), cell))
        found.sort()
        self.places = [place for place, _ in found]
        self.boxes = [cell for _, cell in found]
        for index, (row, column, row_span, column_span) in enumerate(self.places):
            for grid_row in self.owner[row : row + row_span]:
                grid_row[column : column + column_span] = [index] * column_span
        self.members: list[list[Glyph]] = [[] for _ in self.boxes]
        self.has_text = False
        self.straddled = False
        self.doubtful: set[int] = set()

    def holds(self, other: _Frame) -> bool:
        """Whether another table stands inside this one."""
        ours, theirs = self.box, other.box
        return ours[0] < theirs[0] and ours[1] < theirs[1] and ours[2] > theirs[2] and ours[3] > theirs[3]

    def take(self, glyph: Glyph, x: float, y: float) -> int:
        """The number of the cell that this middle point lies in, which then keeps the character; or -1."""
        if not (self.box[0] <= x <= self.box[2] and self.box[1] <= y <= self.box[3]):
            return -1
        row = min(bisect_right(self.ys, y), len(self.ys) - 1) - 1
        column = min(bisect_right(self.xs, x), len(self.xs) - 1) - 1
        index = self.owner[max(row, 0)][max(column, 0)]
        if index < 0:
            return -1
        self.members[index].append(glyph)
        self.has_text = True
        box = self.boxes[index]
        overlap = 0.2 * (glyph.x1 - glyph.x0)
        if (glyph.x0 < box[0] - overlap and box[0] > self.box[0]) or (
            glyph.x1 > box[2] + overlap and box[2] < self.box[2]
        ):
            self.straddled = True
        reach = CROSSED * (glyph.bottom - glyph.top)
        if box[1] - glyph.top > reach or glyph.bottom - box[3] > reach:
            self.doubtful.add(index)
        return index

    def piece(self, page: int) -> TablePiece:
        """The table piece with each cell's text."""
        if self.straddled:
            self._gather_overflow()
        last_row = len(self.ys) - 1
        recognised = any(members and members[0].confidence < 1.0 for members in self.members)
        cells = tuple(
            PieceCell(
                row,
                column,
                row_span,
                column_span,
                text_of(members),
                box,
                page,
                fills_width=row + row_span == last_row and _fills_width(members, box),
                confidence=DOUBT if index in self.doubtful else _confidence(members) if recognised else 1.0,
            )
            for index, ((row, column, row_span, column_span), box, members) in enumerate(
                zip(self.places, self.boxes, self.members, strict=True)
            )
        )
        return TablePiece(page, self.box, tuple(self.xs), tuple(self.ys), cells)

    def _gather_overflow(self) -> None:
        """Text printed across a border (a spreadsheet lets it spill over an empty neighbour) goes back to one cell.

        A run that starts or ends at a cell's inner margin belongs to that cell, else the cell under its middle.
        """
        cell_of = {id(glyph): index for index, members in enumerate(self.members) for glyph in members}
        for run in _runs([glyph for members in self.members for glyph in members]):
            touched = sorted({cell_of[id(glyph)] for glyph in run}, key=lambda index: self.boxes[index][0])
            if len(touched) < 2 or not self._crosses(run, touched):
                continue
            em = run[0].bottom - run[0].top
            first, last = touched[0], touched[-1]
            if run[0].x0 - self.boxes[first][0] < 1.2 * em:
                home = first
            elif self.boxes[last][2] - run[-1].x1 < 1.2 * em:
                home = last
            else:
                middle = (run[0].x0 + run[-1].x1) / 2
                home = next((i for i in touched if self.boxes[i][0] <= middle <= self.boxes[i][2]), first)
            for glyph in run:
                cell_of[id(glyph)] = home
        glyphs = [glyph for members in self.members for glyph in members]
        self.members = [[] for _ in self.boxes]
        for glyph in glyphs:
            self.members[cell_of[id(glyph)]].append(glyph)

    def _crosses(self, run: list[Glyph], touched: list[int]) -> bool:
        """Whether a character of the run stands on one of the borders between the cells it touches."""
        borders = [self.boxes[index][0] for index in touched[1:]]
        return any(
            glyph.x0 + 0.2 * (glyph.x1 - glyph.x0) < border < glyph.x1 - 0.2 * (glyph.x1 - glyph.x0)
            for glyph in run
            for border in borders
        )


def _confidence(members: Sequence[Glyph]) -> float:
    return min((glyph.confidence for glyph in members), default=1.0)


def _runs(glyphs: list[Glyph]) -> Iterable[list[Glyph]]:
    """Characters that follow each other on one line without a space, in order of x."""
    for line in grouped(glyphs):
        run: list[Glyph] = []
        for glyph in line:
            em = glyph.bottom - glyph.top
            if run and not -0.5 * em < glyph.x0 - run[-1].x1 < 0.3 * em:
                yield run
                run = []
            run.append(glyph)
        yield run


def _fills_width(members: Sequence[Glyph], box: Box) -> bool:
    """Whether the last line of a cell reaches its right side, so that the text may go on elsewhere."""
    if not members:
        return False
    lowest = max(members, key=lambda glyph: glyph.bottom)
    em = lowest.bottom - lowest.top
    last = [glyph for glyph in members if glyph.bottom > lowest.top + 0.5 * em]
    return box[2] - max(glyph.x1 for glyph in last) < 1.9 * em


def _grid_lines(values: Iterable[float]) -> tuple[list[float], dict[float, int]]:
    """Distinct grid lines in order, and the number of the line each value belongs to."""
    lines: list[float] = []
    index: dict[float, int] = {}
    for value in sorted(set(values)):
        if not lines or value - lines[-1] > NARROW:
            lines.append(value)
        index[value] = len(lines) - 1
    return lines, index
