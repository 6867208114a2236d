"""Register: every file known by its content, kept unchanged, the inbox only read."""

import hashlib
import os
import pickle
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from extractors.batch import write_tables
from extractors.rows import BatchRows, Submission
from flows import ledger, rooms
from flows.handed_in import HandedIn
from flows.home import Home
from flows.register import InboxError, Unopened, archived, register

BEIJING = ZoneInfo("Asia/Shanghai")


def put(path: Path, content: bytes, when: datetime | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    if when:
        os.utime(path, (when.timestamp(), when.timestamp()))
    return path


def test_every_file_is_known_by_path_content_and_time(tmp_path):
    when = datetime(2025, 3, 31, 23, 59, tzinfo=BEIJING)
    put(tmp_path / "in" / "甲局" / "自评表.docx", b"abc", when)

    found = register(str(tmp_path / "in"), tmp_path / "archive", BEIJING)

    (file,) = found.files
    assert file.file_path == "甲局/自评表.docx"
    assert file.sha256 == hashlib.sha256(b"abc").hexdigest()
    assert file.size_bytes == 3
    assert file.received_at == datetime(2025, 3, 31, 23, 59)


def test_the_archive_keeps_the_content_once_under_its_digest_and_read_only(tmp_path):
    put(tmp_path / "in" / "a.DOCX", b"same")
    put(tmp_path / "in" / "sub" / "b.docx", b"same")

    found = register(str(tmp_path / "in"), tmp_path / "archive", BEIJING)

    first, second = found.files
    assert first.archive_path == second.archive_path
    assert first.archive_path.name == f"{first.sha256}.docx"
    assert first.archive_path.read_bytes() == b"same"
    assert first.archive_path.stat().st_mode & 0o222 == 0
    assert [path for path in (tmp_path / "archive").rglob("*") if path.is_file()] == [first.archive_path]


def test_a_torn_copy_in_the_archive_is_made_again(tmp_path):
    put(tmp_path / "in" / "a.docx", b"whole content")
    digest = hashlib.sha256(b"whole content").hexdigest()
    put(tmp_path / "archive" / digest[:2] / f"{digest}.docx", b"who")

    (file,) = register(str(tmp_path / "in"), tmp_path / "archive", BEIJING).files

    assert file.archive_path.read_bytes() == b"whole content"
    assert archived(tmp_path / "archive", digest) == file.archive_path


@pytest.mark.parametrize(
    "name", ["~$自评表.docx", ".~lock.a.docx#", ".DS_Store", "Thumbs.db", "desktop.ini", "._a.docx"]
)
def test_what_programs_leave_beside_documents_is_no_submission(tmp_path, name):
    put(tmp_path / "in" / name, b"x")

    found = register(str(tmp_path / "in"), tmp_path / "archive", BEIJING)

    assert found.files == ()
    (entry,) = found.left_out
    assert entry.file_path == name
    assert "不作为报送材料" in entry.why


def test_links_within_the_inbox_are_followed_and_others_are_not(tmp_path):
    put(tmp_path / "elsewhere" / "secret", b"x")
    put(tmp_path / "in" / "sub" / "a.docx", b"x")
    (tmp_path / "in" / "file.docx").symlink_to(tmp_path / "in" / "sub" / "a.docx")
    (tmp_path / "in" / "outside.docx").symlink_to(tmp_path / "elsewhere" / "secret")
    (tmp_path / "in" / "folder").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "gone.docx").symlink_to(tmp_path / "nowhere")

    found = register(str(tmp_path / "in"), tmp_path / "archive", BEIJING)

    assert [file.file_path for file in found.files] == ["file.docx", "sub/a.docx"]
    assert [entry.file_path for entry in found.left_out] == ["folder", "gone.docx", "outside.docx"]
    assert "收件目录以外" in found.left_out[2].why


def test_a_pipe_in_the_inbox_does_not_hang_the_run(tmp_path):
    (tmp_path / "in").mkdir()
    os.mkfifo(tmp_path / "in" / "pipe")

    found = register(str(tmp_path / "in"), tmp_path / "archive", BEIJING)

    assert [entry.file_path for entry in found.left_out] == ["pipe"]


def test_a_name_that_is_not_utf8_is_shown_as_the_gbk_it_is(tmp_path):
    (tmp_path / "in").mkdir()
    name = os.fsencode(str(tmp_path / "in")) + b"/" + "自评表.docx".encode("gb18030")
    with open(name, "wb") as file:
        file.write(b"x")

    (file,) = register(str(tmp_path / "in"), tmp_path / "archive", BEIJING).files

    assert file.file_path == "自评表.docx"


def test_a_name_that_would_move_the_cursor_of_a_terminal_is_shown_harmless(tmp_path):
    put(tmp_path / "in" / "甲\n\x1b[31m\u202e　乙.docx", b"x")

    (file,) = register(str(tmp_path / "in"), tmp_path / "archive", BEIJING).files

    assert file.file_path == "甲��[31m�　乙.docx"


def test_an_inbox_that_can_only_be_read_is_enough(tmp_path):
    put(tmp_path / "in" / "a.docx", b"x")
    (tmp_path / "in").chmod(0o555)
    before = sorted((path, path.stat().st_mtime_ns) for path in (tmp_path / "in").rglob("*"))

    register(str(tmp_path / "in"), tmp_path / "archive", BEIJING)

    assert sorted((path, path.stat().st_mtime_ns) for path in (tmp_path / "in").rglob("*")) == before
    (tmp_path / "in").chmod(0o755)


def test_any_fsspec_address_is_an_inbox(tmp_path):
    import fsspec

    store = fsspec.filesystem("memory")
    store.makedirs("/desk/甲局", exist_ok=True)
    store.pipe("/desk/甲局/a.docx", b"from a store")

    (file,) = register("memory://desk", tmp_path / "archive", BEIJING).files

    assert file.file_path == "甲局/a.docx"
    assert file.archive_path.read_bytes() == b"from a store"


def test_a_missing_inbox_is_named(tmp_path):
    with pytest.raises(InboxError, match="不存在"):
        register(str(tmp_path / "nowhere"), tmp_path / "archive", BEIJING)


def test_the_order_of_the_folder_does_not_matter(tmp_path):
    for name in ("c", "a", "b"):
        put(tmp_path / "in" / f"{name}.txt", name.encode())

    found = register(str(tmp_path / "in"), tmp_path / "archive", BEIJING)

    assert [file.file_path for file in found.files] == ["a.txt", "b.txt", "c.txt"]


def as_nobody(work):
    """What `work` gives when a user without any rights does it: for root every file is readable."""
    if os.geteuid() != 0:
        return work()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            with os.fdopen(writing, "wb") as out:
                pickle.dump(work(), out)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        told = pickle.load(answer)
    os.waitpid(child, 0)
    return told


def test_a_file_that_may_not_be_read_is_counted_with_its_reason():
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        put(place / "in" / "closed.docx", b"x" * 7)
        put(place / "in" / "open.docx", b"x")
        (place / "archive").mkdir()
        (place / "in" / "closed.docx").chmod(0)
        (place / "archive").chmod(0o777)
        place.chmod(0o755)

        found = as_nobody(lambda: register(str(place / "in"), place / "archive", BEIJING))

    assert [file.file_path for file in found.files] == ["open.docx"]
    (closed,) = found.unopened
    assert (closed.file_path, closed.size_bytes) == ("closed.docx", 7)
    assert "读权限" in closed.why
    assert found.left_out == ()


def test_a_file_without_permission_is_a_row_until_it_could_be_read(tmp_path):
    home = Home.at(tmp_path / "home").make()
    closed = Unopened("甲局.docx", 7, datetime(2025, 3, 1, 9), "没有读取权限，请授予读权限后重新运行")
    query = "SELECT status, reason FROM out.submissions WHERE file_path = '甲局.docx' ORDER BY sha256"
    with closing(rooms.open_warehouse(home.warehouse)) as con:
        for run_id in ("run-1", "run-2"):
            rooms.load_unopened(con, [closed], home.staging / "unopened", run_id)
        assert con.execute(query).fetchall() == [("unreadable", closed.why)]
        assert ledger.rows(con, "unopened_files") == [{"file_path": "甲局.docx"}]

        rows = BatchRows()
        rows.add(Submission("甲局.docx", "ab", 7, closed.received_at))
        write_tables(rows.tables(), home.staging / "later")
        rooms.load(con, home.staging / "later", "run-3")
        rooms.relate(con, HandedIn(), None)
        assert con.execute(query).fetchall() == [
            ("superseded", "已被重新报送的「甲局.docx」替代"),
            ("accepted", None),
        ]
        assert ledger.rows(con, "unopened_files") == []
    assert not list(home.staging.glob("unopened"))
