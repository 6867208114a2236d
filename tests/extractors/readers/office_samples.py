"""Small office files with chosen XML inside, for tests."""

from __future__ import annotations

import zipfile
from pathlib import Path

from extractors.document import Document, Table

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def write_docx(path: Path, body: str, **parts: str) -> Path:
    """A package with this body; parts: numbering, styles as the inner XML of their root."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        document = f'<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>'
        package.writestr("word/document.xml", document)
        for name, inner in parts.items():
            package.writestr(f"word/{name}.xml", f'<w:{name} xmlns:w="{W}">{inner}</w:{name}>')
    return path


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str = "", properties: str = "", inner: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner or paragraph(text)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


RESTART = '<w:vMerge w:val="restart"/>'
CONTINUE = "<w:vMerge/>"


def write_xlsx(
    path: Path,
    sheet: str,
    *,
    strings: str = "",
    styles: str = "",
    state: str = "visible",
    name: str = "自评表",
) -> Path:
    """A workbook with one sheet whose XML stands in `sheet` (what is inside <worksheet>)."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets>'
            f'<sheet name="{name}" sheetId="1" state="{state}" r:id="rId1"/></sheets></workbook>',
        )
        package.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Target="worksheets/sheet1.xml"/>'
            "</Relationships>",
        )
        package.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{S}">{sheet}</worksheet>')
        if strings:
            package.writestr("xl/sharedStrings.xml", f'<sst xmlns="{S}">{strings}</sst>')
        if styles:
            package.writestr("xl/styles.xml", f'<styleSheet xmlns="{S}">{styles}</styleSheet>')
    return path


def texts(found: Table) -> list[list[str]]:
    """Row by row, the texts of the cells that begin there."""
    return [[cell.text for cell in cells] for cells in found.rows()]


def placed(found: Table) -> dict[tuple[int, int], tuple[str, int, int]]:
    """(row, column) -> text, row span, column span."""
    return {(c.row, c.column): (c.text, c.row_span, c.column_span) for c in found.cells}


def only_table(document: Document) -> Table:
    assert len(document.tables) == 1
    return document.tables[0]
