"""Archives: members under limits, names of any packer, nothing trusted."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from extractors.containers import Member, walk
from extractors.errors import Refused, Unreadable
from extractors.limits import Limits
from tests.extractors.zip_changes import AES, DEFLATE64, STRONG, of_version, packed_by


def pack(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def members(folder: Path, content: bytes, limits: Limits | None = None) -> list[Member]:
    path = folder / "包.zip"
    path.write_bytes(content)
    inside = folder / "内"
    inside.mkdir()
    return list(walk(path, inside, limits or Limits()))


def gbk_named(name: str, content: bytes) -> bytes:
    """A zip as old Windows programs write it: the name in GBK, no UTF-8 flag."""
    placeholder = "x" * len(name.encode("gbk"))
    packed = pack({placeholder: content})
    return packed.replace(placeholder.encode(), name.encode("gbk"))


def test_names_in_gbk_and_utf8(tmp_path: Path) -> None:
    found = members(tmp_path, gbk_named("自评/城关镇自评表.txt", b"x"))
    assert found[0].member_path == "自评/城关镇自评表.txt"


def test_member_names_are_never_paths(tmp_path: Path) -> None:
    found = members(tmp_path, pack({"../../逃.txt": b"x", "/etc/绝对.txt": b"y", "..\\..\\c.txt": b"z"}))
    assert [member.path.parent.parent for member in found if member.path] == [tmp_path / "内"] * 3
    assert not (tmp_path.parent / "逃.txt").exists()


def test_rubbish_of_systems_is_left_out(tmp_path: Path) -> None:
    content = pack(
        {"__MACOSX/a.docx": b"x", ".DS_Store": b"x", "~$甲.docx": b"x", "甲.txt": b"x", "夹/": b""}
    )
    assert [member.member_path for member in members(tmp_path, content)] == ["甲.txt"]


def test_nested_archives_are_opened_to_the_depth_allowed(tmp_path: Path) -> None:
    content = pack({"底.txt": b"x"})
    for level in range(3):
        content = pack({f"{level}.zip": content})
    found = members(tmp_path, content, Limits(max_depth=4))
    assert [member.member_path for member in found] == ["2.zip/1.zip/0.zip/底.txt"]


def test_deeper_archives_are_refused_alone(tmp_path: Path) -> None:
    content = pack({"内.zip": pack({"更内.zip": pack({"底.txt": b"x"})}), "外.txt": b"y"})
    found = members(tmp_path, content, Limits(max_depth=2))
    assert isinstance(found[0].error, Refused)
    assert found[1].error is None


def test_bomb_member_is_refused_and_the_others_stay(tmp_path: Path) -> None:
    found = members(tmp_path, pack({"弹.txt": b"0" * 60_000_000, "好.txt": b"y"}))
    assert isinstance(found[0].error, Refused)
    assert "压缩炸弹" in found[0].error.reason
    assert found[1].path is not None


def test_total_is_counted_over_members_and_levels(tmp_path: Path) -> None:
    content = pack({"一.bin": b"1" * 900, "二.zip": pack({"三.bin": b"2" * 900})})
    found = members(tmp_path, content, Limits(max_unpacked_bytes=1500))
    assert [member.error is None for member in found] == [True, False]


def test_directory_that_lies_about_sizes_is_caught_while_inflating(tmp_path: Path) -> None:
    honest = pack({"a.bin": b"\x00" * 5_000_000})
    size = (5_000_000).to_bytes(4, "little")
    found = members(
        tmp_path, honest.replace(size, (10).to_bytes(4, "little")), Limits(max_file_bytes=1_000_000)
    )
    assert found[0].error is not None


def test_too_many_members(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="过多"):
        members(tmp_path, pack({f"{number}.txt": b"" for number in range(30)}), Limits(max_members=10))


@pytest.mark.parametrize("flags", [1, STRONG])
@pytest.mark.parametrize("method", [AES, zipfile.ZIP_DEFLATED])
def test_encrypted_archive_is_named(tmp_path: Path, method: int, flags: int) -> None:
    content = packed_by(pack({"a.txt": b"x" * 50}), "a.txt", method, flags)

    with pytest.raises(Unreadable, match="压缩包设有密码，无法读取；请取消密码后重新报送"):
        members(tmp_path, content)


@pytest.mark.parametrize("cut", [False, True])
def test_a_member_packed_by_an_unknown_method_is_told_and_the_others_stay(tmp_path: Path, cut: bool) -> None:
    whole = packed_by(pack({"甲.txt": b"x", "大.txt": b"y" * 50, "乙.txt": b"z"}), "大.txt", DEFLATE64)

    found = members(tmp_path, whole[:-30] if cut else whole)

    assert [(member.member_path, member.path is not None) for member in found[:3]] == [
        ("甲.txt", True),
        ("大.txt", False),
        ("乙.txt", True),
    ]
    assert found[1].error is not None
    assert "压缩方法（deflate64）；请用常用的 ZIP 格式" in found[1].error.reason


def test_an_archive_of_an_unknown_version_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="版本不受支持；请用常用的 ZIP 格式"):
        members(tmp_path, of_version(pack({"甲.txt": b"x"}), "甲.txt", 99))


@pytest.mark.parametrize("content", [b"PK\x03\x04rubbish", pack({})])
def test_damaged_and_empty_archives(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Unreadable):
        members(tmp_path, content)


@pytest.mark.parametrize("packed_by", ["zip", "zip with sizes behind"])
def test_an_upload_that_broke_off_gives_the_members_that_came_whole(tmp_path: Path, packed_by: str) -> None:
    """Without the directory at the end; streaming packers write sizes behind the members."""
    first, second = b"first " * 500, bytes(range(256)) * 40
    stream = io.BytesIO()
    target = Unseekable(stream) if "behind" in packed_by else stream
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:  # pyright: ignore[reportCallIssue, reportArgumentType]
        archive.writestr("甲.txt", first)
        archive.writestr("乙.bin", second)
    whole = stream.getvalue()

    found = members(tmp_path, whole[: whole.find(b"PK\x01\x02") - 60])

    assert [member.member_path for member in found] == ["甲.txt", "乙.bin", "（其余内容）"]
    assert found[0].path is not None
    assert found[0].path.read_bytes() == first
    assert [str(member.error) for member in found[1:]] == [
        "压缩包不完整（可能传输中断），该文件没有传完；请重新打包后报送",
        "压缩包不完整（可能传输中断），其后的文件无法读出；请重新打包后报送",
    ]


class Unseekable:
    """A pipe to write a zip into."""

    def __init__(self, target: io.BytesIO):
        self.write, self.flush = target.write, target.flush


def test_a_bundle_of_office_files_cut_off_is_still_a_bundle(tmp_path: Path) -> None:
    inner = pack({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>" * 90})
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("甲.docx", inner)
        archive.writestr("乙.docx", inner)
    found = members(tmp_path, stream.getvalue()[:-150])
    assert [member.error is None for member in found] == [True, False, False]
