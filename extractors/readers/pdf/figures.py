"""Drawn figures to ruled lines: thin bars, sides of rectangles, rows of dots."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.readers.pdf.marks import Edge

THIN = 3.0
"""Points: a filled or stroked shape not thicker than this is a ruled line (Word draws borders as filled rectangles)."""
DOT = 2.5
"""Points: a shape not larger than this in both directions is a dot of a dotted line."""


def edges_of_figure(points: Sequence[tuple[float, float]], stroked: bool) -> tuple[list[Edge], list[Edge]]:
    """The lines of one straight figure, and its sides when it is only filled (borders only for want of lines)."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    x0, x1, top, bottom = min(xs), max(xs), min(ys), max(ys)
    wide, high = x1 - x0, bottom - top
    if wide <= THIN or high <= THIN:
        if wide <= THIN and high <= THIN:
            return [], []
        vertical = wide <= THIN
        at = (x0 + x1) / 2 if vertical else (top + bottom) / 2
        return [Edge(vertical, at, *((top, bottom) if vertical else (x0, x1)))], []
    sides: list[Edge] = []
    for (ax, ay), (bx, by) in pairwise(points):
        if abs(ax - bx) <= 0.5 and abs(ay - by) > 1:
            sides.append(Edge(True, (ax + bx) / 2, min(ay, by), max(ay, by)))
        elif abs(ay - by) <= 0.5 and abs(ax - bx) > 1:
            sides.append(Edge(False, (ay + by) / 2, min(ax, bx), max(ax, bx)))
    return (sides, []) if stroked else ([], sides)


def dotted_lines(dots: list[tuple[float, float, float, float]]) -> list[Edge]:
    """Lines made of dots that follow each other closely; single dots are nothing."""
    lines: list[Edge] = []
    for vertical in (False, True):
        rows: dict[int, list[tuple[float, float, float]]] = {}
        for x0, top, x1, bottom in dots:
            at, start, end = ((x0 + x1) / 2, top, bottom) if vertical else ((top + bottom) / 2, x0, x1)
            rows.setdefault(round(at * 2), []).append((start, end, at))
        for members in rows.values():
            members.sort()
            first = 0
            for index in range(1, len(members) + 1):
                if index == len(members) or members[index][0] - members[index - 1][1] > 2 * DOT:
                    if index - first >= 5:
                        at = sum(member[2] for member in members[first:index]) / (index - first)
                        lines.append(Edge(vertical, at, members[first][0], members[index - 1][1]))
                    first = index
    return lines
