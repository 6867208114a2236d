"""Damaged and hostile files: the outcome is always a result, a named refusal, or a time-out inside its limit."""

from __future__ import annotations

import io
import random
import re
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pytest
import xlwt
from reportlab.pdfgen import canvas

from extractors.document import Document
from extractors.errors import ExtractionError
from extractors.isolation import Worker, WorkerFailed
from extractors.limits import Limits
from extractors.readers import read
from tests.extractors.readers import test_html
from tests.extractors.readers.mutations import mutated

LIMITS = Limits(seconds=20, memory_bytes=1 << 30, office_seconds=10)
OUTCOMES = {"accepted", "refused", "unreadable", "not_an_evaluation", "needs_tool"}
CHINESE = re.compile("[一-鿿]")
IN_PROCESS = ("docx", "xlsx", "text", "html", "spreadsheetml", "ods")
HEADER = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
ROWS = [
    ["产出指标", "数量指标", "维修渠道（公里）", "≥20", "22", "25", "25"],
    ["", "质量指标", "合格率", "≥95%", "96%", "25", "25"],
    ["效益指标", "社会效益", "受益人口（人）", "≥900", "950", "40", "40"],
    ["满意度指标", "服务对象满意度", "群众满意度", "≥90%", "93%", "10", "10"],
]


@cache
def samples() -> dict[str, bytes]:
    """One small form in every format that can be written here."""
    return {
        "docx": _docx(),
        "xlsx": _xlsx(),
        "xls": _xls(),
        "pdf": _pdf(),
        "text": _text().encode("gb18030"),
        "html": test_html.PAGE.encode("gb18030"),
        "spreadsheetml": test_html.SHEET_2003.encode(),
        "ods": _ods(),
        "zip": _zip(),
        "eml": _mail(),
        "rtf": rb"{\rtf1\ansi \trowd\cellx2000 A\cell\row}",
    }


def _docx() -> bytes:
    document = docx.Document()
    document.add_heading("部门整体支出绩效自评表", 1)
    grid = document.add_table(len(ROWS) + 1, len(HEADER))
    for target, text in zip(
        (each for line in grid.rows for each in line.cells),
        [*HEADER, *(text for line in ROWS for text in line)],
        strict=True,
    ):
        target.text = text
    grid.cell(1, 0).merge(grid.cell(2, 0))
    document.add_paragraph("一、基本情况", style="List Number")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (HEADER, *ROWS):
        sheet.append(line)
    sheet["H2"] = 0.95
    sheet["H2"].number_format = "0.0%"
    sheet.merge_cells("A2:A3")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for r, line in enumerate((HEADER, *ROWS)):
        for c, text in enumerate(line):
            sheet.write(r, c, text)
    sheet.write_merge(6, 7, 0, 1, 0.5)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _pdf() -> bytes:
    stream = io.BytesIO()
    page = canvas.Canvas(stream)
    for r in range(5):
        for c in range(4):
            page.rect(50 + c * 90, 700 - r * 30, 90, 30)
            page.drawString(55 + c * 90, 710 - r * 30, f"{r}.{c}")
    page.showPage()
    page.save()
    return stream.getvalue()


def _text() -> str:
    lines = ["".join(f"\t{text}\n" for text in cells) for cells in (HEADER, *ROWS)]
    return "2022年度自评表\n" + "\n".join(lines) + "\n一、概况\n全年执行率95%。\n"


def _ods() -> bytes:
    stream = io.BytesIO()
    cells = "".join(
        f'<table:table-cell table:number-columns-spanned="{n}"><text:p>{text}</text:p></table:table-cell>'
        for n, text in enumerate(HEADER, 1)
    )
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr(
            "content.xml",
            f"<office:document-content {test_html.OFFICE}><office:body><office:spreadsheet><table:table>"
            f'<table:table-row table:number-rows-repeated="3">{cells}</table:table-row>'
            f"<table:table-row>{cells}</table:table-row></table:table></office:spreadsheet></office:body>"
            "</office:document-content>",
        )
    return stream.getvalue()


def _zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("甲/自评表.txt", _text())
        archive.writestr("乙.docx", _docx())
    return stream.getvalue()


def _mail() -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@b.cn", "自评"
    message.set_content(_text())
    message.add_attachment(_docx(), maintype="application", subtype="msword", filename="自评表.doc")
    return message.as_bytes()


def cases(count: int, seed: int, kinds: tuple[str, ...] | None = None) -> Iterator[tuple[str, bytes]]:
    chance = random.Random(seed)
    names = kinds or tuple(samples())
    for number in range(count):
        name = names[number % len(names)]
        yield f"{name} {seed}/{number}", mutated(samples()[name], chance)


def run(count: int, seed: int, folder: Path) -> Counter[str]:
    """Read every case in a child; assert that each has a named outcome in time."""
    path = folder / "case.bin"
    seen: Counter[str] = Counter()
    worker = Worker(LIMITS)
    facts = {
        "file_path": "自评表",
        "sha256": "0" * 64,
        "size": 1,
        "received_at": "2023-04-01T00:00:00",
        "may_convert": True,
    }
    try:
        for label, content in cases(count, seed):
            path.write_bytes(content)
            begin = time.monotonic()
            try:
                answer = worker.ask({"do": "read", "path": str(path), **facts}, LIMITS.seconds).facts
                if "container" in answer:
                    expanded = {
                        "do": "expand",
                        "path": str(path),
                        "kind": answer["container"],
                        "folder": str(folder),
                    }
                    answer = worker.ask(expanded, LIMITS.seconds).facts
            except WorkerFailed as failure:
                seen[failure.kind] += 1
                worker = Worker(LIMITS)
                assert time.monotonic() - begin < LIMITS.seconds + 15, label
                continue
            outcome = "convert" if "convert" in answer else str(answer["outcome"])
            assert outcome in {*OUTCOMES, "convert"}, label
            if outcome in OUTCOMES - {"accepted"}:
                assert CHINESE.search(answer["reason"]), label
                assert "识别程序" not in answer["reason"], f"{label}: {answer['reason']}"
            seen[outcome] += 1
    finally:
        worker.kill()
    return seen


def test_seeded_few_hundred(tmp_path: Path) -> None:
    seen = run(330, 1, tmp_path)
    assert seen["accepted"]
    assert seen["unreadable"]
    assert seen["crash"] + seen["timeout"] <= 5


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(2, 12))
def test_ten_thousand(tmp_path: Path, seed: int) -> None:
    seen = run(1_000, seed, tmp_path)
    assert seen["crash"] + seen["timeout"] <= 15


def assert_well_formed(document: Document, label: str) -> None:
    for found in document.tables:
        taken: set[tuple[int, int]] = set()
        order = [(cell.row, cell.column) for cell in found.cells]
        assert order == sorted(order), label
        for cell in found.cells:
            assert cell.row_span >= 1, label
            assert cell.column_span >= 1, label
            assert cell.row + cell.row_span <= found.row_count, label
            assert cell.column + cell.column_span <= found.column_count, label
            area = {
                (row, column)
                for row in range(cell.row, cell.row + cell.row_span)
                for column in range(cell.column, cell.column + cell.column_span)
            }
            assert not area & taken, f"{label}: {cell}"
            taken |= area


def test_what_is_read_from_damaged_files_is_a_whole_grid(tmp_path: Path) -> None:
    path = tmp_path / "case.bin"
    limits = Limits(max_rows=400, max_columns=60, max_cells=20_000)
    read_well = 0
    for label, content in cases(300, 77, IN_PROCESS):
        path.write_bytes(content)
        try:
            document = read(path, limits)
        except ExtractionError as error:
            assert CHINESE.search(error.reason), label
            assert error.__cause__ is None or not isinstance(
                error.__cause__, (AssertionError, TypeError, KeyError)
            ), f"{label}: {error.__cause__!r}"
            continue
        assert_well_formed(document, label)
        read_well += 1
    assert read_well > 50
