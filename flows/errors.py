"""Why a run could not be done. Messages are for the person at the terminal: what, where, and the remedy."""

from __future__ import annotations


class RunError(Exception):
    """The run failed or could not begin: exit status 1."""


class WrongUsageError(RunError):
    """What was asked for cannot be done so: exit status 2."""


def is_told(error: BaseException) -> bool:
    """Whether the error's message is written for people (one of the house's own), so that no traceback is needed."""
    rooms = ("flows", "warehouse", "expectations", "extractors")
    return type(error).__module__.split(".")[0] in rooms and bool(str(error))
