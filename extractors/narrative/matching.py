"""Names of indicators as texts write them, told apart although they drift."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from extractors.report import Indicator
from extractors.values import normalise, strip_weight_from_name, unit_from_name

_NOISE = re.compile(r"[“”\"'‘’《》()（）、,，.。:：;；·\-—★☆\s]|^指标\d+")
_SURE, _MARGIN = 0.84, 0.04


@dataclass(frozen=True, slots=True)
class Match:
    """The indicator a name speaks of, and how alike the names are (0 to 1)."""

    indicator: Indicator
    score: float


@lru_cache(maxsize=4096)
def comparable(name: str) -> str:
    """A name without its weight, unit, quotes and punctuation."""
    bare = strip_weight_from_name(normalise(name))[0]
    return _NOISE.sub("", unit_from_name(bare)[0])


_COUNTING = re.compile(r"(?:数量|个数|次数|人次数|人次|人数|场次|件数|户数|数)$")


@lru_cache(maxsize=4096)
def core(name: str) -> str:
    """A comparable name without the word that says that things are counted: 开展检查次数 -> 开展检查."""
    bare = comparable(name)
    short = _COUNTING.sub("", bare)
    return short if len(short) >= 4 else bare


def best_match(name: str, indicators: Sequence[Indicator], least: float = _SURE) -> Match | None:
    """The indicator with that name; None where none is alike enough or two are equally so."""
    wanted = comparable(name)
    if len(wanted) < 2:
        return None
    scored = sorted(
        ((alike(wanted, comparable(indicator.name)), -number) for number, indicator in enumerate(indicators)),
        reverse=True,
    )
    if not scored or scored[0][0] < least:
        return None
    if len(scored) > 1 and scored[1][0] > scored[0][0] - _MARGIN and scored[0][0] < 1:
        return None
    if len(scored) > 1 and scored[0][0] == scored[1][0] == 1:
        return None
    return Match(indicators[-scored[0][1]], round(scored[0][0], 4))


def alike(first: str, second: str) -> float:
    """How alike two comparable names are: 1 for the same, little less where one only adds a word or two."""
    if not first or not second:
        return 0.0
    if first == second:
        return 1.0
    score = fuzz.ratio(first, second) / 100
    short, long = sorted((first, second), key=len)
    if len(short) >= 6 and short in long:
        score = max(score, 0.86)
    return score


def shared_run(first: str, second: str) -> int:
    """The length of the longest run of characters that two names share."""
    best = 0
    previous = [0] * (len(second) + 1)
    for character in first:
        current = [0]
        for position, other in enumerate(second):
            current.append(previous[position] + 1 if character == other else 0)
        best = max(best, max(current))
        previous = current
    return best
