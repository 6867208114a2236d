"""Sheets that hold nothing but what a drop-down offers (优, 良, 中 …): templates keep them beside the form, mostly hidden."""

from __future__ import annotations

from extractors.document import Document, Table

WHY = "下拉选项的清单，不是自评内容"
LONGEST_CHOICE = 20


def choice_sheets(document: Document) -> frozenset[str]:
    """Names of the worksheets whose every text stands in one column, short and without a figure."""
    return frozenset(
        block.location.sheet
        for block in document.blocks
        if isinstance(block, Table) and block.location.sheet and _offers_choices(block)
    )


def _offers_choices(table: Table) -> bool:
    filled = [cell for cell in table.cells if cell.text.strip()]
    return (
        len(filled) >= 2
        and len({cell.column for cell in filled}) == 1
        and all(len(cell.text.strip()) <= LONGEST_CHOICE for cell in filled)
        and not any(char.isdigit() for cell in filled for char in cell.text)
    )
