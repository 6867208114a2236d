"""Several connections to one database that work side by side.

DuckDB parts one query among its threads only where a table is large; a check over some thousands of reports runs on one
of them. There are more than a hundred checks, so they are shared out instead: every hand is a connection of its own with
the macros, the words and the search path of the others, and takes the next piece of work when it is done with its last.

What the hands share lies in `staging`, a database in memory that stands behind the warehouse in their search path.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from queue import SimpleQueue
from threading import Condition
from typing import TypeVar

import duckdb

from expectations.sql_files import load_macros, sql_text
from expectations.words import load_words
from warehouse.quoted import set_meanwhile

MOST = 8
"""Hands on a machine with many cores: beyond, the steps that only one hand can do are what takes the time."""

Answer = TypeVar("Answer")
Item = TypeVar("Item")


@dataclass(slots=True)
class Places:
    """As many places to work at as there are hands: more at a time would push each other out of the processors' caches.

    What others will wait for (`first`) gets the next place that becomes free.
    """

    free: int
    _first_waiting: int = 0
    _changed: Condition = field(default_factory=Condition)

    @contextmanager
    def taken(self, first: bool = False) -> Iterator[None]:
        """Wait for a place and keep it inside."""
        with self._changed:
            self._first_waiting += first
            self._changed.wait_for(lambda: self.free and (first or not self._first_waiting))
            self._first_waiting -= first
            self.free -= 1
        try:
            yield
        finally:
            with self._changed:
                self.free += 1
                self._changed.notify_all()


@dataclass(frozen=True, slots=True)
class Hands:
    """The connections of one judging; made by `hired`. The first is the caller's own, for what is done in order."""

    connections: tuple[duckdb.DuckDBPyConnection, ...]
    places: Places

    @property
    def first(self) -> duckdb.DuckDBPyConnection:
        """The caller's connection."""
        return self.connections[0]

    def share_out(self, pieces: Sequence[Callable[[duckdb.DuckDBPyConnection], Answer]]) -> list[Answer]:
        """Do all pieces, each with the connection it is given; gives their answers in the order of the pieces.

        No piece may depend on another. Raises what the first piece that failed raised, once no hand is at work.
        """
        if len(self.connections) == 1:
            return [piece(self.first) for piece in pieces]
        free: SimpleQueue[duckdb.DuckDBPyConnection] = SimpleQueue()
        for con in self.connections:
            free.put(con)

        def do(piece: Callable[[duckdb.DuckDBPyConnection], Answer]) -> Answer:
            con = free.get()
            try:
                with self.places.taken():
                    return piece(con)
            finally:
                free.put(con)

        with ThreadPoolExecutor(len(self.connections), thread_name_prefix="hand") as pool:
            return list(pool.map(do, pieces))

    @contextmanager
    def aside(self, piece: Callable[[duckdb.DuckDBPyConnection], object]) -> Iterator[None]:
        """Do one long piece beside all that is done inside, on a connection of its own; it is done when this is left.

        With one hand it is done first. Raises what the piece raised.
        """
        if len(self.connections) == 1:
            piece(self.first)
            yield
            return
        with self.another() as con, ThreadPoolExecutor(1, thread_name_prefix="aside") as pool:
            doing = pool.submit(self._first, piece, con)
            yield
            doing.result()

    @contextmanager
    def ahead(
        self, piece: Callable[[duckdb.DuckDBPyConnection, Item], object], items: Iterable[Item]
    ) -> Iterator[Iterator[Item]]:
        """The items, each after the piece was done with it; while the caller is at one, the piece is at the next.

        However this is left, no piece is at work any more. Raises what the piece raised.
        """
        with closing(self._one_ahead(piece, items)) as ready:
            yield ready

    def _one_ahead(
        self, piece: Callable[[duckdb.DuckDBPyConnection, Item], object], items: Iterable[Item]
    ) -> Generator[Item, None, None]:
        if len(self.connections) == 1:
            for item in items:
                piece(self.first, item)
                yield item
            return
        with self.another() as con, ThreadPoolExecutor(1, thread_name_prefix="ahead") as pool:
            former: tuple[Item, Future[object]] | None = None
            for item in items:
                if former:
                    former[1].result()
                doing = (item, pool.submit(self._first, piece, con, item))
                if former:
                    yield former[0]
                former = doing
            if former:
                former[1].result()
                yield former[0]

    def _first(self, piece: Callable[..., object], *given: object) -> object:
        with self.places.taken(first=True):
            return piece(*given)

    @contextmanager
    def another(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """One more connection that knows what the hands know."""
        with self.first.cursor() as con:
            _teach(con)
            yield con


@dataclass(slots=True)
class Turns:
    """Lets pieces that are done side by side write one after the other, in the order of their numbers from 0."""

    _next: int = 0
    _failed: set[int] = field(default_factory=set)
    _changed: Condition = field(default_factory=Condition)

    @contextmanager
    def of(self, number: int) -> Iterator[Callable[[], AbstractContextManager[None]]]:
        """Around the whole of a piece; gives what it waits for its turn with (`with turn(): ...`).

        Raises OutOfTurnError where a piece before it failed.
        """
        try:
            yield partial(self._turn, number)
        except BaseException:
            with self._changed:
                self._failed.add(number)
                self._changed.notify_all()
            raise

    @contextmanager
    def _turn(self, number: int) -> Iterator[None]:
        with self._changed:
            self._changed.wait_for(lambda: self._next == number or min(self._failed, default=number) < number)
            if self._next != number:
                raise OutOfTurnError
        yield
        with self._changed:
            self._next += 1
            self._changed.notify_all()


class OutOfTurnError(Exception):
    """A piece before this one failed, so that its turn never comes; the failed one says why."""


@contextmanager
def hired(con: duckdb.DuckDBPyConnection) -> Iterator[Hands]:
    """As many hands as DuckDB has threads on this connection, with `staging` attached while they are there.

    Every hand is a thread, so DuckDB keeps so many fewer of its own meanwhile: more than there are cores get in each
    other's way, which cost a judging a tenth of its time. The warehouse's file is put in order once, at the end, for
    another tenth.
    """
    (threads,) = con.execute("SELECT current_setting('threads')").fetchone() or (1,)
    count = min(int(threads), MOST)
    with ExitStack() as stack:
        con.execute(sql_text("slicing/000_attach.sql"))
        stack.callback(con.execute, sql_text("slicing/090_detach.sql"))
        stack.enter_context(set_meanwhile(con, "threads", threads - count + 1))
        stack.enter_context(set_meanwhile(con, "wal_autocheckpoint", "16GB"))
        others = [stack.enter_context(con.cursor()) for _ in range(count - 1)]
        for hand in (con, *others):
            _teach(hand)
        yield Hands((con, *others), Places(count))


def _teach(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(sql_text("slicing/050_leave.sql"))
    load_macros(con)
    load_words(con)
