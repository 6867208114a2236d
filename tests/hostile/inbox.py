"""An inbox of deadline day with everything hostile in it beside good reports."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from flows.samples.demo import submissions
from flows.samples.form import compose
from flows.samples.writers import write
from tests.hostile.archives import archives
from tests.hostile.case import Hostile, form
from tests.hostile.office import office_files
from tests.hostile.pdfs import pdf_files


def hostile_files() -> list[Hostile]:
    """Every hostile file, by name."""
    found = [*office_files(), *archives(), *pdf_files()]
    assert len({each.name for each in found}) == len(found)
    return found


def write_good(folder: Path, count: int, seed: int = 3) -> list[Path]:
    """`count` reports of as many units, in the formats of the demo."""
    folder.mkdir(parents=True, exist_ok=True)
    return [write(compose(each.facts, each.layout), each.path) for each in submissions(folder, count, seed)]


def write_hostile(folder: Path, files: Sequence[Hostile]) -> None:
    """The files, and beside them what is no file at all."""
    for each in files:
        (folder / each.name).write_bytes(each.content)
    (folder / "目录.docx").mkdir()
    os.mkfifo(folder / "管道.docx")
    secret = folder.parent / "secret.txt"
    secret.write_bytes(form(".txt", 50))
    (folder / "链接到外面.txt").symlink_to(secret)
    (folder / "断链.docx").symlink_to(folder.parent / "nowhere")
    (folder / "回环").symlink_to(folder)
    (folder / ("长" * 80 + ".txt")).write_bytes(form(".txt", 51))
    (folder / "换\n行\x1b[31m红\u202e.txt").write_bytes(form(".txt", 52))
    (folder / "<img src=x onerror=alert(1)>.txt").write_bytes(form(".txt", 53))
    (folder / "=cmd|'!A1.txt").write_bytes(form(".txt", 54))
    gbk = os.fsdecode("国标名称自评表.txt".encode("gbk"))
    (folder / gbk).write_bytes(form(".txt", 55))
    locked = folder / "无权读取.docx"
    locked.write_bytes(form(".docx", 56))
    locked.chmod(0)


def copied(good: Path, folder: Path) -> Path:
    """A copy of the good reports with their times."""
    return Path(shutil.copytree(good, folder))
