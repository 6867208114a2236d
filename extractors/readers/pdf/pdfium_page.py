"""One PDF page as marks: characters and ruled lines, upright."""

from __future__ import annotations

import pypdfium2 as pdfium

from extractors.readers.pdf.marks import PageMarks
from extractors.readers.pdf.pdfium_characters import characters_of
from extractors.readers.pdf.pdfium_shapes import Shapes
from extractors.readers.pdf.turning import turn_edge, turn_glyph


def read_marks(page: pdfium.PdfPage, number: int, max_chars: int, max_objects: int) -> PageMarks:
    """The marks of a page, turned upright (page rotation, and text that is drawn sideways on the whole page)."""
    left, bottom, right, top = page.get_bbox()
    width, height = right - left, top - bottom
    warnings: list[str] = []
    shapes = Shapes(left, top, width, height, max_objects)
    shapes.walk(page)
    if shapes.cut:
        warnings.append(f"第{number}页：图形超过{max_objects}个，其余未读，表格线可能不全。")
    glyphs, unmapped, cut = characters_of(page, left, top, max_chars, shapes.turned_text)
    if cut:
        warnings.append(f"第{number}页：文字超过{max_chars}个，其余未读。")
    turn = page.get_rotation() // 90
    angles = [glyph.angle for glyph in glyphs] if shapes.turned_text else []
    if not shapes.turned_text and glyphs:
        turn = 0
    elif angles:
        # Text drawn at an angle on an unrotated page: the reading direction decides, not the paper.
        shown = {angle: angles.count(angle) for angle in (0, 90, 180, 270)}
        main = max(shown, key=lambda angle: shown[angle])
        if shown[main] > 0.6 * len(angles):
            turn = main // 90
    edges, fills = tuple(shapes.edges), tuple(shapes.fills)
    if turn:
        glyphs = [turn_glyph(glyph, turn, width, height) for glyph in glyphs]
        edges = tuple(turn_edge(edge, turn, width, height) for edge in edges)
        fills = tuple(turn_edge(edge, turn, width, height) for edge in fills)
        if turn % 2:
            width, height = height, width
    share = min(1.0, shapes.picture_area / (width * height)) if width * height > 0 else 0.0
    return PageMarks(
        number,
        width,
        height,
        tuple(glyphs),
        edges,
        fills,
        share,
        unmapped,
        shapes.path_count,
        tuple(warnings),
    )
