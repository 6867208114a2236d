"""A check over many reports goes the way that was quicker on the slices before."""

from __future__ import annotations

from expectations.runner import LearntWays, Way


def test_both_ways_are_tried_where_something_failed_and_the_quicker_stays():
    ways = LearntWays()
    assert ways.next_of("FUN-01") is Way.COUNT_FIRST
    ways.took("FUN-01", Way.COUNT_FIRST, 2.0, failed=5)
    assert ways.next_of("FUN-01") is Way.AT_ONCE
    ways.took("FUN-01", Way.AT_ONCE, 1.0, failed=5)
    assert ways.next_of("FUN-01") is Way.AT_ONCE


def test_where_nothing_failed_counting_has_done_less_in_any_case():
    ways = LearntWays()
    ways.took("CMP-03", Way.COUNT_FIRST, 2.0, failed=0)
    assert ways.next_of("CMP-03") is Way.COUNT_FIRST
