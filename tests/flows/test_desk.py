"""The reviewer's desk: what a person needs to find the cell, decisions that hold, figures by SQL."""

import csv
import io
import json
import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from flows import rooms
from flows.home import Home
from tests.flows.running import AS_OF, command, run

pytestmark = [pytest.mark.flow, pytest.mark.timeout(900)]


def queue(home: Path, *words: str) -> list[dict]:
    return json.loads(command("queue", "--home", home, "--json", *words).stdout)


def rows_of(home: Path, sql: str) -> list[tuple[str, ...]]:
    found = json.loads(command("query", sql, "--home", home, "--json").stdout)
    return [tuple(row.values()) for row in found]


def test_show_prints_rule_basis_figures_place_text_and_the_kept_file(finished):
    for row in queue(finished)[:5]:
        told = command("show", row["id"], "--home", finished)
        assert told.returncode == 0, told.stderr
        for label in (
            "检查规则",
            "规则依据",
            "有关数字",
            "所在位置",
            "原文内容",
            "所在文件",
            "存档文件",
            "处理状态",
        ):
            assert label in told.stdout
        assert row["check"] in told.stdout
        assert row["file_name"] in told.stdout
        kept = next(
            line.split(maxsplit=1)[1] for line in told.stdout.splitlines() if line.startswith("存档文件")
        )
        assert Path(kept).is_file()


def test_the_queue_can_be_narrowed(finished):
    everything = queue(finished)
    severe = queue(finished, "--severity", everything[0]["severity"])
    assert severe
    assert {row["severity"] for row in severe} == {everything[0]["severity"]}
    word = {"blocker": "退回级", "major": "重大", "minor": "一般", "query": "询问", "info": "提示"}
    assert queue(finished, "--severity", word[everything[0]["severity"]]) == severe
    assert queue(finished, "--check", "XXX-99") == []
    assert command("queue", "--home", finished, "--severity", "terrible").returncode == 2


def test_a_query_answers_as_table_csv_and_json(finished):
    sql = "SELECT status, count(*) AS files FROM out.submissions GROUP BY status ORDER BY status"
    table, as_csv, as_json = (
        command("query", sql, "--home", finished, *way).stdout for way in ([], ["--csv"], ["--json"])
    )
    records = json.loads(as_json)
    assert records
    assert [row["status"] for row in csv.DictReader(io.StringIO(as_csv))] == [
        row["status"] for row in records
    ]
    assert all(row["status"] in table for row in records)


def test_a_query_cannot_write(finished):
    answer = command("query", "DELETE FROM out.submissions", "--home", finished)
    assert answer.returncode == 2
    assert "read-only" in answer.stderr


def test_a_wrong_query_says_what_is_wrong(finished):
    answer = command("query", "SELECT nothing FROM nowhere", "--home", finished)
    assert answer.returncode == 2
    assert "nowhere" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_before_the_first_run_every_reader_says_what_to_do(tmp_path):
    for words in (["queue"], ["show", "abc"], ["query", "SELECT 1"]):
        answer = command(*words, "--home", tmp_path / "none")
        assert answer.returncode == 1
        assert "jixiao run" in answer.stderr
    assert command("status", "--home", tmp_path / "none").returncode == 0
    assert not (tmp_path / "none").exists()


def test_a_decision_is_seen_at_once_and_holds_over_the_next_run(home, inbox):
    finding = queue(home)[0]["id"]
    workbook = (home / "published" / "queue.xlsx").read_bytes()
    read_before = rows_of(home, "SELECT submission_id, run_id FROM out.submissions")

    decided = command("decide", finding, "waive", "--by", "张三", "--reason", "已电话核实", "--home", home)

    assert decided.returncode == 0, decided.stderr
    assert "张三" in command("show", finding, "--home", home).stdout
    assert finding not in {row["id"] for row in queue(home)}

    # The next run brings one file more; the workbook follows the decision, the others are not read again.
    (inbox / "补报.txt").write_text("关于节日值班安排的通知\n各科室：\n请做好值班工作。\n", "utf-8")
    summary = run(home, inbox)

    assert summary.files == 1
    assert {"有新的处理决定", "新文件 1 个"} <= set(summary.why)
    told = command("show", finding, "--home", home).stdout
    assert "已豁免" in told
    assert "已电话核实" in told
    assert (home / "published" / "queue.xlsx").read_bytes() != workbook
    read_now = rows_of(home, "SELECT submission_id, run_id FROM out.submissions")
    assert len(read_now) == len(read_before) + 1
    assert set(read_before) <= set(read_now)
    assert run(home, inbox).state == "nothing_new"


def test_a_decision_taken_while_a_run_writes_is_kept_and_entered_by_the_next_one(home, inbox):
    finding = queue(home)[0]["id"]
    with Home.at(home).lock("jixiao run"):
        answer = command("decide", finding, "return", "--by", "王五", "--reason", "请补报", "--home", home)
    assert answer.returncode == 0, answer.stderr
    assert "已保存" in answer.stdout

    summary = run(home, inbox)

    assert summary.why == ("有待登记的处理决定",)
    assert "已退回" in command("show", finding, "--home", home).stdout
    assert not list((home / "decisions").glob("*.json"))


def test_a_waiting_decision_whose_facts_changed_is_set_aside(home):
    finding = queue(home)[0]["id"]
    with Home.at(home).lock("jixiao run"):
        command("decide", finding, "accept", "--by", "王五", "--reason", "属实", "--home", home)
    (waiting,) = (home / "decisions").glob("*.json")
    waiting.write_text(json.dumps(json.loads(waiting.read_text("utf-8")) | {"facts_hash": "other"}), "utf-8")

    with closing(rooms.open_warehouse(home / "warehouse.duckdb")) as con:
        (aside,) = rooms.apply_waiting_decisions(con, home / "decisions")
        entered = con.execute("SELECT count(*) FROM judge.decisions").fetchone()

    assert aside.startswith(finding)
    assert entered == (0,)
    assert list((home / "decisions").glob("*.stale"))


@pytest.mark.parametrize(
    "words",
    [
        ["nothing", "waive", "--by", "a", "--reason", "b"],
        ["", "waive", "--by", "a", "--reason", "b"],
        ["FIRST", "forget", "--by", "a", "--reason", "b"],
        ["FIRST", "waive", "--by", " ", "--reason", "b"],
        ["FIRST", "waive", "--by", "a"],
    ],
)
def test_an_incomplete_decision_is_wrong_usage(finished, words):
    first = queue(finished)[0]["id"]
    answer = command("decide", *[first if word == "FIRST" else word for word in words], "--home", finished)
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr


def test_the_workbook_comes_back_and_its_decisions_are_entered(home, inbox, tmp_path):
    import openpyxl

    filled = Path(shutil.copy(home / "published" / "queue.xlsx", tmp_path / "queue.xlsx"))
    book = openpyxl.load_workbook(filled)
    sheet = next(
        sheet
        for sheet in book
        if any(
            cell.value == "决定" or cell.value == "处理决定"
            for row in sheet.iter_rows(max_row=6)
            for cell in row
        )
    )
    head = next(
        row for row in sheet.iter_rows(max_row=6) if any(cell.value in ("决定", "处理决定") for cell in row)
    )
    column = {cell.value: cell.column for cell in head}
    first = head[0].row + 1
    sheet.cell(first, column.get("处理决定") or column["决定"]).value = "采纳"
    sheet.cell(first, column["处理人"]).value = "赵六"
    sheet.cell(first, column["处理理由"]).value = "属实"
    book.save(filled)
    finding = sheet.cell(first, column["问题编号"]).value
    # On a machine that is not set to Beijing time both are stamped by one clock: the later decision holds.
    elsewhere = os.environ | {"TZ": "America/Los_Angeles"}
    words = ["waive", "--by", "张三", "--reason", "先前的决定"]
    assert command("decide", finding, *words, "--home", home, env=elsewhere).returncode == 0

    answer = command("import-decisions", filled, "--home", home, env=elsewhere)

    assert answer.returncode == 0, answer.stderr
    assert "登记决定 1 条" in answer.stdout
    assert rows_of(home, f"SELECT state FROM out.findings WHERE finding_id = '{finding}'") == [("accepted",)]
    assert "登记决定 0 条，未变 1 条" in command("import-decisions", filled, "--home", home).stdout


def test_checks_and_profiles_can_be_listed_and_read():
    listed = json.loads(command("checks", "--json").stdout)
    assert len(listed) >= 45
    one = command("checks", listed[0]["id"])
    assert listed[0]["title"] in one.stdout
    assert "SELECT" in one.stdout
    profiles = json.loads(command("profiles", "--json").stdout)
    assert {"national", "hubei"} <= {profile["id"] for profile in profiles}
    assert command("profiles", "hubei").returncode == 0
    assert command("checks", "XXX-99").returncode == 2
    assert command("profiles", "atlantis").returncode == 2


def test_doctor_tells_what_is_there_and_what_to_install(tmp_path):
    told = command("doctor", "--home", tmp_path)
    assert told.returncode == 0
    for subject in ("Python", "LibreOffice", "bsdtar", "字体", "OCR", "磁盘空间", "写入锁", "Prefect"):
        assert subject in told.stdout


def test_doctor_names_the_package_for_a_missing_tool(tmp_path):
    told = command("doctor", "--home", tmp_path, env={"PATH": str(tmp_path), "HOME": str(tmp_path)})
    assert "apt-get install --no-install-recommends libreoffice-writer-nogui" in told.stdout
    assert "apt-get install libarchive-tools" in told.stdout


def test_status_tells_runs_counts_and_time_by_stage(finished):
    told = command("status", "--home", finished)
    for word in ("完成", "已受理", "读取 extract", "个/秒"):
        assert word in told.stdout
    state = json.loads(command("status", "--home", finished, "--json").stdout)
    assert state["statuses"]["accepted"] > 0


def test_the_date_of_the_run_is_the_one_asked_for(finished):
    answer = command("query", "SELECT as_of FROM out.runs", "--home", finished, "--csv")
    assert answer.stdout.split()[1] == AS_OF.isoformat()
