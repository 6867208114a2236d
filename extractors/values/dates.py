"""Dates in answers: 2021年12月31日, 9月前, 年底前, 2022-2023年, 第四季度."""

from __future__ import annotations

import calendar
import re
from decimal import Decimal

from extractors.report import Quantity

_DAY = Decimal(1)
_DONE = r"(?:全部|全面|按时|按期)?(?:完成|完工|竣工|到位|结束|开工|验收|交付|投入使用|办结)?"
_TAIL = rf"(?P<end>月?底)?(?P<before>之?前|以前|前夕)?(?:(?<=前)[\u4e00-\u9fff]{{0,10}}|{_DONE})"
_WRITTEN = re.compile(
    r"(?:于|在|截至|截止|截止到|应于|不晚于|≤|<=|不迟于)?(?:(?P<year>(?:19|20)\d\d)(?:年度?|[-./](?=\d)))?"
    r"(?:(?P<month>1[0-2]|0?[1-9])(?:月份?|[-./](?=\d)|$))?(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号]?)?" + _TAIL
)
_NUMERIC = re.compile(
    r"(?:19|20)\d\d(?:[-/](?:1[0-2]|0?[1-9])|([-./])(?:1[0-2]|0?[1-9])\1(?:3[01]|[12]\d|0?[1-9]))"
)
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])")
_MONTH_ONLY = re.compile(r"(?P<year>(?:19|20)\d\d)\.(?P<month>0[1-9]|1[0-2])")
_MONTHS = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)年)?(?P<first>1[0-2]|0?[1-9])月?(?:-|—+|~|至|到)"
    r"(?:(?P<year2>(?:19|20)\d\d)年)?(?P<last>1[0-2]|0?[1-9])月份?"
)
_YEARS = re.compile(r"(?P<first>(?:19|20)\d\d)年?(?:-|—+|~|至|到)(?P<last>(?:19|20)\d\d)年?度?")
_PERIOD = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)年)?(?P<part>年底|年末|年内|当年|全年|本年度?|上半年|下半年|第?[一二三四1-4]季度末?)"
    + _TAIL
)
_PARTS = {"上半年": (101, 630), "下半年": (701, 1231)}
_QUARTERS = {"一": (101, 331), "二": (401, 630), "三": (701, 930), "四": (1001, 1231)}


def read_date(answer: str, text: str) -> Quantity | None:
    """A date or period; low and high are its first and last day as YYYYMMDD, or MMDD without a year."""
    plain = answer.replace(" ", "")
    years = _YEARS.fullmatch(plain)
    if years is not None:
        if years["first"] > years["last"]:
            return None
        return _date(text, int(years["first"]) * 10000 + 101, int(years["last"]) * 10000 + 1231, False, True)
    months = _MONTHS.fullmatch(plain)
    if months is not None:
        return _read_months(months, text)
    compact = _COMPACT.fullmatch(plain) or _MONTH_ONLY.fullmatch(plain)
    if compact is not None:
        return _read_compact(compact, text)
    period = _PERIOD.fullmatch(plain)
    if period is not None:
        return _read_period(period, text)
    match = _WRITTEN.fullmatch(plain)
    if match is None or not (match["year"] or match["month"]):
        return None
    if not (_NUMERIC.fullmatch(plain) or "年" in plain or "月" in plain):
        return None  # 2023.6 is a number
    if match["day"] and not match["month"]:
        return None
    return _read_written(match, plain, text)


def _read_months(match: re.Match[str], text: str) -> Quantity | None:
    """1-12月, 2022年3月至2023年6月."""
    year = int(match["year"] or 0)
    last_year = int(match["year2"] or year)
    first, last = int(match["first"]), int(match["last"])
    if (last_year, last) < (year, first) or (last_year and not year):
        return None
    last_day = calendar.monthrange(last_year or 2024, last)[1]
    return _date(
        text, year * 10000 + first * 100 + 1, last_year * 10000 + last * 100 + last_day, False, bool(year)
    )


def _read_compact(match: re.Match[str], text: str) -> Quantity | None:
    """20221231, 2022.12."""
    year, month = int(match["year"]), int(match["month"])
    last_day = calendar.monthrange(year, month)[1]
    day = int(match.groupdict().get("day") or 0)
    if day > last_day:
        return None
    base = year * 10000 + month * 100
    return _date(text, base + (day or 1), base + (day or last_day), False, True)


def _read_written(match: re.Match[str], plain: str, text: str) -> Quantity | None:
    year = int(match["year"] or 0)
    month, day = int(match["month"] or 0), int(match["day"] or 0)
    last_day = calendar.monthrange(year or 2024, month)[1] if month else 31
    if day > last_day:
        return None
    low = (month or 1) * 100 + (day or 1)
    high = (month or 12) * 100 + (day or last_day)
    bounded = bool(match["before"]) or plain.startswith(("≤", "<=", "不晚于", "不迟于"))
    return _date(text, year * 10000 + low, year * 10000 + high, bounded, bool(year))


def _read_period(match: re.Match[str], text: str) -> Quantity:
    year, part = int(match["year"] or 0), match["part"]
    low, high = _PARTS.get(part, (101, 1231))
    if "季度" in part:
        names = "一二三四"
        name = part.removeprefix("第")[0]
        low, high = _QUARTERS[name if name in names else names[int(name) - 1]]
    return _date(text, year * 10000 + low, year * 10000 + high, bool(match["before"]), bool(year))


def _date(text: str, low: int, high: int, before: bool, has_year: bool) -> Quantity:
    value = Decimal(low) if low == high else None
    dimension = "date" if has_year else "date:month_day"
    return Quantity(
        "date",
        text,
        "LE" if before else None,
        value,
        Decimal(low),
        Decimal(high),
        "日期",
        dimension,
        Decimal(1),
        _DAY,
    )
