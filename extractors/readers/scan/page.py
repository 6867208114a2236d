"""A picture of a page to its marks: ruled lines, and the recognised text line by line."""

from __future__ import annotations

from collections.abc import Sequence

import cv2

from extractors.document import Box
from extractors.readers.pdf.lattice import Lattice, find_lattices
from extractors.readers.pdf.marks import Glyph, PageMarks
from extractors.readers.scan.picture import LONGEST_POINTS, Grey, Picture, prepare
from extractors.readers.scan.printed import Strip, character_height, lines_in, lines_outside, without_specks
from extractors.readers.scan.recogniser import Reading, recognise
from extractors.readers.scan.repairs import dashes, repair
from extractors.readers.scan.ruled import borders_of, ruled_lines

DOUBTFUL = 0.8
"""Confidence below which a line is looked at a second time, enlarged."""
NOISE = 0.5
"""Confidence below which what stands outside tables is no text."""


def recognise_page(rgb: Grey, number: int, max_edges: int, long_points: float = LONGEST_POINTS) -> PageMarks:
    """The marks of a page's picture (array of height, width, 3 in RGB); glyphs are whole lines with confidence."""
    picture = prepare(rgb, long_points)
    edges, lines = ruled_lines(picture)
    lattices, _, _ = find_lattices(edges, max_edges)
    borders = borders_of((cell for lattice in lattices for cell in lattice.cells), lines, picture.scale)
    text_ink = without_specks(cv2.bitwise_and(picture.ink, cv2.bitwise_not(borders)), 6)
    height = character_height(text_ink)
    cleared = picture.grey.copy()
    cleared[borders > 0] = 255
    inside, outside = _strips(picture, text_ink, lattices, height)
    strips = [*inside, *outside]
    readings = _read(cleared, strips)
    warnings: list[str] = []
    glyphs: list[Glyph] = []
    dropped = 0
    shown = dashes(
        [
            repair(reading.text, text_ink[strip.top : strip.bottom, strip.x0 : strip.x1])
            for strip, reading in zip(strips, readings, strict=True)
        ]
    )
    for position, (strip, reading, text) in enumerate(zip(strips, readings, shown, strict=True)):
        if not reading.text or (position >= len(inside) and reading.confidence < NOISE):
            dropped += 1
            continue
        if text != reading.text:
            warnings.append(f"第{number}页：识别为“{reading.text}”，按字形改为“{text}”，请核对。")
        x0, top, x1, bottom = (value * picture.scale for value in strip)
        glyphs.append(Glyph(x0, top, x1, bottom, text, 0, round(reading.confidence, 3)))
    if dropped:
        warnings.append(f"第{number}页：有{dropped}处墨迹未能识别为文字。")
    size = [side * picture.scale for side in picture.grey.shape]
    return PageMarks(number, size[1], size[0], tuple(glyphs), tuple(edges), (), 1.0, 0, 0, tuple(warnings))


def _strips(
    picture: Picture, ink: Grey, lattices: Sequence[Lattice], height: float
) -> tuple[list[Strip], list[Strip]]:
    """The printed lines in cells and outside tables."""
    inside: list[Strip] = []
    for lattice in lattices:
        for cell in lattice.cells:
            inside.extend(lines_in(ink, _pixels(cell, picture.scale, inset=2), height))
    return inside, lines_outside(ink, [lattice.box for lattice in lattices], picture.scale, height)


def _pixels(box: Box, scale: float, inset: int) -> Strip:
    x0, top, x1, bottom = (round(value / scale) for value in box)
    return Strip(max(0, x0 + inset), max(0, top + inset), x1 - inset, bottom - inset)


def _read(grey: Grey, strips: Sequence[Strip]) -> list[Reading]:
    """The text of each line; doubtful ones are read again enlarged, and the better reading stays."""
    readings = recognise([_crop(grey, strip, 1.0) for strip in strips])
    doubtful = [index for index, reading in enumerate(readings) if reading.confidence < DOUBTFUL]
    again = recognise([_crop(grey, strips[index], 2.0) for index in doubtful])
    for index, reading in zip(doubtful, again, strict=True):
        if reading.confidence > readings[index].confidence:
            readings[index] = reading
    return readings


def _crop(grey: Grey, strip: Strip, factor: float) -> Grey:
    """A line's picture with white around it, as the recogniser likes it."""
    pad = max(2, round(0.12 * (strip.bottom - strip.top)))
    part = grey[max(0, strip.top - 1) : strip.bottom + 1, max(0, strip.x0 - 1) : strip.x1 + 1]
    part = cv2.copyMakeBorder(part, pad, pad, 2 * pad, 2 * pad, cv2.BORDER_CONSTANT, value=255)
    if factor != 1.0:
        part = cv2.resize(part, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
    return cv2.cvtColor(part, cv2.COLOR_GRAY2RGB)
