"""Hands work side by side on one database, and write in order."""

from __future__ import annotations

from functools import partial
from threading import Barrier, Event, Lock, Thread, Timer
from time import sleep

import duckdb
import pytest

from expectations.hands import Hands, Places, Turns, hired


@pytest.fixture
def hands():
    with duckdb.connect(config={"threads": 3}) as con, hired(con) as found:
        yield found


def number_of(con: duckdb.DuckDBPyConnection, number: int) -> int:
    (found,) = con.execute("SELECT plain(?::DECIMAL(9, 2))::INTEGER", [number]).fetchall()[0]
    return found


def test_answers_come_in_the_order_of_the_pieces_and_every_hand_knows_the_macros(hands: Hands):
    assert len(hands.connections) == 3
    assert hands.share_out([partial(number_of, number=n) for n in range(50)]) == list(range(50))


def test_pieces_are_done_at_the_same_time(hands: Hands):
    meeting = Barrier(3, timeout=20)

    hands.share_out([lambda con: meeting.wait() for _ in range(3)])


def test_what_is_staged_by_one_is_seen_by_all_and_gone_afterwards():
    with duckdb.connect(config={"threads": 2}) as con:
        with hired(con) as hands:
            hands.first.execute("CREATE TABLE staging.said AS SELECT 7 AS figure")
            counts = hands.share_out([lambda c: c.execute("FROM said").fetchall() for _ in range(4)])
        assert counts == [[(7,)]] * 4
        assert con.execute("SELECT current_setting('search_path')").fetchall() == [("",)]
        with pytest.raises(duckdb.CatalogException):
            con.execute("FROM staging.said")


def test_one_thread_is_one_hand():
    with duckdb.connect(config={"threads": 1}) as con, hired(con) as hands:
        order: list[str] = []
        with hands.aside(lambda c: order.append("aside")):
            order.append("inside")
        assert (len(hands.connections), order) == (1, ["aside", "inside"])


def test_aside_goes_on_beside_what_is_done_inside(hands: Hands):
    begun, may_end = Event(), Event()

    def piece(con: duckdb.DuckDBPyConnection) -> None:
        begun.set()
        assert may_end.wait(20)

    with hands.aside(piece):
        assert begun.wait(20)
        may_end.set()


@pytest.mark.parametrize("threads", [1, 2])
def test_each_item_is_made_ready_before_it_is_there_and_at_most_one_ahead(threads: int):
    ready: list[int] = []
    with (
        duckdb.connect(config={"threads": threads}) as con,
        hired(con) as hands,
        hands.ahead(lambda c, n: ready.append(number_of(c, n)), range(5)) as items,
    ):
        for number in items:
            assert ready[: number + 1] == list(range(number + 1))
            assert len(ready) <= number + 2
    assert ready == [0, 1, 2, 3, 4]


def test_nothing_is_made_ready_any_more_once_the_loop_has_failed(hands: Hands):
    """What the pieces work on is taken away after the loop: the piece that was ahead has to be done by then."""
    begun, may_end = Event(), Event()
    done: list[int] = []

    def piece(con: duckdb.DuckDBPyConnection, number: int) -> None:
        if number == 1:
            begun.set()
            assert may_end.wait(20)
        done.append(number_of(con, number))

    with pytest.raises(ValueError, match="no"), hands.ahead(piece, range(3)) as items:
        for _ in items:
            assert begun.wait(20)
            Timer(0.2, may_end.set).start()
            raise ValueError("no")

    assert done == [0, 1]
    assert list(items) == []


def test_what_a_piece_raises_is_raised(hands: Hands):
    with pytest.raises(duckdb.ParserException):
        hands.share_out([lambda con: con.execute("SELEC 1"), lambda con: con.execute("SELECT 1")])
    with pytest.raises(duckdb.ParserException), hands.aside(lambda con: con.execute("SELEC 1")):
        pass
    with (
        pytest.raises(duckdb.ParserException),
        hands.ahead(lambda con, number: con.execute("SELEC 1"), [1, 2]) as items,
    ):
        list(items)


def test_turns_are_taken_in_order(hands: Hands):
    written: list[int] = []
    turns = Turns()
    last_is_ready = Event()

    def piece(con: duckdb.DuckDBPyConnection, number: int) -> None:
        with turns.of(number) as turn:
            if number == 2:
                last_is_ready.set()
            elif number == 0:
                assert last_is_ready.wait(20)
            with turn():
                written.append(number)

    hands.share_out([partial(piece, number=n) for n in range(3)])

    assert written == [0, 1, 2]


def test_a_piece_that_fails_lets_none_after_it_write(hands: Hands):
    written: list[int] = []
    turns = Turns()

    def piece(con: duckdb.DuckDBPyConnection, number: int) -> None:
        with turns.of(number) as turn:
            if number == 1:
                raise ValueError("no")
            with turn():
                written.append(number)

    with pytest.raises(ValueError, match="no"):
        hands.share_out([partial(piece, number=n) for n in range(4)])

    assert written == [0]


def test_no_more_work_at_a_time_than_there_are_hands():
    """What runs aside or ahead takes a hand's place meanwhile."""
    at_work: list[int] = []
    most: list[int] = []
    lock = Lock()

    def work(*_: object) -> None:
        with lock:
            at_work.append(1)
            most.append(len(at_work))
        sleep(0.01)
        with lock:
            at_work.pop()

    with (
        duckdb.connect(config={"threads": 2}) as con,
        hired(con) as hands,
        hands.aside(work),
        hands.ahead(work, range(3)) as ready,
    ):
        for _ in ready:
            hands.share_out([work] * 6)
    assert len(most) == 1 + 3 + 3 * 6
    assert max(most) == 2


def test_what_others_wait_for_gets_the_next_place():
    places = Places(1)
    order: list[str] = []

    def take(name: str, first: bool) -> None:
        with places.taken(first):
            order.append(name)

    with places.taken():
        threads = [Thread(target=take, args=(name, name == "first")) for name in ("later", "later", "first")]
        for thread in threads:
            thread.start()
            sleep(0.05)
    for thread in threads:
        thread.join()
    assert order == ["first", "later", "later"]


def test_settings_of_duckdb_are_as_they_were_whatever_was_raised():
    settings = "SELECT current_setting('threads'), current_setting('wal_autocheckpoint')"
    with duckdb.connect(config={"threads": 2}) as con:
        before = con.execute(settings).fetchone()
        with pytest.raises(KeyError), hired(con):
            assert con.execute(settings).fetchone() != before
            raise KeyError
        assert con.execute(settings).fetchone() == before
