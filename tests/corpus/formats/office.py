"""Files converted by LibreOffice, many in one process, kept under the key of their content so that a second run converts nothing."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

BATCH = 20
SECONDS = 300


@dataclass(frozen=True, slots=True)
class Conversion:
    """From which format, and LibreOffice's name of the target (suffix:filter)."""

    source: str
    target: str

    @property
    def suffix(self) -> str:
        """The suffix that LibreOffice gives the result."""
        return "." + self.target.partition(":")[0]


def is_installed() -> bool:
    """Whether this machine has LibreOffice."""
    return shutil.which("soffice") is not None


@cache
def kept_in() -> Path:
    """The folder of conversions done before."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "jixiao-corpus"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="jixiao-corpus-"))
    return folder


@cache
def _version() -> str:
    return subprocess.run(["soffice", "--version"], capture_output=True, text=True, check=False).stdout


def _key(path: Path, target: str) -> Path:
    content = hashlib.sha256(path.read_bytes() + target.encode() + _version().encode()).hexdigest()
    return kept_in() / f"{content}.{target.partition(':')[0]}"


def convert(paths: Sequence[Path], conversion: Conversion) -> list[Path | None]:
    """The converted files, in order; None for one that LibreOffice did not convert."""
    kept = [_key(path, conversion.target) for path in paths]
    missing = [(path, key) for path, key in zip(paths, kept, strict=True) if not key.exists()]
    for start in range(0, len(missing), BATCH):
        _run(missing[start : start + BATCH], conversion)
    return [key if key.exists() else None for key in kept]


def _run(batch: Sequence[tuple[Path, Path]], conversion: Conversion) -> None:
    with tempfile.TemporaryDirectory() as folder:
        inputs, outputs = Path(folder) / "in", Path(folder) / "out"
        inputs.mkdir()
        named = list(_named(batch, inputs))
        profile = (Path(folder) / "profile").as_uri()
        command = [
            "soffice",
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            conversion.target,
        ]
        command += ["--outdir", str(outputs), *(str(path) for path, _ in named)]
        subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
        for path, key in named:
            made = outputs / (path.stem + conversion.suffix)
            if made.exists():
                partly = key.with_suffix(f".{os.getpid()}")
                shutil.move(made, partly)
                partly.rename(key)


def _named(batch: Sequence[tuple[Path, Path]], folder: Path) -> Iterator[tuple[Path, Path]]:
    for number, (path, key) in enumerate(batch):
        copy = folder / f"{number:03d}{path.suffix}"
        shutil.copyfile(path, copy)
        yield copy, key
