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

import docx
import duckdb
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table

from warehouse.publication.rows import Record, records
from warehouse.publication.wording import in_chinese, wording
from warehouse.publication.workbook import cell_text

LETTERS_SQL = Path(__file__).parent / "letters.sql"
MANIFEST = "letters.csv"
DAYS_TO_CORRECT = 10
WIDTHS = (Cm(1.1), Cm(8.2), Cm(4.6), Cm(3.2), Cm(3.2), Cm(4.6))
FONT = "宋体"


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
            _letter(findings, year, as_of).save(str(folder / name))
        listed.append((name, _harmless(findings[0]["unit"]), len(findings), says))
    with (folder / MANIFEST).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["文件", "单位", "问题数", "内容指纹"])
        writer.writerows(listed)
    return Letters(len(listed), frozenset(kept))


def _letter(findings: Sequence[Record], year: int | None, as_of: date) -> Document:
    words: dict[str, Any] = wording()["letter"]
    years = {row["year"] for row in findings if row["year"]}
    shown_year = f"{year or max(years)}年度" if year or years else ""
    due = as_of + timedelta(days=DAYS_TO_CORRECT)
    document = docx.Document()
    _page(document)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(words["title"].format(year=shown_year))
    run.bold = True
    run.font.size = Pt(16)
    document.add_paragraph(words["opening"].format(unit=findings[0]["unit"]))
    files = "、".join(dict.fromkeys(f"《{row['file_name']}》" for row in findings))
    _indented(
        document,
        words["lead"].format(
            year=shown_year, files=files, due=f"{due.year}年{due.month}月{due.day}日", count=len(findings)
        ),
    )
    _indented(document, words["lead_note"])
    _table(document, words["columns"], findings)
    _indented(document, words["closing"])
    for line in (words["signature"], f"{as_of.year}年{as_of.month}月{as_of.day}日"):
        paragraph = document.add_paragraph(line)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.core_properties.title = words["title"].format(year=shown_year)
    document.core_properties.author = ""
    return document


def _page(document: Document) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.name = FONT  # pyright: ignore[reportAttributeAccessIssue]  # paragraph styles have a font
    style.font.size = Pt(12)  # pyright: ignore[reportAttributeAccessIssue]
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)


def _indented(document: Document, text: str) -> None:
    paragraph = document.add_paragraph(text)
    paragraph.paragraph_format.first_line_indent = Pt(24)
    paragraph.paragraph_format.space_after = Pt(6)


def _table(document: Document, titles: Sequence[str], findings: Sequence[Record]) -> None:
    table = document.add_table(rows=1, cols=len(titles))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = width
    _fill(table, 0, titles, bold=True)
    _mark_header(table)
    for number, row in enumerate(findings, start=1):
        kind = in_chinese("severity", row["severity"])
        what = f"【{kind}】{row['message']}\n（{row['check_id']}，问题编号 {row['finding_id']}）"
        where = f"{row['file_name']}\n{row['place'] or '全文'}"
        rule = "；".join(text for text in (row["title"], row["basis"]) if text)
        table.add_row()
        _fill(table, number, [str(number), what, where, row["reported_value"], row["expected_value"], rule])


def _fill(table: Table, row: int, texts: Sequence[str | None], bold: bool = False) -> None:
    for cell, text, width in zip(table.rows[row].cells, texts, WIDTHS, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(cell_text(text))
        run.bold = bold
        run.font.size = Pt(10)
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)


def _mark_header(table: Table) -> None:
    """Grey, and repeated on every page."""
    for cell in table.rows[0].cells:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), "E7ECF2")
        cell._tc.get_or_add_tcPr().append(shade)
    properties = table.rows[0]._tr.get_or_add_trPr()
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    properties.append(mark)


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
