"""Legacy formats through LibreOffice, where it is installed."""

from __future__ import annotations

import os
from pathlib import Path

import docx
import pytest

from extractors.errors import NeedsTool, Unreadable
from extractors.limits import Limits
from extractors.readers import libreoffice, read
from extractors.readers.libreoffice import convert, find_office
from tests.extractors.readers.office_samples import only_table, placed

needs_office = pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
RTF = (
    r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}}\f0 \'d7\'d4\'c6\'c0\par "
    r"\trowd\cellx2000\cellx4000\intbl A\cell B\cell\row\pard }"
)


def write_form(path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("自评表")
    grid = document.add_table(3, 3)
    for number, target in enumerate(each for line in grid.rows for each in line.cells):
        target.text = f"格{number}"
    grid.cell(0, 0).merge(grid.cell(1, 0)).text = "产出"
    grid.cell(2, 1).merge(grid.cell(2, 2)).text = "合计"
    document.add_paragraph("填表人")
    document.save(str(path))
    return path


@needs_office
def test_rtf_is_read_with_its_table(tmp_path: Path) -> None:
    path = tmp_path / "甲.doc"
    path.write_text(RTF, encoding="ascii")
    document = read(path)
    assert (document.format, document.reader) == ("rtf", "libreoffice+docx")
    assert document.paragraphs[0].text == "自评"
    assert placed(only_table(document)) == {(0, 0): ("A", 1, 1), (0, 1): ("B", 1, 1)}


@needs_office
def test_doc_keeps_merges_and_a_bad_file_costs_itself_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = write_form(tmp_path / "甲.docx")
    monkeypatch.setattr(libreoffice, "TO_DOCX", "doc:MS Word 97")
    made = convert([(form, "docx")], tmp_path / "旧", Limits())[0].path
    assert made is not None
    monkeypatch.undo()
    bad = tmp_path / "坏.doc"
    bad.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + os.urandom(3000))
    results = convert([(made, "doc"), (bad, "doc"), (made, "wps")], tmp_path / "新", Limits())
    assert [found.path is not None for found in results[::2]] == [True, True]
    document = read(made)
    assert document.format == "doc"
    found = placed(only_table(document))
    assert found[0, 0] == ("产出", 2, 1)
    assert found[2, 1] == ("合计", 1, 2)


def test_absent_program_names_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "OFFICE_PROGRAMS", ("no-such-office",))
    path = tmp_path / "甲.doc"
    path.write_text(RTF, encoding="ascii")
    with pytest.raises(NeedsTool, match="libreoffice-writer-nogui"):
        read(path)


def test_hanging_program_is_ended_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "bin" / "soffice"
    fake.parent.mkdir()
    marker = tmp_path / "child.pid"
    fake.write_text(f"#!/bin/sh\nsleep 300 &\necho $! > {marker}\nwait\n", encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}:{os.environ['PATH']}")
    monkeypatch.setattr(libreoffice, "START_SECONDS", 0.2)
    path = tmp_path / "甲.rtf"
    path.write_text(RTF, encoding="ascii")
    found = convert([(path, "rtf")], tmp_path / "出", Limits(office_seconds=0.3))[0]
    assert found.error is not None
    assert "时限" in found.error.reason
    state = Path(f"/proc/{marker.read_text().strip()}/stat")
    assert not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z"


def test_encrypted_doc_is_named_before_any_conversion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from extractors.readers import legacy

    class Stream:
        def read(self, _: int) -> bytes:
            return b"\xec\xa5" + bytes(8) + b"\x00\x01" + bytes(50)

    class Container:
        def __init__(self, _: str):
            pass

        def __enter__(self) -> Container:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def openstream(self, _: str) -> Stream:
            return Stream()

    monkeypatch.setattr("olefile.OleFileIO", Container)
    with pytest.raises(Unreadable, match="密码"):
        legacy.check_before(tmp_path / "甲.doc", "doc")


def test_program_that_dies_on_a_file_leaves_the_others_to_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "bin" / "soffice"
    fake.parent.mkdir()
    fake.write_text(
        """#!/bin/sh
while [ "$1" != --outdir ]; do [ "$1" = --convert-to ] && to=${2%%:*}; shift; done
out=$2; shift 2
for path in "$@"; do
  name=$(basename "$path")
  grep -q deadly "$path" && kill -9 $$
  grep -q broken "$path" || cp "$path" "$out/${name%.*}.$to"
done
""",
        encoding="utf-8",
    )
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}:{os.environ['PATH']}")
    files = []
    for number, text in enumerate(("good", "broken", "good", "deadly", "good", "good", "broken")):
        path = tmp_path / f"{number}.doc"
        path.write_text(text, encoding="ascii")
        files.append((path, "doc"))
    found = convert(files, tmp_path / "出", Limits())
    assert [result.path is not None and result.path.suffix for result in found] == [
        ".docx", False, ".docx", False, ".docx", ".docx", False,
    ]  # fmt: skip
