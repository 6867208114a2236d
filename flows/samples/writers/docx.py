"""Word documents through python-docx, tables with real gridSpan and vMerge; variants a plain walk over cells gets wrong."""

from __future__ import annotations

import zipfile
from copy import deepcopy
from datetime import datetime
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from flows.samples.sheet import Grid, GridCell, Line, SampleDocument

VARIANTS = ("plain", "tracked", "controls", "nested", "boxes")


def write(document: SampleDocument, path: Path, variant: str = "plain") -> None:
    """Write the document. variant: tracked (insertions and deletions), controls (cells in content controls), nested (form
    inside a one-cell table), boxes (every table in a text box, written twice as word processors do: for new and old readers)."""
    word = docx.Document()
    body = word.element.body
    for paragraph in list(word.paragraphs):
        body.remove(paragraph._element)
    for block in document.blocks:
        if isinstance(block, Line) and block.role == "sheet":
            if body.findall(qn("w:p")):
                word.add_page_break()
        elif isinstance(block, Line):
            word.add_paragraph(block.text)
        else:
            table = _table(block, variant)
            wrap = {"nested": _wrapped, "boxes": _boxed}.get(variant)
            _append(body, wrap(table) if wrap else table)
            word.add_paragraph("")
    _save(word, path)


def _save(word: WordDocument, path: Path) -> None:
    """Save with fixed dates inside and outside, so that the same document gives the same bytes."""
    word.core_properties.created = word.core_properties.modified = datetime(2025, 3, 1)
    package = BytesIO()
    word.save(package)
    with zipfile.ZipFile(package) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(
                zipfile.ZipInfo(name, (2025, 3, 1, 9, 0, 0)), source.read(name), zipfile.ZIP_DEFLATED
            )


def _append(body: Element, element: Element) -> None:
    body.insert(len(body) - 1 if len(body) and body[-1].tag == qn("w:sectPr") else len(body), element)


def _element(tag: str, **attributes: str) -> Element:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _table(grid: Grid, variant: str) -> Element:
    table = _element("w:tbl")
    properties = _element("w:tblPr")
    properties.append(_element("w:tblStyle", val="TableGrid"))
    properties.append(_element("w:tblW", w="0", type="auto"))
    table.append(properties)
    columns = _element("w:tblGrid")
    for _ in range(grid.column_count):
        columns.append(_element("w:gridCol", w=str(9600 // grid.column_count)))
    table.append(columns)
    covering: dict[tuple[int, int], GridCell] = {
        (row, cell.column): cell for cell in grid.cells for row in range(cell.row, cell.row + cell.row_span)
    }
    for row in range(grid.row_count):
        table.append(_row(row, covering, grid, variant))
    return table


def _row(row: int, covering: dict[tuple[int, int], GridCell], grid: Grid, variant: str) -> Element:
    element = _element("w:tr")
    if row in grid.header_rows:
        properties = _element("w:trPr")
        properties.append(_element("w:tblHeader"))
        element.append(properties)
    for column in sorted(c for r, c in covering if r == row):
        cell = covering[row, column]
        part = _cell(cell, row, grid.column_count, variant)
        if variant == "controls" and cell.row == row and cell.shows and (row + column) % 3 == 0:
            control, content = _element("w:sdt"), _element("w:sdtContent")
            control.append(_element("w:sdtPr"))
            content.append(part)
            control.append(content)
            part = control
        element.append(part)
    return element


def _cell(cell: GridCell, row: int, columns: int, variant: str) -> Element:
    element, properties = _element("w:tc"), _element("w:tcPr")
    properties.append(_element("w:tcW", w=str(9600 // columns * cell.column_span), type="dxa"))
    if cell.column_span > 1:
        properties.append(_element("w:gridSpan", val=str(cell.column_span)))
    if cell.row_span > 1:
        properties.append(_element("w:vMerge", **({"val": "restart"} if cell.row == row else {})))
    element.append(properties)
    for part in (cell.text if cell.row == row else "").split("\n"):
        element.append(_paragraph(part, variant == "tracked" and bool(cell.shows)))
    return element


def _run(text: str, tag: str = "w:t") -> Element:
    run, content = _element("w:r"), _element(tag)
    content.text = text
    content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(content)
    return run


def _paragraph(text: str, tracked: bool) -> Element:
    paragraph = _element("w:p")
    if not text:
        return paragraph
    if not tracked or len(text) < 2:
        paragraph.append(_run(text))
        return paragraph
    # Half of the text is an insertion, and a deleted figure stands before it.
    middle = len(text) // 2
    attributes = {"id": "1", "author": "复核", "date": "2025-03-01T00:00:00Z"}
    deleted, inserted = _element("w:del", **attributes), _element("w:ins", **attributes)
    deleted.append(_run("88", "w:delText"))
    inserted.append(_run(text[middle:]))
    for part in (_run(text[:middle]), deleted, inserted):
        paragraph.append(part)
    return paragraph


def _wrapped(table: Element) -> Element:
    """The form inside the only cell of an outer table, as layout tables do."""
    outer = _table(Grid((GridCell(0, 0, ""),), 1, 1), "plain")
    cell = outer.find(".//" + qn("w:tc"))
    assert cell is not None
    cell.insert(1, deepcopy(table))
    return outer


_BOX = """<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
 xmlns:v="urn:schemas-microsoft-com:vml"><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
 <wp:inline><wp:extent cx="5760000" cy="7200000"/><wp:docPr id="1" name="文本框"/><a:graphic>
 <a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/>
 <wps:txbx><w:txbxContent/></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>
 <mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent/></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"""


def _boxed(table: Element) -> Element:
    """The form in a text box, once for readers of shapes and once for older ones."""
    paragraph = parse_xml(_BOX)
    for content in paragraph.iter(qn("w:txbxContent")):
        content.append(deepcopy(table))
        content.append(_element("w:p"))
    return paragraph
