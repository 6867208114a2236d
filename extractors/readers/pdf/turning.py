"""Quarter turns: marks of a page that lies on its side, upright."""

from __future__ import annotations

from extractors.readers.pdf.marks import Edge, Glyph


def _turn_point(x: float, y: float, turn: int, width: float, height: float) -> tuple[float, float]:
    """A point after turning the page clockwise by `turn` quarter turns."""
    if turn == 1:
        return height - y, x
    if turn == 2:
        return width - x, height - y
    return y, width - x


def turn_glyph(glyph: Glyph, turn: int, width: float, height: float) -> Glyph:
    """The character after turning the page clockwise by `turn` (1 to 3) quarters; width, height: before the turn."""
    ax, ay = _turn_point(glyph.x0, glyph.top, turn, width, height)
    bx, by = _turn_point(glyph.x1, glyph.bottom, turn, width, height)
    angle = (glyph.angle - 90 * turn) % 360
    return Glyph(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), glyph.text, angle, glyph.confidence)


def turn_edge(edge: Edge, turn: int, width: float, height: float) -> Edge:
    """The ruled line after turning the page clockwise by `turn` (1 to 3) quarters."""
    x0, y0, x1, y1 = (
        (edge.at, edge.start, edge.at, edge.end)
        if edge.vertical
        else (edge.start, edge.at, edge.end, edge.at)
    )
    ax, ay = _turn_point(x0, y0, turn, width, height)
    bx, by = _turn_point(x1, y1, turn, width, height)
    vertical = edge.vertical if turn == 2 else not edge.vertical
    if vertical:
        return Edge(True, (ax + bx) / 2, min(ay, by), max(ay, by))
    return Edge(False, (ay + by) / 2, min(ax, bx), max(ax, bx))
