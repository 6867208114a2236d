"""What a hostile file is called, holds, and may end as; the sound form that most of them are made from."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from flows.samples.form import compose
from flows.samples.generate import make_facts
from flows.samples.layouts import load_layouts
from flows.samples.writers import write

NOT_READ = frozenset({"refused", "unreadable", "not_an_evaluation"})
READ = frozenset({"accepted", "superseded", "duplicate"})
EITHER = READ | NOT_READ


@dataclass(frozen=True, slots=True)
class Hostile:
    """One file of the inbox. outcomes: statuses it may end with. words: a pattern of the reason.

    members: statuses by member path, for containers.
    """

    name: str
    content: bytes
    outcomes: frozenset[str] = NOT_READ
    words: str = ""
    members: tuple[tuple[str, str], ...] = ()


@cache
def form(suffix: str, number: int = 1) -> bytes:
    """A sound self-evaluation of a unit of its own, in the format of the suffix."""
    facts = make_facts(880_000 + number, year=2024, scope="project")
    unit = f"临江县第{number}服务中心"
    facts = replace(
        facts, unit=unit, supervisor=unit, unit_code=f"{880_000 + number}", project=f"{unit}运行维护"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"form{suffix}"
        return write(compose(facts, load_layouts()["standard_project"]), path).read_bytes()


def rewritten(package: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """An office package with each part passed through `change`; None leaves it out."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = change(name, source.read(name))
            if part is not None:
                target.writestr(name, part)
    return stream.getvalue()


def part_changed(package: bytes, ending: str, change: Callable[[bytes], bytes]) -> bytes:
    """An office package with the parts whose name ends so changed."""
    return rewritten(package, lambda name, part: change(part) if name.endswith(ending) else part)


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of the members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return stream.getvalue()
