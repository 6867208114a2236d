"""Office files that lie about what they are, are cut off, protected, or blown up from inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from flows.samples.demo import encrypted_office
from flows.samples.writers.compound import compound_file
from tests.hostile.case import EITHER, NOT_READ, READ, Hostile, form, part_changed, rewritten, zipped

DOCTYPE = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def office_files() -> Iterator[Hostile]:
    """Word, Excel and HTML."""
    yield from _misnamed()
    yield from _protected_and_cut()
    yield from _swollen()
    yield from _dangerous()


def _misnamed() -> Iterator[Hostile]:
    yield Hostile("Word写成PDF.pdf", form(".docx", 1), READ)
    yield Hostile("PDF写成Word.doc", form(".pdf", 2), READ)
    yield Hostile("网页写成表格.xls", form(".html", 3), READ)
    yield Hostile("文本写成Word.docx", form(".txt", 4), READ)
    yield Hostile("表格写成图片.jpg", form(".xlsx", 5), READ)
    yield Hostile("没有扩展名", form(".xls", 6), READ)
    yield Hostile("程序.docx", b"\x7fELF\x02\x01\x01" + bytes(4000), words="格式|损坏")
    yield Hostile("程序改名.xlsx", b"MZ\x90\x00" + Random(1).randbytes(5000), words="格式|损坏")


def _protected_and_cut() -> Iterator[Hostile]:
    yield Hostile("加密.docx", encrypted_office(Random(1)), words="密码")
    yield Hostile("加密.xlsx", encrypted_office(Random(2)), words="密码")
    yield Hostile("加密.doc", _encrypted_word97(), words="密码")
    yield Hostile("加密.xls", _encrypted_excel97(form(".xls", 7)), words="密码")
    for suffix in (".docx", ".xlsx", ".xls"):
        whole = form(suffix, 8)
        for share in (1, 10, 40, 70, 95):
            # An xls cut near its end may have lost nothing that is read.
            allowed = EITHER if suffix == ".xls" and share > 50 else NOT_READ
            yield Hostile(
                f"传输中断{share}{suffix}", whole[: max(9, len(whole) * share // 100)], allowed, "损坏|格式"
            )
    yield Hostile("空.docx", b"", words="空")
    yield Hostile("空白.txt", b" \r\n\t \r\n", words="空")
    yield Hostile("全是零.xlsx", bytes(100_000), words="格式|损坏|空")
    yield Hostile("乱码.doc", Random(3).randbytes(30_000), words="格式|损坏")


def _encrypted_word97() -> bytes:
    head = bytearray(b"\xec\xa5\xc1\x00" + bytes(6) + b"\x00\x01" + bytes(5000))
    return compound_file({"WordDocument": bytes(head), "1Table": bytes(4200)})


def _encrypted_excel97(whole: bytes) -> bytes:
    """The workbook with a FILEPASS record in place of the first record after BOF."""
    at = whole.find(b"\x09\x08\x10\x00\x00\x06")
    following = at + 20
    return whole[:following] + b"\x2f\x00" + whole[following + 2 :]


def _swollen() -> Iterator[Hostile]:
    docx, xlsx = form(".docx", 9), form(".xlsx", 9)

    def document(change):
        return part_changed(docx, "word/document.xml", change)

    yield Hostile("膨胀.docx", document(lambda xml: xml + b" " * 400_000_000), words="压缩炸弹|过大")
    yield Hostile(
        "图片膨胀.docx",
        rewritten(
            docx, lambda name, part: part + bytes(300_000_000) if name.endswith("styles.xml") else part
        ),
        words="压缩炸弹|过大",
    )
    yield Hostile(
        "远单元格.xlsx",
        part_changed(
            xlsx, "sheet1.xml", lambda xml: re.sub(rb'r="[A-Z]+3"', b'r="XFD1048576"', xml, count=1)
        ),
        EITHER,
    )
    yield Hostile(
        "整表合并.xlsx",
        part_changed(
            xlsx,
            "sheet1.xml",
            lambda xml: re.sub(rb"<mergeCell ", b'<mergeCell ref="A1:XFD1048576"/><mergeCell ', xml, count=1),
        ),
        EITHER,
    )
    yield Hostile("百万空行.xlsx", part_changed(xlsx, "sheet1.xml", _million_rows), EITHER)
    yield Hostile(
        "列跨度一亿.docx",
        document(lambda xml: re.sub(rb"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="100000000"/>', xml, count=1)),
        EITHER,
    )
    yield Hostile("四百层表格.docx", document(_nested_tables), EITHER)
    yield Hostile(
        "十万层标签.docx",
        document(
            lambda xml: xml.replace(
                b"<w:body>",
                b"<w:body>" + b"<w:sdt><w:sdtContent>" * 50_000 + b"</w:sdtContent></w:sdt>" * 50_000,
            )
        ),
        EITHER,
    )
    yield Hostile("十万层网页.xls", b"<html><body>" + b"<table><tr><td>" * 100_000 + b"x", EITHER)


def _million_rows(xml: bytes) -> bytes:
    rows = b"".join(b'<row r="%d"><c r="A%d"/></row>' % (number, number) for number in range(5_000, 400_000))
    return xml.replace(b"</sheetData>", rows + b"</sheetData>")


def _nested_tables(xml: bytes) -> bytes:
    opened = b'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid><w:tr><w:tc><w:tcPr/>'
    return xml.replace(b"<w:body>", b"<w:body>" + opened * 400 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 400)


def _dangerous() -> Iterator[Hostile]:
    docx, xlsx = form(".docx", 10), form(".xlsx", 10)
    yield Hostile(
        "实体.docx",
        part_changed(
            docx, "word/document.xml", lambda xml: xml.replace(b"<w:document", DOCTYPE + b"<w:document", 1)
        ),
        words="DOCTYPE",
    )
    yield Hostile(
        "实体.xlsx",
        part_changed(xlsx, "sheet1.xml", lambda xml: xml.replace(b"<worksheet", DOCTYPE + b"<worksheet", 1)),
        words="DOCTYPE",
    )
    yield Hostile(
        "外部链接.docx",
        part_changed(
            form(".docx", 11),
            "document.xml.rels",
            lambda xml: xml.replace(
                b"</Relationships>",
                b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
                b'attachedTemplate" Target="http://127.0.0.1:9/t.dotm" TargetMode="External"/></Relationships>',
            ),
        ),
        READ,
    )
    macro = form(".docx", 12)
    yield Hostile(
        "宏.docm",
        rewritten(macro, lambda name, part: part)[:-22]
        and _with_part(macro, "word/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(5000)),
        READ,
    )
    yield Hostile(
        "部件名越界.docx", _with_part(form(".docx", 13), "../../../../tmp/jixiao-escape.xml", b"<x/>"), READ
    )
    yield Hostile(
        "演示文稿.pptx",
        zipped({"[Content_Types].xml": b"<x/>", "ppt/presentation.xml": b"<x/>"}),
        words="演示文稿",
    )


def _with_part(package: bytes, name: str, content: bytes) -> bytes:
    import io
    import zipfile

    stream = io.BytesIO(package)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, content)
    return stream.getvalue()
