"""Where a run tells how far it is: a bar in the terminal, lines where there is none, an artifact in Prefect."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.console import Console

Advance = Callable[[int], None]


class Watch(Protocol):
    """Shows one stage after the other; `stage` gives the function that says how many more are done."""

    @contextmanager
    def stage(self, title: str, total: int | None = None) -> Iterator[Advance]:
        """A stage of `total` steps, None where steps are not counted."""
        ...


class Silent:
    """Shows nothing: runs on a Prefect server tell it through their logs and artifacts."""

    @contextmanager
    def stage(self, title: str, total: int | None = None) -> Iterator[Advance]:
        """Nothing to show."""
        yield lambda _: None


def terminal_console() -> Console:
    """The terminal, or the file that stands for it. A reader that goes away (`| head`) never stops a run."""
    import os
    import sys

    from rich.console import Console

    class PatientConsole(Console):
        def on_broken_pipe(self) -> None:
            self.quiet = True
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    return PatientConsole(highlight=False)


class Terminal:
    """A bar a stage on a terminal; one line a stage where the output goes into a file."""

    def __init__(self, console: Console):
        self.console = console

    @contextmanager
    def stage(self, title: str, total: int | None = None) -> Iterator[Advance]:
        """Shows the stage until it ends."""
        began = time.monotonic()
        if not self.console.is_terminal:
            yield lambda _: None
            self.console.print(f"{title}  {time.monotonic() - began:.1f} s", highlight=False)
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = [TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()]
        if total is not None:
            columns.insert(2, MofNCompleteColumn())
        with Progress(*columns, console=self.console) as bars:
            bar = bars.add_task(title, total=total)
            yield lambda steps: bars.advance(bar, steps)
            bars.update(bar, total=total or 1, completed=total or 1)


_watch: Watch = Silent()


def watch() -> Watch:
    """The watch of this process."""
    return _watch


def show_on(chosen: Watch) -> None:
    """Makes `chosen` the watch of this process; the command does, before the run."""
    global _watch
    _watch = chosen
