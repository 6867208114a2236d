"""A lattice on its grid, being filled with the characters that lie in its cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from extractors.document import Box
from extractors.readers.pdf.lattice import Lattice
from extractors.readers.pdf.lines import grouped
from extractors.readers.pdf.marks import Glyph
from extractors.readers.pdf.wrapped import cell_text, room_and_lead
from extractors.readers.piece import PieceCell, TablePiece

CROSSED = 0.25
"""Share of a character's height beyond its row from which the text does not fit it: a spreadsheet prints rows too low for
their wrapped text, whose lines then lie over the rows above and below and cannot be told apart."""
DOUBT = 0.5
"""Confidence of a cell with such text."""
UNREAD = 0.0
"""Confidence of an empty cell with ink that could not be read: it is not known to be empty."""
NARROW = 4.5
"""Points: grid lines nearer than this are one; no column of text fits between."""


class Frame:
    """A table in the making: `take` gives it characters, `piece` makes the cells."""

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
        self.unread: set[int] = set()

    def holds(self, other: Frame) -> bool:
        """Whether another table stands inside this one."""
        ours, theirs = self.box, other.box
        return ours[0] < theirs[0] and ours[1] < theirs[1] and ours[2] > theirs[2] and ours[3] > theirs[3]

    def leave_unread(self, x: float, y: float) -> bool:
        """Remember that the cell of this point holds ink that could not be read; False outside the table."""
        for index, box in enumerate(self.boxes):
            if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
                self.unread.add(index)
                return True
        return False

    def take(self, glyph: Glyph, x: float, y: float) -> int:
        """The number of the cell that this middle point lies in, which then keeps the character; or -1."""
        outer = self.box
        if not (outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]):
            return -1
        row = min(bisect_right(self.ys, y), len(self.ys) - 1) - 1
        column = min(bisect_right(self.xs, x), len(self.xs) - 1) - 1
        index = self.owner[max(row, 0)][max(column, 0)]
        if index < 0:
            return -1
        self.members[index].append(glyph)
        self.has_text = True
        box = self.boxes[index]
        left, upper, right, lower, _, _, _ = glyph
        overlap = 0.2 * (right - left)
        if (left < box[0] - overlap and box[0] > outer[0]) or (
            right > box[2] + overlap and box[2] < outer[2]
        ):
            self.straddled = True
        reach = CROSSED * (lower - upper)
        if box[1] - upper > reach or lower - box[3] > reach:
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
                cell_text(members, box),
                box,
                page,
                fills_width=row + row_span == last_row and _fills_width(members, box),
                confidence=UNREAD
                if index in self.unread and not members
                else DOUBT
                if index in self.doubtful
                else _confidence(members)
                if recognised
                else 1.0,
                **_ends(members, box, row in (0, last_row - row_span)),
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


def _ends(members: Sequence[Glyph], box: Box, at_break: bool) -> dict[str, float]:
    """What tells whether a text goes on over a page break, for cells in the first and last row."""
    room, lead = room_and_lead(members, box) if at_break else (0.0, 0.0)
    return {"room": room, "lead": lead}


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
