"""What a run tells at its end: what came in, what was found, where to look."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from flows import ledger
from flows.home import Home
from flows.register import whole_address
from flows.request import RunSummary
from flows.survey import Survey
from flows.words import named, word

if TYPE_CHECKING:
    from rich.console import Console


def summarise(home: Home, run_id: str, found: Survey, seconds: dict[str, float]) -> RunSummary:
    """Counts what is published now. Without reasons to run (`found.why`) the state is nothing_new."""
    import duckdb

    with closing(duckdb.connect(str(home.review), read_only=True)) as con:
        counts = {
            name: {row["name"]: row["number"] for row in ledger.rows(con, f"count_{name}")}
            for name in ("statuses", "severities", "totals")
        }
        not_taken = ledger.rows(con, "not_taken")
        inboxes = {whole_address(row["inbox"]) for row in ledger.rows(con, "inboxes")}
    return RunSummary(
        run_id=run_id,
        state="done" if found.why else "nothing_new",
        why=found.why,
        files=len(found.unread),
        left_out=tuple(f"{entry.file_path}：{entry.why}" for entry in found.registration.left_out),
        not_taken=tuple(
            f"{row['file']}（{word('statuses', row['status'])}）：{row['reason'] or ''}" for row in not_taken
        ),
        inboxes=tuple(sorted(inboxes)),
        seconds=seconds,
        statuses=counts["statuses"],
        severities=counts["severities"],
        totals=counts["totals"],
        places=places(home),
    )


def places(home: Home) -> dict[str, str]:
    """Where to look, of what is there."""
    all_places = {
        "queue": home.published / "queue.xlsx",
        "rollup": home.published / "rollup.xlsx",
        "review": home.review,
        "site": home.published / "site" / "index.html",
        "letters": home.published / "letters",
        "docs": home.docs / "index.html",
    }
    return {
        name: str(path)
        for name, path in all_places.items()
        if path.exists() and (name != "letters" or any(path.glob("*.docx")))
    }


def as_markdown(summary: RunSummary) -> str:
    """The summary as Prefect shows it."""
    parts = [f"# {word('run_states', summary.state)}", "；".join(summary.why)]
    for kind, counts in _blocks(summary):
        lines = [f"| {name} | {number} |" for name, number in named(kind, counts)]
        if lines:
            parts.append("\n".join(["| | |", "|---|---:|", *lines]))
    for lines in (summary.not_taken, summary.left_out):
        if lines:
            parts.append("\n".join(f"- {line}" for line in lines[:100]))
    return "\n\n".join(part for part in parts if part)


def show(summary: RunSummary, console: Console) -> None:
    """The summary in the terminal."""
    from rich.table import Table

    console.print()
    console.print(
        f"[bold]{word('run_states', summary.state)}[/bold]  {'；'.join(summary.why)}", soft_wrap=True
    )
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 3, 0, 0))
    for kind, counts in _blocks(summary):
        for number, (name, value) in enumerate(named(kind, counts)):
            table.add_row(_TITLES[kind] if number == 0 else "", name, value)
    console.print(table)
    for title, lines in (("未能采用 not taken", summary.not_taken), ("未登记 left out", summary.left_out)):
        for line in lines[:LISTED]:
            console.print(f"{title}  {line}", highlight=False, markup=False, soft_wrap=True)
        if len(lines) > LISTED:
            console.print(f"{title}  ……共 {len(lines)} 个，全部见 out.submissions 或网页", highlight=False)
    if len(summary.inboxes) > 1:
        console.print(
            f"注意：本数据目录的材料来自 {len(summary.inboxes)} 个收件目录，一并统计：{'、'.join(summary.inboxes)}；"
            "要分开请用 --home 另指定数据目录",
            highlight=False,
            markup=False,
            soft_wrap=True,
        )
    for name, path in named("places", summary.places):
        console.print(f"{name}  {path}", highlight=False, markup=False, soft_wrap=True)


LISTED = 20
_TITLES = {
    "totals": "总计 totals",
    "statuses": "收件 came in",
    "severities": "待处理问题 open findings",
    "stages": "用时（秒） seconds",
}


def _blocks(summary: RunSummary) -> list[tuple[str, dict[str, int] | dict[str, float]]]:
    return [
        ("statuses", summary.statuses),
        ("severities", summary.severities),
        ("totals", summary.totals),
        ("stages", {stage: round(seconds, 1) for stage, seconds in summary.seconds.items()}),
    ]
