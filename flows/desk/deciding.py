"""`jixiao decide` and `jixiao import-decisions`: recorded in the warehouse, seen in the snapshot and the queue at once."""

from __future__ import annotations

import json
import os
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from flows import rooms
from flows.desk.finding import find
from flows.errors import RunError, WrongUsageError
from flows.home import Home, HomeInUseError
from flows.settings import Settings
from flows.words import word

DECISIONS = ("accept", "waive", "return")
UNFINISHED = "上次运行没有完成"
SEEN = "查询库和 queue.xlsx 已更新；网页、汇总和通知书由下一次运行更新"


@dataclass(frozen=True, slots=True)
class WaitingDecision:
    """A decision given while a run held the warehouse: applied by that run or the next, while the facts stay."""

    finding_id: str
    facts_hash: str
    decision: str
    by: str
    reason: str
    until: str | None
    decided_at: str


def decide(home: Path | None, finding: str, decision: str, by: str, reason: str, until: date | None) -> None:
    """Records the decision and shows it in snapshot and queue. While a run writes, it is kept and applied by that run; after
    one that did not end, by the next: the warehouse then holds parts of it, which nobody has seen and nobody shall see.

    Raises WrongUsageError for an unknown finding or decision, or an empty name or reason.
    """
    if decision not in DECISIONS:
        raise WrongUsageError(
            f"决定「{decision}」无法识别；可用：accept（采纳）、waive（豁免）、return（退回）"
        )
    if not by.strip() or not reason.strip():
        raise WrongUsageError("处理人（--by）和理由（--reason）都必须填写")
    place, settings = Home.at(home), Settings()
    _, row = find(place, finding)
    now = _now(settings)
    try:
        with place.lock("jixiao decide"), closing(rooms.open_warehouse(place.warehouse)) as con:
            if rooms.holds_a_whole_run(con):
                place.decided_since.touch()
                rooms.record_decision(con, row["finding_id"], decision, by, reason, until, now)
                rooms.publish_review_state(con, place.published)
                print(
                    f"{row['finding_id']}  {word('decisions', decision)}  {row['check_id']}  {row['place'] or ''}"
                )
                print(SEEN)
                return
        waits_for = f"{UNFINISHED}，由下一次运行登记"
    except HomeInUseError:
        waits_for = f"{place.holder() or '另一次运行'} 正在写入，由它或下一次运行登记"
    waiting = WaitingDecision(
        finding_id=row["finding_id"],
        facts_hash=row["facts_hash"],
        decision=decision,
        by=by,
        reason=reason,
        until=until.isoformat() if until else None,
        decided_at=now.isoformat(),
    )
    keep(waiting, place.decisions)
    print(f"{row['finding_id']}  已保存；{waits_for}")


def _now(settings: Settings) -> datetime:
    return datetime.now(settings.clock).replace(tzinfo=None, microsecond=0)


def keep(waiting: WaitingDecision, folder: Path) -> Path:
    """Writes a waiting decision, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{waiting.decided_at.replace(':', '')}-{waiting.finding_id}-{os.urandom(3).hex()}"
    arriving, target = folder / f".{name}.part", folder / f"{name}.json"
    arriving.write_text(json.dumps(asdict(waiting), ensure_ascii=False), "utf-8")
    arriving.replace(target)
    return target


def import_workbook(home: Path | None, file: Path) -> None:
    """Takes over the decisions of a returned queue.xlsx: all, or none with every fault named by row and column.

    The snapshot shows them at once; after a run that did not end, with the next one.
    """
    place = Home.at(home)
    if not place.warehouse.exists():
        raise RunError(f"{place.root} 还没有数据；请先运行 jixiao run")
    with place.lock("jixiao import-decisions"), closing(rooms.open_warehouse(place.warehouse)) as con:
        place.decided_since.touch()
        recorded, unchanged, stale = rooms.import_decisions(con, file, _now(Settings()))
        is_whole = rooms.holds_a_whole_run(con)
        if recorded and is_whole:
            rooms.publish_review_state(con, place.published)
    print(f"登记决定 {recorded} 条，未变 {unchanged} 条")
    if recorded:
        print(SEEN if is_whole else f"{UNFINISHED}，下一次运行后可在复核清单中看到")
    for finding in stale:
        print(f"未登记：{finding} 的事实在工作簿生成之后有变化，请重新复核")
