"""The quick look for characters printed twice never misses what the careful one would drop."""

from __future__ import annotations

import ctypes

import pypdfium2.raw as c
from hypothesis import given
from hypothesis import strategies as st

from extractors.readers.pdf.cleaning import drop_doubled, has_doubled
from extractors.readers.pdf.marks import Glyph

points = st.floats(0, 60, width=32)
prints = st.lists(
    st.tuples(st.sampled_from("自评0"), points, points, st.floats(2, 12, width=32)), min_size=1, max_size=40
)


def boxes_of(found: list[tuple[str, float, float, float]]) -> ctypes.Array[c.FS_RECTF]:
    boxes = (c.FS_RECTF * len(found))()
    for box, (_, x, y, width) in zip(boxes, found, strict=True):
        box.left, box.top, box.right, box.bottom = x, y, x + width, y - 10
    return boxes


def glyphs_of(found: list[tuple[str, float, float, float]]) -> list[Glyph]:
    return [Glyph(x, 100 - y, x + width, 110 - y, text) for text, x, y, width in found]


@given(prints)
def test_nothing_is_dropped_where_the_quick_look_finds_nothing(
    found: list[tuple[str, float, float, float]],
) -> None:
    if not has_doubled([ord(text) for text, *_ in found], boxes_of(found)):
        assert drop_doubled(glyphs_of(found)) == glyphs_of(found)


def test_a_line_of_equal_characters_is_no_double() -> None:
    line = [("0", 10 + 5.25 * place, 50.0, 5.25) for place in range(20)]
    assert not has_doubled([ord("0")] * 20, boxes_of(line))


def test_fake_bold_is_seen() -> None:
    assert has_doubled([ord("评")] * 2, boxes_of([("评", 10, 50, 10.5), ("评", 10.4, 50, 10.5)]))
