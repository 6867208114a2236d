"""Batches: every file in a child process; one bad file costs itself only; the outcome is one folder."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import time
import zipfile
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from extractors import child
from extractors.batch import BatchItem, close_idle_workers, extract_batch
from extractors.isolation import Worker, WorkerFailed
from extractors.limits import Limits
from extractors.readers.libreoffice import find_office
from extractors.rows import SCHEMAS

FORM = (
    "2022年度部门整体支出绩效自评表\n\t单位名称\n\t某县水利局\n\n\t一级指标\n\t二级指标\n\t三级指标\n\t年度指标值\n"
    "\t实际完成值\n\t分值\n\t得分\n\n\t产出指标\n\t数量指标\n\t维修渠道（公里）\n\t≥20\n\t22\n\t50\n\t50\n\n"
    "\t效益指标\n\t社会效益\n\t受益人口（人）\n\t≥900\n\t950\n\t50\n\t50\n\n\t总分\n\t100\n\t100\n\n"
)


@pytest.fixture(autouse=True)
def _no_children_left():
    yield
    close_idle_workers()


def item(folder: Path, name: str, content: bytes) -> BatchItem:
    path = folder / f"{len(list(folder.iterdir()))}.bin"
    path.write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    return BatchItem(path, name, digest, len(content), datetime(2023, 4, 1))


def pack(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def rows(out: Path, table: str = "submissions") -> list[dict]:
    return pq.read_table(out / f"{table}.parquet").to_pylist()


def test_good_and_bad_files_side_by_side(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    items = [
        item(inbox, "水利局.txt", FORM.encode()),
        item(inbox, "空.docx", b""),
        item(inbox, "乱.pdf", bytes(range(256)) * 9),
        item(
            inbox,
            "包.zip",
            pack({"内/水利局.txt": FORM.replace("水利局", "林业局").encode(), "坏.docx": b"PK\x03\x04x"}),
        ),
    ]
    summary = extract_batch(items, tmp_path / "out", Limits(), workers=2)
    found = rows(tmp_path / "out")
    assert [(row["file_name"], row["member_path"], row["outcome"]) for row in found] == [
        ("水利局.txt", None, "accepted"),
        ("空.docx", None, "unreadable"),
        ("乱.pdf", None, "unreadable"),
        ("包.zip", None, "accepted"),
        ("包.zip", "内/水利局.txt", "accepted"),
        ("包.zip", "坏.docx", "unreadable"),
    ]
    assert found[3]["document_kind"] == "archive"
    assert all(row["reason"] for row in found if row["outcome"] != "accepted")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        f"{name}.parquet" for name in SCHEMAS
    )
    assert summary.reports == 2
    assert [row["unit_name"] for row in rows(tmp_path / "out", "reports")] == ["某县水利局", "某县林业局"]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_archives_within_archives_may_not_multiply(tmp_path: Path) -> None:
    """Each within its limits, together far beyond: one row that says so, the others unharmed."""
    inbox = tmp_path / "in"
    inbox.mkdir()
    content = pack({f"{n}.txt": b"x" for n in range(4)})
    for _ in range(3):
        content = pack({f"{n}.zip": content for n in range(4)})
    items = [item(inbox, "层层.zip", content), item(inbox, "水利局.txt", FORM.encode())]
    extract_batch(items, tmp_path / "out", Limits(max_members=50), workers=2)
    found = rows(tmp_path / "out")
    assert [(row["file_name"], row["member_path"], row["outcome"]) for row in found] == [
        ("层层.zip", None, "refused"),
        ("水利局.txt", None, "accepted"),
    ]
    assert "过多（上限 50 个）" in found[0]["reason"]


def test_reasons_do_not_name_the_copy_in_the_archive(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    extract_batch([item(inbox, "坏.pdf", b"%PDF-1.7\n")], tmp_path / "out", Limits(), workers=1)
    assert rows(tmp_path / "out")[0]["reason"] == "PDF 已损坏或不完整，无法打开。请重新导出后报送。"


def test_same_rows_with_any_number_of_workers_and_twice(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    items = [item(inbox, f"{n}.txt", FORM.replace("950", str(950 + n)).encode()) for n in range(6)]
    seen = []
    for workers in (1, 3, 3):
        extract_batch(items, tmp_path / "out", Limits(), workers)
        seen.append([rows(tmp_path / "out", name) for name in SCHEMAS if name != "submissions"])
    assert seen[0] == seen[1] == seen[2]


def test_an_empty_batch_writes_empty_tables(tmp_path: Path) -> None:
    assert extract_batch([], tmp_path / "out", Limits(), 2).submissions == 0
    assert all(rows(tmp_path / "out", name) == [] for name in SCHEMAS)


def test_time_out_kills_the_child_and_the_next_one_works() -> None:
    limits = Limits()
    worker = Worker(limits)
    os.kill(worker._process.pid, 19)  # SIGSTOP: hangs as hard as anything
    begin = time.monotonic()
    with pytest.raises(WorkerFailed) as failure:
        worker.ask({"do": "read", "path": "x"}, 0.5)
    assert failure.value.kind == "timeout"
    assert time.monotonic() - begin < 20
    assert not worker.is_alive


def test_a_crash_costs_its_file_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = Worker(Limits())
    os.kill(worker._process.pid, 6)
    with pytest.raises(WorkerFailed) as failure:
        worker.ask({"do": "read", "path": "x"}, 5)
    assert failure.value.kind == "crash"


def test_memory_limit_turns_into_a_reason(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    huge = ("x" * 60_000_000).encode()
    items = [item(inbox, "大.txt", huge), item(inbox, "好.txt", FORM.encode())]
    extract_batch(items, tmp_path / "out", Limits(memory_bytes=80 << 20), 1)
    found = rows(tmp_path / "out")
    assert found[0]["outcome"] in ("refused", "unreadable")
    assert found[1]["outcome"] == "accepted"


def test_children_die_with_a_killed_parent(tmp_path: Path) -> None:
    script = (
        "import sys, time\nfrom extractors.isolation import Worker\nfrom extractors.limits import Limits\n"
        "worker = Worker(Limits())\nprint(worker._process.pid, flush=True)\ntime.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    for _ in range(100):
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.05)
    pytest.fail("the child outlived its parent")


def test_a_fault_of_the_program_costs_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(child, "read", fail)
    path = tmp_path / "甲.txt"
    path.write_text(FORM, encoding="utf-8")
    facts, tables = child.run({"do": "read", "path": str(path), "file_path": "甲.txt"}, Limits())
    assert facts["outcome"] == "unreadable"
    assert "KeyError" in facts["reason"]
    assert tables == {}


@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
def test_legacy_files_are_converted_together_also_from_archives(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    rtf = rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 SimSun;}}\f0 \'d7\'d4\'c6\'c0\par \trowd\cellx2000\intbl A\cell\row\pard }"
    items = [item(inbox, f"{n}.doc", rtf + b" " * n) for n in range(3)]
    items.append(item(inbox, "包.zip", pack({"内.doc": rtf, "好.txt": FORM.encode()})))
    extract_batch(items, tmp_path / "out", Limits(), workers=2)
    found = rows(tmp_path / "out")
    assert [row["format"] for row in found] == ["rtf", "rtf", "rtf", "zip", "rtf", "text"]
    assert {row["reader"] for row in found if row["format"] == "rtf"} == {"libreoffice+docx"}
    assert found[-1]["outcome"] == "accepted"


def test_hostile_files_leave_the_good_ones_alone(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    bomb = pack({"弹.txt": b"0" * 60_000_000})
    items = [item(inbox, f"好{n}.txt", FORM.replace("950", str(950 + n)).encode()) for n in range(8)]
    items += [
        item(inbox, "弹.zip", bomb),
        item(inbox, "断.docx", pack({"word/document.xml": b"<w:document" * 50})[:-30]),
        item(
            inbox,
            "弹.docx",
            pack({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a>" + b" " * 80_000_000}),
        ),
        item(inbox, "假.pdf", pack({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"})),
    ]
    extract_batch(items, tmp_path / "out", Limits(seconds=20), workers=2)
    outcomes = {(row["file_name"], row["member_path"]): row for row in rows(tmp_path / "out")}
    assert all(outcomes[f"好{n}.txt", None]["outcome"] == "accepted" for n in range(8))
    assert outcomes["弹.zip", "弹.txt"]["outcome"] == "refused"
    assert outcomes["弹.docx", None]["outcome"] == "refused"
    assert outcomes["断.docx", None]["outcome"] == "unreadable"
    assert outcomes["假.pdf", None]["format"] == "docx"


def test_slow_pages_are_granted_time_a_silent_hang_is_not(tmp_path: Path) -> None:
    limits = Limits(page_seconds=5)
    script = tmp_path / "child.py"
    script.write_text(
        "import struct, sys, time\n"
        "def send(facts):\n"
        "    sys.stdout.buffer.write(struct.pack('<II', len(facts), 0) + facts)\n"
        "    sys.stdout.flush()\n"
        "send(b'{\"ready\": true}')\n"
        "sys.stdin.readline()\n"
        'send(b\'{"page": true}\')\ntime.sleep(1.0)\nsend(b\'{"outcome": "accepted"}\')\n',
        encoding="utf-8",
    )
    worker = Worker.__new__(Worker)
    worker.limits, worker.files, worker._scratch = limits, 0, tmp_path / "none"
    worker._process = subprocess.Popen(
        [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    )
    assert worker._receive(20).facts == {"ready": True}
    assert worker.ask({}, 0.4).facts == {"outcome": "accepted"}
    worker.kill()
