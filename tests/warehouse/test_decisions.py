"""Decisions: recorded on the facts, held while they stay, read back from the workbook all or none."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import duckdb
import openpyxl
import pytest

from tests.warehouse.filling import add_report, put
from warehouse.decisions import QUEUE_SHEET, import_workbook, record
from warehouse.errors import DecisionError, TableFileError

NOW = datetime(2024, 4, 10, 10)


@pytest.fixture
def finding(con: duckdb.DuckDBPyConnection) -> str:
    report = add_report(con, "a", "清河县水利局")
    put(
        con, "judge.findings", finding_id="f-100", report_id=report, check_id="FUN-01", subject="年度资金总额"
    )
    return "f-100"


def state(con: duckdb.DuckDBPyConnection) -> tuple[str, bool]:
    row = con.execute("SELECT state, reopened FROM out.findings").fetchone()
    assert row
    return row


@pytest.mark.parametrize(
    ("word", "expected"), [("accept", "accepted"), ("豁免", "waived"), ("退回", "returned")]
)
def test_a_decision_gives_the_state(
    con: duckdb.DuckDBPyConnection, finding: str, word: str, expected: str
) -> None:
    assert state(con) == ("open", False)
    record(con, finding, word, "李敏", "已核对凭证", now=NOW)
    assert state(con) == (expected, False)


def test_a_decision_ends_when_the_facts_change(con: duckdb.DuckDBPyConnection, finding: str) -> None:
    record(con, finding, "waive", "李敏", "四舍五入", now=NOW)
    con.execute("UPDATE judge.findings SET facts_hash = 'facts-2'")
    assert state(con) == ("open", True)
    con.execute("UPDATE judge.findings SET facts_hash = 'facts-1'")
    assert state(con) == ("waived", False)


@pytest.mark.parametrize(("until", "expected"), [(date(2024, 4, 10), "waived"), (date(2024, 4, 9), "open")])
def test_a_decision_holds_through_its_last_day(
    con: duckdb.DuckDBPyConnection, finding: str, until: date, expected: str
) -> None:
    record(con, finding, "waive", "李敏", "待批复", until=until, now=NOW)
    assert state(con)[0] == expected


def test_the_last_decision_counts(con: duckdb.DuckDBPyConnection, finding: str) -> None:
    record(con, finding, "return", "李敏", "请更正", now=NOW)
    record(con, finding, "accept", "王强", "已说明", now=NOW.replace(hour=11))
    assert state(con)[0] == "accepted"


def test_a_finding_no_longer_found_is_resolved(con: duckdb.DuckDBPyConnection, finding: str) -> None:
    record(con, finding, "return", "李敏", "请更正", now=NOW)
    con.execute("UPDATE judge.findings SET active = false")
    assert state(con)[0] == "resolved"


def test_the_same_decision_again_adds_no_row(con: duckdb.DuckDBPyConnection, finding: str) -> None:
    for hour in (10, 11):
        record(con, finding, "accept", "李敏", "已核对", now=NOW.replace(hour=hour))
    assert con.execute("SELECT count(*) FROM judge.decisions").fetchone() == (1,)


def test_what_cannot_be_recorded_says_why(con: duckdb.DuckDBPyConnection, finding: str) -> None:
    for arguments, words in (
        (("f-999", "accept", "李敏", "好"), "没有编号"),
        ((finding, "approve", "李敏", "好"), "accept（采纳）"),
        ((finding, "accept", " ", "好"), "处理人"),
        ((finding, "accept", "李敏", ""), "理由"),
    ):
        with pytest.raises(DecisionError, match=words):
            record(con, *arguments)
    assert record(con, "f-1", "accept", "李敏", "好").finding_id == finding


def workbook(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = QUEUE_SHEET
    sheet.append(["问题编号", "处理决定", "处理人", "处理理由", "有效期至", "事实指纹"])
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_a_workbook_comes_back_once(con: duckdb.DuckDBPyConnection, finding: str, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "q.xlsx",
        [finding, "豁免", "李敏", "已说明", date(2024, 12, 31), "facts-1"],
        ["f-other", None],
    )
    assert import_workbook(con, path, NOW).recorded == 1
    again = import_workbook(con, path, NOW.replace(hour=12))
    assert (again.recorded, again.unchanged) == (0, 1)
    assert con.execute("SELECT decided_until FROM out.findings").fetchone() == (date(2024, 12, 31),)


def test_a_decision_on_older_facts_is_not_taken_over(
    con: duckdb.DuckDBPyConnection, finding: str, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "q.xlsx", [finding, "豁免", "李敏", "已说明", None, "facts-0"])
    assert import_workbook(con, path, NOW).stale == (finding,)
    assert state(con)[0] == "open"


def test_one_fault_and_nothing_is_taken_over(
    con: duckdb.DuckDBPyConnection, finding: str, tmp_path: Path
) -> None:
    path = workbook(
        tmp_path / "q.xlsx",
        [finding, "采纳", "李敏", "好", None, None],
        [finding, "同意", "", "好", "明天", None],
        ["f-9", "采纳", "李敏", "好", None, None],
    )
    with pytest.raises(TableFileError) as error:
        import_workbook(con, path, NOW)
    for words in (
        "第3行B列「处理决定」「同意」无效",
        "第3行C列「处理人」为空",
        "第3行E列「有效期至」「明天」不是日期",
        "第4行A列",
    ):
        assert words in str(error.value)
    assert state(con)[0] == "open"
