"""A picture of a page to its marks: ruled lines, and the recognised text line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from extractors.document import Box
from extractors.progress import begin_page
from extractors.readers.pdf.aligned import rule_groups
from extractors.readers.pdf.lattice import Lattice, find_lattices
from extractors.readers.pdf.marks import Edge, Glyph, PageMarks
from extractors.readers.scan.picture import LONGEST_POINTS, Grey, Picture, prepare
from extractors.readers.scan.printed import Strip, character_height, lines_in, lines_outside, without_specks
from extractors.readers.scan.recogniser import Reading, recognise
from extractors.readers.scan.repairs import dashes, repair
from extractors.readers.scan.ruled import borders_of, ruled_lines

DOUBTFUL = 0.8
"""Confidence below which a line is looked at a second time, enlarged."""
UPRIGHT = 0.75
"""Mean confidence below which a page may lie on its side or stand on its head."""
SAMPLE = 10
"""Lines read to judge that."""
CROSSED_OUT = 0.5
"""Confidence, at most, of a printed line that a pen wrote into."""
PEN_SHARE = 0.04
"""Share of a line's ink from which on it counts, of the pen as of the print."""
LEGIBLE = 0.55
"""Share of the characters' height from which on ink in a cell may be a character, and not a speck."""
NOISE = 0.5
"""Confidence below which what stands outside tables is no text."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page before recognition: its lines, its ink without borders, and where text stands.

    height: of the characters in pixels.
    """

    picture: Picture
    edges: list[Edge]
    ink: Grey
    cleared: Grey
    height: float
    inside: list[Strip]
    outside: list[Strip]


def recognise_page(rgb: Grey, number: int, max_edges: int, long_points: float = LONGEST_POINTS) -> PageMarks:
    """The marks of a page's picture (array of height, width, 3 in RGB); glyphs are whole lines with confidence.

    A page that lies on its side or stands on its head is turned until its text can be read.
    """
    begin_page()
    page = _analysed(rgb, max_edges, long_points)
    readings = _read(page.cleared, [*page.inside, *page.outside])
    longest = sorted(
        zip([*page.inside, *page.outside], readings, strict=True), key=lambda pair: pair[0].x0 - pair[0].x1
    )
    certainty = _mean([reading for _, reading in longest[:SAMPLE]])
    warnings: list[str] = []
    if readings and certainty < UPRIGHT:
        turns = [
            (_certainty(turned := _turned(rgb, quarters, max_edges, long_points)), quarters, turned)
            for quarters in (1, 2, 3)
        ]
        best, quarters, turned = max(turns, key=lambda turn: turn[0])
        if best > certainty + 0.1:
            page = turned
            readings = _read(page.cleared, [*page.inside, *page.outside])
            warnings.append(f"第{number}页：图像方向不正，已旋转{quarters * 90}度（逆时针）后识别。")
    return _marks(page, readings, number, warnings)


def _analysed(rgb: Grey, max_edges: int, long_points: float) -> _Page:
    picture = prepare(rgb, long_points)
    edges, lines = ruled_lines(picture)
    lattices, loose, _ = find_lattices(edges, max_edges)
    rules = [edge for group in rule_groups(loose) for edge in group]
    boxes = [cell for lattice in lattices for cell in lattice.cells]
    boxes += [(rule.start, rule.at, rule.end, rule.at) for rule in rules]
    borders = borders_of(boxes, lines, picture.scale)
    ink = without_specks(cv2.bitwise_and(picture.ink, cv2.bitwise_not(borders)), 6)
    cleared = picture.grey.copy()
    cleared[borders > 0] = 255
    height = character_height(ink)
    inside, outside = _strips(picture, ink, lattices, rules, height)
    return _Page(picture, edges, ink, cleared, height, inside, outside)


def _turned(rgb: Grey, quarters: int, max_edges: int, long_points: float) -> _Page:
    return _analysed(np.ascontiguousarray(np.rot90(rgb, quarters)), max_edges, long_points)


def _mean(readings: Sequence[Reading]) -> float:
    return sum(reading.confidence for reading in readings) / max(1, len(readings))


def _certainty(page: _Page) -> float:
    """Mean confidence over the longest lines: high when the page stands upright."""
    strips = sorted([*page.inside, *page.outside], key=lambda strip: strip.x0 - strip.x1)[:SAMPLE]
    return _mean(recognise([_crop(page.cleared, strip, 1.0) for strip in strips]))


def _marks(page: _Page, readings: Sequence[Reading], number: int, warnings: list[str]) -> PageMarks:
    strips = [*page.inside, *page.outside]
    scale = page.picture.scale
    glyphs: list[Glyph] = []
    unread: list[Box] = []
    dropped = 0
    shown = dashes(
        [
            repair(reading.text, page.ink[strip.top : strip.bottom, strip.x0 : strip.x1])
            for strip, reading in zip(strips, readings, strict=True)
        ]
    )
    for position, (strip, reading, text) in enumerate(zip(strips, readings, shown, strict=True)):
        if not reading.text or (position >= len(page.inside) and reading.confidence < NOISE):
            dropped += 1
            if position < len(page.inside) and strip.bottom - strip.top >= LEGIBLE * page.height:
                x0, top, x1, bottom = (value * scale for value in strip)
                unread.append((x0, top, x1, bottom))
            continue
        if text != reading.text:
            warnings.append(f"第{number}页：识别为“{reading.text}”，按字形改为“{text}”，请核对。")
        confidence = (
            min(reading.confidence, CROSSED_OUT) if _is_mixed(page.picture, strip) else reading.confidence
        )
        x0, top, x1, bottom = (value * scale for value in strip)
        glyphs.append(Glyph(x0, top, x1, bottom, text, 0, round(confidence, 3)))
    if dropped:
        warnings.append(f"第{number}页：有{dropped}处墨迹未能识别为文字。")
    height, width = (side * scale for side in page.picture.grey.shape)
    return PageMarks(
        number, width, height, tuple(glyphs), tuple(page.edges), (), 1.0, 0, 0, tuple(warnings), tuple(unread)
    )


def _is_mixed(picture: Picture, strip: Strip) -> bool:
    """Whether a pen wrote into the printed line: what is read then may be either, or both."""
    area = (slice(strip.top, strip.bottom), slice(strip.x0, strip.x1))
    ink = picture.ink[area] > 0
    written = int((ink & (picture.pen[area] > 0)).sum())
    return PEN_SHARE * int(ink.sum()) < written < (1 - PEN_SHARE) * int(ink.sum())


def _strips(
    picture: Picture, ink: Grey, lattices: Sequence[Lattice], rules: Sequence[Edge], height: float
) -> tuple[list[Strip], list[Strip]]:
    """The printed lines in cells and outside tables; between rules without columns, each text by itself."""
    inside: list[Strip] = []
    for lattice in lattices:
        for cell in lattice.cells:
            inside.extend(lines_in(ink, _pixels(cell, picture.scale, inset=2), height))
    ruled = (min(rule.at for rule in rules), max(rule.at for rule in rules)) if rules else (0.0, 0.0)
    tables = [lattice.box for lattice in lattices]
    return inside, lines_outside(ink, tables, ruled, picture.scale, height)


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
