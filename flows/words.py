"""The words of words.yaml: what codes are called, in Chinese and English."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

WORDS_FILE = Path(__file__).parent / "words.yaml"


@cache
def _all() -> dict[str, dict[str, str]]:
    return yaml.safe_load(WORDS_FILE.read_text("utf-8"))


def named(kind: str, counts: dict[str, int] | dict[str, float] | dict[str, str]) -> list[tuple[str, str]]:
    """(name, value) of each code of `counts` in the order of the file, unknown codes last as they are."""
    order = _all()[kind]
    known = [(order[code], str(counts[code])) for code in order if code in counts]
    return known + [(code, str(value)) for code, value in counts.items() if code not in order]


def word(kind: str, code: str) -> str:
    """What one code is called."""
    return _all()[kind].get(code, code)
