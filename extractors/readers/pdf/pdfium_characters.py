"""The characters of a PDF page through PDFium's C interface (its helper classes cost more than the work itself)."""

from __future__ import annotations

import ctypes
import itertools
import math
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

from extractors.document import Box
from extractors.readers.pdf.cleaning import drop_doubled, has_doubled, watermark_indices
from extractors.readers.pdf.marks import Glyph

_RADICALS = range(0x2E80, 0x2FE0)
_COMPATIBILITY = range(0xF900, 0xFB00)
_VERTICAL_FORMS = range(0xFE30, 0xFE50)
_PRIVATE = range(0xE000, 0xF900)
_INVISIBLE = frozenset([*range(0x21), 0xA0, 0xAD, 0x200B, 0x3000, 0xFEFF, 0xFFFE, 0xFFFF])


def characters_of(
    page: pdfium.PdfPage, left: float, top: float, max_chars: int, turned: bool
) -> tuple[list[Glyph], int, bool]:
    """The page's visible characters, how many have no known code, and whether some beyond `max_chars` were left out.

    left, top: the page's upper left corner in PDF coordinates. turned: whether some text stands at an angle; else
    the angle of every character need not be asked for.
    """
    textpage = page.get_textpage()
    try:
        return _glyphs_of(textpage.raw, left, top, max_chars, turned)
    finally:
        textpage.close()


def _glyphs_of(
    raw: Any, left: float, top: float, max_chars: int, turned: bool
) -> tuple[list[Glyph], int, bool]:
    count = max(0, c.FPDFText_CountChars(raw))
    codes = _codes(raw, min(count, max_chars))
    tight = _use_tight_boxes(raw, min(count, 400))
    plain = None if turned or tight else _plain_glyphs(raw, codes, left, top)
    if plain is not None:
        glyphs, indices, doubled = plain
        unmapped = codes.count(0)
    else:
        doubled = True
        glyphs, indices, unmapped = _careful_glyphs(raw, codes, left, top, turned, tight)
    heights = [glyph[3] - glyph[1] for glyph in glyphs]
    marks = watermark_indices(heights, lambda position: _pale(raw, indices[position]))
    if marks:
        glyphs = [glyph for position, glyph in enumerate(glyphs) if position not in marks]
    return drop_doubled(glyphs) if doubled else glyphs, unmapped, count > max_chars


def _plain_glyphs(
    raw: Any, codes: list[int], left: float, top: float
) -> tuple[list[Glyph], list[int], bool] | None:
    """The characters of a page where none needs a second look, their numbers, and whether some may be printed twice;
    None where some need that look.

    The loop over the characters runs inside `map`, without a step of Python for each.
    """
    distinct = sorted(set(codes) - _INVISIBLE)
    if any(0xD800 <= code < 0xF900 or code == 0xFFFD for code in distinct):
        return None
    texts = {code: _character(code) for code in distinct}
    indices = [index for index, code in enumerate(codes) if code in texts]
    boxes = (c.FS_RECTF * len(indices))()
    first, step = ctypes.addressof(boxes), ctypes.sizeof(c.FS_RECTF)
    page = ctypes.cast(raw, ctypes.c_void_p).value
    targets = range(first, first + step * len(indices), step)
    if not all(map(_loose_box(), itertools.repeat(page), indices, targets)):
        return None
    new = tuple.__new__  # the named tuple's own constructor takes twice as long
    flat = memoryview(boxes).cast("B").cast("f").tolist() if indices else []
    shown = [codes[index] for index in indices]
    numbers = iter(flat)
    glyphs = [
        new(Glyph, (x0 - left, top - y1, x1 - left, top - y0, texts[code], 0, 1.0))
        for x0, y1, x1, y0, code in zip(numbers, numbers, numbers, numbers, shown, strict=True)
    ]
    return glyphs, indices, has_doubled(shown, boxes)


@cache
def _loose_box() -> Callable[..., int]:
    """PDFium's function taking addresses as numbers: converting pointers costs more than the call."""
    kind = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
    return ctypes.cast(c.FPDFText_GetLooseCharBox, kind)


def _careful_glyphs(
    raw: Any, codes: list[int], left: float, top: float, turned: bool, tight: bool
) -> tuple[list[Glyph], list[int], int]:
    """The characters one by one, their numbers, and how many have no known code."""
    loose_box, angle_of = c.FPDFText_GetLooseCharBox, c.FPDFText_GetCharAngle
    rect = c.FS_RECTF()
    reference = ctypes.byref(rect)
    new = tuple.__new__
    glyphs: list[Glyph] = []
    indices: list[int] = []
    unmapped = 0
    high = 0
    for index, code in enumerate(codes):
        if code in _INVISIBLE:
            unmapped += code == 0
            continue
        if code >= 0xD800:
            code, high = _beyond(code, high)
            if not code:
                continue
            unmapped += code in _PRIVATE or code == 0xFFFD
        if not loose_box(raw, index, reference):
            continue
        angle = _quarter(angle_of(raw, index)) if turned else 0
        if angle is None:
            continue  # a watermark across the page: no form is written at an angle
        box = _tight_box(raw, index) if tight else None
        x0, y1, x1, y0 = box or (rect.left, rect.top, rect.right, rect.bottom)
        text = chr(code) if code < 0x2E80 or 0x2FDF < code < 0xF900 else _character(code)
        glyphs.append(new(Glyph, (x0 - left, top - y1, x1 - left, top - y0, text, angle, 1.0)))
        indices.append(index)
    return glyphs, indices, unmapped


def _codes(raw: Any, count: int) -> list[int]:
    """The codes of the first characters; in one call where PDFium's text has one unit a character."""
    buffer = (ctypes.c_ushort * (count + 1))()
    if c.FPDFText_GetText(raw, 0, count, buffer) == count + 1:
        return buffer[:count]
    return [c.FPDFText_GetUnicode(raw, index) for index in range(count)]


def _beyond(code: int, high: int) -> tuple[int, int]:
    """A code from 0xD800 on with surrogate pairs made one: the code (0: nothing to print yet), the pending half."""
    if code < 0xDC00:
        return 0, code
    if code < 0xE000:
        return (0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0), 0
    return code, 0


def _quarter(radians: float) -> int | None:
    """PDFium's clockwise angle as counter-clockwise quarter turn in degrees; None for what stands askew."""
    angle = round(math.degrees(radians)) % 360
    if 2 < angle % 90 < 88:
        return None
    return -round(angle / 90) % 4 * 90


def _pale(raw: Any, index: int) -> bool:
    """Whether a character is printed light (every channel, or seen through)."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not c.FPDFText_GetFillColor(raw, index, red, green, blue, alpha):
        return False
    luminance = 0.3 * red.value + 0.59 * green.value + 0.11 * blue.value
    return alpha.value < 160 or luminance > 150


def _character(code: int) -> str:
    """The character, with radicals and presentation forms that PDF fonts carry folded to the characters they mean."""
    if code in _RADICALS or code in _COMPATIBILITY or code in _VERTICAL_FORMS:
        return unicodedata.normalize("NFKC", chr(code))
    return chr(code)


def _tight_box(raw: Any, index: int) -> Box | None:
    x0, x1, y0, y1 = ctypes.c_double(), ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
    if not c.FPDFText_GetCharBox(raw, index, x0, x1, y0, y1):
        return None
    return (x0.value, y1.value, x1.value, y0.value)


def _use_tight_boxes(raw: Any, count: int) -> bool:
    """Whether the fonts' own heights are nonsense (boxes that do not hold their characters), judged on a sample."""
    rect = c.FS_RECTF()
    seen = wrong = 0
    for index in range(0, count, max(1, count // 24)):
        if c.FPDFText_GetUnicode(raw, index) <= 0x20 or not c.FPDFText_GetLooseCharBox(raw, index, rect):
            continue
        box = _tight_box(raw, index)
        if box is None or box[1] <= box[3]:
            continue
        seen += 1
        middle = (box[1] + box[3]) / 2
        wrong += not (rect.bottom <= middle <= rect.top)
    return seen > 0 and wrong > seen / 2
