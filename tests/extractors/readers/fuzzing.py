"""The fuzz harness: seeded mutations of small files in every format, read in a child process as the yearly run does.

`python -m tests.extractors.readers.fuzzing FIRST LAST` reads 1,000 cases for each seed and prints what they ended as.
"""

from __future__ import annotations

import io
import random
import re
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from functools import cache
from pathlib import Path

import docx
import openpyxl
import xlwt
from PIL import Image, ImageDraw
from reportlab.pdfgen import canvas

from extractors.isolation import Worker, WorkerFailed
from extractors.limits import Limits
from tests.extractors.readers import test_html
from tests.extractors.readers.mutations import mutated
from tests.extractors.readers.ofd_samples import form_objects, write_ofd
from tests.extractors.readers.pdf_samples import level_form
from tests.hostile.case import form

LIMITS = Limits(seconds=30, office_seconds=10)
OUTCOMES = {"accepted", "refused", "unreadable", "not_an_evaluation", "needs_tool"}
CHINESE = re.compile("[一-鿿]")
FACTS = {
    "file_path": "自评表",
    "sha256": "0" * 64,
    "size": 1,
    "received_at": "2023-04-01T00:00:00",
    "may_convert": True,
}
HEADER = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
ROWS = [
    ["产出指标", "数量指标", "维修渠道（公里）", "≥20", "22", "25", "25"],
    ["", "质量指标", "合格率", "≥95%", "96%", "25", "25"],
    ["效益指标", "社会效益", "受益人口（人）", "≥900", "950", "40", "40"],
    ["满意度指标", "服务对象满意度", "群众满意度", "≥90%", "93%", "10", "10"],
]


@cache
def samples() -> dict[str, tuple[bytes, ...]]:
    """A small form and a whole one in every format that can be written here."""
    return {
        "docx": (_docx(), form(".docx")),
        "xlsx": (_xlsx(), form(".xlsx")),
        "xls": (_xls(), form(".xls")),
        "pdf": (_pdf(), form(".pdf")),
        "text": (_text().encode("gb18030"), form(".txt")),
        "html": (test_html.PAGE.encode("gb18030"), form(".html")),
        "spreadsheetml": (test_html.SHEET_2003.encode(),),
        "ods": (_ods(),),
        "ofd": (_ofd(),),
        "zip": (_zip(),),
        "eml": (_mail(),),
        "png": (_picture("PNG"),),
        "rtf": (rb"{\rtf1\ansi \trowd\cellx2000 A\cell\row}",),
    }


def _ofd() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = write_ofd(Path(folder) / "form.ofd", [form_objects(level_form())])
        return path.read_bytes()


def _picture(kind: str) -> bytes:
    """A page with lines and no text: what is recognised of it costs little."""
    image = Image.new("L", (300, 420), 255)
    draw = ImageDraw.Draw(image)
    for step in range(5):
        draw.line((30, 60 + step * 60, 270, 60 + step * 60), fill=0, width=2)
        draw.line((30 + step * 60, 60, 30 + step * 60, 300), fill=0, width=2)
    stream = io.BytesIO()
    image.save(stream, kind)
    return stream.getvalue()


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
    """`count` mutated files with their labels; the same seed gives the same files."""
    chance = random.Random(seed)
    names = kinds or tuple(samples())
    for number in range(count):
        name = names[number % len(names)]
        content = chance.choice(samples()[name])
        yield f"{name} {seed}/{number}", mutated(content, chance, name)


@dataclass
class Findings:
    """outcomes: how many cases ended as what. wrong: what no case may end as, by label."""

    outcomes: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")


def fuzz(count: int, seed: int, folder: Path) -> Findings:
    """Reads every case in a child; a result, a named refusal, or a time-out inside its limit is right."""
    found = Findings()
    path = folder / "case.bin"
    worker = Worker(LIMITS)
    try:
        for label, content in cases(count, seed):
            path.write_bytes(content)
            begin = time.monotonic()
            try:
                outcome, reason = _read(worker, path, folder)
            except WorkerFailed as failure:
                outcome, reason = failure.kind, "已中止"
                worker = Worker(LIMITS)
            seconds = time.monotonic() - begin
            found.outcomes[outcome] += 1
            found.slowest = max(found.slowest, (seconds, label))
            if not _is_right(outcome, reason) or seconds > LIMITS.seconds + 15:
                found.wrong.append(f"{label}: {outcome} {reason} {seconds:.1f}s")
    finally:
        worker.kill()
    return found


def _read(worker: Worker, path: Path, folder: Path) -> tuple[str, str]:
    """What becomes of one file: outcome and reason. The first bad member of a container decides."""
    answer = worker.ask({"do": "read", "path": str(path), **FACTS}, LIMITS.seconds).facts
    if "convert" in answer:
        return "convert", ""
    if "container" not in answer:
        return str(answer["outcome"]), str(answer.get("reason") or "")
    task = {"do": "expand", "path": str(path), "kind": answer["container"], "folder": str(folder)}
    answer = worker.ask(task, LIMITS.seconds).facts
    for member in answer.get("members", ())[:4]:
        if member["path"]:
            inner = worker.ask({"do": "read", "path": member["path"], **FACTS}, LIMITS.seconds).facts
            if inner.get("reason") and not _is_right(str(inner["outcome"]), inner["reason"]):
                return str(inner["outcome"]), inner["reason"]
    return str(answer["outcome"]), str(answer.get("reason") or "")


def _is_right(outcome: str, reason: str) -> bool:
    if outcome in ("accepted", "convert", "timeout", "crash"):
        return True
    return outcome in OUTCOMES and bool(CHINESE.search(reason)) and "识别程序" not in reason


def main(first: int, last: int) -> int:
    """Prints the outcomes of the seeds; the exit status is 1 when any is wrong."""
    total: Counter[str] = Counter()
    wrong: list[str] = []
    for seed in range(first, last + 1):
        begin = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            found = fuzz(1_000, seed, Path(folder))
        total += found.outcomes
        wrong += found.wrong
        slowest = f"{found.slowest[0]:.1f} s ({found.slowest[1]})"
        print(
            f"seed {seed}: {time.monotonic() - begin:.0f} s, {dict(found.outcomes)}, slowest {slowest}",
            flush=True,
        )
        for line in found.wrong:
            print(f"  {line}", flush=True)
    print(f"{sum(total.values())} cases: {dict(total.most_common())}, wrong: {len(wrong)}")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
