"""`jixiao show`: one finding so that a person finds the cell in the original at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from flows.desk.printing import print_rows
from flows.desk.snapshot import fetch, snapshot
from flows.errors import WrongUsageError
from flows.home import Home
from flows.register import archived
from flows.words import word


def show_finding(home: Path | None, finding: str, as_json: bool) -> None:
    """Prints rule, basis, figures, place, text, state, file. Raises WrongUsageError for an unknown id."""
    place = Home.at(home)
    columns, row = find(place, finding)
    if as_json:
        print_rows([*columns, "archive_path"], [(*row.values(), _archive_path(place, row))], as_json=True)
        return
    from rich.console import Console

    console = Console(soft_wrap=True, highlight=False)
    for label, text in _lines(place, row):
        for number, line in enumerate(str(text).splitlines() or [""]):
            console.print(f"{label if number == 0 else '':　<5} {line}", markup=False)


def find(home: Home, finding: str) -> tuple[list[str], dict[str, Any]]:
    """Columns and values of the one finding whose id begins with `finding`."""
    with snapshot(home) as con:
        columns, rows = fetch(con, "finding", finding=finding.strip())
    if not rows or not finding.strip():
        raise WrongUsageError(f"没有编号为「{finding}」的问题；用 jixiao queue 查看编号")
    if len(rows) > 1 and rows[0][0] != finding.strip():
        raise WrongUsageError(f"编号「{finding}」对应多个问题，请多写几位")
    return columns, dict(zip(columns, rows[0], strict=True))


def _lines(home: Home, row: dict[str, Any]) -> list[tuple[str, object]]:
    from warehouse.publication.places import gap_shown

    unit = "  ".join(
        str(part)
        for part in (row["unit_name"], row["fiscal_year"] and f"{row['fiscal_year']}年", row["project_name"])
        if part
    )
    values = [
        f"{label} {row[name]}"
        for label, name in (("填报", "reported_value"), ("应为或对照", "expected_value"))
        if row[name] not in (None, "")
    ]
    figures = "  ".join([*values, gap_shown(row["difference"])]).strip()
    file = row["file_path"] or row["file_name"]
    if row["member_path"]:
        file = f"{file} 包内 {row['member_path']}"
    lines: list[tuple[str, object]] = [
        ("问题编号", row["finding_id"]),
        ("检查规则", f"{row['check_id']}（第{row['check_version']}版） {row['title'] or ''}"),
        ("规则依据", row["basis"] or ""),
        ("严重程度", word("severities", row["severity"])),
        ("填报单位", unit or "（不明）"),
        ("问题说明", row["message"]),
        ("有关数字", figures or "（无）"),
        ("所在位置", "；".join(row["places"] or [row["place"] or "（全文）"])),
        ("原文内容", row["evidence"] or "（无）"),
        ("所在文件", file),
        ("存档文件", _archive_path(home, row) or "（存档中没有）"),
        ("处理状态", word("states", row["state"]) + ("（事实有变化，重新打开）" if row["reopened"] else "")),
    ]
    if row["decision"]:
        until = f"，有效期至 {row['decided_until']}" if row["decided_until"] else ""
        lines.append(
            ("处理决定", f"{row['decided_by']} {row['decided_at']}：{row['decision_reason']}{until}")
        )
    region = _region(row["location"])
    if region:
        lines.append(("精确位置", region))
    return lines


def _archive_path(home: Home, row: dict[str, Any]) -> Path | None:
    """The kept copy: of the file, or of the bundle that holds the member."""
    if not row["member_path"]:
        return archived(home.archive, row["sha256"]) if row["sha256"] else None
    with snapshot(home) as con:
        _, bundles = fetch(con, "bundle", file_path=row["file_path"], run_id=row["run_id"])
    return archived(home.archive, bundles[0][0]) if bundles else None


def _region(location: str | None) -> str:
    """The machine-readable place, for programs that mark the cell."""
    if not location:
        return ""
    try:
        parts = json.loads(location)
    except ValueError:
        return location
    return "  ".join(f"{key}={value}" for key, value in parts.items() if value not in (None, "", []))
