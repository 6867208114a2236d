"""`jixiao status`: the last runs, what came in, what is open, who holds the home, when the next run is due."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from flows import diary
from flows.desk.snapshot import fetch, snapshot
from flows.home import Home
from flows.words import named, word

SHOWN_RUNS = 5


def tell(home: Path | None, as_json: bool) -> None:
    """Prints the state of the home; works while a run is writing."""
    state = look(Home.at(home))
    if as_json:
        print(json.dumps(state, ensure_ascii=False, indent=1, default=str))
        return
    print(f"数据目录 home  {state['home']}")
    if state["holder"]:
        print(f"正在运行 running  {state['holder']}")
    runs = state["runs"]
    if not runs:
        print("还没有运行过；jixiao run --inbox 收件目录")
    for entry in runs:
        print(f"{entry['started_at']}  {word('run_states', entry['state'])}  {entry['message']}".rstrip())
        if entry["seconds"] and entry["state"] != "nothing_new":
            print(f"    {_shares(entry)}")
    stopped = runs[-1] if runs and runs[-1]["state"] in ("stopped_by_gate", "failed") else None
    if stopped:
        print(f"最近一次运行没有发布，原因：{stopped['message']}；以下仍是上一次发布的结果")
    for title, kind in (
        ("收件 came in", "statuses"),
        ("总计 totals", "totals"),
        ("待处理问题 open", "severities"),
    ):
        for number, (name, value) in enumerate(named(kind, state[kind])):
            print(f"{title if number == 0 else '':<12}\t{value:>8}  {name}")
    if state["waiting_decisions"]:
        print(f"待登记的处理决定 {state['waiting_decisions']} 条，由下一次运行登记")
    for line in state["schedule"]:
        print(line)


def look(home: Home) -> dict[str, Any]:
    """The same as plain values."""
    from flows.schedule import next_runs

    counts: dict[str, dict[str, int]] = {"statuses": {}, "totals": {}, "severities": {}}
    if home.review.exists():
        with snapshot(home) as con:
            for kind in counts:
                counts[kind] = dict(fetch(con, f"count_{kind}")[1])
    return {
        "home": str(home.root),
        "holder": home.holder(),
        "runs": [asdict(entry) for entry in diary.read(home.diary, SHOWN_RUNS)],
        "waiting_decisions": len(list(home.decisions.glob("*.json"))) if home.decisions.is_dir() else 0,
        "schedule": next_runs(home),
        **counts,
    }


def _shares(entry: dict[str, Any]) -> str:
    """Seconds and share of the time by stage, and files a second where files were read."""
    total = sum(entry["seconds"].values()) or 1.0
    parts = [
        f"{name} {float(value):.1f} s（{100 * float(value) / total:.0f}%）"
        for name, value in named("stages", entry["seconds"])
    ]
    if entry["files"] and entry["seconds"].get("extract"):
        parts.append(f"{entry['files']} 个文件，{entry['files'] / entry['seconds']['extract']:.1f} 个/秒")
    return "  ".join(parts)
