"""One OFD page to marks: text codes with their advances, path data, pictures."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractors.readers.ofd.geometry import POINTS, Matrix, apply, deltas, figures, matrix_of, numbers
from extractors.readers.pdf.cleaning import drop_doubled, watermark_indices
from extractors.readers.pdf.figures import DOT, dotted_lines, edges_of_figure
from extractors.readers.pdf.marks import Edge, Glyph, PageMarks

MAX_DEPTH = 16
"""Page blocks within page blocks."""
ASCENT, DESCENT = 0.86, 0.14
"""Shares of the font size above and below the line that characters stand on."""

_NARROWEST, _WIDEST, _WIDEST_LETTER = 0.2, 0.62, 0.95
"""Shares of the font size that the step from a point, a digit, a letter (m, W) to the next takes; wider ones are letter-spacing."""


def local(element: Any) -> str:
    """An element's name without its namespace; empty for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(element: Any, name: str) -> Any | None:
    """The first child of that local name."""
    return next((sub for sub in element if local(sub) == name), None)


@dataclass
class PageBuilder:
    """Collects the marks of a page from its content and templates."""

    number: int
    width: float
    height: float
    max_chars: int
    max_objects: int
    glyphs: list[Glyph] = field(default_factory=list)
    pale: list[bool] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    fills: list[Edge] = field(default_factory=list)
    dots: list[tuple[float, float, float, float]] = field(default_factory=list)
    pictures: list[tuple[float, str]] = field(default_factory=list)
    digits: dict[str, float] = field(default_factory=dict)
    objects: int = 0
    cut: bool = False

    def add(self, content: Any) -> None:
        """Take every object below a page's (or template's) root element."""
        for graphic in _objects(content, 0):
            self.objects += 1
            if self.objects > self.max_objects or len(self.glyphs) > self.max_chars:
                self.cut = True
                return
            if graphic.get("Visible") == "false":
                continue
            name = local(graphic)
            if name == "TextObject":
                self._text(graphic)
            elif name == "PathObject":
                self._path(graphic)
            elif name == "ImageObject":
                box = numbers(graphic.get("Boundary"), 4)
                self.pictures.append((box[2] * box[3] * POINTS**2, graphic.get("ResourceID") or ""))

    def _text(self, graphic: Any) -> None:
        left, top, _, _ = numbers(graphic.get("Boundary"), 4)[:4]
        matrix = matrix_of(graphic.get("CTM"))
        size = abs(numbers(graphic.get("Size"), 1)[0]) or 3.5
        stretch = numbers(graphic.get("HScale"), 1)[0] or 1.0
        degrees = math.degrees(math.atan2(matrix[1], matrix[0])) + numbers(graphic.get("CharDirection"), 1)[0]
        if 2 < degrees % 90 < 88:
            return  # a watermark across the page
        angle = -round(degrees / 90) % 4 * 90
        pale = _is_pale(graphic)
        for code in graphic:
            if local(code) != "TextCode" or not code.text:
                continue
            x, y = numbers(code.get("X"), 1)[0], numbers(code.get("Y"), 1)[0]
            text = code.text
            across, down = deltas(code.get("DeltaX"), len(text)), deltas(code.get("DeltaY"), len(text))
            usual = self._ascii_width(text, across, size * stretch, graphic.get("Font") or "")
            for index, character in enumerate(text):
                advance = usual if character.isascii() else size * stretch
                printed = across[index] if index < len(across) else advance
                most = _WIDEST_LETTER * size * stretch if character.isalpha() else usual
                if character.isascii() and _NARROWEST * size * stretch <= printed <= most:
                    advance = printed
                if not character.isspace():
                    self._glyph(matrix, (left, top), (x, y), (advance, size), character, angle)
                    self.pale.append(pale)
                x += across[index] if index < len(across) else (0.0 if index < len(down) else advance)
                y += down[index] if index < len(down) else 0.0

    def _ascii_width(self, text: str, across: Sequence[float], em: float, font: str) -> float:
        """How wide digits and letters are: by the step that the digits of a text take, else those of the font's texts before.

        Fonts differ (0.5 to 0.6 em), a lone digit has no step, and whether a figure filled its cell shows in points.
        """
        steps = [step for character, step in zip(text, across, strict=False) if character.isdigit()]
        known = [step for step in steps if 0.5 * em <= step <= _WIDEST * em]
        if known:
            self.digits[font] = min(known) / em
        return self.digits.get(font, 0.5) * em

    def _glyph(
        self,
        matrix: Matrix,
        origin: tuple[float, float],
        spot: tuple[float, float],
        extent: tuple[float, float],
        text: str,
        angle: int,
    ) -> None:
        corners = [
            apply(matrix, spot[0] + dx, spot[1] + dy)
            for dx in (0.0, extent[0])
            for dy in (-ASCENT * extent[1], DESCENT * extent[1])
        ]
        xs = [(origin[0] + x) * POINTS for x, _ in corners]
        ys = [(origin[1] + y) * POINTS for _, y in corners]
        self.glyphs.append(Glyph(min(xs), min(ys), max(xs), max(ys), text, angle))

    def _path(self, graphic: Any) -> None:
        left, top, _, _ = numbers(graphic.get("Boundary"), 4)[:4]
        matrix = matrix_of(graphic.get("CTM"))
        stroked = graphic.get("Stroke", "true") != "false"
        filled = graphic.get("Fill", "false") == "true"
        data = child(graphic, "AbbreviatedData")
        if data is None or not data.text or not (stroked or filled):
            return
        for figure in figures(data.text, self.max_objects):
            points = [
                ((left + x) * POINTS, (top + y) * POINTS)
                for x, y in (apply(matrix, *point) for point in figure)
            ]
            xs, ys = [x for x, _ in points], [y for _, y in points]
            if max(xs) - min(xs) <= DOT and max(ys) - min(ys) <= DOT:
                self.dots.append((min(xs), min(ys), max(xs), max(ys)))
                continue
            edges, fills = edges_of_figure(points, stroked)
            self.edges.extend(edges)
            self.fills.extend(fills)
            self.objects += len(points)

    def marks(self) -> PageMarks:
        """The page's marks, doubled characters and large pale text left out."""
        heights = [glyph.bottom - glyph.top for glyph in self.glyphs]
        gone = watermark_indices(heights, lambda index: self.pale[index])
        kept = [glyph for index, glyph in enumerate(self.glyphs) if index not in gone]
        share = sum(area for area, _ in self.pictures) / max(1.0, self.width * self.height)
        warnings = (f"第{self.number}页：内容超过上限，其余未读。",) if self.cut else ()
        return PageMarks(
            self.number,
            self.width,
            self.height,
            tuple(drop_doubled(kept)),
            tuple([*self.edges, *dotted_lines(self.dots)]),
            tuple(self.fills),
            min(1.0, share),
            0,
            0,
            warnings,
        )


def _objects(element: Any, depth: int) -> Iterator[Any]:
    """The graphic objects below an element, page blocks opened."""
    for sub in element:
        name = local(sub)
        if name in ("TextObject", "PathObject", "ImageObject"):
            yield sub
        elif name in ("Content", "Layer", "PageBlock") and depth < MAX_DEPTH:
            yield from _objects(sub, depth + 1)


def _is_pale(graphic: Any) -> bool:
    """Whether text is printed light or transparent (RGB values of 0 to 255)."""
    if numbers(graphic.get("Alpha") or "255", 1)[0] < 160:
        return True
    color = child(graphic, "FillColor")
    if color is None:
        return False
    if numbers(color.get("Alpha") or "255", 1)[0] < 160:
        return True
    value = numbers(color.get("Value"))
    return len(value) == 3 and 0.3 * value[0] + 0.59 * value[1] + 0.11 * value[2] > 150
