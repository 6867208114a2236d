"""The home's diary: one line of JSON a run, also for runs that changed nothing and left the warehouse alone."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """One run. state: done, nothing_new, stopped_by_gate, failed. seconds: by stage. Times by the run's clock."""

    run_id: str
    started_at: str
    finished_at: str
    state: str
    message: str = ""
    files: int = 0
    seconds: dict[str, float] = field(default_factory=dict)


def write(diary: Path, entry: Entry) -> None:
    """Adds a line."""
    with open(diary, "a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")


def read(diary: Path, last: int = 20) -> list[Entry]:
    """The last entries, oldest first; a line torn by a crash is passed over."""
    if not diary.exists():
        return []
    entries = []
    for line in diary.read_text("utf-8").splitlines()[-last:]:
        try:
            entries.append(Entry(**json.loads(line)))
        except (ValueError, TypeError):
            continue
    return entries
