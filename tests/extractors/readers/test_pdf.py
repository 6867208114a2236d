"""A PDF's tables come out cell by cell, whatever draws the borders."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.document import Document, Table
from extractors.readers.pdf import read_pdf
from tests.extractors.readers.pdf_samples import (
    cid_font,
    embedded_font,
    level_form,
    write_form,
)

RULED = [
    "lines",
    "cells",
    "rectangles",
    "dotted",
    "dashed",
    "dots",
    "double",
    "open_sides",
    "open_bottom",
    "shaded",
    "strips",
]


def cells_of(table: Table) -> list[tuple[int, int, int, int, str]]:
    return sorted((c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells)


def only_table(document: Document) -> Table:
    assert len(document.tables) == 1
    return document.tables[0]


@pytest.mark.parametrize("font", ["cid", "embedded"])
@pytest.mark.parametrize("style", RULED)
def test_merged_cells_are_exact_whatever_draws_the_borders(tmp_path: Path, style: str, font: str) -> None:
    form = level_form(font=embedded_font() if font == "embedded" else cid_font())
    path = write_form(tmp_path / "form.pdf", form, style, title="部门整体支出绩效自评表")

    document = read_pdf(path)

    assert cells_of(only_table(document)) == form.expected()
    assert [p.text for p in document.paragraphs] == ["部门整体支出绩效自评表"]
