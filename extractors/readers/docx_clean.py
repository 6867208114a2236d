"""Brings a Word tree to what is printed: deletions out, insertions in, one of each alternative, text boxes apart."""

from __future__ import annotations

from typing import Any

from extractors.readers.docx_numbering import W

COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
FORMER_PROPERTIES = frozenset(
    f"{W}{name}Change"
    for name in ("pPr", "rPr", "tcPr", "trPr", "tblPr", "tblPrEx", "tblGrid", "sectPr", "numbering")
)
"""What a tracked change of formatting keeps of the former state: spans that hold no longer."""
NOT_PRINTED = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "rt", "delText", "instrText", "delInstrText")
)
ALTERNATIVES, TEXT_BOX, CELL_DELETED, HIDDEN = (
    f"{COMPATIBILITY}AlternateContent",
    f"{W}txbxContent",
    f"{W}cellDel",
    f"{W}vanish",
)
RARE = (ALTERNATIVES, TEXT_BOX, CELL_DELETED, HIDDEN, *FORMER_PROPERTIES, *NOT_PRINTED)
ROW_PROPERTIES = (f"{W}trPr", f"{W}tcPr")

TextBoxes = dict[Any, list[Any]]
"""Paragraph element -> contents (w:txbxContent) of the text boxes anchored in it."""


def clean(root: Any) -> TextBoxes:
    """Prepare the tree in place. One pass finds whether there is anything to do; mostly there is not."""
    found = {element.tag for element in root.iter(*RARE)}
    if not found:
        return {}
    if ALTERNATIVES in found:
        _choose_alternatives(root)
    if found & FORMER_PROPERTIES:
        for element in list(root.iter(*FORMER_PROPERTIES)):
            _remove(element)
    if found & NOT_PRINTED or CELL_DELETED in found or HIDDEN in found:
        _drop_unprinted(root)
    return _detach_text_boxes(root) if TEXT_BOX in found else {}


def _choose_alternatives(root: Any) -> None:
    for element in list(root.iter(f"{COMPATIBILITY}AlternateContent")):
        choices = element.findall(f"{COMPATIBILITY}Choice")
        fallbacks = element.findall(f"{COMPATIBILITY}Fallback")
        # The first choice is what Word shows; the fallback repeats it for other programs.
        for extra in [*choices[1:], *(fallbacks if choices else fallbacks[1:])]:
            element.remove(extra)


def _drop_unprinted(root: Any) -> None:
    for row in list(root.iter(f"{W}tr")):
        properties = row.find(f"{W}trPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            _remove(row)
    for mark in list(root.iter(f"{W}cellDel")):
        properties: Any = mark.getparent()
        cell: Any = properties.getparent() if properties is not None else None
        if cell is not None and cell.tag == f"{W}tc":
            _remove(cell)
    for element in list(root.iter(*NOT_PRINTED)):
        parent = element.getparent()
        if parent is not None and parent.tag not in ROW_PROPERTIES:
            parent.remove(element)
    for mark in list(root.iter(f"{W}vanish")):
        _drop_hidden(mark)


def _drop_hidden(mark: Any) -> None:
    if mark.get(f"{W}val", "true") in ("0", "false", "off"):
        return
    properties: Any = mark.getparent()
    if properties is None or properties.tag != f"{W}rPr":
        return
    run: Any = properties.getparent()
    if run is not None and run.tag == f"{W}r":
        _remove(run)


def _detach_text_boxes(root: Any) -> TextBoxes:
    boxes: TextBoxes = {}
    for content in list(root.iter(f"{W}txbxContent")):
        host: Any = next(content.iterancestors(f"{W}p"), None)
        _remove(content)
        if host is not None:
            boxes.setdefault(host, []).append(content)
    return boxes


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
