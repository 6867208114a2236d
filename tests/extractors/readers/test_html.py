"""HTML, also under the names of office formats; Office 2003 XML; OpenDocument."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from extractors.document import Document
from extractors.errors import Refused, Unreadable
from extractors.readers import read
from tests.extractors.readers.office_samples import only_table, placed, texts


def read_as(folder: Path, name: str, content: bytes) -> Document:
    path = folder / name
    path.write_bytes(content)
    return read(path)


PAGE = (
    "<html><head><meta charset=gb2312><title>不读</title><style>td{}</style></head><body><h2>自评表</h2>"
    "<p>单位：\n 某局&nbsp;填报</p><table><tr><td rowspan=2>产出<br>指标</td><td colspan=2>甲</td></tr>"
    "<tr><td><p>一</p><p>二</p></td><td style='display:none'>隐</td><td> 9&lt;10\n</td></tr></table>尾<script>x</script>"
)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_page_saved_as_doc(tmp_path: Path, encoding: str) -> None:
    page = PAGE if encoding == "gb18030" else PAGE.replace("<meta charset=gb2312>", "")
    document = read_as(tmp_path, "自评表.doc", page.encode(encoding))
    assert document.format == "html"
    assert [(found.text, found.level) for found in document.paragraphs] == [
        ("自评表", 2),
        ("单位： 某局 填报", 0),
        ("尾", 0),
    ]
    assert placed(only_table(document)) == {
        (0, 0): ("产出\n指标", 2, 1),
        (0, 1): ("甲", 1, 2),
        (1, 1): ("一\n二", 1, 1),
        (1, 2): ("9<10", 1, 1),
    }


def test_nested_tables_follow_and_enormous_spans_are_bounded(tmp_path: Path) -> None:
    page = "<table><tr><td colspan=100000000 rowspan=100000000>外<table><tr><td>内</td></tr></table></td></tr></table>"
    document = read_as(tmp_path, "a.xls", page.encode())
    assert [texts(found) for found in document.tables] == [[["外"]], [["内"]]]
    assert document.tables[0].column_count <= 512
    assert document.tables[0].row_count == 1


def test_deeply_nested_page_does_not_exhaust_the_stack(tmp_path: Path) -> None:
    shallow = "<html><body>" + "<div>" * 900 + "底" + "<table><tr><td>" * 100 + "内"
    assert read_as(tmp_path, "a.html", shallow.encode()).blocks
    with pytest.raises(Unreadable):
        read_as(tmp_path, "b.html", b"<html><body>" + b"<div>" * 100_000 + b"x")


def test_frameset_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="网页框架"):
        read_as(tmp_path, "a.xls", b"<html><frameset><frame src='a.htm'></frameset></html>")


def test_web_archive(tmp_path: Path) -> None:
    page = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        "<html><body><table><tr><td>产出</td></tr></table></body></html>\r\n--x--\r\n"
    )
    document = read_as(tmp_path, "a.doc", page.encode())
    assert (document.format, texts(only_table(document))) == ("mht", [["产出"]])


def test_word_2003_xml(tmp_path: Path) -> None:
    xml = (
        '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
        '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
        'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"><w:body><wx:sect>'
        "<w:p><w:r><w:t>题</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:vmerge w:val='restart'/></w:tcPr><w:p/></w:tc>"
        "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vmerge/></w:tcPr><w:p/></w:tc>"
        "<w:tc><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc></w:tr></w:tbl></wx:sect></w:body></w:wordDocument>"
    )
    document = read_as(tmp_path, "a.doc", xml.encode())
    assert document.format == "wordml"
    assert placed(only_table(document)) == {(0, 0): ("", 2, 1), (0, 1): ("1", 1, 1), (1, 1): ("2", 1, 1)}


SHEET_2003 = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="p"><NumberFormat ss:Format="0%"/>'
    '</Style></Styles><Worksheet ss:Name="表"><Table><Row ss:Index="2"><Cell ss:MergeAcross="1"><Data ss:Type="String">'
    '产出</Data></Cell><Cell ss:StyleID="p"><Data ss:Type="Number">0.95</Data></Cell></Row></Table></Worksheet></Workbook>'
)


def test_excel_2003_xml(tmp_path: Path) -> None:
    document = read_as(tmp_path, "a.xls", SHEET_2003.encode())
    found = placed(only_table(document))
    assert found[1, 0] == ("产出", 1, 2)
    assert found[1, 2] == ("95%", 1, 1)


def test_doctype_in_office_xml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="DOCTYPE"):
        read_as(tmp_path, "a.xls", SHEET_2003.replace("?>", "?><!DOCTYPE x>", 1).encode())


OFFICE = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)


def write_opendocument(folder: Path, kind: str, body: str) -> Path:
    path = folder / "甲.dat"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        package.writestr(
            "content.xml",
            f"<office:document-content {OFFICE}><office:body><office:{kind}>{body}</office:{kind}></office:body>"
            "</office:document-content>",
        )
    return path


def test_opendocument_text(tmp_path: Path) -> None:
    body = (
        '<text:h text:outline-level="1">题</text:h><text:p>甲<text:s text:c="2"/>乙<text:line-break/>丙</text:p>'
        '<table:table><table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>产出</text:p>'
        "</table:table-cell><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row><table:table-row>"
        "<table:covered-table-cell/><table:table-cell><text:p>2</text:p></table:table-cell></table:table-row></table:table>"
    )
    document = read(write_opendocument(tmp_path, "text", body))
    assert [(found.text, found.level) for found in document.paragraphs] == [("题", 1), ("甲  乙\n丙", 0)]
    assert placed(only_table(document)) == {(0, 0): ("产出", 2, 1), (0, 1): ("1", 1, 1), (1, 1): ("2", 1, 1)}


def test_opendocument_sheet_with_repeats_to_its_end(tmp_path: Path) -> None:
    body = (
        '<table:table table:name="表"><table:table-row><table:table-cell table:number-columns-spanned="2">'
        "<text:p>产出</text:p></table:table-cell><table:covered-table-cell/>"
        '<table:table-cell office:value-type="percentage" office:value="0.95"><text:p>95%</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/>'
        "</table:table-row></table:table>"
    )
    found = only_table(read(write_opendocument(tmp_path, "spreadsheet", body)))
    assert placed(found) == {(0, 0): ("产出", 1, 2), (0, 2): ("95%", 1, 1)}
