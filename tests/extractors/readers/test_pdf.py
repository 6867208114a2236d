"""A PDF's tables come out cell by cell, whatever draws the borders; its text comes out as paragraphs."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from extractors.document import Document, Table
from extractors.errors import Refused, Unreadable
from extractors.limits import Limits
from extractors.readers.pdf import read_pdf
from tests.extractors.readers.pdf_samples import (
    cid_font,
    draw_borders,
    draw_texts,
    embedded_font,
    grid_form,
    level_form,
    write_form,
    write_pages,
)

RULED = [
    "lines",
    "cells",
    "rectangles",
    "dotted",
    "dashed",
    "dots",
    "double",
    "open_sides",
    "open_bottom",
    "shaded",
    "strips",
]
PLAIN_ROWS = [
    ["指标名称", "年度指标值", "实际完成值", "分值"],
    ["培训人次", "1200人次", "1305人次", "10"],
    ["检查户数", "85户", "85户", "20"],
    ["群众满意度", "95%", "96.5%", "20"],
]


def cells_of(table: Table) -> list[tuple[int, int, int, int, str]]:
    return sorted((c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells)


def rows_of(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows()]


def only_table(document: Document) -> Table:
    assert len(document.tables) == 1
    return document.tables[0]


@pytest.mark.parametrize("font", ["cid", "embedded"])
@pytest.mark.parametrize("style", RULED)
def test_merged_cells_are_exact_whatever_draws_the_borders(tmp_path: Path, style: str, font: str) -> None:
    form = level_form(font=embedded_font() if font == "embedded" else cid_font())
    path = write_form(tmp_path / "form.pdf", form, style, title="部门整体支出绩效自评表")

    document = read_pdf(path)

    assert cells_of(only_table(document)) == form.expected()
    assert [p.text for p in document.paragraphs] == ["部门整体支出绩效自评表"]


@pytest.mark.parametrize("style", ["lines", "rectangles", "double"])
def test_cells_are_those_of_pdfplumber(tmp_path: Path, style: str) -> None:
    path = write_form(tmp_path / "form.pdf", level_form(), style)

    with pdfplumber.open(path) as pdf:
        theirs = pdf.pages[0].extract_tables()[0]

    texts = {"".join(text.split()) for row in theirs for text in row if text}
    assert {"".join(cell.text.split()) for cell in read_pdf(path).tables[0].cells if cell.text} == texts


@pytest.mark.parametrize("style", ["three_lines", "rules"])
def test_columns_of_tables_without_vertical_lines_come_from_alignment(tmp_path: Path, style: str) -> None:
    path = write_form(tmp_path / "form.pdf", grid_form(PLAIN_ROWS, [120, 100, 100, 60]), style)

    document = read_pdf(path)

    assert rows_of(only_table(document)) == PLAIN_ROWS
    assert not only_table(document).ruled
    assert "没有竖线" in document.warnings[0]


def test_a_table_without_lines_is_read_where_every_text_keeps_to_its_column(tmp_path: Path) -> None:
    form = grid_form(PLAIN_ROWS, [120, 100, 100, 60])
    canvas = Canvas(str(tmp_path / "bare.pdf"), pagesize=A4)
    canvas.setFont(cid_font(), 10)
    canvas.drawString(60, 780, "本单位认真组织开展绩效自评工作现将有关情况报告如下。")
    draw_texts(canvas, form)
    canvas.save()

    document = read_pdf(tmp_path / "bare.pdf")

    assert rows_of(only_table(document)) == PLAIN_ROWS
    assert not only_table(document).ruled
    assert "没有框线" in document.warnings[0]
    assert len(document.paragraphs) == 1


def test_a_table_without_lines_whose_columns_are_unclear_stays_text_and_is_named(tmp_path: Path) -> None:
    rows = [["指标名称", "年度指标值", "完成值", "分值"], ["培训人次", "1200人次", "1305人次", "10"]]
    rows += [["检查户数并且名称很长一直伸到下一列去", "", "85户", "20"], ["满意度", "95%", "96.5%", "20"]]
    form = grid_form(rows, [120, 100, 100, 60])
    canvas = Canvas(str(tmp_path / "unclear.pdf"), pagesize=A4)
    draw_texts(canvas, form)
    canvas.save()

    document = read_pdf(tmp_path / "unclear.pdf")

    assert document.tables == () or rows_of(document.tables[0]) == rows
    assert any("无框线" in warning or "没有框线" in warning for warning in document.warnings)


def test_text_in_two_parts_on_a_line_is_no_table(tmp_path: Path) -> None:
    lines = [
        (60.0 + 250 * k, 100.0 + 24 * n, text)
        for n in range(5)
        for k, text in enumerate(["填表人：", "日期："])
    ]

    assert read_pdf(write_pages(tmp_path / "two.pdf", [lines])).tables == ()


def test_every_cell_tells_its_page_and_box(tmp_path: Path) -> None:
    document = read_pdf(write_form(tmp_path / "form.pdf", level_form()))

    cell = next(cell for cell in only_table(document).cells if cell.text == "96.5%")

    assert cell.location.place("实际完成值") == "第1页 表1 第5行「实际完成值」"
    box = cell.location.box
    assert box is not None
    assert box == pytest.approx((340, 196, 410, 226), abs=1)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_pages_that_lie_on_their_side_are_turned_upright(tmp_path: Path, rotation: int) -> None:
    form = level_form()
    width, height = landscape(A4) if rotation != 180 else A4
    canvas = Canvas(str(tmp_path / "turned.pdf"), pagesize=(width, height))
    canvas.setPageRotation(rotation)
    if rotation == 90:
        canvas.translate(height, 0)
        canvas.rotate(90)
    elif rotation == 270:
        canvas.translate(0, width)
        canvas.rotate(-90)
    else:
        canvas.translate(width, height)
        canvas.rotate(180)
    draw_borders(canvas, form, "lines", height)
    draw_texts(canvas, form, height)
    canvas.save()

    assert cells_of(only_table(read_pdf(tmp_path / "turned.pdf"))) == form.expected()


def test_text_drawn_sideways_on_an_upright_page_is_turned(tmp_path: Path) -> None:
    form = level_form()
    canvas = Canvas(str(tmp_path / "sideways.pdf"), pagesize=A4)
    canvas.translate(A4[0], 0)
    canvas.rotate(90)
    draw_borders(canvas, form, "lines", A4[0])
    draw_texts(canvas, form, A4[0])
    canvas.save()

    assert cells_of(only_table(read_pdf(tmp_path / "sideways.pdf"))) == form.expected()


@pytest.mark.parametrize("angle", [45, 0])
def test_watermarks_are_no_text(tmp_path: Path, angle: int) -> None:
    form = level_form()
    canvas = Canvas(str(tmp_path / "marked.pdf"), pagesize=A4)
    canvas.saveState()
    canvas.setFillGray(0.8)
    canvas.setFont(cid_font(), 40)
    canvas.translate(150, 600)
    canvas.rotate(angle)
    canvas.drawString(0, 0, "内部资料")
    canvas.restoreState()
    draw_borders(canvas, form, "lines")
    draw_texts(canvas, form)
    canvas.save()

    assert cells_of(only_table(read_pdf(tmp_path / "marked.pdf"))) == form.expected()


def test_grey_text_of_ordinary_size_stays(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "grey.pdf"), pagesize=A4)
    canvas.setFont(cid_font(), 10)
    canvas.drawString(60, 700, "单位名称：某某局")
    canvas.setFillGray(0.7)
    canvas.drawString(60, 680, "（100字以内）")
    canvas.save()

    assert [p.text for p in read_pdf(tmp_path / "grey.pdf").paragraphs] == [
        "单位名称：某某局",
        "（100字以内）",
    ]


def test_characters_printed_twice_count_once(tmp_path: Path) -> None:
    form = level_form()
    path = write_form(tmp_path / "bold.pdf", form, double=True)

    assert cells_of(only_table(read_pdf(path))) == form.expected()


def test_text_that_spills_over_a_border_stays_one(tmp_path: Path) -> None:
    form = grid_form([["单位", "局", ""], ["编码", "1", "2"]], [60, 60, 60])
    canvas = Canvas(str(tmp_path / "spill.pdf"), pagesize=A4)
    draw_borders(canvas, form, "lines")
    draw_texts(canvas, form)
    canvas.setFont(cid_font(), 9)
    canvas.drawString(form.left + 122, A4[1] - form.top - 15, "某市某区自然资源局")
    canvas.line(form.left + 180, A4[1] - form.top, form.left + 280, A4[1] - form.top)
    canvas.line(form.left + 180, A4[1] - form.top - 24, form.left + 280, A4[1] - form.top - 24)
    canvas.line(form.left + 280, A4[1] - form.top, form.left + 280, A4[1] - form.top - 24)
    canvas.save()

    texts = [cell.text for cell in only_table(read_pdf(tmp_path / "spill.pdf")).cells]

    assert "某市某区自然资源局" in texts


def test_text_higher_than_its_row_is_named_as_doubtful(tmp_path: Path) -> None:
    form = grid_form(
        [["指标", "说明"], ["培训", "第一行\n第二行\n第三行"], ["检查", "正常"]], [60, 100], height=20
    )

    document = read_pdf(write_form(tmp_path / "low.pdf", form))

    assert any("超出行高" in warning for warning in document.warnings)
    assert min(cell.confidence for cell in document.tables[0].cells) < 1


def test_a_table_in_a_cell_is_a_table_of_its_own(tmp_path: Path) -> None:
    outer = grid_form([["说明", ""], ["附注", "无"]], [60, 300], height=120)
    inner = grid_form([["年度", "金额"], ["2022", "35.5"]], [60, 80], left=130, top=120)
    path = write_pages(tmp_path / "nested.pdf", [[outer, inner]])

    tables = read_pdf(path).tables

    assert [rows_of(table) for table in tables] == [
        [["说明", ""], ["附注", "无"]],
        [["年度", "金额"], ["2022", "35.5"]],
    ]


def test_wrapped_lines_are_one_paragraph_and_items_begin_new_ones(tmp_path: Path) -> None:
    lines = [
        (80, 100, "一、基本情况"),
        (104, 124, "本单位认真组织开展绩效自评工作现将有关情况报告如下请予审阅"),
        (80, 148, "并提出意见。全年预算执行情况总体良好。"),
        (104, 172, "1.组织培训十二期培训人员一千二百人次完成年度计划百分之百。"),
        (104, 196, "2.检查企业八十五户。"),
    ]

    paragraphs = read_pdf(write_pages(tmp_path / "text.pdf", [lines])).paragraphs

    assert [p.text for p in paragraphs] == [
        "一、基本情况",
        "本单位认真组织开展绩效自评工作现将有关情况报告如下请予审阅并提出意见。全年预算执行情况总体良好。",
        "1.组织培训十二期培训人员一千二百人次完成年度计划百分之百。",
        "2.检查企业八十五户。",
    ]
    assert [p.location.place() for p in paragraphs][1] == "第1页 第2段"


@pytest.mark.parametrize("mark", ["- {} -", "第{}页", "第{}页 共3页", "{}/3", "{}", "— {} —"])
def test_page_numbers_are_no_paragraphs(tmp_path: Path, mark: str) -> None:
    pages = [[(80, 100, f"第{n}部分的内容。"), (280, 800, mark.format(n))] for n in (1, 2, 3)]

    paragraphs = read_pdf(write_pages(tmp_path / "numbered.pdf", pages)).paragraphs

    assert [p.text for p in paragraphs] == ["第1部分的内容。", "第2部分的内容。", "第3部分的内容。"]


def test_a_bare_number_that_counts_no_pages_stays(tmp_path: Path) -> None:
    pages = [[(80, 100, "合计"), (280, 800, "96")], [(80, 100, "等级"), (280, 800, "85")]]

    texts = [p.text for p in read_pdf(write_pages(tmp_path / "numbers.pdf", pages)).paragraphs]

    assert "96" in texts
    assert "85" in texts


def test_a_running_head_is_kept_once(tmp_path: Path) -> None:
    pages = [[(80, 40, "某局2022年度自评报告"), (80, 100, f"内容{n}。")] for n in range(1, 5)]

    document = read_pdf(write_pages(tmp_path / "head.pdf", pages))

    assert [p.text for p in document.paragraphs].count("某局2022年度自评报告") == 1
    assert any("页眉页脚" in warning for warning in document.warnings)


def test_radicals_of_pdf_fonts_become_ordinary_characters(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "radicals.pdf"), pagesize=A4)
    canvas.setFont(embedded_font(), 12)
    canvas.drawString(80, 700, "项⽬⾦额")
    canvas.save()

    text = read_pdf(tmp_path / "radicals.pdf").paragraphs[0].text

    assert "⽬" not in text


class TestBrokenFiles:
    def test_a_password_is_asked_for_by_name(self, tmp_path: Path) -> None:
        lock = StandardEncryption("open-me", ownerPassword="owner", canPrint=0)
        path = write_pages(tmp_path / "锁.pdf", [[(80, 100, "内容")]], encrypt=lock)

        with pytest.raises(Unreadable, match=r"锁\.pdf.*密码"):
            read_pdf(path)

    def test_an_owner_password_does_not_matter(self, tmp_path: Path) -> None:
        lock = StandardEncryption("", ownerPassword="owner", canPrint=0, canCopy=0)
        path = write_pages(tmp_path / "owner.pdf", [[(80, 100, "内容")]], encrypt=lock)

        assert read_pdf(path).paragraphs[0].text == "内容"

    @pytest.mark.parametrize("keep", [0, 10, 700])
    def test_truncated_files_are_unreadable(self, tmp_path: Path, keep: int) -> None:
        path = write_form(tmp_path / "cut.pdf", level_form())
        path.write_bytes(path.read_bytes()[:keep])

        with pytest.raises(Unreadable):
            read_pdf(path)

    def test_too_many_pages_are_refused(self, tmp_path: Path) -> None:
        path = write_pages(tmp_path / "many.pdf", [[(80, 100, "内容")]] * 5)

        with pytest.raises(Refused, match="5页"):
            read_pdf(path, Limits(max_pages=4))

    def test_more_lines_than_allowed_are_left_out_with_a_warning(self, tmp_path: Path) -> None:
        path = write_form(tmp_path / "lines.pdf", level_form())

        document = read_pdf(path, Limits(max_page_edges=10))

        assert "表格线超过10条" in document.warnings[0]
