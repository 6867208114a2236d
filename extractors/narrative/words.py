"""The narrative's vocabulary, compiled."""

from __future__ import annotations

import re
from typing import Any

from extractors.values.text import load_vocabulary

WORDS: dict[str, Any] = load_vocabulary("narrative.yaml")
COUNT_WORDS = {word: count for count, word in enumerate("二三四五六七八九十", start=2)} | {"两": 2}

LEVEL_NAMES = {"output": "产出指标", "outcome": "效益指标", "satisfaction": "满意度指标"}
"""What the levels of `levels` are called."""


def pattern(name: str) -> re.Pattern[str]:
    """A regular expression of the vocabulary by its name."""
    return re.compile(WORDS[name])


def patterns(name: str) -> dict[str, re.Pattern[str]]:
    """A table of named regular expressions of the vocabulary, in its order."""
    return {key: re.compile(expression) for key, expression in WORDS[name].items()}


def first_match(table: dict[str, re.Pattern[str]], text: str) -> str | None:
    """The first name whose words occur in the text."""
    return next((name for name, expression in table.items() if expression.search(text)), None)
