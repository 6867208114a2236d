"""Digits and Chinese numerals -> exact decimals with the smallest difference they can show."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

PLAIN = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_WELL_FORMED = re.compile(rf"(?:{PLAIN}|\.\d+|\d+(?:\.\d+)?[eE][+-]?\d+)")
RUN = re.compile(r"\d[\d,.]*\d|\d|(?<![\d.])\.\d+")
SPACE_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?:\.\d+)?(?![\d,])")
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9}
_PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
CHINESE = "[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+"


class Number(NamedTuple):
    """An exact number and the smallest difference its digits can show."""

    value: Decimal
    step: Decimal


def read_digits(run: str) -> Number | None:
    """A run of digits as printed (1,234.50); None where its grouping is malformed (7,00.0,77)."""
    if not _WELL_FORMED.fullmatch(run):
        return None
    value = Decimal(run.replace(",", ""))
    exponent = value.as_tuple().exponent
    return Number(value, Decimal(1).scaleb(exponent if isinstance(exponent, int) and exponent < 0 else 0))


def read_chinese(word: str) -> Number | None:
    """十四 -> 14, 两百三十 -> 230, 一万二千 -> 12000; None for a word that is no number (万, 千百, 一百二)."""
    if len(word) > 1 and (all(character in _DIGITS for character in word) or _is_clipped(word)):
        return None  # digit by digit it is a year or a list; 一百二 leaves its last place unsaid
    total = section = 0
    digit: int | None = None
    for character in word:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _PLACES:
            if digit is None and (_PLACES[character] != 10 or section):
                return None
            section += (1 if digit is None else digit) * _PLACES[character]
            digit = None
        else:
            if not (total or section or digit):
                return None
            total = (total + section + (digit or 0)) * _MYRIADS[character]
            section, digit = 0, None
    return Number(Decimal(total + section + (digit or 0)), Decimal(1))


def _is_clipped(word: str) -> bool:
    before = word[-2]
    return word[-1] in _DIGITS and (before in _MYRIADS or _PLACES.get(before, 10) > 10)
