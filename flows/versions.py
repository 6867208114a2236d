"""Which programs and rules gave a result: a change in one of them is something new, though no file came in."""

from __future__ import annotations

import hashlib
from pathlib import Path

HOUSE = Path(__file__).parent.parent
MEANING = (".py", ".sql", ".yaml", ".yml", ".csv", ".json")


def versions() -> dict[str, str]:
    """Room -> version: a digest of what decides its results (code, catalogue, profiles, vocabulary, marts).

    extractors: a change reads every archived file again. expectations, warehouse: a change judges and publishes
    again what was read.
    """
    return {room: digest(HOUSE / room) for room in ("extractors", "warehouse", "expectations")}


def digest(folder: Path) -> str:
    """Twelve digits that change when any file that carries meaning below `folder` does."""
    sum_of_all = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in MEANING and path.is_file():
            sum_of_all.update(path.relative_to(folder).as_posix().encode())
            sum_of_all.update(hashlib.sha256(path.read_bytes()).digest())
    return sum_of_all.hexdigest()[:12]


def file_digest(path: Path) -> str:
    """The same for one file handed in beside the submissions."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
