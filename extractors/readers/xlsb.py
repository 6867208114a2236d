"""How far the sheets of a binary workbook (xlsb) reach, told from its records before anything is allocated."""

from __future__ import annotations

from extractors.readers.package import Package

ROW_HEADER = 0
LAST_CELL_RECORD = 11
"""Records 1 to 11 are cells; each begins with its column."""


def extent(content: bytes) -> tuple[int, int]:
    """Rows and columns that cells with content use in one worksheet part. Damage ends the scan."""
    position = rows = columns = row = 0
    size = len(content)
    while position + 2 <= size:
        kind, position = _variable(content, position, 2)
        length, position = _variable(content, position, 4)
        if position + length > size:
            break
        if kind == ROW_HEADER and length >= 4:
            row = int.from_bytes(content[position : position + 4], "little")
        elif 2 <= kind <= LAST_CELL_RECORD and length >= 4:  # 1 is a blank cell
            column = int.from_bytes(content[position : position + 4], "little")
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        position += length
    return rows, columns


def widest(package: Package) -> tuple[int, int]:
    """The largest extent among the worksheets of a package."""
    extents = [
        extent(package.read(name))
        for name in package.names()
        if name.startswith("xl/worksheets/") and name.endswith(".bin")
    ]
    return max(extents, key=lambda found: found[0] * found[1], default=(0, 0))


def _variable(content: bytes, position: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, and the position after it."""
    value = 0
    for count in range(most):
        if position >= len(content):
            break
        byte = content[position]
        position += 1
        value |= (byte & 0x7F) << (7 * count)
        if not byte & 0x80:
            break
    return value, position
