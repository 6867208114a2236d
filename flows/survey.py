"""What is new since the last run, and why that is worth a run."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass

from extractors.tools import present_tools
from flows import ledger
from flows.handed_in import TITLES
from flows.home import Home
from flows.register import InboxFile, Registration, register
from flows.request import RunRequest
from flows.versions import versions

PUBLISHED = ("review.duckdb", "queue.xlsx", "rollup.xlsx")


@dataclass(frozen=True, slots=True)
class Survey:
    """registration: all that stands in the inbox. unread: what must be read. why: reasons to run; empty: nothing new.

    versions and handed_in (kind -> digest, with what stays in force) are what the run will be entered under.
    """

    registration: Registration
    unread: tuple[InboxFile, ...]
    why: tuple[str, ...]
    versions: dict[str, str]
    handed_in: dict[str, str]


def survey(home: Home, request: RunRequest) -> Survey:
    """Registers the inbox and compares with the warehouse, which is only read."""
    found = register(request.inbox, home.archive, request.settings.clock)
    present = versions() | {"tools": " ".join(present_tools())}
    named = request.handed_in.digests()
    if not home.warehouse.exists():
        return Survey(found, found.files, ("第一次运行",), present, named)

    loaded, former, due, known_unopened = _known(home, request)
    version_of = {file.key: version for file, version in loaded}
    unread = [file for file in found.files if file.key not in version_of]
    fresh = len(unread)
    # Also what has left the inbox meanwhile: the archive has it.
    unread += [file for file, version in loaded if version != present["extractors"]]
    again = len(unread) - fresh
    tools = sorted(set(present_tools()) - set(former.versions.get("tools", "").split())) if former else []
    if tools:
        waiting = _needing_tools(home)
        listed = {file.key for file in unread}
        unread += [file for file, _ in loaded if file.key[:2] in waiting and file.key not in listed]
    helped = len(unread) - fresh - again
    why = _reasons(home, request, former, present, named)
    if fresh:
        why.append(f"新文件 {fresh} 个")
    if again:
        why.append(f"读取程序已更新，重新读取 {again} 个文件")
    if helped:
        why.append(f"已装上 {'、'.join(tools)}，重新读取 {helped} 个文件")
    shut = sum(file.file_path not in known_unopened for file in found.unopened)
    if shut:
        why.append(f"没有读取权限的文件 {shut} 个")
    if due:
        why.append(f"有 {due} 个期限已到")
    # A run that names no roster or table goes on with those that are loaded; checks.yaml holds while it is named.
    kept = {kind: digest for kind, digest in _digests(former).items() if kind != "checks"}
    return Survey(found, tuple(unread), tuple(why), present, kept | named)


def _known(
    home: Home, request: RunRequest
) -> tuple[list[tuple[InboxFile, str]], ledger.LastRun | None, int, set[str]]:
    """Files loaded with the version that read them, the last run, dates that came due since, and paths of files that
    are entered without their content.

    A warehouse from before these tables knows nothing; the run brings it up to date.
    """
    from duckdb import CatalogException

    from warehouse.store import open_warehouse

    with closing(open_warehouse(home.warehouse, read_only=True)) as con:
        try:
            loaded = ledger.loaded_files(con, home.archive)
            former = ledger.last_run(con)
            unopened = {row["file_path"] for row in ledger.rows(con, "unopened_files")}
        except CatalogException:
            return [], None, 0, set()
        if former is None:
            return loaded, None, 0, unopened
        due = ledger.rows(con, "dates_due", last_as_of=former.as_of, as_of=request.as_of)
        return loaded, former, due[0]["due"], unopened


def _needing_tools(home: Home) -> set[tuple[str, str]]:
    """Path and content of the files that wait for a program."""
    from warehouse.store import open_warehouse

    with closing(open_warehouse(home.warehouse, read_only=True)) as con:
        return {(row["file_path"], row["sha256"]) for row in ledger.rows(con, "needing_tools")}


def _digests(former: ledger.LastRun | None) -> dict[str, str]:
    """Kind -> digest of what was in force at the last run."""
    if former is None:
        return {}
    # What runs before the other tables entered.
    roster = former.settings.get("roster_digest")
    return former.settings.get("handed_in") or ({"roster": roster} if roster else {})


def _reasons(
    home: Home,
    request: RunRequest,
    former: ledger.LastRun | None,
    present: dict[str, str],
    named: dict[str, str],
) -> list[str]:
    """Reasons other than files."""
    if former is None:
        return ["上次运行没有完成"]
    why = []
    if not former.is_whole:
        why.append("上次运行没有完成")
    if former.fiscal_year != request.year:
        why.append("评价年度与上次不同")
    former_digests = _digests(former)
    why += [
        f"{title}有变化"
        for kind, title in TITLES.items()
        if (kind in named or kind == "checks") and former_digests.get(kind) != named.get(kind)
    ]
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
    elif former.is_whole and _published_run(home) != former.run_id:
        why.append("上次运行的结果没有发布完")
    return why


def _published_run(home: Home) -> str | None:
    """The run whose results the snapshot shows, None where it cannot be read. It is the last of the set to be put in place."""
    from duckdb import Error

    from warehouse.publication.snapshot import open_snapshot

    with suppress(Error), open_snapshot(home.review) as con:
        for row in ledger.rows(con, "published_run"):
            return row["run_id"]
    return None
