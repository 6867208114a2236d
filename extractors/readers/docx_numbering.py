"""Automatic numbering of Word: what stands printed before a paragraph but is not in its text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
DIGITS = "〇一二三四五六七八九"
FORMAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACEHOLDER = re.compile(r"%([1-9])")
MOST = 100_000


def chinese(number: int, digits: str = DIGITS, units: str = "十百千") -> str:
    """A counting number in Chinese: 10 -> 十, 12 -> 十二, 105 -> 一百〇五."""
    if not 0 < number < 10_000:
        return str(number)
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit == 0:
            gap = bool(text)
            continue
        if gap:
            text += digits[0]
            gap = False
        lead_ten = place == 1 and digit == 1 and not text and digits is DIGITS
        text += ("" if lead_ten else digits[digit]) + (units[place - 1] if place else "")
    return text


def _letters(number: int) -> str:
    # Word goes a..z, aa, bb: the letter repeated.
    return chr(96 + (number - 1) % 26 + 1) * ((number - 1) // 26 + 1) if 0 < number < MOST else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    pairs = zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
    text = ""
    for value, letters in pairs:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


def _formal(number: int) -> str:
    return chinese(number, FORMAL_DIGITS, "拾佰仟")


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "ordinal": str,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": chinese,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "none": lambda _: "",
}


@dataclass(slots=True)
class Level:
    """One level of a list: number format, text with placeholders (`（%1）`), first number."""

    number_format: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """The lists of a document with their running counters."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)
    _counters: dict[str, dict[int, int]] = field(default_factory=dict)

    def next(self, list_id: str, level: int) -> str:
        """The printed number of the next paragraph at that level of the list; empty for bullets."""
        levels = self.lists.get(list_id)
        if levels is None or level not in levels:
            return ""
        counters = self._counters.setdefault(self.shared.get(list_id, list_id), {})
        counters[level] = counters.get(level, levels[level].start - 1) + 1
        for deeper in [other for other in counters if other > level]:
            del counters[deeper]

        def printed(match: re.Match[str]) -> str:
            position = int(match.group(1)) - 1
            shown = levels.get(position, Level())
            number = counters.get(position, shown.start)
            return FORMATS.get(shown.number_format, str)(number)

        if levels[level].number_format == "bullet":
            return ""
        return PLACEHOLDER.sub(printed, levels[level].text).strip()


def read_numbering(root: Any) -> Numbering:
    """The lists of `word/numbering.xml`."""
    abstract = {
        element.get(f"{W}abstractNumId", ""): {
            _integer(level.get(f"{W}ilvl")): _level(level) for level in element.findall(f"{W}lvl")
        }
        for element in root.findall(f"{W}abstractNum")
    }
    numbering = Numbering()
    for element in root.findall(f"{W}num"):
        list_id = element.get(f"{W}numId", "")
        link = element.find(f"{W}abstractNumId")
        abstract_id = link.get(VAL, "") if link is not None else ""
        levels = dict(abstract.get(abstract_id, {}))
        overridden = False
        for override in element.findall(f"{W}lvlOverride"):
            position = _integer(override.get(f"{W}ilvl"))
            own, start = override.find(f"{W}lvl"), override.find(f"{W}startOverride")
            level = _level(own) if own is not None else levels.get(position, Level())
            if start is not None:
                level = Level(level.number_format, level.text, _integer(start.get(VAL), 1))
                overridden = True
            levels[position] = level
        numbering.lists[list_id] = levels
        if not overridden:
            numbering.shared[list_id] = f"abstract {abstract_id}"
    return numbering


def _level(element: Any) -> Level:
    number_format, text, start = (element.find(f"{W}{name}") for name in ("numFmt", "lvlText", "start"))
    return Level(
        number_format.get(VAL, "decimal") if number_format is not None else "decimal",
        (text.get(VAL) or "") if text is not None else "",
        _integer(start.get(VAL), 1) if start is not None else 1,
    )


def _integer(text: str | None, default: int = 0) -> int:
    try:
        return max(-MOST, min(int(text or default), MOST))
    except ValueError:
        return default
