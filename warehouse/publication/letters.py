"""letters/: one docx a unit whose reports must be corrected: what, where, by which rule, by when."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from warehouse.publication.letter_file import write_letter
from warehouse.publication.rows import Record, records
from warehouse.publication.wording import in_chinese, wording
from warehouse.publication.workbook import cell_text

LETTERS_SQL = Path(__file__).parent / "letters.sql"
MANIFEST = "letters.csv"
DAYS_TO_CORRECT = 10
WIDTHS = (624, 4649, 2608, 1814, 1814, 2608)
"""Of the columns, in twentieths of a point."""


@dataclass(frozen=True, slots=True)
class Letters:
    """How many letters the set has. kept: those of the former set that say the same, relative to letters/."""

    letters: int
    kept: frozenset[Path] = field(default_factory=frozenset)


def write_letters(
    con: duckdb.DuckDBPyConnection, folder: Path, previous: Path, year: int | None, as_of: date
) -> Letters:
    """Writes the letters of a snapshot into `folder`, and letters.csv that lists them.

    as_of: the day the corrections are counted from. previous: the letters of the former set; one that would say the
    same is kept with its date.
    """
    folder.mkdir()
    rows = records(con, LETTERS_SQL.read_text(encoding="utf-8"))
    known = _manifest(previous)
    listed: list[tuple[str, str, int, str]] = []
    kept: set[Path] = set()
    taken: set[str] = set()
    for _, group in groupby(rows, key=lambda row: row["unit_key"]):
        findings = list(group)
        name = _file_name(findings[0], taken)
        says = hashlib.sha256(
            repr([(f["finding_id"], f["message"], f["state"], f["place"]) for f in findings]).encode()
        ).hexdigest()[:16]
        if known.get(name) == says and (previous / name).is_file():
            kept.add(Path(name))
        else:
            write_letter(folder / name, _words(findings, year, as_of))
        listed.append((name, _harmless(findings[0]["unit"]), len(findings), says))
    with (folder / MANIFEST).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["文件", "单位", "问题数", "内容指纹"])
        writer.writerows(listed)
    return Letters(len(listed), frozenset(kept))


def _words(findings: Sequence[Record], year: int | None, as_of: date) -> Record:
    words: dict[str, Any] = wording()["letter"]
    years = {row["year"] for row in findings if row["year"]}
    shown_year = f"{year or max(years)}年度" if year or years else ""
    files = "、".join(dict.fromkeys(f"《{row['file_name']}》" for row in findings))
    due = _day(as_of + timedelta(days=DAYS_TO_CORRECT))
    return {
        "title": words["title"].format(year=shown_year),
        "opening": words["opening"].format(unit=cell_text(findings[0]["unit"])),
        "lead": words["lead"].format(year=shown_year, files=cell_text(files), due=due, count=len(findings)),
        "lead_note": words["lead_note"],
        "closing": words["closing"],
        "signature": words["signature"],
        "dated": _day(as_of),
        "columns": words["columns"],
        "widths": WIDTHS,
        "rows": [_row(number, row) for number, row in enumerate(findings, start=1)],
    }


def _row(number: int, row: Record) -> list[str]:
    kind = in_chinese("severity", row["severity"])
    return [
        str(number),
        cell_text(f"【{kind}】{row['message']}\n（{row['check_id']}，问题编号 {row['finding_id']}）"),
        cell_text(f"{row['file_name']}\n{row['place'] or '全文'}"),
        cell_text(row["reported_value"]),
        cell_text(row["expected_value"]),
        cell_text("；".join(text for text in (row["title"], row["basis"]) if text)),
    ]


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _file_name(row: Record, taken: set[str]) -> str:
    """A name that no file system refuses and that two units never share."""
    base = re.sub(r"[^\w（）()\u4e00-\u9fa5-]", "_", row["unit"])[:60] or "单位"
    name = f"{base}.docx"
    if name.lower() in taken:
        name = f"{base}-{hashlib.sha256(row['unit_key'].encode()).hexdigest()[:6]}.docx"
    taken.add(name.lower())
    return name


def _harmless(text: str) -> str:
    """A text that a spreadsheet does not take for a formula when it opens the csv."""
    return f"'{text}" if text[:1] in "=+-@\t" else text


def _manifest(previous: Path) -> dict[str, str]:
    file = previous / MANIFEST
    if not file.is_file():
        return {}
    with file.open(encoding="utf-8-sig", newline="") as rows:
        return {row["文件"]: row["内容指纹"] for row in csv.DictReader(rows)}
