"""The converters' environment, `.venv-bench/`: built from a hash lock of its own, so that the default install stays lean."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "deploy" / "bench.lock"
ENVIRONMENT = ROOT / ".venv-bench"
SECONDS = 900


def converters_python() -> tuple[Path | None, str]:
    """The interpreter of the converters' environment, built when the lock is new; else None and the reason."""
    python = ENVIRONMENT / "bin" / "python"
    stamp = ENVIRONMENT / ".installed"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return python, ""
    uv = Path(sys.executable).parent / "uv"
    steps = (
        [str(uv), "venv", "-q", "--allow-existing", "--python", sys.executable, str(ENVIRONMENT)],
        [str(uv), "pip", "sync", "-q", "--require-hashes", "--python", str(python), str(LOCK)],
    )
    for step in steps:
        try:
            subprocess.run(
                step, check=True, capture_output=True, text=True, timeout=SECONDS, env=_environment()
            )
        except (OSError, subprocess.SubprocessError) as error:
            last = (getattr(error, "stderr", "") or str(error)).strip().splitlines()
            return None, last[-1] if last else type(error).__name__
    stamp.write_text(wanted, encoding="ascii")
    return python, ""


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
