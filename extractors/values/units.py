"""Units as data: what a printed unit measures, its factor to the base unit, and the scale words before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from extractors.values.text import any_of, load_vocabulary, normalise

_TABLE = load_vocabulary("units.yaml")
SCALES: dict[str, Decimal] = {word: Decimal(factor) for word, factor in _TABLE["scales"].items()}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its printed symbol, what it measures, and its factor to the dimension's base unit.

    divisor: 100 for percent, 1000 for per mille: the printed number is divided by it.
    scale: what a scale word inside the unit multiplies by (万亩 -> 10000), 1 for money, whose units keep theirs.
    """

    symbol: str
    dimension: str
    base: Decimal
    divisor: Decimal = Decimal(1)
    scale: Decimal = Decimal(1)


def _read_units() -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for words in _TABLE["counts"]:
        for word in words:
            units[normalise(word)] = Unit(word, f"count:{words[0]}", Decimal(1))
    for dimension, table in _TABLE["dimensions"].items():
        for word, factor in table.items():
            units[normalise(word)] = Unit(word, dimension, Decimal(factor))
    for dimension, table in _TABLE["fractions"].items():
        for word, divisor in table.items():
            symbol = "%" if dimension == "percent" else word
            units[normalise(word)] = Unit(symbol, dimension, Decimal(1), Decimal(divisor))
    return units


UNITS = _read_units()


SCALE_PATTERN = any_of(SCALES)
ATOM_PATTERN = any_of(UNITS)
UNIT_PATTERN = rf"(?:{ATOM_PATTERN})(?:(?:/|每|\*|·|\.|×|•)(?:{ATOM_PATTERN}))*"
CELL_UNIT_PATTERN = rf"(?:{UNIT_PATTERN}(?:/(?:(?!以[上下内]|左右|之内)[\u3400-\u9fff]){{1,4}}(?:[/·*.×•](?:{ATOM_PATTERN}))*)?)"
"""In a cell of its own a unit may be told for each of something that counts nowhere else: 元/生·年, 元/课时."""
_SCALED = re.compile(
    rf"(?:(?P<scale>{SCALE_PATTERN})(?P<unit>{CELL_UNIT_PATTERN})|(?P<plain>{CELL_UNIT_PATTERN}))"
)
_SPLIT = re.compile(r"/|每|\*|·|\.|×|•")
_YEARLY = "年"


@lru_cache(maxsize=4096)
def find_unit(text: str) -> Unit | None:
    """The unit that `text` names as a whole (亩, 万元, 万人次, 元/人*月), None for anything else."""
    symbol = normalise(text)
    if symbol in UNITS:
        return UNITS[symbol]
    match = _SCALED.fullmatch(symbol)
    if match is None:
        return None
    if match["plain"]:
        return _composite(match["plain"])
    unit = find_unit(match["unit"])
    if unit is None or unit.divisor != 1:
        return None
    return Unit(unit.symbol, unit.dimension, unit.base, scale=SCALES[match["scale"]] * unit.scale)


def _composite(symbol: str) -> Unit | None:
    parts = _SPLIT.split(symbol)
    first = UNITS.get(parts[0])
    if first is None:
        return None
    dimensions = [UNITS[part].dimension if part in UNITS else f"count:{part}" for part in parts]
    if len(set(dimensions)) == 1:
        return first if dimensions[0] == "money" else Unit(symbol, dimensions[0], Decimal(1))
    rest = [part for part in parts[1:] if part != _YEARLY]  # a report covers a year: 4次/年 are 4次
    return Unit(symbol, "/".join([first.dimension, *rest]), first.base, first.divisor)


def default_unit(text: str | None) -> Unit | None:
    """The unit a header, column or name gives; words that no vocabulary knows count themselves."""
    symbol = normalise(text or "").strip("()")
    if not symbol or symbol in {"/", "-", "—", "无", "文字描述", "定性"}:
        return None
    return find_unit(symbol) or Unit(symbol, f"count:{symbol}", Decimal(1))
