"""Deadline day with everything hostile in one inbox: the good reports end as they would alone, the others have a reason."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb
import pytest

from expectations.catalogue import load_catalogue
from extractors.limits import DEFAULT_LIMITS
from flows.demo import date_files
from tests.flows.running import run
from tests.hostile.case import READ, Hostile
from tests.hostile.inbox import copied, hostile_files, write_good, write_hostile

pytestmark = [pytest.mark.flow, pytest.mark.timeout(1800)]

CHINESE = re.compile("[一-鿿]")
TABLES = ("reports", "header_fields", "budget_lines", "indicators", "statements", "findings")
OF_ONE_RUN = {"first_run_id", "last_run_id", "run_id", "first_seen_on", "age_days"}
ESCAPED = Path("/tmp/jixiao-escape.txt")


@contextmanager
def growing(path: Path) -> Iterator[None]:
    """A file that somebody goes on writing."""
    done = threading.Event()

    def write() -> None:
        while not done.wait(0.001):
            with path.open("ab") as target:
                target.write(b"x" * 999)

    path.write_bytes(b"x" * 5_000_000)
    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        path.unlink()


def rows_of(home: Path, names: set[str]) -> dict[str, list[tuple]]:
    """What was published of the files with these names.

    Without the checks that compare reports: a report under a wrong extension is one more that others are compared with.
    """
    found: dict[str, list[tuple]] = {}
    comparing = [check.id for check in load_catalogue() if check.across_reports]
    with closing(duckdb.connect(str(home / "published" / "review.duckdb"), read_only=True)) as con:
        for table in TABLES:
            columns = [row[0] for row in con.execute(f"DESCRIBE out.{table}").fetchall()]
            kept = ", ".join(f't."{column}"' for column in columns if column not in OF_ONE_RUN)
            of_one_report = " AND NOT list_contains($comparing, t.check_id)" if table == "findings" else ""
            found[table] = con.execute(
                f"SELECT {kept} FROM out.{table} t JOIN out.reports r USING (report_id)"
                f" WHERE list_contains($names, r.file_name) AND $comparing IS NOT NULL{of_one_report} ORDER BY ALL",
                {"names": sorted(names), "comparing": comparing},
            ).fetchall()
    return found


def submissions_of(home: Path) -> list[dict]:
    with closing(duckdb.connect(str(home / "published" / "review.duckdb"), read_only=True)) as con:
        return con.execute("SELECT * FROM out.submissions").to_arrow_table().to_pylist()


@pytest.mark.parametrize("count", [12, pytest.param(200, marks=pytest.mark.long)])
def test_good_reports_are_what_they_are_alone_and_every_bad_file_says_why(engine, tmp_path, count):
    good = write_good(tmp_path / "good", count)
    date_files(good)
    names = {path.name for path in good}
    run(tmp_path / "alone", tmp_path / "good")
    inbox = copied(tmp_path / "good", tmp_path / "inbox")
    hostile = {each.name: each for each in hostile_files()}
    write_hostile(inbox, list(hostile.values()))

    with growing(inbox / "正在上传.docx"):
        summary = run(tmp_path / "mixed", inbox)

    assert rows_of(tmp_path / "mixed", names) == rows_of(tmp_path / "alone", names)
    submissions = submissions_of(tmp_path / "mixed")
    assert_named(submissions, hostile)
    assert_left_out(summary.left_out)
    assert_harmless(tmp_path / "mixed" / "published")
    assert run(tmp_path / "mixed", inbox).state == "nothing_new"


def assert_named(submissions: list[dict], hostile: dict[str, Hostile]) -> None:
    """Every file has a row; what was not read has a reason in Chinese with a remedy, within the limits."""
    top = {row["file_name"]: row for row in submissions if row["member_path"] is None}
    assert hostile.keys() <= top.keys()
    for name, each in hostile.items():
        row = top[name]
        assert row["status"] in each.outcomes, f"{name}: {row['status']} {row['reason']}"
        if each.words and row["status"] != "accepted":
            assert re.search(each.words, row["reason"]), f"{name}: {row['reason']}"
        members = {
            row["member_path"]: row["status"]
            for row in submissions
            if row["file_name"] == name and row["member_path"]
        }
        for path, status in each.members:
            allowed = READ if status == "accepted" else {status}
            assert members.get(path) in allowed, f"{name}: {members}"
    for row in submissions:
        place = f"{row['file_name']} {row['member_path']}: {row['reason']}"
        assert row["seconds"] <= DEFAULT_LIMITS.most_seconds, place
        if row["status"] in ("refused", "unreadable", "not_an_evaluation", "needs_tool"):
            assert CHINESE.search(row["reason"]), place
            assert "请" in row["reason"], place
            assert "识别程序" not in row["reason"], place
            assert not row["sha256"] or row["sha256"] not in row["reason"], place
        for shown in (row["file_name"], row["file_path"], row["member_path"] or ""):
            assert not re.search(r"[\x00-\x1f\x7f\u202a-\u202e]", shown), place


def assert_left_out(left_out: tuple[str, ...]) -> None:
    """What is no file of the inbox is told and not read."""
    told = "\n".join(left_out)
    for name in ("管道.docx", "链接到外面.txt", "断链.docx", "回环"):
        assert name in told


def assert_harmless(published: Path) -> None:
    """No name became a path, and nothing from a submission is markup in a page."""
    assert not ESCAPED.exists()
    pages = list((published / "site").rglob("*.html"))
    assert pages
    for page in pages:
        assert "<img src=x" not in page.read_text("utf-8")
