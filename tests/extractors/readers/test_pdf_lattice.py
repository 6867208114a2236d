"""The fast steps of the table finder give pdfplumber's cells, on any set of lines."""

from __future__ import annotations

from typing import Any, cast

from hypothesis import given, settings
from hypothesis import strategies as st
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells

from extractors.readers.pdf.lattice import SnappedFinder, find_lattices, join_edges
from extractors.readers.pdf.layout import lay_out
from extractors.readers.pdf.marks import Edge, PageMarks
from extractors.readers.piece import TablePiece

spot = st.integers(0, 8).map(lambda n: n * 20.0)


@st.composite
def ruled_lines(draw: st.DrawFn) -> list[Edge]:
    """Lines on a coarse grid: many crossings, merged cells, dangling ends."""
    lines = []
    for vertical in (False, True):
        for _ in range(draw(st.integers(2, 14))):
            start, end = sorted((draw(spot), draw(spot)))
            if end > start:
                lines.append(Edge(vertical, draw(spot), start, end))
    return join_edges(lines)


def plumbers(edges: list[Edge]) -> list[Any]:
    theirs = [
        {"x0": e.at, "x1": e.at, "top": e.start, "bottom": e.end, "orientation": "v"}
        if e.vertical
        else {"x0": e.start, "x1": e.end, "top": e.at, "bottom": e.at, "orientation": "h"}
        for e in edges
    ]
    return intersections_to_cells(edges_to_intersections(cast(Any, theirs), 0, 0))


@settings(max_examples=60)
@given(ruled_lines())
def test_cells_equal_those_of_pdfplumber(edges: list[Edge]) -> None:
    assert sorted(SnappedFinder(edges).cells) == sorted(plumbers(edges))


@settings(max_examples=40)
@given(ruled_lines())
def test_tables_equal_those_of_pdfplumber(edges: list[Edge]) -> None:
    finder = SnappedFinder(edges)
    ours = sorted(sorted(group) for group in finder.groups() if len(group) > 1)
    assert ours == sorted(sorted(group) for group in cells_to_tables(cast(Any, plumbers(edges))))


@settings(max_examples=60)
@given(ruled_lines())
def test_no_place_of_a_grid_has_two_cells(edges: list[Edge]) -> None:
    layout = lay_out(PageMarks(1, 200, 200, (), tuple(edges)), max_edges=1000)
    for piece in layout.blocks:
        assert isinstance(piece, TablePiece)
        places = [
            (row, column)
            for cell in piece.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        ]
        assert len(places) == len(set(places))


def test_a_drawing_with_endless_crossings_is_no_table() -> None:
    edges = [Edge(v, n * 3.5, 0.0, 1500.0) for v in (False, True) for n in range(400)]

    assert find_lattices(edges, max_edges=3000)[0] == []
