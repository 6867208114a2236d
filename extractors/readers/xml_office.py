"""Office 2003 as one XML file: Word documents and Excel workbooks saved as `.xml`, often renamed .doc or .xls."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from extractors.document import Document
from extractors.errors import Refused
from extractors.limits import MB, Limits
from extractors.readers.docx import document_of
from extractors.readers.docx_styles import Styles
from extractors.readers.number_formats import print_number
from extractors.readers.package import parse_xml
from extractors.readers.printed import trim
from extractors.readers.sheet_grid import Sheet, sheet_table

WORD_2003 = b"http://schemas.microsoft.com/office/word/2003/wordml"
WORD = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
# Names that changed their spelling between the two vocabularies.
RENAMED = ((b"<w:vmerge", b"<w:vMerge"), (b"<w:hmerge", b"<w:hMerge"), (b"<w:gridspan", b"<w:gridSpan"))


def read_wordml(path: Path, limits: Limits) -> Document:
    """Read a Word 2003 XML document; its vocabulary is that of docx under another name."""
    content = _content(path, limits).replace(WORD_2003, WORD)
    for old, new in RENAMED:
        content = content.replace(old, new)
    document = document_of(parse_xml(content), None, Styles(), limits)
    return Document(document.blocks, "wordml", "docx", None, document.warnings)


def read_spreadsheetml(path: Path, limits: Limits) -> Document:
    """Read an Excel 2003 XML workbook. Values are as stored; a percentage format is applied."""
    root = parse_xml(_content(path, limits))
    formats = {style.get(f"{SS}ID", ""): _format(style) for style in root.iter(f"{SS}Style")}
    tables = []
    warnings: list[str] = []
    for worksheet in root.iter(f"{SS}Worksheet"):
        sheet = _sheet(worksheet, formats, limits)
        table = sheet_table(sheet)
        warnings.extend(sheet.warnings())
        if table is not None:
            tables.append(table)
    return Document(tuple(tables), "spreadsheetml", "xml_office", None, tuple(warnings))


def _content(path: Path, limits: Limits) -> bytes:
    if path.stat().st_size > limits.max_part_bytes:
        raise Refused(f"文件过大（上限 {limits.max_part_bytes // MB} MB）；请删去图片等附加内容后重新报送")
    return path.read_bytes()


def _format(style: Any) -> str:
    element = style.find(f"{SS}NumberFormat")
    return element.get(f"{SS}Format", "General") if element is not None else "General"


NAMED_FORMATS = {
    "General Number": "General",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Percent": "0.00%",
    "Currency": "#,##0.00",
    "Scientific": "0.00E+00",
    "Short Date": "yyyy-mm-dd",
    "Medium Date": "yyyy-mm-dd",
    "Long Date": "yyyy-mm-dd",
    "General Date": "yyyy-mm-dd",
}


def _sheet(worksheet: Any, formats: dict[str, str], limits: Limits) -> Sheet:
    sheet = Sheet(worksheet.get(f"{SS}Name", ""))
    table = worksheet.find(f"{SS}Table")
    row_no = -1
    for row in table.iterchildren(f"{SS}Row") if table is not None else ():
        row_no = _at(row, row_no)
        column = -1
        for cell in row.iterchildren(f"{SS}Cell"):
            column = _at(cell, column)
            width, height = _extra(cell, "MergeAcross", limits), _extra(cell, "MergeDown", limits)
            sheet.put(row_no, column, _cell_text(cell, formats), limits)
            if width or height:
                sheet.merges.append((row_no, column, row_no + height, column + width))
                sheet.put(row_no + height, column + width, "", limits)
            column += width
    return sheet


def _cell_text(cell: Any, formats: dict[str, str]) -> str:
    element = cell.find(f"{SS}Data")
    if element is None:
        return ""
    text = "".join(element.itertext())
    kind = element.get(f"{SS}Type", "String")
    if kind == "DateTime":
        return text.partition("T")[0]
    if kind != "Number":
        return trim(text)
    code = formats.get(cell.get(f"{SS}StyleID", ""), "General")
    try:
        return print_number(float(text), NAMED_FORMATS.get(code, code))
    except ValueError:
        return text


def _at(element: Any, before: int) -> int:
    text = element.get(f"{SS}Index", "")
    return int(text) - 1 if text.isdigit() and 0 < len(text) < 9 else before + 1


def _extra(cell: Any, name: str, limits: Limits) -> int:
    text = cell.get(f"{SS}{name}", "0")
    return min(int(text), limits.max_rows) if text.isdigit() and len(text) < 9 else 0
