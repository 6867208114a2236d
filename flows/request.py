"""What a run is asked to do, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from flows.handed_in import HandedIn
from flows.settings import Settings


@dataclass(frozen=True, slots=True)
class RunRequest:
    """One run. inbox: folder or fsspec address. year: fiscal year judged, None for every year that came in.

    as_of: the day from which deadlines and ages are counted, by the clock of the settings.
    """

    inbox: str
    home: Path
    as_of: date
    year: int | None = None
    handed_in: HandedIn = field(default_factory=HandedIn)
    workers: int = 1
    settings: Settings = field(default_factory=Settings)

    def now(self) -> datetime:
        """The present moment by the run's clock, without zone."""
        return datetime.now(self.settings.clock).replace(tzinfo=None, microsecond=0)


@dataclass(frozen=True, slots=True)
class RunSummary:
    """How a run ended. state: done, nothing_new. seconds: by stage. statuses, severities: counts as published.

    left_out: what lies in the inbox and is no submission. not_taken: submissions that gave no report, with the reason.
    inboxes: every folder that this home took anything from.
    """

    run_id: str
    state: str
    why: tuple[str, ...] = ()
    files: int = 0
    left_out: tuple[str, ...] = ()
    not_taken: tuple[str, ...] = ()
    inboxes: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    severities: dict[str, int] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
