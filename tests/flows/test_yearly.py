"""The yearly run on the real engine: what comes in ends as a row, the second run does nothing, a kill loses nothing."""

import hashlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from flows import diary
from flows.home import Home
from flows.request import RunRequest
from flows.settings import Settings
from flows.survey import survey
from tests.flows.running import AS_OF, command, run
from tests.flows.tables import rows_by_table

pytestmark = [pytest.mark.flow, pytest.mark.timeout(900)]

STATUSES = {"accepted", "duplicate", "superseded", "refused", "unreadable", "not_an_evaluation", "needs_tool"}


def ask(home: Path, sql: str) -> list[tuple]:
    with closing(duckdb.connect(str(home / "published" / "review.duckdb"), read_only=True)) as con:
        return con.execute(sql).fetchall()


def digests(*places: Path) -> dict[str, str]:
    files = [
        path
        for place in places
        for path in ([place] if place.is_file() else place.rglob("*"))
        if path.is_file()
    ]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_every_file_of_the_inbox_ends_as_a_row_with_its_status(finished, samples):
    rows = ask(finished, "SELECT file_path, member_path, status, reason FROM out.submissions")
    assert {row[0] for row in rows} == {path.name for path in samples.iterdir()}
    assert {row[2] for row in rows} <= STATUSES
    assert all(reason for _, _, status, reason in rows if status != "accepted")
    assert "accepted" in {row[2] for row in rows}


def test_the_inbox_is_only_read(finished, samples):
    """The samples were made read-only before the run; nothing was added, changed or touched."""
    assert all(path.stat().st_mode & 0o222 == 0 for path in [samples, *samples.iterdir()])
    assert {path.name for path in samples.iterdir()} == {
        path for (path,) in ask(finished, "SELECT DISTINCT file_path FROM out.submissions")
    }


def test_a_bundle_is_opened_and_its_members_are_registered_with_their_path(finished):
    members = ask(
        finished, "SELECT file_path, member_path FROM out.submissions WHERE member_path IS NOT NULL"
    )
    assert members
    assert all(path.endswith(".zip") for path, _ in members)
    # The bundle itself stays in the list with what became of it, and is not counted beside its members.
    ((bundle, reason),) = ask(finished, "SELECT file_name, reason FROM out.submissions WHERE is_bundle")
    assert bundle.endswith(".zip")
    assert "已逐个登记" in reason
    ((counted, listed),) = ask(
        finished,
        "SELECT (SELECT sum(value::INTEGER) FROM (SELECT unnest(json_extract(counts_by_status, '$.*')) AS value FROM out.runs)), count(*) FROM out.submissions",
    )
    assert counted == listed - 1


def test_what_people_open_is_in_place(finished):
    published = finished / "published"
    for name in ("review.duckdb", "queue.xlsx", "rollup.xlsx"):
        assert (published / name).stat().st_size > 0
    assert list((published / "parquet").glob("*.parquet"))
    assert list((finished / "docs").rglob("*.html"))


def test_the_run_is_entered_with_its_versions_counts_and_timings(finished):
    ((state, counts, versions),) = ask(finished, "SELECT state, counts_by_status, versions FROM out.runs")
    assert state == "done"
    assert "accepted" in counts
    assert "extractors" in versions
    (entry,) = diary.read(finished / "runs.jsonl")
    assert set(entry.seconds) == {"register", "extract", "load", "judge", "gate", "publish"}


def test_a_second_run_with_nothing_new_touches_no_table_and_no_published_file(home, samples):
    before = digests(home / "warehouse.duckdb", home / "published", home / "docs", home / "archive")

    summary = run(home, samples)

    assert summary.state == "nothing_new"
    assert digests(home / "warehouse.duckdb", home / "published", home / "docs", home / "archive") == before
    assert diary.read(home / "runs.jsonl")[-1].state == "nothing_new"


def test_the_command_says_that_there_was_nothing_new(engine, home, samples):
    answer = command("run", "--inbox", samples, "--home", home, "--as-of", AS_OF.isoformat())
    assert answer.returncode == 0, answer.stderr
    assert "没有新内容" in answer.stdout


@pytest.mark.long
def test_the_order_in_which_files_arrive_does_not_matter(engine, samples, finished, tmp_path):
    half = tmp_path / "half"
    half.mkdir()
    names = sorted(path.name for path in samples.iterdir())
    for name in names[1::2]:
        shutil.copy2(samples / name, half / name)
    run(tmp_path / "home", half)
    for name in names[::2]:
        shutil.copy2(samples / name, half / name)
    run(tmp_path / "home", half)

    assert rows_by_table(tmp_path / "home" / "warehouse.duckdb") == rows_by_table(
        finished / "warehouse.duckdb"
    )


# Where the run is, as its folders show it.
INSTANTS: dict[str, Callable[[Path], bool]] = {
    "as soon as batches are planned": lambda home: any((home / "staging").glob("*/items.json")),
    "when a batch was read": lambda home: any((home / "staging").glob("*/tables")),
    "when the warehouse is written": lambda home: (home / "warehouse.duckdb.wal").exists(),
    "while publishing": lambda home: any((home / "published").glob(".staging*")),
}


@pytest.mark.parametrize(
    "instant",
    [
        "when a batch was read",
        pytest.param("while publishing", marks=pytest.mark.long),
        pytest.param("as soon as batches are planned", marks=pytest.mark.long),
        pytest.param("when the warehouse is written", marks=pytest.mark.long),
    ],
)
def test_a_run_killed_at_any_instant_is_finished_by_the_next_one(
    engine, samples, finished, tmp_path, instant
):
    home = tmp_path / "home"
    killed = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "flows.command",
            "run",
            "--inbox",
            str(samples),
            "--home",
            str(home),
            "--as-of",
            AS_OF.isoformat(),
        ],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 120
    while not INSTANTS[instant](home) and killed.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()

    run(home, samples)

    assert rows_by_table(home / "warehouse.duckdb") == rows_by_table(finished / "warehouse.duckdb")
    assert not list((home / "staging").iterdir())
    states = ask(home, "SELECT state FROM out.runs ORDER BY started_at")
    assert states[-1] == ("done",)
    assert all(state in ("done", "failed") for (state,) in states)


def test_a_second_run_at_the_same_time_is_refused_and_told_by_whom(home, samples):
    with Home.at(home).lock("jixiao run"):
        answer = command("run", "--inbox", samples, "--home", home)
    assert answer.returncode == 1
    assert f"pid {os.getpid()}" in answer.stderr


def test_a_missing_inbox_is_wrong_usage(tmp_path):
    answer = command("run", "--inbox", tmp_path / "nowhere", "--home", tmp_path / "home")
    assert answer.returncode == 2
    assert "nowhere" in answer.stderr
    assert not (tmp_path / "home").exists()


@pytest.mark.long
def test_a_disk_that_fills_up_fails_the_run_and_the_next_one_finishes_it(engine, samples, finished, tmp_path):
    home = tmp_path / "home"

    def small_files() -> None:
        # No file may grow past 1 MB, as on a disk with that much left; the warehouse needs more.
        resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, 2**20))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    answer = command(
        "run", "--inbox", samples, "--home", home, "--as-of", AS_OF.isoformat(), preexec_fn=small_files
    )
    assert answer.returncode == 1
    assert "jixiao:" in answer.stderr

    run(home, samples)

    assert rows_by_table(home / "warehouse.duckdb") == rows_by_table(finished / "warehouse.duckdb")


def test_tables_that_fail_the_gate_are_not_published_and_the_former_snapshot_stays(home, inbox):
    with closing(duckdb.connect(str(home / "warehouse.duckdb"))) as con:
        con.execute(
            "INSERT INTO core.sections VALUES ('no-such-report', 1, '一、', 'other', '无主的行', '', '')"
        )
    (inbox / "补报.txt").write_text("关于节日值班安排的通知\n", "utf-8")
    before = digests(home / "published")

    answer = command("run", "--inbox", inbox, "--home", home, "--as-of", AS_OF.isoformat())

    assert answer.returncode == 1
    assert "数据校验未通过" in answer.stderr
    assert digests(home / "published") == before
    told = command("status", "--home", home)
    assert told.returncode == 0
    assert "数据校验未通过" in told.stdout


def test_nothing_has_to_be_started_for_a_run(samples, tmp_path):
    """Without any Prefect server: the embedded one comes up, offline, and ends with the run."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    few = tmp_path / "few"
    few.mkdir()
    for path in sorted(samples.iterdir())[:2]:
        shutil.copy2(path, few / path.name)

    answer = command("run", "--inbox", few, "--home", tmp_path / "home", env=environment)

    assert answer.returncode == 0, answer.stderr
    assert answer.stderr == ""
    assert "完成" in answer.stdout
    left = subprocess.run(["pgrep", "-f", str(tmp_path / "home")], capture_output=True, text=True)
    assert left.stdout == ""


def test_files_that_wait_for_a_program_are_read_again_once_it_is_there(home, samples):
    """Nothing else is: a run is worth its while for those alone."""
    with closing(duckdb.connect(str(home / "warehouse.duckdb"))) as con:
        waiting = con.execute(
            "SELECT file_path FROM raw.submissions WHERE member_path IS NULL AND outcome = 'accepted' ORDER BY ALL LIMIT 1"
        ).fetchone()
        assert waiting
        con.execute("UPDATE raw.submissions SET outcome = 'needs_tool' WHERE file_path = ?", waiting)
        request = RunRequest(str(samples), home, as_of=AS_OF, settings=Settings(), workers=1)
    assert survey(Home.at(home), request).unread == ()

    with closing(duckdb.connect(str(home / "warehouse.duckdb"))) as con:
        con.execute('UPDATE raw.runs SET versions = json_merge_patch(versions, \'{"tools": "bsdtar"}\')')
    found = survey(Home.at(home), request)

    assert [file.file_path for file in found.unread] == [waiting[0]]
    assert any("已装上" in why and "重新读取 1 个文件" in why for why in found.why)
