"""Word packages: what is printed is read, once, at its place."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import docx
import pytest

from extractors.errors import Refused, Unreadable
from extractors.limits import DEFAULT_LIMITS, Limits
from extractors.readers import read
from extractors.readers.docx import read_docx
from tests.extractors.readers.office_samples import (
    CONTINUE,
    RESTART,
    W,
    cell,
    only_table,
    paragraph,
    placed,
    row,
    span,
    table,
    texts,
    write_docx,
)


def read_body(folder: Path, body: str, **parts: str):
    return read_docx(write_docx(folder / "表.docx", body, **parts), DEFAULT_LIMITS)


def test_cells_merged_over_columns_and_rows_stand_once_with_their_spans(tmp_path: Path) -> None:
    body = table(
        row(cell("指标", span(2) + RESTART), cell("得分")),
        row(cell("", span(2) + CONTINUE), cell("9")),
        row(cell("产出"), cell("数量"), cell("8")),
    )
    assert placed(only_table(read_body(tmp_path, body))) == {
        (0, 0): ("指标", 2, 2),
        (0, 2): ("得分", 1, 1),
        (1, 2): ("9", 1, 1),
        (2, 0): ("产出", 1, 1),
        (2, 1): ("数量", 1, 1),
        (2, 2): ("8", 1, 1),
    }


def test_legacy_horizontal_merge_and_skipped_grid_columns(tmp_path: Path) -> None:
    body = table(
        row(cell("甲", '<w:hMerge w:val="restart"/>'), cell("", '<w:hMerge w:val="continue"/>'), cell("乙")),
        row(cell("丙"), cell("丁"), properties='<w:gridBefore w:val="1"/>'),
    )
    found = only_table(read_body(tmp_path, body))
    assert placed(found) == {
        (0, 0): ("甲", 1, 2),
        (0, 2): ("乙", 1, 1),
        (1, 1): ("丙", 1, 1),
        (1, 2): ("丁", 1, 1),
    }
    assert found.column_count == 3


def test_rows_without_grid_spans_are_aligned_by_their_printed_widths(tmp_path: Path) -> None:
    def wide(text: str, width: int) -> str:
        return cell(text, f'<w:tcW w:w="{width}" w:type="dxa"/>')

    body = table(
        row(wide("总分", 3000), wide("100", 1000)),
        row(wide("一级", 1000), wide("二级", 1000), wide("三级", 1000), wide("分值", 1000)),
    )
    assert placed(only_table(read_body(tmp_path, body)))[0, 3] == ("100", 1, 1)


def test_inserted_text_is_read_deleted_text_is_not(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>执行率</w:t></w:r><w:del><w:r><w:delText>90%</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>95%</w:t></w:r></w:ins></w:p>"
        + table(
            row(cell("留")),
            row(cell("删"), properties="<w:del/>"),
            row(cell("增"), properties="<w:ins/>"),
        )
    )
    document = read_body(tmp_path, body)
    assert document.paragraphs[0].text == "执行率95%"
    assert texts(only_table(document)) == [["留"], ["增"]]


def test_moved_text_is_read_where_it_went(tmp_path: Path) -> None:
    body = (
        "<w:p><w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom></w:p>"
        "<w:p><w:moveTo><w:r><w:t>新处</w:t></w:r></w:moveTo></w:p>"
    )
    assert [found.text for found in read_body(tmp_path, body).paragraphs] == ["新处"]


def test_content_controls_around_blocks_rows_cells_and_runs(tmp_path: Path) -> None:
    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    run = control("<w:r><w:t>九</w:t></w:r>")
    body = control(
        paragraph("前")
        + table(
            control(row(cell("一"), control(cell("二")))), row(cell(inner=f"<w:p>{run}</w:p>"), cell("三"))
        )
    )
    document = read_body(tmp_path, body)
    assert document.paragraphs[0].text == "前"
    assert texts(only_table(document)) == [["一", "二"], ["九", "三"]]


def test_nested_table_follows_its_holder(tmp_path: Path) -> None:
    inner = table(row(cell("内")))
    body = table(row(cell(inner=paragraph("外") + inner + "<w:p/>"))) + paragraph("后")
    document = read_body(tmp_path, body)
    assert [texts(found) for found in document.tables] == [[["外"]], [["内"]]]
    assert document.blocks[-1] == document.paragraphs[-1]


def test_tabs_breaks_and_page_breaks(tmp_path: Path) -> None:
    body = (
        '<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs></w:pPr><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t>'
        '<w:br/><w:t>丙</w:t><w:br w:type="page"/><w:t>丁</w:t><w:noBreakHyphen/></w:r></w:p>'
    )
    assert read_body(tmp_path, body).paragraphs[0].text == "甲\t乙\n丙丁-"


def test_text_boxes_are_read_once_after_their_paragraph(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('框内')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><w:t>锚</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert [found.text for found in read_body(tmp_path, body).paragraphs] == ["锚", "框内"]


def test_hidden_text_and_ruby_guides_are_not_read(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:ruby><w:rt><w:r><w:t>yin</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>音</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"
    )
    assert read_body(tmp_path, body).paragraphs[0].text == "音"


NUMBERING = "".join(
    f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'
    f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
    for number, levels in {
        1: '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
        '<w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>',
        2: '<w:lvl w:ilvl="0"><w:start w:val="9"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>',
    }.items()
)


def numbered(text: str, list_id: int, level: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def test_automatic_numbers_are_computed(tmp_path: Path) -> None:
    body = (
        numbered("概况", 1)
        + numbered("职能", 1, 1)
        + numbered("人员", 1, 1)
        + numbered("预算", 1)
        + numbered("收入", 1, 1)
        + numbered("项", 2)
        + numbered("项", 2)
    )
    document = read_body(tmp_path, body, numbering=NUMBERING)
    assert [found.number for found in document.paragraphs] == [
        "一、",
        "（一）",
        "（二）",
        "二、",
        "（一）",
        "9.",
        "10.",
    ]


def test_number_in_a_cell_goes_before_words_never_before_figures(tmp_path: Path) -> None:
    body = table(
        row(cell(inner=numbered("完成率", 2)), cell(inner=numbered("90%", 2)), cell(inner=numbered("", 2)))
    )
    document = read_body(tmp_path, body, numbering=NUMBERING)
    assert texts(only_table(document)) == [["9. 完成率", "90%", "11."]]


def test_heading_levels_come_from_styles(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="x"/><w:basedOn w:val="a"/></w:style>'
    )
    body = paragraph("题", '<w:pStyle w:val="b"/>') + paragraph("文")
    assert [found.level for found in read_body(tmp_path, body, styles=styles).paragraphs] == [2, 0]


@pytest.mark.parametrize("seed", range(5))
def test_same_text_as_python_docx_on_simple_documents(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    written = docx.Document()
    for _ in range(6):
        if chance.random() < 0.5:
            written.add_paragraph("".join(chance.choices("绩效自评12.3%（ ）", k=9)).strip() + "。")
        else:
            grid = written.add_table(chance.randint(1, 5), chance.randint(1, 5))
            for number, target in enumerate(each for line in grid.rows for each in line.cells):
                target.text = f"格{number}\n二"
    written.save(str(tmp_path / "甲.docx"))
    document = read(tmp_path / "甲.docx")
    assert [found.text for found in document.paragraphs] == [found.text for found in written.paragraphs]
    assert [texts(found) for found in document.tables] == [
        [[each.text for each in line.cells] for line in grid.rows] for grid in written.tables
    ]


def test_merged_grid_same_as_python_docx(tmp_path: Path) -> None:
    written = docx.Document()
    grid = written.add_table(5, 6)
    for r in range(5):
        for c in range(6):
            grid.cell(r, c).text = f"{r}{c}"
    grid.cell(0, 0).merge(grid.cell(1, 2))
    grid.cell(2, 3).merge(grid.cell(4, 3))
    grid.cell(3, 4).merge(grid.cell(3, 5))
    written.save(str(tmp_path / "甲.docx"))
    full = only_table(read(tmp_path / "甲.docx")).grid()
    seen = [[found.text if found else None for found in line] for line in full]
    assert seen == [[grid.cell(r, c).text for c in range(6)] for r in range(5)]


def test_doctype_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "甲.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "word/document.xml",
            f'<!DOCTYPE x [<!ENTITY a "b">]><w:document xmlns:w="{W}"><w:body>{paragraph("&a;")}</w:body></w:document>',
        )
    with pytest.raises(Refused, match="DOCTYPE"):
        read(path)


def test_enormous_spans_and_deep_nesting_are_bounded(tmp_path: Path) -> None:
    body = table(row(cell("甲", span(100_000_000)), cell("乙")))
    assert only_table(read_body(tmp_path, body)).column_count <= DEFAULT_LIMITS.max_columns
    deep = paragraph("底")
    for _ in range(400):
        deep = table(row(cell(inner=deep + "<w:p/>")))
    document = read_body(tmp_path, paragraph("文") + deep)
    assert len(document.tables) <= DEFAULT_LIMITS.max_table_depth + 1
    assert any("嵌套" in warning for warning in document.warnings)


def test_too_many_rows_are_cut_with_a_warning(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "甲.docx", table(*(row(cell(str(number))) for number in range(30))))
    document = read_docx(path, Limits(max_rows=10))
    assert only_table(document).row_count == 10
    assert "10 行" in document.warnings[0]


def test_truncated_package_is_damaged(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "甲.docx", paragraph("文" * 5000))
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(Unreadable, match="损坏"):
        read(path)


def test_inflating_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "甲.docx", paragraph("0" * 3_000_000))
    with pytest.raises(Refused, match="过大"):
        read_docx(path, Limits(max_part_bytes=1_000_000))


def test_letters_of_a_symbol_font_are_read_as_what_they_print(tmp_path: Path) -> None:
    fonts = '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'
    body = f"<w:p><w:r><w:rPr>{fonts}</w:rPr><w:t>\uf0b3</w:t></w:r><w:r><w:t>90%</w:t></w:r></w:p>"
    assert read(write_docx(tmp_path / "甲.docx", body)).paragraphs[0].text == "≥90%"


def test_doctype_behind_a_comment_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "甲.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<!-- <a --><!DOCTYPE w [<!ENTITY x 'y'>]><w/>")
    with pytest.raises(Refused, match="DOCTYPE"):
        read(path)
