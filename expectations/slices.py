"""Judging in slices: what looks at one report at a time sees some thousands of reports at once.

A province's reports do not fit into memory with all that is compared about them. Scores and most checks need only one
report at a time, so they run slice by slice: the slice's rows of `active.*` lie as tables in a database in memory, and
the search path lets `active.…` and `judge.…` mean that database while a slice is entered. Time grows with the number of
reports, memory with the size of a slice. Checks that compare reports with each other say `across_reports: true` and run
once over the warehouse itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache

import duckdb

from expectations.hands import Hands
from expectations.sql_files import folder_texts, sql_text

REPORTS_PER_SLICE = 10_000
"""About 0.7 GB of rows while a slice is judged; half as many save 0.3 GB and cost a tenth more time."""
_SLICE = re.compile(r"\bslice\b(?=[.;])")


@dataclass(frozen=True, slots=True)
class Room:
    """A database in memory for the rows of one slice."""

    name: str

    def sql(self, file: str) -> str:
        """A file of expectations/sql with this room's name for `slice`: a database's name cannot be a parameter."""
        return self.in_here(sql_text(file))

    def in_here(self, text: str) -> str:
        """The same for a text."""
        return _SLICE.sub(self.name, text)


@dataclass(frozen=True, slots=True)
class Slices:
    """The slices of one judging, by number from 0; made by `sliced`. Neighbours lie in different rooms."""

    count: int
    rooms: tuple[Room, ...]

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.count))

    def room(self, number: int) -> Room:
        """Where a slice lies while it is judged."""
        return self.rooms[number % len(self.rooms)]

    def stage(self, con: duckdb.DuckDBPyConnection, number: int) -> None:
        """Copy a slice's rows into its room, in place of what lay there; scores are empty at the beginning."""
        room = self.room(number)
        con.execute("SET VARIABLE slice_no = $number", {"number": number})
        con.execute(room.sql("slicing/030_stage.sql"))
        for text in folder_texts("slicing/rows"):
            con.execute(room.in_here(text))

    @contextmanager
    def entered(self, number: int, *connections: duckdb.DuckDBPyConnection) -> Iterator[None]:
        """Inside, `active` and `judge` mean the slice that was staged, on these connections."""
        for con in connections:
            con.execute(self.room(number).sql("slicing/040_enter.sql"))
        try:
            yield
        finally:
            for con in connections:
                con.execute(sql_text("slicing/050_leave.sql"))


@contextmanager
def sliced(hands: Hands, reports_per_slice: int = REPORTS_PER_SLICE) -> Iterator[Slices]:
    """Part the reports that count into slices (tables slice_plan and slice_rows of `staging`). The rooms go when this is
    left."""
    con = hands.first
    con.execute("SET VARIABLE reports_per_slice = $size", {"size": reports_per_slice})
    con.execute(sql_text("slicing/010_plan.sql"))
    con.execute(sql_text("slicing/020_bounds.sql"))
    (count,) = con.execute("SELECT coalesce(max(slice_no) + 1, 0) FROM slice_plan").fetchone() or (0,)
    # Two, so that the next slice can be made ready while one is judged.
    rooms = tuple(Room(f"slice_{number}") for number in range(2))
    with ExitStack() as stack:
        for room in rooms:
            con.execute(room.sql("slicing/001_attach_room.sql"))
            stack.callback(con.execute, room.sql("slicing/080_detach_room.sql"))
        yield Slices(int(count), rooms)


@cache
def tables_of_a_slice() -> frozenset[str]:
    """What checks find in a slice: `active.reports`, `judge.report_scores` and their like."""
    staged = "".join((sql_text("slicing/030_stage.sql"), *folder_texts("slicing/rows")))
    return frozenset(re.findall(r"TABLE slice\.(\w+\.\w+) AS", staged))
