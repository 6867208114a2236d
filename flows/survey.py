"""What is new since the last run, and why that is worth a run."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

from flows import ledger
from flows.home import Home
from flows.register import InboxFile, Registration, register
from flows.request import RunRequest
from flows.versions import file_digest, versions

PUBLISHED = ("review.duckdb", "queue.xlsx", "rollup.xlsx")


@dataclass(frozen=True, slots=True)
class Survey:
    """registration: all that stands in the inbox. unread: what must be read. why: reasons to run; empty: nothing new.

    versions and roster_digest are what the run will be entered under.
    """

    registration: Registration
    unread: tuple[InboxFile, ...]
    why: tuple[str, ...]
    versions: dict[str, str]
    roster_digest: str | None


def survey(home: Home, request: RunRequest) -> Survey:
    """Registers the inbox and compares with the warehouse, which is only read."""
    found = register(request.inbox, home.archive, request.settings.clock)
    present = versions()
    roster = file_digest(request.roster) if request.roster else None
    if not home.warehouse.exists():
        return Survey(found, found.files, ("第一次运行",), present, roster)

    loaded, former, due = _known(home, request)
    version_of = {file.key: version for file, version in loaded}
    unread = [file for file in found.files if file.key not in version_of]
    fresh = len(unread)
    # Also what has left the inbox meanwhile: the archive has it.
    unread += [file for file, version in loaded if version != present["extractors"]]
    why = _reasons(home, request, former, present, roster)
    if fresh:
        why.append(f"新文件 {fresh} 个")
    if len(unread) > fresh:
        why.append(f"读取程序已更新，重新读取 {len(unread) - fresh} 个文件")
    if due:
        why.append(f"有 {due} 个期限已到")
    # A run that names no roster goes on with the one that is loaded.
    in_force = roster or (former.settings.get("roster_digest") if former else None)
    return Survey(found, tuple(unread), tuple(why), present, in_force)


def _known(home: Home, request: RunRequest) -> tuple[list[tuple[InboxFile, str]], ledger.LastRun | None, int]:
    """Files loaded with the version that read them, the last run, and dates that came due since.

    A warehouse from before these tables knows nothing; the run brings it up to date.
    """
    from duckdb import CatalogException

    from warehouse.store import open_warehouse

    with closing(open_warehouse(home.warehouse, read_only=True)) as con:
        try:
            loaded = ledger.loaded_files(con, home.archive)
            former = ledger.last_run(con)
        except CatalogException:
            return [], None, 0
        if former is None:
            return loaded, None, 0
        due = ledger.rows(con, "dates_due", last_as_of=former.as_of, as_of=request.as_of)
        return loaded, former, due[0]["due"]


def _reasons(
    home: Home,
    request: RunRequest,
    former: ledger.LastRun | None,
    present: dict[str, str],
    roster: str | None,
) -> list[str]:
    """Reasons other than files."""
    if former is None:
        return ["上次运行没有完成"]
    why = []
    if former.state != "done":
        why.append("上次运行没有完成")
    if former.fiscal_year != request.year:
        why.append("评价年度与上次不同")
    if roster and former.settings.get("roster_digest") != roster:
        why.append("名册有变化")
    if former.versions.get("expectations") != present["expectations"]:
        why.append("检查规则或评分办法有变化")
    if former.versions.get("warehouse") != present["warehouse"]:
        why.append("数据表或发布程序已更新")
    if any(home.decisions.glob("*.json")):
        why.append("有待登记的处理决定")
    if home.decided_since.exists():
        why.append("有新的处理决定")
    if not all((home.published / name).exists() for name in PUBLISHED):
        why.append("发布的文件不全")
    return why
