"""A worksheet's number as printed: the cell's number format applied to its value."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

BUILT_IN: dict[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "#,##0", 6: "#,##0", 7: "#,##0.00",
    8: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy-mm-dd",
    15: "yyyy-mm-dd", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: "h:mm", 35: "h:mm:ss",
    36: 'yyyy"年"m"月"', 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "#,##0",
    43: "#,##0.00", 44: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "0.0E+0", 49: "@",
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: 'yyyy"年"m"月"', 56: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Formats that files name by number only; dates as a Chinese installation shows them."""

QUOTED = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
BRACKETED = re.compile(r"\[([^\]]*)\]")
CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
DIGITS = re.compile(r"[0#?][0#?,]*(?:\.[0#?]*)?,*|\.[0#?]+,*")
DATE_LETTERS = re.compile(r"[ymdhs]", re.I)
FRACTION = re.compile(r"[?#0]+\s*/\s*[?#0-9]+")
GENERAL_CHARS = 11
FIRST_DAY_1900 = datetime(1899, 12, 30)
FIRST_DAY_1904 = datetime(1904, 1, 1)
LAST_SERIAL = 2_958_466

Printer = Callable[[float, bool], str]
"""Value and whether the workbook counts days from 1904 -> printed text."""


def print_number(value: float, code: str, epoch_1904: bool = False) -> str:
    """The text a number shows in a cell of that format, without float noise: 0.95 in `0%` -> `95%`."""
    return printer(code)(value, epoch_1904)


@lru_cache(maxsize=512)
def printer(code: str) -> Printer:
    """A format code, compiled once."""
    sections = [_Section(text) for text in _split_sections(code)]

    if code == "General":
        return lambda value, _: print_general(value)

    def show(value: float, epoch_1904: bool) -> str:
        if len(sections) == 1 or sections[0].conditional:
            return sections[0].show(value, epoch_1904)
        if value > 0 or (value == 0 and len(sections) < 3):
            return sections[0].show(value, epoch_1904)
        if value < 0:
            # A section of its own for negatives prints no sign unless it says so; the sign must not be lost.
            shown = sections[1].show(-value, epoch_1904)
            return shown if not shown or shown[0] in "-－(（" else f"-{shown}"
        return sections[2].show(value, epoch_1904)

    return show


def print_general(value: float) -> str:
    """As the format General shows it: at most 11 characters, no exponent for ordinary amounts."""
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if abs(value) < 1e15 and value == int(value):
        return str(int(value))
    if abs(value) >= 10 ** (GENERAL_CHARS - 1):
        text = f"{value:.15g}"
    else:
        whole = len(str(int(abs(value))))
        text = f"{value:.{GENERAL_CHARS - 1 - whole}f}" if abs(value) >= 1e-4 else f"{value:.6g}"
    if "e" in text:
        text = format(Decimal(text), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _split_sections(code: str) -> list[str]:
    parts, current, quoted, skip = [], "", False, False
    for char in code:
        if skip:
            skip = False
        elif char == "\\":
            skip = True
        elif char == '"':
            quoted = not quoted
        elif char == ";" and not quoted:
            parts.append(current)
            current = ""
            continue
        current += char
    return [*parts, current][:4]


class _Section:
    """One section of a format code (positive, negative, zero)."""

    def __init__(self, code: str):
        brackets = [text.lower() for text in BRACKETED.findall(code)]
        self.conditional = any(text[:1] in "<>=" for text in brackets if text)
        self.elapsed = any(text and not text.strip("hms") for text in brackets)
        code = CURRENCY.sub(lambda match: '"' + match.group(1) + '"', code)
        code = BRACKETED.sub("", code)
        bare = QUOTED.sub("", code)
        self.code = code
        self.bare = bare
        plain = bare.strip().lower()
        self.general = plain in ("", "@") or "general" in plain or "通用" in plain or "常规" in plain
        self.empty = not code.strip()
        self.date = not self.general and bool(DATE_LETTERS.search(bare.replace("E+", "").replace("E-", "")))
        self.percent = "%" in bare
        self.exponent = "E+" in bare.upper() or "E-" in bare.upper()
        self.fraction = bool(FRACTION.search(bare)) and not self.date

    def show(self, value: float, epoch_1904: bool) -> str:
        if self.empty:
            return ""
        if self.elapsed:
            return _elapsed(value)
        if self.date:
            return _print_date(value, self.code, self.bare, epoch_1904)
        if self.general or self.exponent or self.fraction:
            return self._with_literals(print_general(value))
        return self._number(value)

    def _with_literals(self, number: str) -> str:
        if not self.general:
            return number
        literal = QUOTED.sub(lambda match: match.group(1) or match.group(2) or "", self.code)
        return re.sub(r"general|通用格式|常规|@", lambda _: number, literal, count=1, flags=re.I) or number

    def _number(self, value: float) -> str:
        template = QUOTED.sub(_hide_literal, self.code)
        match = DIGITS.search(template)
        if match is None:
            return _reveal(template)
        digits = match.group()
        whole, _, decimals = digits.partition(".")
        scale = len(digits) - len(digits.rstrip(","))
        places = sum(char in "0#?" for char in decimals)
        fixed = sum(char == "0" for char in decimals)
        try:
            amount = Decimal(f"{value:.15g}") * (100 if self.percent else 1) / 1000**scale
            amount = amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        except InvalidOperation:
            return print_general(value)
        text = f"{amount:,f}" if "," in whole.rstrip(",") else f"{amount:f}"
        text = _drop_optional_zeros(text, places, fixed)
        minimum = whole.count("0")
        sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
        if minimum > 1:
            integer, dot, rest = text.partition(".")
            text = integer.rjust(minimum, "0") + dot + rest
        if not text.strip("0.,"):
            sign = ""
            text = text if "0" in digits else ""  # # and ? print nothing for zero
        before, after = template[: match.start()], template[match.end() :]
        # Further digit groups (000-0000) would need splitting; they do not occur with figures of reports.
        return (sign + _reveal(before) + text + _reveal(DIGITS.sub("", after))).strip()


def _hide_literal(match: re.Match[str]) -> str:
    literal = match.group(1) or match.group(2) or ""
    return "".join(chr(0xF0000 + ord(char)) if ord(char) < 0x10000 else char for char in literal)


def _reveal(text: str) -> str:
    return "".join(chr(ord(char) - 0xF0000) if ord(char) >= 0xF0000 else char for char in text)


def _drop_optional_zeros(text: str, places: int, fixed: int) -> str:
    if places <= fixed:
        return text
    while places > fixed and text.endswith("0"):
        text = text[:-1]
        places -= 1
    return text.rstrip(".")


def _elapsed(value: float) -> str:
    seconds = round(value * 86_400)
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _print_date(value: float, code: str, bare: str, epoch_1904: bool) -> str:
    if not 0 <= value < LAST_SERIAL:
        return print_general(value)
    # Serial 60 is a 29 February 1900 that never was; days before it are one off.
    day = value if epoch_1904 or value >= 60 else value + 1
    moment = (FIRST_DAY_1904 if epoch_1904 else FIRST_DAY_1900) + timedelta(days=day)
    moment = (moment + timedelta(microseconds=500)).replace(microsecond=0)
    letters = bare.lower()
    has_year, has_day, has_hour = "y" in letters, "d" in letters, "h" in letters
    has_month = (
        "m" in letters and (has_year or has_day or not has_hour) and "s" not in letters.replace("ss", "s")
    )
    has_month = has_month or (has_year and "m" in letters)
    chinese = any(char in code for char in "年月日")
    parts: list[str] = []
    if has_year:
        parts.append(f"{moment.year}年" if chinese else f"{moment.year:04d}")
    if has_month:
        parts.append(f"{moment.month}月" if chinese else f"{moment.month:02d}")
    if has_day:
        parts.append(f"{moment.day}日" if chinese else f"{moment.day:02d}")
    date = ("" if chinese else "-").join(parts)
    if has_hour or not parts:
        clock = f"{moment:%H:%M:%S}" if "s" in letters else f"{moment:%H:%M}"
        return f"{date} {clock}".strip()
    return date
