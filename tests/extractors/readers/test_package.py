"""Office packages that zip programs can open and this one cannot inflate: the reason says so, and what to do."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from extractors.errors import Unreadable
from extractors.limits import Limits
from extractors.readers import read
from tests.extractors.readers.fuzzing import samples
from tests.extractors.zip_changes import AES, DEFLATE64, STRONG, of_version, packed_by

MAIN_PARTS = [
    ("docx", "word/document.xml"),
    ("xlsx", "xl/workbook.xml"),
    ("xlsx", "xl/worksheets/sheet1.xml"),
    ("ods", "content.xml"),
    ("ofd", "OFD.xml"),
]


def read_changed(folder: Path, suffix: str, content: bytes) -> None:
    path = folder / f"自评表.{suffix}"
    path.write_bytes(content)
    read(path, Limits())


@pytest.mark.parametrize(("suffix", "part"), MAIN_PARTS)
def test_a_part_packed_by_an_unknown_method(tmp_path: Path, suffix: str, part: str) -> None:
    content = packed_by(samples()[suffix][0], part, DEFLATE64)

    with pytest.raises(Unreadable, match=r"压缩方法（deflate64）；请用办公软件打开后重新保存"):
        read_changed(tmp_path, suffix, content)


@pytest.mark.parametrize(("suffix", "part"), MAIN_PARTS)
@pytest.mark.parametrize("flags", [1, STRONG])
def test_an_encrypted_part(tmp_path: Path, suffix: str, part: str, flags: int) -> None:
    content = packed_by(samples()[suffix][0], part, AES, flags)

    with pytest.raises(Unreadable, match="文件设有打开密码，无法读取；请取消密码"):
        read_changed(tmp_path, suffix, content)


@pytest.mark.parametrize(("suffix", "part"), [("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml")])
def test_a_zip_of_an_unknown_version(tmp_path: Path, suffix: str, part: str) -> None:
    content = of_version(samples()[suffix][0], part, 99)

    with pytest.raises(Unreadable, match="版本不受支持；请用办公软件打开后重新保存"):
        read_changed(tmp_path, suffix, content)


def test_a_part_packed_by_a_method_without_a_name_is_told_by_its_number(tmp_path: Path) -> None:
    content = packed_by(samples()["docx"][0], "word/document.xml", 77)

    with pytest.raises(Unreadable, match="压缩方法（第 77 号）"):
        read_changed(tmp_path, "docx", content)


def test_parts_packed_by_rarer_methods_that_are_known_are_read(tmp_path: Path) -> None:
    path = tmp_path / "自评表.docx"
    source = tmp_path / "原.docx"
    source.write_bytes(samples()["docx"][0])
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as again:
        for name in whole.namelist():
            again.writestr(name, whole.read(name))

    assert read(path, Limits()).tables == read(source, Limits()).tables
