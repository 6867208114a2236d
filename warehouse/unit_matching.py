"""Which unit of the roster a printed name means. Conservative: two units confused cost more than one left unmatched."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

ALIKE = 90.0
"""Least likeness (0-100) of the bureau's name after the region is split off."""

MARGIN = 4.0
"""How much better the best must be than the next."""

_REGION = re.compile(
    r"^((?:[\u4e00-\u9fa5]{2,8}?(?:省|自治区|自治州|地区|盟|市|县|区|旗))+)(?=[\u4e00-\u9fa5]{2,})"
)
_TELLING = re.compile(
    r"[0-9〇零一二三四五六七八九十百东南西北中上下前后左右大小新老男女甲乙丙丁ABCD]", re.IGNORECASE
)
"""Characters that tell sister units apart (第一小学, 第二小学; 东城, 西城): never the only difference."""


@dataclass(frozen=True, slots=True)
class RosterUnit:
    """A unit as the matcher needs it."""

    name: str
    region: str | None = None
    code: str | None = None
    aliases: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """The unit, how it was found (code, exact, alias, normalised, fuzzy, file_name), and how alike (0 to 1)."""

    unit: RosterUnit
    how: str
    score: float


@lru_cache(maxsize=200_000)
def name_key(name: str) -> str:
    """A name without what never tells units apart: width, spaces, punctuation, letter case. Brackets' content stays."""
    return re.sub(r"[\s、，,。.:：;；·“”\"《》<>()（）★*_-]", "", unicodedata.normalize("NFKC", name)).lower()


@lru_cache(maxsize=200_000)
def split_region(name: str) -> tuple[str, str]:
    """`安远县自然资源局` -> (`安远县`, `自然资源局`); the region is empty where the name does not begin with one."""
    match = _REGION.match(name)
    return (match.group(1), name[match.end() :]) if match else ("", name)


class UnitMatcher:
    """Looks names up in one roster."""

    def __init__(self, units: Iterable[RosterUnit]):
        """Builds the indexes; a key that means two units means none."""
        self._by_code: dict[str, list[RosterUnit]] = defaultdict(list)
        self._exact: dict[str, list[RosterUnit]] = defaultdict(list)
        self._alias: dict[str, list[RosterUnit]] = defaultdict(list)
        self._normal: dict[str, list[RosterUnit]] = defaultdict(list)
        self._bureaus: dict[str, list[tuple[str, RosterUnit]]] = defaultdict(list)
        self._cache: dict[tuple[str, str, str], UnitMatch | None] = {}
        self._names: list[tuple[str, RosterUnit]] = []
        for unit in units:
            if unit.code:
                self._by_code[unit.code].append(unit)
            self._exact[unit.name].append(unit)
            key = name_key(unit.name)
            self._normal[key].append(unit)
            if unit.region:
                self._normal[name_key(unit.region + unit.name)].append(unit)
            for alias in unit.aliases or ():
                self._alias[name_key(alias)].append(unit)
            for text in (key, *(name_key(a) for a in unit.aliases or ())):
                if len(text) >= 4:
                    self._names.append((text, unit))
            region, bureau = split_region(key)
            self._bureaus[region or name_key(unit.region or "")].append((bureau, unit))
        self._names.sort(key=lambda pair: -len(pair[0]))

    def match(self, name: str | None, code: str | None = None, region: str | None = None) -> UnitMatch | None:
        """The one unit meant by a printed name (with its code and region where printed), or None."""
        key = (name or "", code or "", region or "")
        if key not in self._cache:
            self._cache[key] = self._look_up(*key)
        return self._cache[key]

    def match_path(self, path: str) -> UnitMatch | None:
        """The one unit whose name or alias stands in a file's path; the longest name wins, two different ones give None."""
        text = name_key(path)
        found: list[tuple[str, RosterUnit]] = []
        for name, unit in self._names:
            if name in text and not any(name in longer for longer, _ in found):
                found.append((name, unit))
        units = {id(unit): unit for _, unit in found}
        return UnitMatch(next(iter(units.values())), "file_name", 0.9) if len(units) == 1 else None

    def _look_up(self, name: str, code: str, region: str) -> UnitMatch | None:
        if code and len(self._by_code.get(code, ())) == 1:
            return UnitMatch(self._by_code[code][0], "code", 1.0)
        if not name:
            return None
        key = name_key(name)
        for how, candidates in (
            ("exact", self._exact.get(name, [])),
            ("alias", self._alias.get(key, [])),
            ("normalised", self._normal.get(key, [])),
        ):
            unit = _only(candidates, region)
            if unit:
                return UnitMatch(unit, how, 1.0)
            if len({id(c) for c in candidates}) > 1:
                return None
        return self._alike(key, name_key(region))

    def _alike(self, key: str, region: str) -> UnitMatch | None:
        own_region, bureau = split_region(key)
        pool = self._bureaus.get(own_region or region, [])
        if len(bureau) < 4 or not pool:
            return None
        ranked = process.extract(
            bureau, [text for text, _ in pool], scorer=fuzz.ratio, limit=2, score_cutoff=ALIKE - MARGIN
        )
        if not ranked or ranked[0][1] < ALIKE or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < MARGIN):
            return None
        text, score, at = ranked[0]
        if _TELLING.search(_difference(bureau, text)):
            return None
        return UnitMatch(pool[at][1], "fuzzy", score / 100)


def _only(candidates: Sequence[RosterUnit], region: str) -> RosterUnit | None:
    distinct = list({id(unit): unit for unit in candidates}.values())
    if len(distinct) > 1 and region:
        distinct = [unit for unit in distinct if unit.region and name_key(unit.region) == name_key(region)]
    if len(distinct) != 1:
        return None
    unit = distinct[0]
    # a bare bureau name (自然资源局) of another region is another unit
    if region and unit.region and not _compatible(unit.region, region):
        return None
    return unit


def _compatible(one: str, other: str) -> bool:
    a, b = name_key(one), name_key(other)
    return a.endswith(b) or b.endswith(a) or a in b or b in a


def _difference(one: str, other: str) -> str:
    """The characters that stand in one name and not in the other."""
    rest = list(other)
    odd: list[str] = []
    for character in one:
        if character in rest:
            rest.remove(character)
        else:
            odd.append(character)
    return "".join(odd + rest)
