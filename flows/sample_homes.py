"""Samples and real submissions are kept apart: a home that `--home` does not name holds the one or the other.

`make run` without a folder tries the product on samples; their reports and their roster must never stand in a queue
beside real ones, nor real ones beside samples.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from flows.engine import served_address
from flows.home import Home

SUFFIX = "-samples"


def home_for_samples(named: Path | None, folder: Path) -> Home:
    """The home in which the samples of `folder` are run: the one named, else the usual one, unless real
    submissions stand in it: then one of its own beside it. The home is marked as one of samples."""
    home = Home.at(named)
    if named is None and _has_run(home) and not home.samples.exists():
        usual, home = home, Home.at(_beside(home))
        print(f"{usual.root} 里是正式报送的材料，样例放在 {home.root}", flush=True)
    if not _has_run(home) or home.samples.exists():
        home.root.mkdir(parents=True, exist_ok=True)
        home.samples.write_text(json.dumps({"folder": str(folder.absolute())}, ensure_ascii=False), "utf-8")
    return home


def home_for_submissions(named: Path | None, usual: Path, inbox: str) -> Home:
    """The home in which `inbox` is run: the one named, else the usual one, from which samples are set aside first.

    What the data engineer laid into the home (inputs/, checks.yaml) stays. Raises HomeInUseError.
    """
    home = Home.at(named or usual)
    if not home.samples.exists() or _is_of_samples(home, inbox):
        return home
    if named is not None or served_address(home):
        home.samples.unlink()  # mixed on purpose: what `--home` names is taken as it is
        return home
    aside = _free(_beside(home))
    with home.lock("jixiao run"):
        home.root.rename(aside)
        home.root.mkdir()
        (aside / home.holder_file.name).unlink(missing_ok=True)
        for kept in (home.inputs, home.checks):
            if (aside / kept.name).exists():
                shutil.move(aside / kept.name, kept)
    print(f"{home.root} 里原是样例，已移到 {aside}；本次从空的数据目录开始", flush=True)
    return home


def _has_run(home: Home) -> bool:
    return home.warehouse.exists() or home.diary.exists()


def _is_of_samples(home: Home, inbox: str) -> bool:
    try:
        folder = json.loads(home.samples.read_text("utf-8"))["folder"]
    except (OSError, ValueError, KeyError):
        return False
    return "://" not in inbox and os.path.realpath(inbox) == os.path.realpath(folder)


def _beside(home: Home) -> Path:
    return home.root.with_name(home.root.name + SUFFIX)


def _free(path: Path) -> Path:
    number, free = 2, path
    while free.exists():
        number, free = number + 1, path.with_name(f"{path.name}-{number}")
    return free
