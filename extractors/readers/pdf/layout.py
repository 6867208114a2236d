"""One page's marks to its blocks: table pieces and text lines, in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.readers.pdf.aligned import aligned_tables
from extractors.readers.pdf.borderless import borderless_tables
from extractors.readers.pdf.frame import DOUBT, Frame
from extractors.readers.pdf.lattice import Lattice, find_lattices
from extractors.readers.pdf.lines import TextLine, grouped, lines_of, text_lines
from extractors.readers.pdf.marks import Glyph, PageMarks
from extractors.readers.piece import TablePiece

MARGIN = 0.1
"""Share of the page's height at top and foot that belongs to page numbers and running heads."""
WIDE = 0.4
"""Share of the page's width that a single cell must have to be a row of a table."""


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
    free, lines = rest, grouped(rest)
    aligned, rest, unclear = borderless_tables(rest, lines, marks.number)
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
        *(lines_of(rest, marks.number) if rest is not free else text_lines(lines, marks.number)),
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
    frames = [Frame(lattice) for lattice in lattices]
    smallest_first = sorted(frames, key=lambda frame: frame.area)
    rest: list[Glyph] = []
    x0, top, x1, bottom, members = 0.0, 0.0, 0.0, 0.0, rest
    nested = any(first is not second and first.holds(second) for first in frames for second in frames)
    for glyph in marks.glyphs:
        left, upper, right, lower, _, _, _ = glyph
        if not nested and left > x0 and right < x1 and upper > top and lower < bottom:
            members.append(glyph)  # as nearly always, in the same cell as the character before
            continue
        x, y = (left + right) / 2, (upper + lower) / 2
        for frame in smallest_first:
            index = frame.take(glyph, x, y)
            if index >= 0:
                (x0, top, x1, bottom), members = frame.boxes[index], frame.members[index]
                break
        else:
            rest.append(glyph)
    for left, upper, right, lower in marks.unread:
        any(frame.leave_unread((left + right) / 2, (upper + lower) / 2) for frame in smallest_first)
    return [frame.piece(marks.number) for frame in frames if frame.has_text or len(frame.boxes) > 3], rest
