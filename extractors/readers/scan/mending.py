"""Broken lines made whole: a border never ends in the middle of a cell, so one that does goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.readers.pdf.marks import Edge

NEAR = 4.0
"""Points within which a line ends on another."""
ONE_LINE = 1.6
"""Points by which two pieces of one line may be out of line."""
WIDEST_GAP = 30.0
"""Points of a line that may be missing between two pieces."""
WIDEST_END = 20.0
"""Points that may be missing between the end of a line and the border it ran to."""


def mended(edges: Sequence[Edge]) -> list[Edge]:
    """The lines with gaps closed whose ends lie on no crossing line, and loose ends carried on to the next one."""
    result: list[Edge] = []
    for vertical in (False, True):
        crossing = [edge for edge in edges if edge.vertical != vertical]
        for line in _lines([edge for edge in edges if edge.vertical == vertical]):
            result.extend(_carried_on(piece, crossing) for piece in _joined(line, crossing))
    return result


def _lines(edges: Sequence[Edge]) -> Iterator[list[Edge]]:
    """Pieces that lie on one line, in order."""
    group: list[Edge] = []
    for edge in sorted(edges, key=lambda edge: (edge.at, edge.start)):
        if group and edge.at - group[0].at > ONE_LINE:
            yield sorted(group, key=lambda piece: piece.start)
            group = []
        group.append(edge)
    if group:
        yield sorted(group, key=lambda piece: piece.start)


def _joined(line: Sequence[Edge], crossing: Sequence[Edge]) -> list[Edge]:
    pieces = [line[0]]
    for _, following in pairwise(line):
        last = pieces[-1]
        gap = following.start - last.end
        shorter = min(last.end - last.start, following.end - following.start)
        ends_on_border = _meets(last, last.end, crossing) and _meets(following, following.start, crossing)
        if gap <= 0 or (gap <= min(WIDEST_GAP, shorter) and not ends_on_border):
            longer = max(last, following, key=lambda piece: piece.end - piece.start)
            pieces[-1] = Edge(last.vertical, longer.at, last.start, max(last.end, following.end))
        else:
            pieces.append(following)
    return pieces


def _carried_on(edge: Edge, crossing: Sequence[Edge]) -> Edge:
    """The edge up to the next crossing line where one of its ends lies on one and the other does not.

    An underline in a cell ends on neither side and stays.
    """
    begins, ends = _meets(edge, edge.start, crossing), _meets(edge, edge.end, crossing)
    if begins == ends or edge.end - edge.start < WIDEST_END:
        return edge
    places = sorted(other.at for other in crossing if other.start - NEAR <= edge.at <= other.end + NEAR)
    if begins:
        beyond = [at for at in places if edge.end < at <= edge.end + WIDEST_END]
        return Edge(edge.vertical, edge.at, edge.start, beyond[0]) if beyond else edge
    before = [at for at in places if edge.start - WIDEST_END <= at < edge.start]
    return Edge(edge.vertical, edge.at, before[-1], edge.end) if before else edge


def _meets(edge: Edge, end: float, crossing: Sequence[Edge]) -> bool:
    return any(
        abs(other.at - end) <= NEAR and other.start - NEAR <= edge.at <= other.end + NEAR
        for other in crossing
    )
