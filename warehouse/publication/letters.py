"""letters/: one docx a unit whose reports must be corrected (what, where, by which rule, by when), and a reminder to
each unit that has sent nothing that could be read."""

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
from warehouse.publication.places import places_shown
from warehouse.publication.rows import Record, records
from warehouse.publication.wording import wording
from warehouse.publication.workbook import cell_text

LETTERS_SQL = Path(__file__).parent / "letters.sql"
REMINDERS_SQL = Path(__file__).parent / "reminders.sql"
CALENDAR_SQL = Path(__file__).parent / "calendar.sql"
MANIFEST = "letters.csv"
DAYS_TO_CORRECT = 10
"""Where no calendar says it."""
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
    desk = _Desk(folder, previous, _manifest(previous))
    due = _corrections_due(con, as_of)
    rows = records(con, LETTERS_SQL.read_text(encoding="utf-8"))
    for _, group in groupby(rows, key=lambda row: row["unit_key"]):
        findings = list(group)
        facts = [(f["finding_id"], f["message"], f["state"], f["places"]) for f in findings]
        desk.put(findings[0], "{unit}", repr(facts), _words(findings, year, as_of, due), len(findings))
    for row in records(con, REMINDERS_SQL.read_text(encoding="utf-8"), {"as_of": as_of}):
        is_late = row["due"] is not None and row["due"] < as_of
        facts = (row["state"], row["due"], is_late)
        desk.put(
            row, wording()["reminder"]["file"], repr(facts), _reminder(row, year, as_of, due, is_late), 0
        )
    with (folder / MANIFEST).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["文件", "单位", "问题数", "内容指纹"])
        writer.writerows(desk.listed)
    return Letters(len(desk.listed), frozenset(desk.kept))


class _Desk:
    """Writes letters under names that no two units share, and keeps those of the former set that say the same."""

    def __init__(self, folder: Path, previous: Path, known: dict[str, str]):
        self._folder, self._previous, self._known = folder, previous, known
        self._taken: set[str] = set()
        self.listed: list[tuple[str, str, int, str]] = []
        self.kept: set[Path] = set()

    def put(self, row: Record, pattern: str, facts: str, words: Record, findings: int) -> None:
        """facts: what the letter says without its dates."""
        name = _file_name(pattern, row, self._taken)
        says = hashlib.sha256(facts.encode()).hexdigest()[:16]
        if self._known.get(name) == says and (self._previous / name).is_file():
            self.kept.add(Path(name))
        else:
            write_letter(self._folder / name, words)
        self.listed.append((name, _harmless(row["unit"]), findings, says))


def _corrections_due(con: duckdb.DuckDBPyConnection, as_of: date) -> date:
    """The calendar's day while it lies ahead, else some days from now."""
    for row in records(con, CALENDAR_SQL.read_text(encoding="utf-8")):
        if row["corrections_due"] and row["corrections_due"] >= as_of:
            return row["corrections_due"]
        return as_of + timedelta(days=row["correction_days"])
    return as_of + timedelta(days=DAYS_TO_CORRECT)


def _reminder(row: Record, year: int | None, as_of: date, corrections_due: date, is_late: bool) -> Record:
    words: dict[str, Any] = wording()["reminder"]
    shown = {
        "unit": cell_text(row["unit"]),
        "year": f"{year or row['year']}年度" if year or row["year"] else "",
        "day": _day(as_of),
        "deadline": _day(row["due"]) if row["due"] else "",
        "due": _day(corrections_due if is_late else row["due"]) if row["due"] else "",
    }
    ask = words["undated"] if row["due"] is None else words["after"] if is_late else words["before"]
    letter = wording()["letter"]
    return {
        "title": words["title"].format(**shown),
        "opening": letter["opening"].format(**shown),
        "lead": (words["found"][row["state"]] + ask).format(**shown),
        "lead_note": words["note"],
        "closing": "",
        "signature": letter["signature"],
        "dated": _day(as_of),
        "columns": [],
        "widths": (),
        "rows": [],
    }


def _words(findings: Sequence[Record], year: int | None, as_of: date, due: date) -> Record:
    words: dict[str, Any] = wording()["letter"]
    years = {row["year"] for row in findings if row["year"]}
    shown_year = f"{year or max(years)}年度" if year or years else ""
    named = list(dict.fromkeys(row["file_name"] for row in findings))
    files = "、".join(f"《{name}》" for name in named)
    return {
        "title": words["title"].format(year=shown_year),
        "opening": words["opening"].format(unit=cell_text(findings[0]["unit"])),
        "lead": words["lead"].format(
            year=shown_year, files=cell_text(files), due=_day(due), count=len(findings)
        ),
        "lead_note": words["lead_note"],
        "closing": words["closing"],
        "signature": words["signature"],
        "dated": _day(as_of),
        "columns": words["columns"],
        "widths": WIDTHS,
        "rows": [_row(number, row, len(named) > 1) for number, row in enumerate(findings, start=1)],
    }


def _row(number: int, row: Record, with_file: bool) -> list[str]:
    kind = wording()["letter"]["asked"][row["severity"]]
    return [
        str(number),
        cell_text(f"【{kind}】{row['message']}\n（{row['check_id']}，问题编号 {row['finding_id']}）"),
        cell_text(f"{row['file_name']}\n{places_shown(row)}" if with_file else places_shown(row)),
        cell_text(row["reported_value"]),
        cell_text(row["expected_value"]),
        cell_text("；".join(text for text in (row["title"], row["basis"]) if text)),
    ]


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _file_name(pattern: str, row: Record, taken: set[str]) -> str:
    """A name that no file system refuses and that two units never share."""
    base = pattern.format(unit=re.sub(r"[^\w（）()\u4e00-\u9fa5-]", "_", row["unit"])[:60] or "单位")
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
