"""Forms cut by page breaks are one table again; different forms stay apart."""

from __future__ import annotations

from pathlib import Path

from extractors.document import Table
from extractors.readers.pdf import read_pdf
from tests.extractors.readers.pdf_samples import Box, Form, cid_font, write_pages

HEADER = ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "得分"]
WIDTHS = [60, 60, 150, 70, 70, 40]


def piece(rows: list[list[str | None]], top: float, spans: dict[tuple[int, int], int] | None = None) -> Form:
    """A page's part of the table; None is a place covered by the merged cell above."""
    boxes = [
        Box(r, k, text, (spans or {}).get((r, k), 1))
        for r, row in enumerate(rows)
        for k, text in enumerate(row)
        if text is not None
    ]
    return Form(
        WIDTHS, [24.0 + 11 * max(len((t or "").split("\n")) - 1 for t in row) for row in rows], boxes, top=top
    )


def bottom_piece(rows: list[list[str | None]], spans: dict[tuple[int, int], int] | None = None) -> Form:
    form = piece(rows, 0, spans)
    form.top = 780 - sum(form.heights)
    return form


def rows_of(table: Table) -> list[list[str]]:
    return [["" if cell is None else cell.text for cell in row] for row in table.grid()]


def filled(*rows: list[str]) -> list[list[str | None]]:
    return [list(row) for row in rows]


ROW1 = ["产出指标", "数量指标", "培训人次", "≥1200人次", "1305人次", "10"]
ROW2 = ["产出指标", "质量指标", "合格率", "≥95%", "96%", "10"]
ROW3 = ["效益指标", "社会效益", "就业人数", "≥300人", "320人", "10"]


def test_pieces_without_repeated_header_are_one_table(tmp_path: Path) -> None:
    pages = [
        [bottom_piece(filled(HEADER, ROW1, ROW2)), (280, 820, "- 1 -")],
        [piece(filled(ROW3), 60), (280, 820, "- 2 -")],
    ]

    document = read_pdf(write_pages(tmp_path / "a.pdf", pages))

    assert len(document.tables) == 1
    assert rows_of(document.tables[0]) == [HEADER, ROW1, ROW2, ROW3]
    assert [cell.location.page for cell in document.tables[0].cells if cell.column == 5] == [1, 1, 1, 2]


def test_a_repeated_header_is_dropped_and_noted(tmp_path: Path) -> None:
    pages = [[bottom_piece(filled(HEADER, ROW1, ROW2))], [piece(filled(HEADER, ROW3), 60)]]

    document = read_pdf(write_pages(tmp_path / "b.pdf", pages))

    assert rows_of(document.tables[0]) == [HEADER, ROW1, ROW2, ROW3]
    assert any("重复的表头1行" in warning for warning in document.warnings)


def test_a_repeated_title_above_the_repeated_header_does_not_part_the_table(tmp_path: Path) -> None:
    title = (200.0, 50.0, "某局绩效自评表")
    first = Form(
        WIDTHS,
        [24.0] * 29,
        piece(filled(HEADER, *[[*ROW1[:2], f"指标{n}", *ROW1[3:]] for n in range(28)]), 0).boxes,
        top=80,
    )
    pages = [[title, first], [title, piece(filled(HEADER, ROW2, ROW3), 80)]]

    document = read_pdf(write_pages(tmp_path / "c.pdf", pages))

    assert len(document.tables) == 1
    assert rows_of(document.tables[0])[-2:] == [ROW2, ROW3]
    assert [p.text for p in document.paragraphs] == ["某局绩效自评表"]


def test_the_same_template_on_the_next_page_is_another_form(tmp_path: Path) -> None:
    def form(name: str, value: str, top: float) -> Form:
        rows = filled(
            ["项目名称", name, "主管部门", "某局", "", ""],
            ["资金", "年初预算数", "全年预算数", "全年执行数", "分值", "得分"],
            ["总额", value, value, value, "10", "10"],
            ["目标", "预期", "", "完成", "", ""],
            HEADER,
            ROW1,
        )
        return piece(rows, top)

    pages = [[form("甲项目", "35.5", 60)], [form("乙项目", "71.2", 60)], [form("丙项目", "8.8", 60)]]

    tables = read_pdf(write_pages(tmp_path / "d.pdf", pages)).tables

    assert [rows_of(table)[0][1] for table in tables] == ["甲项目", "乙项目", "丙项目"]


def test_a_table_with_a_header_of_its_own_on_a_new_page_is_another_table(tmp_path: Path) -> None:
    long = [(60.0, 300.0 + 20 * n, "本段文字说明单位基本情况与职能。") for n in range(24)]
    other = ["资金来源", "资金性质", "项目名称", "预算数", "执行数", "备注"]
    pages = [[piece(filled(HEADER, ROW1), 60)], [piece(filled(other, ROW3), 60), *long]]

    assert len(read_pdf(write_pages(tmp_path / "e.pdf", pages)).tables) == 2


def test_a_break_set_by_hand_high_on_the_page_does_not_part_the_table(tmp_path: Path) -> None:
    long = [(60.0, 300.0 + 20 * n, "本段文字说明单位基本情况与职能。") for n in range(24)]
    pages = [[piece(filled(HEADER, ROW1), 60)], [piece(filled(ROW3), 60), *long]]

    assert [rows_of(table) for table in read_pdf(write_pages(tmp_path / "n.pdf", pages)).tables] == [
        [HEADER, ROW1, ROW3]
    ]


def test_a_header_further_down_that_is_typed_again_is_dropped(tmp_path: Path) -> None:
    head = ["项目名称", "甲项目", "主管部门", "某局", "", ""]
    pages = [[bottom_piece(filled(head, HEADER, ROW1, ROW2))], [piece(filled(HEADER, ROW3), 60)]]

    document = read_pdf(write_pages(tmp_path / "o.pdf", pages))

    assert rows_of(document.tables[0]) == [head, HEADER, ROW1, ROW2, ROW3]


def test_a_row_of_one_cell_alone_on_the_next_page_belongs_to_the_table(tmp_path: Path) -> None:
    note = Form([sum(WIDTHS)], [24.0], [Box(0, 0, "备注：预算数为调整后数。")], top=60)
    pages = [[bottom_piece(filled(HEADER, ROW1))], [note, (60, 120, "填报人：某某")]]

    document = read_pdf(write_pages(tmp_path / "q.pdf", pages))

    assert document.tables[0].cells[-1].text == "备注：预算数为调整后数。"
    assert document.tables[0].cells[-1].column_span == 6
    assert [p.text for p in document.paragraphs] == ["填报人：某某"]


def test_a_box_around_text_is_no_table(tmp_path: Path) -> None:
    note = Form([400.0], [60.0], [Box(0, 0, "填报说明\n本表按年度填报。")], top=60)

    document = read_pdf(write_pages(tmp_path / "r.pdf", [[note, (60, 160, "正文。")]]))

    assert document.tables == ()
    assert [p.text for p in document.paragraphs] == ["填报说明", "本表按年度填报。", "正文。"]


def test_text_between_pieces_keeps_them_apart(tmp_path: Path) -> None:
    pages = [[bottom_piece(filled(HEADER, ROW1))], [(60, 50, "附件2"), piece(filled(HEADER, ROW3), 70)]]

    assert len(read_pdf(write_pages(tmp_path / "f.pdf", pages)).tables) == 2


def test_a_merged_label_cut_by_the_break_is_one_cell(tmp_path: Path) -> None:
    upper = bottom_piece(
        [list(HEADER), list(ROW1), [None, "质量指标", *ROW2[2:]]],
        {(1, 0): 2},
    )
    lower = piece(
        [["", "时效指标", "按期率", "100%", "100%", "5"], [None, "成本指标", "总额", "≤8万元", "8万元", "5"]],
        60,
        {(0, 0): 2},
    )

    table = read_pdf(write_pages(tmp_path / "g.pdf", [[upper], [lower]])).tables[0]

    label = next(cell for cell in table.cells if cell.text == "产出指标")
    assert (label.row, label.row_span, label.location.page) == (1, 4, 1)


def test_a_label_whose_text_is_cut_is_put_together_with_the_help_of_known_labels(tmp_path: Path) -> None:
    upper = bottom_piece([list(HEADER), ["产出指", *ROW1[1:]], [None, "质量指标", *ROW2[2:]]], {(1, 0): 2})
    lower = piece([["标", "时效指标", "按期率", "100%", "100%", "5"], ["效益指标", *ROW3[1:]]], 60)

    table = read_pdf(write_pages(tmp_path / "h.pdf", [[upper], [lower]])).tables[0]

    label = next(cell for cell in table.cells if cell.text == "产出指标")
    assert (label.row, label.row_span) == (1, 3)


def test_two_labels_on_both_sides_of_the_break_stay_two(tmp_path: Path) -> None:
    upper = bottom_piece([list(HEADER), list(ROW1), [None, "质量指标", *ROW2[2:]]], {(1, 0): 2})
    lower = piece([list(ROW3), [None, "经济效益", "增收", "≥5万元", "6万元", "5"]], 60, {(0, 0): 2})

    table = read_pdf(write_pages(tmp_path / "i.pdf", [[upper], [lower]])).tables[0]

    assert [(c.text, c.row, c.row_span) for c in table.cells if c.column == 0] == [
        ("一级指标", 0, 1),
        ("产出指标", 1, 2),
        ("效益指标", 3, 2),
    ]


def test_a_row_cut_by_the_break_is_one_row(tmp_path: Path) -> None:
    long = "组织全区农村义务教育阶段\n教师参加信息技术应用能力"
    upper = bottom_piece([list(HEADER), list(ROW1), ["产出指标", "质量指标", long, "≥95%", "96%", "10"]])
    for box in upper.boxes:
        assert isinstance(box, Box)
    upper.widths = [60, 60, 118, 70, 70, 40]
    lower = piece([["", "", "提升工程培训", "", "", ""], list(ROW3)], 60)
    lower.widths = upper.widths

    document = read_pdf(write_pages(tmp_path / "j.pdf", [[upper], [lower]]))

    assert rows_of(document.tables[0])[2] == [
        "产出指标",
        "质量指标",
        long + "\n提升工程培训",
        "≥95%",
        "96%",
        "10",
    ]
    assert rows_of(document.tables[0])[3] == ROW3
    assert any("同一行" in warning for warning in document.warnings)


def test_a_blank_row_below_the_break_stays_a_row(tmp_path: Path) -> None:
    upper = bottom_piece(filled(HEADER, ["产出指标", "数量指标", "指标1：", "", "", ""]))
    lower = piece(filled(["", "", "指标2：", "", "", ""], ["", "", "指标3：", "", "", ""]), 60)

    table = read_pdf(write_pages(tmp_path / "k.pdf", [[upper], [lower]])).tables[0]

    assert [row[2] for row in rows_of(table)] == ["三级指标", "指标1：", "指标2：", "指标3："]


def test_a_blank_score_below_the_break_is_not_the_score_above(tmp_path: Path) -> None:
    upper = bottom_piece(filled(HEADER, ROW1, ROW2))
    lower = piece(filled([*ROW3[:5], ""], ROW3), 60)

    table = read_pdf(write_pages(tmp_path / "l.pdf", [[upper], [lower]])).tables[0]

    assert [row[5] for row in rows_of(table)] == ["得分", "10", "10", "", "10"]


def test_a_paragraph_goes_on_over_the_page_break(tmp_path: Path) -> None:
    body = [
        (60.0, 80.0 + 24 * n, "本单位认真组织开展绩效自评工作现将有关情况报告如下请予审阅并提出宝贵意见")
        for n in range(28)
    ]
    pages = [[*body, (280, 820, "第1页")], [(60, 80, "结尾一句。"), (280, 820, "第2页")]]

    paragraphs = read_pdf(write_pages(tmp_path / "m.pdf", pages)).paragraphs

    assert len(paragraphs) == 1
    assert paragraphs[0].text.endswith("宝贵意见结尾一句。")
    assert cid_font()


def cut_row(tmp_path: Path, target: str) -> list[list[str]]:
    upper = bottom_piece(
        filled(HEADER, ROW1, ROW2, ["产出指标", "质量指标", "广播电视综合覆盖农村人口", target, "96%", "10"])
    )
    lower = piece(filled(["", "", "比例", "98%", "", ""], ROW3), 60)
    upper.widths = lower.widths = [60, 60, 118, 70, 70, 40]
    return rows_of(read_pdf(write_pages(tmp_path / "cut.pdf", [[upper], [lower]])).tables[0])


def test_a_row_cut_where_its_next_words_would_not_have_fitted_is_one_row(tmp_path: Path) -> None:
    assert cut_row(tmp_path, "不低于年度计划")[3][2:4] == [
        "广播电视综合覆盖农村人口\n比例",
        "不低于年度计划\n98%",
    ]


def test_where_the_next_words_would_have_fitted_the_rows_stay_two(tmp_path: Path) -> None:
    assert cut_row(tmp_path, "≥9")[3:5] == [
        ["产出指标", "质量指标", "广播电视综合覆盖农村人口", "≥9", "96%", "10"],
        ["", "", "比例", "98%", "", ""],
    ]
