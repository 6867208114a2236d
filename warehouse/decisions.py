"""What reviewers decide: recorded under the finding's stable key, with the facts it rests on; read back from the workbook.

A decision holds while the finding's facts_hash stays and its date has not passed (view mart.finding_states); then the
finding is open again. Decisions are only ever added.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb
import yaml

from warehouse.errors import DecisionError, TableFileError
from warehouse.tablefile import TableFile, TableRow, parse_date, read_table_file
from warehouse.transaction import transaction

COLUMN_FILE = Path(__file__).parent / "decision_columns.yaml"

WORDS = {
    "accept": "accept", "采纳": "accept",
    "waive": "waive", "豁免": "waive",
    "return": "return", "退回": "return",
}  # fmt: skip
"""What people write -> the decision recorded."""

CHINESE = {"accept": "采纳", "waive": "豁免", "return": "退回"}

QUEUE_SHEET = "待复核问题"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision as recorded. until: the last day it holds, None for ever."""

    finding_id: str
    decision: str
    decided_by: str
    reason: str
    until: date | None
    assignee: str | None
    facts_hash: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class DecisionImport:
    """What a workbook gave. unchanged: rows whose decision stood already. stale: findings whose facts changed since
    the workbook was written; their decisions were not taken over."""

    recorded: int
    unchanged: int
    stale: tuple[str, ...]


def record(
    con: duckdb.DuckDBPyConnection,
    finding_id: str,
    decision: str,
    by: str,
    reason: str,
    until: date | None = None,
    now: datetime | None = None,
    assignee: str | None = None,
) -> Decision:
    """Records accept, waive or return (or 采纳, 豁免, 退回) on a finding as it stands now.

    finding_id may be shortened to a beginning that only one finding has. The same decision again adds no row. Raises
    DecisionError, in Chinese, for an unknown finding or word, or when name or reason is empty.
    """
    word = WORDS.get(decision.strip())
    if word is None:
        raise DecisionError(f"决定「{decision}」无效，应为 accept（采纳）、waive（豁免）或 return（退回）。")
    if not by.strip():
        raise DecisionError("缺少处理人，请用 --by 写明姓名。")
    if not reason.strip():
        raise DecisionError("缺少理由，请用 --reason 说明。")
    full_id, facts_hash = _finding(con, finding_id)
    made = Decision(
        full_id,
        word,
        by.strip(),
        reason.strip(),
        until,
        assignee,
        facts_hash,
        now or datetime.now().replace(microsecond=0),
    )
    if not _stands(con, made):
        con.execute(
            "INSERT INTO judge.decisions (finding_id, facts_hash, decision, decided_by, reason, until, assignee, decided_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                made.finding_id,
                facts_hash,
                word,
                made.decided_by,
                made.reason,
                until,
                assignee,
                made.decided_at,
            ],
        )
    return made


def import_workbook(
    con: duckdb.DuckDBPyConnection, path: Path | str, now: datetime | None = None
) -> DecisionImport:
    """Takes over the decisions that people wrote into queue.xlsx, all or none.

    Rows without a decision are left alone. Raises TableFileError naming row and column of every fault.
    """
    titles = yaml.safe_load(COLUMN_FILE.read_text(encoding="utf-8"))
    table = read_table_file(path, titles, ("finding_id", "decision"), sheet=QUEUE_SHEET)
    now = now or datetime.now().replace(microsecond=0)
    faults: list[str] = []
    stale: list[str] = []
    recorded = unchanged = 0
    with transaction(con):
        for row in table.rows:
            if not row["decision"]:
                if row["decision_reason"] or row["decided_until"]:
                    faults.append(f"{table.spot(row, 'decision')}为空，但填写了理由或有效期")
                continue
            outcome = _take_row(con, table, row, now, faults)
            recorded += outcome == "recorded"
            unchanged += outcome == "unchanged"
            if outcome == "stale":
                stale.append(row["finding_id"])
        if faults:
            raise TableFileError(table.path, faults)
    return DecisionImport(recorded, unchanged, tuple(stale))


def _take_row(
    con: duckdb.DuckDBPyConnection, table: TableFile, row: TableRow, now: datetime, faults: list[str]
) -> str:
    """recorded, unchanged, stale, or faulty (then `faults` says what)."""
    word = WORDS.get(row["decision"])
    before = len(faults)
    if word is None:
        faults.append(f"{table.spot(row, 'decision')}「{row['decision']}」无效，应为采纳、豁免或退回")
    for field, name in (("decided_by", "处理人"), ("decision_reason", "处理理由")):
        if not row[field]:
            faults.append(f"{table.spot(row, field)}为空，作出决定时必须填写{name}")
    until: date | None = None
    if row["decided_until"]:
        try:
            until = parse_date(row["decided_until"])
        except ValueError:
            faults.append(
                f"{table.spot(row, 'decided_until')}「{row['decided_until']}」不是日期，应写作 2025-12-31"
            )
    try:
        full_id, facts_hash = _finding(con, row["finding_id"])
    except DecisionError:
        faults.append(f"{table.spot(row, 'finding_id')}「{row['finding_id']}」在数据库中不存在")
        return "faulty"
    if len(faults) > before or word is None:
        return "faulty"
    made = Decision(
        full_id,
        word,
        row["decided_by"],
        row["decision_reason"],
        until,
        row["assignee"] or None,
        facts_hash,
        now,
    )
    if _stands(con, made):
        return "unchanged"
    if row["facts_hash"] and row["facts_hash"] != facts_hash:
        return "stale"
    record(con, full_id, word, made.decided_by, made.reason, until, now, made.assignee)
    return "recorded"


def _finding(con: duckdb.DuckDBPyConnection, finding_id: str) -> tuple[str, str]:
    wanted = finding_id.strip()
    rows = con.execute(
        "SELECT finding_id, facts_hash FROM judge.findings WHERE starts_with(finding_id, ?) ORDER BY (finding_id = ?) DESC LIMIT 2",
        [wanted, wanted],
    ).fetchall()
    if not wanted or not rows:
        raise DecisionError(f"没有编号为「{finding_id}」的问题。请用 jixiao queue 查看编号。")
    if len(rows) > 1 and rows[0][0] != wanted:
        raise DecisionError(f"编号「{finding_id}」对应多个问题，请写全。")
    return rows[0]


def _stands(con: duckdb.DuckDBPyConnection, made: Decision) -> bool:
    """Whether the last decision on the finding says the same on the same facts."""
    row = con.execute(
        "SELECT facts_hash, decision, decided_by, reason, until, assignee FROM mart.last_decisions WHERE finding_id = ?",
        [made.finding_id],
    ).fetchone()
    return (
        row is not None
        and row[:5] == (made.facts_hash, made.decision, made.decided_by, made.reason, made.until)
        and (made.assignee is None or made.assignee == row[5])
    )
