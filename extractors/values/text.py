"""Printed characters made comparable, and the ways of writing nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

VOCABULARY = Path(__file__).resolve().parent.parent / "vocabulary"
_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_BRACKETS = str.maketrans("【〔［[｛{〖】〕］]｝}〗", "((((((()))))))")
_KEPT = frozenset("²³¹⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉")
_SINGLE = {
    "−": "-",
    "﹣": "-",
    "–": "-",
    "‐": "-",
    "‑": "-",
    "∶": ":",
    "﹕": ":",
    "〜": "~",
    "∼": "~",
    "﹪": "%",
}
_IDEOGRAPH = "\u3007\u3400-\u9fff"
_SPACE_AT_IDEOGRAPH = re.compile(
    rf"(?<=[{_IDEOGRAPH}（），。；：、()]) +| +(?=[{_IDEOGRAPH}（），。；：、()])"
)


def load_vocabulary(name: str) -> dict[str, Any]:
    """A vocabulary file of this package as plain data."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((VOCABULARY / name).read_text(encoding="utf-8"), Loader=loader)


class _Folding(dict[int, str]):
    """Character by character, so that positions in the folded text are positions in the printed one."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = _SINGLE.get(character, character)
        if character.isspace() and character != "\n":
            folded = " "
        elif folded is character and code > 127 and character not in _KEPT:
            compatible = unicodedata.normalize("NFKC", character)
            # circled and bracketed digits number things; they are no figures
            if len(compatible) == 1 and not (
                compatible.isdigit() and unicodedata.category(character) == "No"
            ):
                folded = compatible
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Full-width and compatibility characters to plain ones, one for one: the length never changes."""
    return text.translate(_FOLDING)


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """A label or value in comparable form: folded, brackets to (), no zero-width marks, spaces only between words."""
    folded = fold(text)
    if not folded.isprintable() or any(mark in folded for mark in _ZERO_WIDTH):
        folded = "".join(character for character in folded if character not in _ZERO_WIDTH)
    folded = " ".join(folded.translate(_BRACKETS).split())
    return _SPACE_AT_IDEOGRAPH.sub("", folded)


_WORDS = load_vocabulary("comparators.yaml")
_MARKERS = frozenset(normalise(word) for word in _WORDS["markers"])
_PLACEHOLDERS = frozenset(normalise(word) for word in _WORDS["placeholders"])
_PATTERNS = tuple(re.compile(pattern) for pattern in _WORDS["placeholder_patterns"])
_PROMPT = re.compile(_WORDS["indicator_prompt"])


def comparator_words() -> dict[str, Any]:
    """The vocabulary of bounds and lead words."""
    return _WORDS


def any_of(words: Iterable[str]) -> str:
    """An expression that any of the words meets, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def strip_prompt(text: str) -> str:
    """Normalised text without a leading `指标1：`."""
    return _PROMPT.sub("", text, count=1).strip()


def is_blank(text: str) -> bool:
    """Nothing but spaces of any kind."""
    return not normalise(text)


def is_marker(text: str) -> bool:
    """A sign that says "nothing here": /, —, 无, 不适用, also behind a prompt (指标1：/)."""
    plain = normalise(text)
    return plain in _MARKERS or (strip_prompt(plain) in _MARKERS and plain != "")


def is_placeholder(text: str) -> bool:
    """A prompt or blank to fill that was left in: 指标2：, ……, XX, (≥**平方米), (100字以内)."""
    plain = normalise(text)
    if not plain or is_marker(plain):
        return False
    return plain in _PLACEHOLDERS or any(pattern.search(plain) for pattern in _PATTERNS)
