"""Text files: the flattened layout of common converters, separators, encodings."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.errors import Unreadable
from extractors.limits import DEFAULT_LIMITS
from extractors.readers import read
from extractors.readers.text import text_to_document
from tests.extractors.readers.office_samples import only_table, placed, texts


def document_of(text: str):
    return text_to_document(text, DEFAULT_LIMITS)


def flattened(*rows: list[str]) -> str:
    return "".join("".join(f"\t{text}\n" for text in cells) + "\n" for cells in rows)


HEADER = ["一级指标", "二级指标", "三级指标", "目标值", "完成值"]


def test_tab_begins_a_cell_and_an_empty_line_ends_the_row() -> None:
    text = "标题\n" + flattened(["单位", "某局"], ["产\n出", "10"]) + "\n正文。\n"
    document = document_of(text)
    assert texts(only_table(document)) == [["单位", "某局"], ["产\n出", "10"]]
    assert [found.text for found in document.paragraphs] == ["标题", "正文。"]
    assert only_table(document).location.line == 2


def test_empty_leading_cells_continue_the_merge_above() -> None:
    text = flattened(
        HEADER,
        ["产出", "数量", "次数", "2", "3"],
        ["", "", "人数", "5", "5"],
        ["", "质量", "合格率", "9%", "9%"],
    )
    found = placed(only_table(document_of(text)))
    assert found[1, 0] == ("产出", 3, 1)
    assert found[1, 1] == ("数量", 2, 1)
    assert found[2, 2][0] == "人数"
    assert (2, 0) not in found


def test_blank_row_and_blank_under_a_figure_continue_nothing() -> None:
    text = flattened(["项目", "数"], ["基本支出", "10"], ["", ""], ["合并", "5"], ["7", "1"], ["", "2"])
    found = placed(only_table(document_of(text)))
    assert found[1, 0] == ("基本支出", 1, 1)
    assert found[2, 0] == ("", 1, 1)
    assert found[5, 0] == ("", 1, 1)


@pytest.mark.parametrize("blank", ["\n", "\n\n"])
def test_blank_paragraphs_inside_a_cell_do_not_end_the_row(blank: str) -> None:
    cut = "\t\n\t\n\t台账数量（处）\n" + blank + "\t200\n\t264\n\n"
    full = ["产出", "数量", "次数", "2", "3"]
    text = flattened(HEADER, full) + cut + flattened(["", "", "人数", "1", "1"], ["", "", "面积", "1", "1"])
    assert texts(only_table(document_of(text)))[2] == ["台账数量（处）", "200", "264"]


def test_short_rows_stay_rows_of_their_own() -> None:
    text = flattened(
        ["表名"], ["项目", "甲"], ["基本", "1", "项目", "2"], HEADER, ["产", "数", "名", "1", "2"]
    )
    assert [len(cells) for cells in texts(only_table(document_of(text)))] == [1, 2, 4, 5, 5]


def test_totals_stand_under_the_figures_they_sum() -> None:
    header = ["一级", "三级", "目标", "完成", "分值", "得分", "原因"]
    rows = [["产出", "甲", "1次", "1次", "10", "9", "无"], ["产出", "乙", "有效", "有效", "10", "8", "无"]]
    found = placed(only_table(document_of(flattened(header, *rows, ["总分", "20", "17"]))))
    assert found[3, 0] == ("总分", 1, 4)
    assert found[3, 4][0] == "20"
    assert found[3, 5][0] == "17"


def test_paragraph_between_tables_parts_them() -> None:
    text = flattened(["甲", "1"], ["乙", "2"]) + "\n（三）未完成的目标\n\n" + flattened(["丙", "3"])
    assert [texts(found) for found in document_of(text).tables] == [[["甲", "1"], ["乙", "2"]], [["丙", "3"]]]


def test_three_empty_lines_part_two_tables() -> None:
    text = flattened(["甲", "1"]) + "\n\n" + flattened(["乙", "2"])
    assert len(document_of(text).tables) == 2


def test_converter_residue_is_removed_with_a_warning() -> None:
    document = document_of("[bookmark: _GoBack]二、支出情况\n")
    assert document.paragraphs[0].text == "二、支出情况"
    assert document.warnings


def test_number_on_a_line_of_its_own_is_the_next_paragraphs() -> None:
    document = document_of("2、\n认真做好报批；\n")
    assert [(found.number, found.text) for found in document.paragraphs] == [("2、", "认真做好报批；")]


def test_indented_paragraphs_are_no_cells() -> None:
    document = document_of("\t本单位认真开展自评工作，成效明显。\n\t全年执行率为95%，较上年提高。\n")
    assert not document.tables
    assert len(document.paragraphs) == 2


def test_tabs_between_fields_make_a_row_of_a_line() -> None:
    text = "指标\t分值\t得分\n产出\t50\t48\n\t30\t28\n"
    assert placed(only_table(document_of(text)))[1, 0] == ("产出", 2, 1)


def test_bars_and_drawn_grids() -> None:
    assert texts(only_table(document_of("| 指标 | 分值 |\n|---|---|\n| 产出 | 50 |\n"))) == [
        ["指标", "分值"],
        ["产出", "50"],
    ]
    drawn = "┌──┬──┐\n│指标│分值│\n├──┼──┤\n│产出│50│\n│指标│  │\n└──┴──┘\n"
    assert texts(only_table(document_of(drawn))) == [["指标", "分值"], ["产出\n指标", "50"]]


def test_commas_and_aligned_spaces() -> None:
    assert texts(only_table(document_of('指标,分值,得分\n"产出,甲",50,48\n效益,30,29\n')))[1] == [
        "产出,甲",
        "50",
        "48",
    ]
    spaced = "指标    分值    得分\n产出    50    48\n效益    30    29\n"
    assert texts(only_table(document_of(spaced)))[2] == ["效益", "30", "29"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "报告.dat"
    path.write_bytes("部门整体支出绩效自评报告\n2022年，执行率95%。\n".encode(encoding))
    document = read(path)
    assert (document.format, document.paragraphs[1].text) == ("text", "2022年，执行率95%。")


def test_binary_rubbish_is_not_text(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(bytes(range(256)) * 20)
    with pytest.raises(Unreadable, match="无法识别"):
        read(path)


def test_two_forms_side_by_side_become_two_tables() -> None:
    text = flattened(
        ["自评表", "", "自评表"],
        ["项目", "甲", "", "项目", "乙"],
        ["指标", "得分", "", "指标", "得分"],
        ["人数", "5", "", "次数", "9"],
    )
    assert [texts(found)[1:] for found in document_of(text).tables] == [
        [["项目", "甲"], ["指标", "得分"], ["人数", "5"]],
        [["项目", "乙"], ["指标", "得分"], ["次数", "9"]],
    ]


def test_a_cell_alone_in_its_row_fills_the_row() -> None:
    found = placed(only_table(document_of(flattened(["自评表"], ["单位", "甲", "2022"]))))
    assert found[0, 0] == ("自评表", 1, 3)
