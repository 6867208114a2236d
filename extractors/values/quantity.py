"""One cell's answer -> Quantity: bound, number, scale, unit; or range, date, ratio, compound, words, nothing.

Grammar: RULES section 5. A figure inside a sentence is words, unless the figure is plainly the answer
(达到95%, 共12次): what cannot be decided stays qualitative.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from extractors.report import Quantity
from extractors.values.dates import read_date
from extractors.values.numerals import CHINESE, PLAIN, RUN, SPACE_GROUPS, Number, read_chinese, read_digits
from extractors.values.text import (
    any_of,
    comparator_words,
    is_marker,
    is_placeholder,
    normalise,
    strip_prompt,
)
from extractors.values.units import (
    CELL_UNIT_PATTERN,
    SCALE_PATTERN,
    SCALES,
    Unit,
    default_unit,
    find_unit,
)

_WORDS = comparator_words()


def _by_word(table: dict[str, list[str]]) -> dict[str, str]:
    return {normalise(word): code for code, words in table.items() for word in words}


_BEFORE, _AFTER = _by_word(_WORDS["before"]), _by_word(_WORDS["after"])
_MORE = any_of(_WORDS["more"])
_IDEOGRAPH = "\u3400-\u9fff"
_LEAD = "|".join(sorted("|".join(_WORDS["lead"]).split("|"), key=len, reverse=True))
_BOUND_AT_END = re.compile(rf"(?P<bound>{any_of(_BEFORE)})(?:到|至|了)?$")
_LEAD_ONLY = re.compile(rf"(?:{_LEAD}|[:,了到至])*")
_LEAD_VERB = re.compile(_WORDS["lead_verbs"])
_NAME_END = re.compile(_WORDS["name_ends"])
_REFUSED_BEFORE = re.compile(_WORDS["refused_before"])
_REFUSED_TAIL = re.compile(_WORDS["refused_tail"])
_NO_COUNTER = re.compile(_WORDS["no_counter"])
_NAMES_WITH_DIGITS = re.compile(_WORDS["names_with_digits"])
_UNIT = CELL_UNIT_PATTERN
_BEHIND = re.compile(
    rf"(?:\(?(?P<plain>{_UNIT})\)?|(?P<scale>{SCALE_PATTERN})?(?P<more>{_MORE})?\(?(?P<unit>{_UNIT})?\)?)"
    rf"(?P<more2>{_MORE})?(?P<suffix>{any_of(_AFTER)})?(?P<tail>[{_IDEOGRAPH}]{{0,8}}?)(?P<suffix2>{any_of(_AFTER)})?"
)
_MEASURE = rf"(?:{SCALE_PATTERN})?(?:{_UNIT})?"
_RANGE = re.compile(
    rf"(?P<low>{PLAIN})(?P<low_unit>{_MEASURE})(?:-|—+|~|至|到|--)(?P<high>{PLAIN})(?P<behind>.*)", re.DOTALL
)
_LEADING_SCALE = re.compile(rf"^(?:{SCALE_PATTERN})")
_RATIO = re.compile(rf"(?P<first>{PLAIN}):(?P<second>{PLAIN})")
_CHINESE_ANSWER = re.compile(
    rf"(?P<bound>(?:{any_of(_BEFORE)})?)(?P<word>{CHINESE})(?P<behind>(?:{_MORE})?(?:{_UNIT}).*|(?:{_MORE})?)",
    re.DOTALL,
)
_HUNDREDTHS = re.compile(rf"(?P<bound>.*?)(?P<part>百|千)分之(?P<word>{CHINESE})(?P<behind>.*)")
_ZERO = re.compile(rf"(?:零|0)(?:{_WORDS['zero_nouns']})")
_SEPARATORS = re.compile(r"和|、|;|(?<!\d),|,(?!\d)|\n|且|及|与")
_COMMENT = re.compile(r"\([^()\d]*\)$")
_REMARK = re.compile(
    rf"(?P<head>[^()]*\d[^()]*)\((?P<remark>(?=[^()]*[{_IDEOGRAPH}]{{2}})[^()]*\d[^()]*|\d+/\d+)\)"
)
_CORRECTS = re.compile(_WORDS["correcting_remarks"])
_QUOTES = "“”\"'‘’ "
_POWER = re.compile(r"(?<=[\d\s/万亿])(k?m|K?M)([23])(?!\d)")
_TWO_SIDED = re.compile(
    rf"(?:[≥>]=?(?P<low1>{PLAIN})(?P<unit1>{_MEASURE}),?且?[≤<]=?(?P<high1>{PLAIN})(?P<unit2>{_MEASURE})"
    rf"|(?P<low2>{PLAIN})(?P<unit3>{_MEASURE})[≤<]=?[A-Za-z值]?[≤<]=?(?P<high2>{PLAIN})(?P<unit4>{_MEASURE}))"
)
_DURATIONS = frozenset({"duration", "workdays", "months"})


def parse_quantity(text: str, name_unit: str | None = None, column_unit: str | None = None) -> Quantity:
    """Parse the text of a target or actual cell.

    name_unit, column_unit: the unit in the indicator's name and in the form's unit column; defaults for a
    number printed without one (the column's wins), never multiplied twice. Percent comes back as a fraction,
    counts multiplied out, money in the unit printed. Dates: low and high are days as YYYYMMDD (MMDD where no
    year is printed). Never raises.
    """
    return _parse(text, column_unit or name_unit)


@lru_cache(maxsize=16384)
def _parse(text: str, unit_text: str | None) -> Quantity:
    plain = normalise(text)
    if not plain:
        return Quantity("blank", text)
    if is_marker(text):
        return Quantity("marker", text)
    if is_placeholder(text):
        return Quantity("placeholder", text)
    answer = _trim(strip_prompt(plain))
    if unit_text in {"月", "月份"} and re.fullmatch(r"[1-9]|1[0-2]", answer):
        answer += "月"  # a month of the year, not a number of months (个月)
    unit = default_unit(unit_text)
    for reader in (
        _read_date,
        _read_two_sided,
        _read_range,
        _read_ratio,
        _read_single,
        _read_words_number,
        _read_compound,
    ):
        quantity = reader(answer, text, unit)
        if quantity is not None:
            return quantity
    return _read_remarked(answer, text, unit) or Quantity("qualitative", text)


def _read_remarked(answer: str, text: str, unit: Unit | None) -> Quantity | None:
    """93.6%（发放问卷1200份，有效回收1146份）: one number, and a remark in brackets that tells more figures."""
    match = _REMARK.fullmatch(answer)
    if match is None or _CORRECTS.search(match["remark"]):
        return None
    return _read_single(match["head"].strip(), text, unit)


def _trim(plain: str) -> str:
    answer = _POWER.sub(lambda match: match[1] + "²³"[int(match[2]) - 2], plain.strip(_QUOTES))
    answer = answer.rstrip("。;,、.").strip()
    if answer.startswith("(") and answer.endswith(")") and answer.count("(") == 1 == answer.count(")"):
        answer = answer[1:-1]
    return answer


def _read_date(answer: str, text: str, unit: Unit | None) -> Quantity | None:
    if unit is not None and not re.search("[年月底]", answer):
        return None  # 2022.12 under 万元 is an amount
    return read_date(answer, text)


def _read_single(answer: str, text: str, unit: Unit | None) -> Quantity | None:
    masked = _NAMES_WITH_DIGITS.sub(lambda match: "#" * len(match[0]), answer)
    if SPACE_GROUPS.search(masked):
        masked = SPACE_GROUPS.sub(lambda match: match[0].replace(" ", ","), masked)
    masked = masked.replace(" ", "") if not re.search(r"\d \d", masked) else masked
    runs = list(RUN.finditer(masked))
    if len(runs) != 1:
        return _read_scientific(masked, text, unit)
    number = read_digits(runs[0][0])
    if number is None:
        return None
    before, behind = masked[: runs[0].start()], masked[runs[0].end() :]
    if before[-1:] in {"-", "+"}:
        if before[-1] == "-":
            number = Number(-number.value, number.step)
        before = before[:-1]
    bound = _read_before(before)
    if bound is None:
        return None
    return _finish(number, bound, behind, text, unit)


def _read_scientific(masked: str, text: str, unit: Unit | None) -> Quantity | None:
    if not re.fullmatch(r"\d(?:\.\d+)?[eE][+-]?\d{1,2}", masked):
        return None
    value = Decimal(masked)
    return _measure(Number(Decimal(f"{value:f}"), Decimal(1)), unit, Decimal(1), "", text)


def _read_before(before: str) -> str | None:
    """The bound that the words before a number say ('' for none); None when they are more than a lead."""
    match = _BOUND_AT_END.search(before)
    bound = _BEFORE[match["bound"]] if match else ""
    lead = before[: match.start()] if match else before
    if not lead or _LEAD_ONLY.fullmatch(lead):
        return bound
    if len(lead) > 20 or re.search(r"[。;,!?/]", lead) or _REFUSED_BEFORE.search(lead):
        return None
    if bound or _NAME_END.search(lead) or (len(lead) <= 12 and _LEAD_VERB.match(lead)):
        return bound
    return None


def _finish(number: Number, bound: str, behind: str, text: str, unit: Unit | None) -> Quantity | None:
    """Read scale, unit and suffix behind a number; None when more follows than a unit and a short noun."""
    match = _BEHIND.fullmatch(behind) or _BEHIND.fullmatch(_COMMENT.sub("", behind))
    if match is None:
        return None
    printed = match["plain"] or match["unit"]
    tail = match["tail"]
    # Under a unit of its own only that word again is a unit: 4860卷 under 档案卷数.
    counted = not printed and bool(tail) and (unit is None or unit.symbol == tail)
    counter = _counter(tail) if counted else None
    if tail and counter is None and (not printed or _REFUSED_TAIL.search(tail)):
        return None
    own = find_unit(printed) if printed else counter
    if own is not None and own.symbol == "年" and 1900 < number.value < 2100:
        return None  # a year, not a duration
    suffix = match["suffix"] or match["suffix2"]
    code = bound or (_AFTER[suffix] if suffix else "") or ("GT" if match["more"] or match["more2"] else "")
    if bound == "APPROX" and suffix:
        code = _AFTER[suffix]
    scale = SCALES[match["scale"]] if match["scale"] else Decimal(1)
    if own is None and match["scale"] and unit is not None:
        return _scaled_default(number, unit, match["scale"], scale, code, text)
    if own is None and unit is not None:
        scale *= unit.scale
    return _measure(number, own or unit, scale * (own.scale if own else 1), code, text)


def _counter(word: str) -> Unit | None:
    """A short word behind the number that no vocabulary knows counts itself (5990卷), unless it says something else."""
    if len(word) > 3 or _REFUSED_TAIL.search(word) or _NO_COUNTER.search(word):
        return None
    return Unit(word, f"count:{word}", Decimal(1))


def _scaled_default(number: Number, unit: Unit, word: str, scale: Decimal, code: str, text: str) -> Quantity:
    """2.3万 under a default unit: 亩 -> 23000 亩, 元 or 万元 -> 2.3 万元, 亿元 for 2亿 -> 2 亿元."""
    if unit.dimension == "money":
        return _measure(number, find_unit(f"{word}元") or unit, Decimal(1), code, text)
    if unit.divisor != 1:
        return _measure(number, None, scale, code, text)
    return _measure(number, unit, scale, code, text)


def _measure(number: Number, unit: Unit | None, scale: Decimal, code: str, text: str) -> Quantity:
    if unit is None:
        value, step = number.value * scale, number.step * scale
        return Quantity("number", text, code or None, value, value, value, step=step)
    if unit.dimension == "money" and scale != 1:
        scaled = (
            find_unit({10000: "万元", 100000000: "亿元", 1000: "千元"}.get(int(scale), "")) if scale else None
        )
        if scaled is not None and unit.symbol == "元":
            unit, scale = scaled, Decimal(1)
    value, step = number.value * scale / unit.divisor, number.step * scale / unit.divisor
    kind = "duration" if unit.dimension in _DURATIONS else "number"
    return Quantity(
        kind, text, code or None, value, value, value, unit.symbol, unit.dimension, unit.base, step
    )


def _read_two_sided(answer: str, text: str, unit: Unit | None) -> Quantity | None:
    """≥90%且≤110%, 90%≤X≤110%."""
    match = _TWO_SIDED.fullmatch(answer.replace(" ", ""))
    if match is None:
        return None
    low, high = match["low1"] or match["low2"], match["high1"] or match["high2"]
    low_unit, high_unit = match["unit1"] or match["unit3"] or "", match["unit2"] or match["unit4"] or ""
    return _read_range(f"{low}{low_unit}-{high}{high_unit}", text, unit)


def _read_range(answer: str, text: str, unit: Unit | None) -> Quantity | None:
    match = re.search(r"\d", answer)
    if match is None:
        return None
    before, rest = answer[: match.start()], answer[match.start() :].replace(" ", "")
    found = _RANGE.fullmatch(rest)
    bound = _read_before(before) if found else None
    if found is None or bound is None or before[-1:] in {"-", "+"}:
        return None
    low, high = read_digits(found["low"]), read_digits(found["high"])
    if low is None or high is None:
        return None
    last = _finish(high, "", found["behind"], text, unit)
    if last is None:
        return None
    low_unit = found["low_unit"] or found["behind"]
    if low_unit in SCALES:  # 1.5万-2万亩: the unit stands at the end only
        low_unit += _LEADING_SCALE.sub("", found["behind"], count=1)
    first = _finish(low, "", low_unit, text, unit)
    if (
        first is None
        or first.value is None
        or last.value is None
        or last.comparator not in {None, "APPROX", "LE"}
    ):
        return None
    if first.dimension != last.dimension or first.base != last.base or first.value > last.value:
        return None
    step = max(first.step or Decimal(0), last.step or Decimal(0))
    return Quantity(
        "range", text, None, None, first.value, last.value, last.unit, last.dimension, last.base, step
    )


def _read_ratio(answer: str, text: str, unit: Unit | None) -> Quantity | None:
    match = _RATIO.fullmatch(answer.replace(" ", ""))
    if match is None or re.fullmatch(r"0\d|[5-9]:[0-5]\d|[12]\d:[0-5]\d|\d+:0\d", match[0]):
        return None  # a time of day
    first, second = read_digits(match["first"]), read_digits(match["second"])
    if first is None or second is None or not second.value:
        return None
    value = first.value / second.value
    return Quantity(
        "ratio", text, None, value, value, value, None, "ratio", Decimal(1), first.step / second.value
    )


def _read_words_number(answer: str, text: str, unit: Unit | None) -> Quantity | None:
    """十四个, 两次, 百分之九十五, 百分百, 零投诉."""
    if answer in {"百分百", "百分之百"}:
        return _measure(Number(Decimal(100), Decimal(1)), find_unit("%"), Decimal(1), "", text)
    if _ZERO.fullmatch(answer):
        counted = unit if unit and unit.dimension != "percent" else None  # 0投诉 under % is no 0 %
        return _measure(Number(Decimal(0), Decimal(1)), counted, Decimal(1), "", text)
    match = _HUNDREDTHS.fullmatch(answer)
    if match is not None:
        number, bound = read_chinese(match["word"]), _read_before(match["bound"])
        sign = "%" if match["part"] == "百" else "‰"
        if number is None or bound is None:
            return None
        return _finish(number, bound, sign + match["behind"], text, unit)
    match = _CHINESE_ANSWER.fullmatch(answer)
    if match is None:
        return None
    number = read_chinese(match["word"])
    if number is None or (not match["behind"] and len(match["word"]) == 1 and match["word"] not in "十零两"):
        return None
    behind = _BEHIND.fullmatch(match["behind"])
    if behind is None or behind["tail"]:
        return None  # 一次性, 一批重点工程: words that begin with a numeral
    return _finish(number, _BEFORE.get(match["bound"], ""), match["behind"], text, unit)


def split_compound(
    text: str, name_unit: str | None = None, column_unit: str | None = None
) -> tuple[Quantity, ...]:
    """The measures of one cell that holds several (基本支出10万元和项目支出20万元); empty where it does not."""
    answer = _trim(strip_prompt(normalise(text)))
    return tuple(_parts(answer, default_unit(column_unit or name_unit)))


def _parts(answer: str, unit: Unit | None) -> Iterator[Quantity]:
    pieces = [piece.strip() for piece in _SEPARATORS.split(answer) if piece.strip()]
    if len(pieces) < 2:
        return
    found = [_piece(piece, unit) for piece in pieces]
    if all(quantity is not None for quantity in found):
        yield from (quantity for quantity in found if quantity is not None)


def _piece(piece: str, unit: Unit | None) -> Quantity | None:
    runs = list(RUN.finditer(piece))
    if len(runs) != 1 or read_digits(runs[0][0]) is None:
        return None
    whole = _read_single(piece, piece, unit)
    if whole is not None:
        return whole
    number = read_digits(runs[0][0])
    bound = _BOUND_AT_END.search(piece[: runs[0].start()])
    name = piece[: bound.start()] if bound else piece[: runs[0].start()]
    if (
        number is None
        or not re.fullmatch(rf"[{_IDEOGRAPH}()]{{2,12}}:?", name)
        or _REFUSED_BEFORE.search(name)
    ):
        return None
    return _finish(number, _BEFORE[bound["bound"]] if bound else "", piece[runs[0].end() :], piece, unit)


def _read_compound(answer: str, text: str, unit: Unit | None) -> Quantity | None:
    return Quantity("compound", text) if len(list(_parts(answer, unit))) > 1 else None
