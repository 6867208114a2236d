"""Tables that have horizontal rules only: columns from the white corridors between texts.

Nothing is guessed from text alone here: without at least three parallel rules of one extent there is no table.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from statistics import median

from extractors.document import Box
from extractors.readers.pdf.lines import lines_of, spaced, text_of
from extractors.readers.pdf.marks import Edge, Glyph
from extractors.readers.piece import PieceCell, TablePiece

SAME_END = 4.0
"""Points within which the ends of rules of one table agree."""
CORRIDOR = 0.9
"""Width of the white between two columns, in character heights, at least."""


def aligned_tables(
    rules: Sequence[Edge], glyphs: Sequence[Glyph], page: int
) -> tuple[list[TablePiece], list[Glyph]]:
    """The tables between groups of equal horizontal rules, and the characters that are in none of them."""
    pieces: list[TablePiece] = []
    rest = list(glyphs)
    for group in rule_groups(rules):
        left, right = min(edge.start for edge in group), max(edge.end for edge in group)
        top, bottom = group[0].at, group[-1].at
        inside = [
            glyph
            for glyph in rest
            if top < (glyph.top + glyph.bottom) / 2 < bottom
            and left - 2 <= (glyph.x0 + glyph.x1) / 2 <= right + 2
        ]
        piece = _table(inside, [edge.at for edge in group], (left, top, right, bottom), page)
        if piece is not None:
            taken = set(map(id, inside))
            rest = [glyph for glyph in rest if id(glyph) not in taken]
            pieces.append(piece)
    return pieces, rest


def rule_groups(rules: Sequence[Edge]) -> list[list[Edge]]:
    """Rules with equal ends, at least three of them, from top to bottom."""
    groups: list[list[Edge]] = []
    for edge in sorted(rules, key=lambda edge: edge.at):
        for group in groups:
            if abs(group[0].start - edge.start) <= SAME_END and abs(group[0].end - edge.end) <= SAME_END:
                group.append(edge)
                break
        else:
            groups.append([edge])
    return [group for group in groups if len(group) >= 3 and group[0].end - group[0].start > 100]


def _table(glyphs: list[Glyph], rules: list[float], box: Box, page: int) -> TablePiece | None:
    if not glyphs:
        return None
    em = median(glyph.bottom - glyph.top for glyph in glyphs)
    columns = _columns(glyphs, em)
    if len(columns) < 2:
        return None
    xs = [
        box[0],
        *((left[1] + right[0]) / 2 for left, right in itertools.pairwise(columns)),
        box[2],
    ]
    rows: list[tuple[float, float, list[Glyph]]] = []
    for top, bottom in itertools.pairwise(rules):
        band = [glyph for glyph in glyphs if top < (glyph.top + glyph.bottom) / 2 <= bottom]
        rows.extend(_rows(band, xs, top, bottom, split=len(rules) <= 4))
    cells: list[PieceCell] = []
    for row, (top, bottom, members) in enumerate(rows):
        for column, (left, right) in enumerate(itertools.pairwise(xs)):
            inside = [glyph for glyph in members if left <= (glyph.x0 + glyph.x1) / 2 < right]
            confidence = min((glyph.confidence for glyph in inside), default=1.0)
            cells.append(
                PieceCell(
                    row,
                    column,
                    1,
                    1,
                    text_of(inside),
                    (left, top, right, bottom),
                    page,
                    confidence=confidence,
                )
            )
    ys = (*(top for top, _, _ in rows), box[3])
    return TablePiece(page, box, tuple(xs), ys, tuple(cells), ruled=False)


def _columns(glyphs: list[Glyph], em: float) -> list[tuple[float, float]]:
    """Extents of the columns: what is left between corridors that no line of several texts enters."""
    spans: list[tuple[float, float]] = []
    for line in _split_lines(glyphs, em):
        if len(line) > 1:  # one text across the table is a heading or a note, no witness for columns
            spans.extend(line)
    columns: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if columns and start - columns[-1][1] < CORRIDOR * em:
            columns[-1] = (columns[-1][0], max(columns[-1][1], end))
        else:
            columns.append((start, end))
    return columns


def _split_lines(glyphs: list[Glyph], em: float) -> list[list[tuple[float, float]]]:
    """Each printed line as the extents of its texts, cut where the white is a corridor wide."""
    found: list[list[tuple[float, float]]] = []
    for line in lines_of(glyphs):
        members = sorted(
            glyph for glyph in glyphs if line.top <= (glyph.top + glyph.bottom) / 2 <= line.bottom
        )
        extents: list[tuple[float, float]] = []
        for glyph in members:
            if extents and glyph.x0 - extents[-1][1] < CORRIDOR * em:
                extents[-1] = (extents[-1][0], max(extents[-1][1], glyph.x1))
            else:
                extents.append((glyph.x0, glyph.x1))
        found.append(extents)
    return found


def _rows(
    band: list[Glyph], xs: list[float], top: float, bottom: float, split: bool
) -> list[tuple[float, float, list[Glyph]]]:
    """The rows between two rules: one, or where a table has but three or four rules, one a printed line.

    A line that leaves the first column and most others empty goes on with the row above it.
    """
    if not split or not band:
        return [(top, bottom, band)]
    rows: list[list[Glyph]] = []
    for line in lines_of(band):
        members = [glyph for glyph in band if line.top <= (glyph.top + glyph.bottom) / 2 <= line.bottom]
        used = {sum(1 for x in xs[1:-1] if (glyph.x0 + glyph.x1) / 2 >= x) for glyph in members}
        if rows and 0 not in used and 2 * len(used) < len(xs) - 1 and spaced(members):
            rows[-1].extend(members)
        else:
            rows.append(members)
    tops = [top, *(min(glyph.top for glyph in row) - 1 for row in rows[1:]), bottom]
    return [(tops[index], tops[index + 1], row) for index, row in enumerate(rows)]
