"""Ruled lines to cells, by pdfplumber's table finder.

pdfplumber's finder is pure geometry; its cost lies in parsing and in its snapping of edges. Here it gets edges that are
already snapped and joined, one connected grid at a time, with open outer sides closed.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pdfplumber.table import TableFinder

from extractors.document import Box
from extractors.readers.pdf.marks import Edge

SNAP = 2.5
"""Points: parallel lines that near are one line (double borders, cell borders drawn twice)."""
JOIN = 3.0
"""Points: gaps that small in a line are none."""
SHORTEST = 4.0
"""Points: what is shorter is no border."""
ROUNDING = 0.01
"""Points: differences that come from averaging only."""
MAX_CROSSINGS = 40_000
"""Crossings of one grid: a page of forms has hundreds; what has more is a drawing."""


@dataclass(frozen=True, slots=True)
class Lattice:
    """One table's cells as boxes, each covering its whole merged area."""

    cells: tuple[Box, ...]

    @property
    def box(self) -> Box:
        """The hull of the cells."""
        return (
            min(cell[0] for cell in self.cells),
            min(cell[1] for cell in self.cells),
            max(cell[2] for cell in self.cells),
            max(cell[3] for cell in self.cells),
        )


def find_lattices(edges: Iterable[Edge], max_edges: int) -> tuple[list[Lattice], list[Edge], bool]:
    """Tables, the horizontal lines that belong to none, and whether lines were left out beyond `max_edges`.

    A lattice of a single cell is a box around text, or one row of a table cut by a page break.
    """
    joined = join_edges(edges)
    cut = len(joined) > max_edges
    if cut:
        joined = sorted(joined, key=lambda edge: edge.start - edge.end)[:max_edges]
    lattices: list[Lattice] = []
    loose: list[Edge] = []
    for group in _connected(joined):
        if not any(edge.vertical for edge in group):
            loose.extend(group)
            continue
        found = SnappedFinder(_square(_close_sides(group))).groups()
        if found:
            lattices.extend(Lattice(tuple(cells)) for cells in found)
        else:
            loose.extend(edge for edge in group if not edge.vertical)
    lattices.sort(key=lambda lattice: (lattice.box[1], lattice.box[0]))
    return lattices, loose, cut


def join_edges(edges: Iterable[Edge]) -> list[Edge]:
    """Edges snapped onto common lines and joined along them."""
    joined: list[Edge] = []
    for vertical in (False, True):
        members = sorted((edge.at, edge.start, edge.end) for edge in edges if edge.vertical == vertical)
        for line in _snapped(members):
            at = sum(member[0] * (member[2] - member[1]) for member in line)
            length = sum(member[2] - member[1] for member in line)
            at = at / length if length else line[0][0]
            line.sort(key=lambda member: member[1])
            start, end = line[0][1], line[0][2]
            for _, next_start, next_end in line[1:]:
                if next_start <= end + JOIN:
                    end = max(end, next_end)
                    continue
                if end - start >= SHORTEST:
                    joined.append(Edge(vertical, at, start, end))
                start, end = next_start, next_end
            if end - start >= SHORTEST:
                joined.append(Edge(vertical, at, start, end))
    return joined


def _snapped(members: list[tuple[float, float, float]]) -> Iterable[list[tuple[float, float, float]]]:
    """Members (sorted by `at`) in groups that lie on one line; a group never grows wider than twice the tolerance."""
    group: list[tuple[float, float, float]] = []
    for member in members:
        if group and (member[0] - group[-1][0] > SNAP or member[0] - group[0][0] > 2 * SNAP):
            yield group
            group = []
        group.append(member)
    if group:
        yield group


def _connected(edges: Sequence[Edge]) -> list[list[Edge]]:
    """Edges in groups that touch each other."""
    parent = list(range(len(edges)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    horizontals = sorted((edge.at, index) for index, edge in enumerate(edges) if not edge.vertical)
    heights = [at for at, _ in horizontals]
    for index, edge in enumerate(edges):
        if not edge.vertical:
            continue
        first, last = bisect_left(heights, edge.start - JOIN), bisect_right(heights, edge.end + JOIN)
        for _, other in horizontals[first:last]:
            crossed = edges[other]
            if crossed.start - JOIN <= edge.at <= crossed.end + JOIN:
                parent[root(other)] = root(index)
    groups: dict[int, list[Edge]] = {}
    for index, edge in enumerate(edges):
        groups.setdefault(root(index), []).append(edge)
    return list(groups.values())


def _close_sides(group: list[Edge]) -> list[Edge]:
    """The group with the outer sides added that its lines end at but that are not drawn."""
    added: list[Edge] = []
    for vertical in (True, False):
        across = [edge for edge in group if edge.vertical != vertical]
        along = [edge for edge in group if edge.vertical == vertical]
        if len(across) < 2:
            continue
        for side, ends in ((min(edge.start for edge in across), 0), (max(edge.end for edge in across), 1)):
            spots = sorted(
                edge.at for edge in across if abs((edge.end if ends else edge.start) - side) <= 2 * JOIN
            )
            drawn = [edge for edge in along if abs(edge.at - side) <= 2 * JOIN]
            if len(spots) < 2:
                continue
            at = drawn[0].at if drawn else side
            for first, second in itertools.pairwise(spots):
                middle = (first + second) / 2
                if second - first > JOIN and not any(edge.start <= middle <= edge.end for edge in drawn):
                    added.append(Edge(vertical, at, first, second))
    return join_edges([*group, *added]) if added else group


def _square(group: list[Edge]) -> list[Edge]:
    """Ends that nearly meet a crossing line drawn onto it, so that the finder needs no tolerance of its own."""
    lines = {
        vertical: sorted({edge.at for edge in group if edge.vertical == vertical})
        for vertical in (False, True)
    }

    def onto(value: float, spots: list[float]) -> float:
        index = bisect_left(spots, value)
        near = [spot for spot in spots[max(0, index - 1) : index + 1] if abs(spot - value) <= JOIN + 0.5]
        return min(near, key=lambda spot: abs(spot - value)) if near else value

    squared = [
        Edge(
            edge.vertical,
            edge.at,
            onto(edge.start, lines[not edge.vertical]),
            onto(edge.end, lines[not edge.vertical]),
        )
        for edge in group
    ]
    return join_edges(squared)


class SnappedFinder(TableFinder):
    """pdfplumber's table finder for edges that are already snapped, joined and drawn onto each other.

    Its two quadratic steps (which lines cross, which crossings make a cell) are replaced by equal ones that use
    the order of the lines; the tests hold both against each other.
    """

    def __init__(self, edges: Sequence[Edge], max_crossings: int = MAX_CROSSINGS):
        crossings = _crossings(edges, max_crossings)
        self.cells = _smallest_cells(crossings)

    def groups(self) -> list[list[Box]]:
        """The cells of each table, which share corners; pdfplumber calls only those of two and more cells tables."""
        of_corner: dict[tuple[float, float], int] = {}
        groups: dict[int, list[Box]] = {}
        for number, cell in enumerate(self.cells):
            x0, top, x1, bottom = cell
            corners = ((x0, top), (x1, top), (x0, bottom), (x1, bottom))
            touched = {of_corner[corner] for corner in corners if corner in of_corner}
            home = min(touched, default=number)
            members = groups.setdefault(home, [])
            members.append(cell)
            for corner in corners:
                of_corner[corner] = home
            for other in touched - {home}:  # the cell brings two groups together
                moved = groups.pop(other)
                members.extend(moved)
                for x0, top, x1, bottom in moved:
                    for corner in ((x0, top), (x1, top), (x0, bottom), (x1, bottom)):
                        of_corner[corner] = home
        return list(groups.values())


_Crossings = dict[tuple[float, float], tuple[int, int]]
"""A point where lines cross: the number of its vertical and of its horizontal edge."""


def _crossings(edges: Sequence[Edge], max_crossings: int) -> _Crossings:
    horizontals = sorted(
        (edge.at, edge.start, edge.end, index) for index, edge in enumerate(edges) if not edge.vertical
    )
    heights = [horizontal[0] for horizontal in horizontals]
    found: _Crossings = {}
    for index, (vertical, at, start, end) in enumerate(edges):
        if not vertical:
            continue
        for height, left, right, other in horizontals[
            bisect_left(heights, start - ROUNDING) : bisect_right(heights, end + ROUNDING)
        ]:
            if left - ROUNDING <= at <= right + ROUNDING:
                found[(at, height)] = (index, other)
        if len(found) > max_crossings:
            return {}
    return found


def _smallest_cells(crossings: _Crossings) -> list[Box]:
    """For every crossing the smallest rectangle of drawn lines whose upper left corner it is."""
    columns: dict[float, list[float]] = {}
    rows: dict[float, list[float]] = {}
    for x, y in sorted(crossings):
        columns.setdefault(x, []).append(y)
        rows.setdefault(y, []).append(x)
    cells: list[Box] = []
    for (x, y), (vertical, horizontal) in sorted(crossings.items()):
        on_row, on_column = rows[y], columns[x]
        rights = []
        for right in on_row[bisect_right(on_row, x) :]:
            if crossings[(right, y)][1] != horizontal:
                break
            rights.append(right)
        if not rights:
            continue
        cell = _first_cell(crossings, x, y, vertical, on_column[bisect_right(on_column, y) :], rights)
        if cell:
            cells.append(cell)
    return cells


def _first_cell(
    crossings: _Crossings, x: float, y: float, vertical: int, below: Sequence[float], rights: Sequence[float]
) -> Box | None:
    for bottom in below:
        down = crossings[(x, bottom)]
        if down[0] != vertical:
            return None
        for right in rights:
            corner = crossings.get((right, bottom))
            if corner and corner[1] == down[1] and corner[0] == crossings[(right, y)][0]:
                return (x, y, right, bottom)
    return None
