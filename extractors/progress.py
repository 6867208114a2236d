"""Slow reading tells that it goes on: a scan of sixty pages is no hang."""

from __future__ import annotations

from collections.abc import Callable

_listeners: list[Callable[[], None]] = []


def begin_page() -> None:
    """Say that one more slow page is begun; whoever waits grants it the time of a page."""
    for tell in _listeners:
        tell()


def listen(tell: Callable[[], None]) -> None:
    """Be told of every slow page in this process."""
    _listeners.append(tell)
