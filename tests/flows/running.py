"""How tests run the job: in this process on the session's engine, or as a user types it."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

from flows.request import RunRequest, RunSummary
from flows.settings import Settings

AS_OF = date(2025, 4, 7)


def run(home: Path, inbox: Path, **wishes) -> RunSummary:
    """The job on the session's engine, in this process."""
    from flows.run import run_yearly

    request = RunRequest(
        str(inbox), home, **({"as_of": AS_OF, "settings": Settings(), "workers": 2} | wishes)
    )
    return run_yearly(request)


def command(*words: str | Path, **options) -> subprocess.CompletedProcess[str]:
    """`jixiao WORDS` as a user types it."""
    return subprocess.run(
        [sys.executable, "-m", "flows.command", *map(str, words)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=600,
        **options,
    )
