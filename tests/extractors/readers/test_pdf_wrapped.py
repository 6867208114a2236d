"""A figure that a narrow cell broke over two lines is one figure; two figures below each other stay two."""

from __future__ import annotations

import pytest

from extractors.readers.pdf.marks import Glyph
from extractors.readers.pdf.wrapped import cell_text

SIZE = 8.0
DIGIT = 4.0


def printed(text: str, left: float = 6.0) -> list[Glyph]:
    """Characters as a cell shows them, left-aligned: digits half as wide as Chinese characters."""
    glyphs = []
    for number, line in enumerate(text.split("\n")):
        x = left
        for character in line:
            wide = DIGIT if character.isascii() else SIZE
            glyphs.append(Glyph(x, number * 10.0, x + wide, number * 10.0 + SIZE, character, 0, 1.0))
            x += wide
    return glyphs


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("≥255000\n0", 12 + 8 + 24.0, "≥2550000"),
        ("847.3\n2", 12 + 20.0, "847.32"),
        ("1\n0", 12 + 6.0, "10"),
        ("100\n98", 60.0, "100\n98"),  # the first line had room for more
        ("1562\n1690", 12 + 18.0, "1562\n1690"),  # as like two figures as one
        ("新增视频\n监控点位", 12 + 32.0, "新增视频\n监控点位"),
    ],
)
def test_the_room_that_was_left_tells(text: str, width: float, expected: str) -> None:
    assert cell_text(printed(text), (0.0, 0.0, width, 40.0)) == expected
