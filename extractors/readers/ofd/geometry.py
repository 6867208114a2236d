"""Numbers, matrices and paths as OFD writes them (millimetres, y downward) in points."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

POINTS = 72 / 25.4
"""Points a millimetre."""

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


def numbers(text: str | None, count: int = 0) -> list[float]:
    """The finite numbers of an attribute; padded with zeros to `count`."""
    found: list[float] = []
    for part in (text or "").split():
        try:
            value = float(part)
        except ValueError:
            value = 0.0
        found.append(value if math.isfinite(value) else 0.0)
    return found + [0.0] * (count - len(found))


def matrix_of(text: str | None) -> Matrix:
    """A CTM attribute, or the identity."""
    if not text:
        return IDENTITY
    a, b, c, d, e, f = numbers(text, 6)[:6]
    return (a, b, c, d, e, f)


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point through a matrix."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def deltas(text: str | None, most: int) -> list[float]:
    """Advances as DeltaX and DeltaY write them: `3.2 g 4 3.5` is 3.2 and four times 3.5; at most `most` of them."""
    found: list[float] = []
    parts = (text or "").split()
    index = 0
    while index < len(parts) and len(found) < most:
        if parts[index] == "g" and index + 2 < len(parts):
            count, value = numbers(f"{parts[index + 1]} {parts[index + 2]}", 2)[:2]
            found.extend([value] * max(0, min(int(count), most - len(found))))
            index += 3
        else:
            found.extend(numbers(parts[index]))
            index += 1
    return found


def figures(data: str, most: int) -> Iterator[list[tuple[float, float]]]:
    """The straight figures of AbbreviatedData as point lists, broken at curves; at most `most` tokens are read."""
    points: list[tuple[float, float]] = []
    operator = ""
    operands: list[float] = []
    for number, match in enumerate(_TOKEN.finditer(data)):
        if number > most:
            break
        token = match.group()
        if token.isalpha():
            if token == "C" and points:
                points.append(points[0])
            operator, operands = token, []
            continue
        operands.append(float(token))
        if len(operands) < _OPERANDS.get(operator, 2) or operator == "C":
            continue
        point = (operands[-2], operands[-1])
        if operator == "L":
            points.append(point)
        else:
            if len(points) > 1:
                yield points
            points = [point]
        operands = []
    if len(points) > 1:
        yield points
