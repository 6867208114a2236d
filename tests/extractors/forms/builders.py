"""Documents for the tests of recognition, written as rows of text.

In a row, `<` continues the cell to its left and `^` the cell above it: merged cells as people draw them.
"""

from __future__ import annotations

from extractors.document import Cell, Document, Location, Paragraph, Table

LEFT, ABOVE = "<", "^"


def table(*rows: str, number: int = 1) -> Table:
    """A table from rows of cells between bars: `产出指标 | 数量指标 | 培训人次`."""
    grid = [[text.strip() for text in row.split("|")] for row in rows]
    width = max(len(row) for row in grid)
    grid = [row + [""] * (width - len(row)) for row in grid]
    cells = []
    for row, texts in enumerate(grid):
        for column, text in enumerate(texts):
            if text in (LEFT, ABOVE):
                continue
            across = 1
            while column + across < width and texts[column + across] == LEFT:
                across += 1
            down = 1
            while row + down < len(grid) and grid[row + down][column] == ABOVE:
                down += 1
            place = Location(table=number, row=row, column=column)
            cells.append(Cell(row, column, text.replace("/n", "\n"), down, across, place))
    return Table(tuple(cells), len(grid), width, Location(table=number))


def document(*blocks: Table | str) -> Document:
    """A document of paragraphs (plain strings) and tables, numbered in order."""
    placed: list[Paragraph | Table] = []
    paragraphs = 0
    for block in blocks:
        if isinstance(block, str):
            paragraphs += 1
            placed.append(Paragraph(block, Location(paragraph=paragraphs)))
        else:
            placed.append(block)
    return Document(tuple(placed), "docx", "test")
