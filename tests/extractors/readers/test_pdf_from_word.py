"""What a word processor prints: the PDF made from a docx reads like the docx itself, cells, spans and paragraphs."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from random import Random

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from extractors.document import Document
from extractors.limits import DEFAULT_LIMITS
from extractors.readers.docx import read_docx
from extractors.readers.pdf import read_pdf

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]
HEADER = ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分", "偏差原因分析及改进措施"]
LEVELS = [
    ("产出指标", ["数量指标", "质量指标", "时效指标"]),
    ("效益指标", ["经济效益指标", "社会效益指标"]),
    ("满意度指标", ["服务对象满意度指标"]),
]
NAMES = "开展培训检查新建改造发放补贴办理群众满意度提升乡村道路硬化"
REASONS = "受强降雨影响施工进度滞后已调整计划明年上半年补齐同时加强调度管理"


def form(path: Path, seed: int, repeat_header: bool, whole_rows: bool) -> Path:
    """A report of several pages: a paragraph, a table with merged levels and long cells, a signature line."""
    rng = Random(seed)
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(10.5)
    document.add_paragraph("".join(rng.choice(NAMES + "，") for _ in range(200)) + "共计12.5万元。")
    rows = [
        (
            level1,
            level2,
            "".join(rng.choice(NAMES) for _ in range(rng.randint(6, 40))),
            f"≥{rng.randint(1, 999)}次",
            f"{rng.randint(1, 999)}次",
            str(rng.randint(1, 9)),
            f"{rng.randint(1, 9)}.{rng.randint(10, 99)}",
            ""
            if rng.random() < 0.5
            else "".join(rng.choice(REASONS) for _ in range(rng.randint(10, 90))) + "。",
        )
        for level1, subs in LEVELS
        for level2 in subs
        for _ in range(rng.randint(2, 5))
    ]
    table = document.add_table(rows=len(rows) + 2, cols=8)
    table.style = "Table Grid"
    table.autofit = False
    for row in table.rows:
        for cell, width in zip(row.cells, [1.6, 1.8, 4, 2, 2, 1.2, 1.4, 3.2], strict=True):
            cell.width = Cm(width)
        if whole_rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    if repeat_header:
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for column, text in enumerate(HEADER):
        table.cell(0, column).text = text
    for number, row in enumerate(rows, 1):
        for column in range(2, 8):
            table.cell(number, column).text = row[column]
    for column in (0, 1):
        first = 1
        for number in range(1, len(rows) + 1):
            if number == len(rows) or rows[number][: column + 1] != rows[first - 1][: column + 1]:
                table.cell(first, column).merge(table.cell(number, column)).text = rows[first - 1][column]
                first = number + 1
    last = len(rows) + 1
    table.cell(last, 0).merge(table.cell(last, 4)).text = "总分"
    table.cell(last, 5).text, table.cell(last, 6).text = "100", "95.5"
    for cell in table._tbl.iter(qn("w:tc")):
        align = OxmlElement("w:vAlign")
        align.set(qn("w:val"), "center")
        cell.get_or_add_tcPr().append(align)
    document.add_paragraph("填表人：王某")
    document.save(str(path))
    return path


def cells_of(document: Document) -> list[tuple[int, int, int, int, str]]:
    return sorted(
        (c.row, c.column, c.row_span, c.column_span, "".join(c.text.split()))
        for table in document.tables
        for c in table.cells
    )


def test_the_pdf_of_a_docx_reads_like_the_docx(tmp_path: Path) -> None:
    words = [
        form(tmp_path / f"form{seed}.docx", seed, repeat_header=seed % 2 == 0, whole_rows=seed % 3 == 0)
        for seed in range(6)
    ]
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            *map(str, words),
        ],
        check=True,
        capture_output=True,
        timeout=200,
    )

    for word in words:
        printed, written = read_pdf(word.with_suffix(".pdf")), read_docx(word, DEFAULT_LIMITS)
        assert len(printed.tables) == 1
        assert cells_of(printed) == cells_of(written)
        assert ["".join(p.text.split()) for p in printed.paragraphs] == [
            "".join(p.text.split()) for p in written.paragraphs if p.text.strip()
        ]
