"""A run that was killed leaves parts of its work in the warehouse: nobody is shown them, and the next run does all of it."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from tests.flows.dying import RUN_ID, SLICES_WRITTEN
from tests.flows.running import AS_OF, command, run
from tests.flows.tables import rows_by_table

pytestmark = [pytest.mark.flow, pytest.mark.timeout(900)]


def killed_in(where: str, finished: Path, folder: Path) -> Path:
    """A copy of the finished home with a run on it that died."""
    home = Path(shutil.copytree(finished, folder / "home"))
    died = subprocess.run(
        [sys.executable, "-m", "tests.flows.dying", where, str(home)], capture_output=True, text=True
    )
    assert died.returncode == -signal.SIGKILL, died.stderr
    return home


@pytest.fixture
def half_judged(finished: Path, tmp_path: Path) -> Path:
    return killed_in("judging", finished, tmp_path)


def judged_reports(home: Path) -> tuple[int, int]:
    """Reports that have answers, and all that count."""
    with closing(duckdb.connect(str(home / "warehouse.duckdb"), read_only=True)) as con:
        answered = con.execute("SELECT count(DISTINCT report_id) FROM judge.check_results").fetchone()
        reports = con.execute("SELECT count(*) FROM active.reports").fetchone()
    assert answered
    assert reports
    return answered[0], reports[0]


def a_finding(home: Path) -> str:
    with closing(duckdb.connect(str(home / "published" / "review.duckdb"), read_only=True)) as con:
        row = con.execute("SELECT finding_id FROM out.review_queue ORDER BY finding_id LIMIT 1").fetchone()
    assert row
    return row[0]


def what_was_judged(home: Path) -> dict[str, list[tuple]]:
    """Every table but the decisions; of the findings those that stand, not what a killed judging found besides."""
    tables = rows_by_table(home / "warehouse.duckdb")
    with closing(duckdb.connect(str(home / "warehouse.duckdb"), read_only=True)) as con:
        found = con.execute(
            "SELECT * EXCLUDE (first_seen_on, first_run_id, last_run_id) FROM judge.findings WHERE active ORDER BY finding_id"
        ).fetchall()
    return tables | {"judge.findings": found, "judge.decisions": []}


def test_a_judging_killed_between_two_slices_is_shown_to_nobody_and_done_again(
    half_judged, finished, samples
):
    answered, reports = judged_reports(half_judged)
    assert 0 < answered <= SLICES_WRITTEN < reports
    finding = a_finding(half_judged)
    review = half_judged / "published" / "review.duckdb"
    before = review.read_bytes()

    decided = command("decide", finding, "waive", "--by", "张三", "--reason", "已核实", "--home", half_judged)

    assert decided.returncode == 0, decided.stderr
    assert "已保存；上次运行没有完成，由下一次运行登记" in decided.stdout
    assert review.read_bytes() == before

    summary = run(half_judged, samples)

    assert set(summary.why) == {"上次运行没有完成", "有待登记的处理决定"}
    assert what_was_judged(half_judged) == what_was_judged(finished)
    assert "已豁免" in command("show", finding, "--home", half_judged).stdout


@pytest.mark.long
def test_a_workbook_that_comes_back_after_a_killed_judging_is_entered_and_shown_by_the_next_run(
    half_judged, samples
):
    import openpyxl

    finding = a_finding(half_judged)
    review = half_judged / "published" / "review.duckdb"
    before = review.read_bytes()
    workbook = half_judged / "published" / "queue.xlsx"
    book = openpyxl.load_workbook(workbook)
    sheet = book["待复核问题"]
    rows = list(sheet.iter_rows())
    (head,) = (row for row in rows if any(cell.value == "问题编号" for cell in row))
    at = {cell.value: number for number, cell in enumerate(head)}
    (line,) = (number for number, row in enumerate(rows, 1) if row[at["问题编号"]].value == finding)
    for title, value in (("处理决定", "豁免"), ("处理人", "张三"), ("处理理由", "已核实")):
        sheet.cell(line, at[title] + 1, value)
    book.save(half_judged / "returned.xlsx")

    told = command("import-decisions", half_judged / "returned.xlsx", "--home", half_judged)

    assert told.returncode == 0, told.stderr
    assert "登记决定 1 条" in told.stdout
    assert "上次运行没有完成，下一次运行后可在复核清单中看到" in told.stdout
    assert review.read_bytes() == before

    run(half_judged, samples)

    assert "已豁免" in command("show", finding, "--home", half_judged).stdout


def test_what_was_judged_and_not_yet_put_in_place_is_published_by_the_next_run(finished, samples, tmp_path):
    """The set of the run before stands there whole; nothing else is new."""
    home = killed_in("publishing", finished, tmp_path)

    summary = run(home, samples)

    assert summary.why == ("上次运行的结果没有发布完",)
    with closing(duckdb.connect(str(home / "published" / "review.duckdb"), read_only=True)) as con:
        shown = con.execute("SELECT run_id, state FROM out.runs ORDER BY started_at").fetchall()
    assert (RUN_ID, "done") in shown
    assert shown[-1] == (summary.run_id, "done")
    assert run(home, samples, as_of=AS_OF).state == "nothing_new"
