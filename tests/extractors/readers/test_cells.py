"""The short cut makes the same cells as the constructors."""

from __future__ import annotations

from extractors.document import Cell, Location
from extractors.readers.cells import make_cell


def test_same_as_constructed() -> None:
    made = make_cell(4, 2, "9.5", 3, 2, table=1)
    assert made == Cell(4, 2, "9.5", 3, 2, Location(table=1, row=4, column=2))
    assert make_cell(4, 2, "", sheet="表").location == Location(sheet="表", row=4, column=2)
    assert (type(made), type(made.location)) == (Cell, Location)
