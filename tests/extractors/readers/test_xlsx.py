"""Workbooks: text as printed, at sheet coordinates, whatever hides in the file."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest
import xlwt

from extractors.errors import Refused, Unreadable
from extractors.limits import DEFAULT_LIMITS
from extractors.readers import read
from tests.extractors.readers.office_samples import only_table, placed, texts, write_xlsx

DAY = datetime.date(2022, 12, 31)
PRINTED = [
    (0.95, "0%", "95%"),
    (0.9567, "0.00%", "95.67%"),
    (10.0, "General", "10"),
    (0.1 + 0.2, "General", "0.3"),
    (59236262.25, "#,##0.00", "59,236,262.25"),
    (DAY, "yyyy-mm-dd", "2022-12-31"),
    (DAY, 'yyyy"年"m"月"d"日"', "2022年12月31日"),
    (20, '0"分"', "20分"),
]


def test_xlsx_numbers_read_as_printed(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for column, (value, code, _) in enumerate(PRINTED, 1):
        sheet.cell(1, column, value).number_format = code
    book.save(tmp_path / "甲.xlsx")
    assert texts(only_table(read(tmp_path / "甲.xlsx"))) == [[text for _, _, text in PRINTED]]


def test_xls_numbers_read_as_printed(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("自评表")
    for column, (value, code, _) in enumerate(PRINTED):
        sheet.write(0, column, value, xlwt.easyxf(num_format_str=code))
    book.save(str(tmp_path / "甲.xls"))
    document = read(tmp_path / "甲.xls")
    assert document.format == "xls"
    assert texts(only_table(document)) == [[text for _, _, text in PRINTED]]


def test_merges_and_true_coordinates_in_both(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "表"
    sheet["B3"] = "产出"
    sheet.merge_cells("B3:C5")
    sheet["D5"] = 7
    book.save(tmp_path / "甲.xlsx")
    old = xlwt.Workbook()
    old_sheet = old.add_sheet("表")
    old_sheet.write_merge(2, 4, 1, 2, "产出")
    old_sheet.write(4, 3, 7)
    old.save(str(tmp_path / "甲.xls"))
    for name in ("甲.xlsx", "甲.xls"):
        found = only_table(read(tmp_path / name))
        assert placed(found)[2, 1] == ("产出", 3, 2)
        seven = next(each for each in found.cells if each.text == "7")
        assert seven.location.place() == "表!D5"
        assert (found.row_count, found.column_count) == (5, 4)


def test_merge_of_the_whole_sheet_is_clamped(tmp_path: Path) -> None:
    sheet = (
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )
    found = only_table(read(write_xlsx(tmp_path / "甲.xlsx", sheet)))
    assert (found.row_count, found.column_count) == (1, 1)


def test_value_in_the_last_cell_costs_nothing(tmp_path: Path) -> None:
    sheet = (
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>'
    )
    document = read(write_xlsx(tmp_path / "甲.xlsx", sheet))
    assert texts(only_table(document)) == [["1"]]
    assert "超出读取范围" in document.warnings[0]


def test_xls_with_a_far_cell_is_refused_before_anything_is_allocated(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write(0, 0, "甲")
    sheet.write(65535, 255, "乙")
    book.save(str(tmp_path / "甲.xls"))
    with pytest.raises(Refused, match="多余单元格"):
        read(tmp_path / "甲.xls")


def test_a_million_blank_rows_are_blank(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{number}"/>' for number in range(2, 400_000))
    sheet = f'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>{rows}</sheetData>'
    assert only_table(read(write_xlsx(tmp_path / "甲.xlsx", sheet))).row_count == 1


def test_hidden_sheets_are_read_and_named_empty_ones_skipped(tmp_path: Path) -> None:
    sheet = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    document = read(write_xlsx(tmp_path / "甲.xlsx", sheet, state="hidden", name="底稿"))
    assert "底稿" in document.warnings[0]
    with pytest.raises(Unreadable, match="没有可读"):
        read(write_xlsx(tmp_path / "乙.xlsx", "<sheetData/>"))


def test_shared_rich_inline_and_escaped_strings_without_references(tmp_path: Path) -> None:
    strings = "<si><r><t>绩</t></r><r><t>效</t></r><rPh><t>jx</t></rPh></si><si><t>一_x000D_\n二</t></si>"
    sheet = (
        '<sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="b"><v>1</v></c>'
        '<c t="e"><v>#DIV/0!</v></c><c t="str"><f>A1</f><v>算</v></c></row></sheetData>'
    )
    found = only_table(read(write_xlsx(tmp_path / "甲.xlsx", sheet, strings=strings)))
    assert texts(found) == [["绩效", "一\n二", "TRUE", "#DIV/0!", "算"]]


def test_formula_without_a_stored_result_is_blank_with_a_warning(tmp_path: Path) -> None:
    sheet = '<sheetData><row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><v>3</v></c></row></sheetData>'
    document = read(write_xlsx(tmp_path / "甲.xlsx", sheet))
    assert texts(only_table(document)) == [["", "3"]]
    assert "公式" in document.warnings[0]


def test_large_sheet_is_streamed_and_reads_the_same(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>{"长" * 400}{number}</t></is></c></row>'
        for number in range(1, 8_000)
    )
    sheet = f'<sheetData>{rows}</sheetData><mergeCells><mergeCell ref="A1:A2"/></mergeCells>'
    found = only_table(read(write_xlsx(tmp_path / "甲.xlsx", sheet)))
    assert found.row_count == 7_999
    assert found.cells[0].row_span == 2
    assert found.cells[-1].text.endswith("7999")
    assert DEFAULT_LIMITS.max_rows > 7_999
