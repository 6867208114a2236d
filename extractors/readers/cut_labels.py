"""Which texts are labels that a page break may have cut; the list is data, `cut_labels.yaml`."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

_WEIGHT = re.compile(r"[（(]\d+(?:\.\d+)?分?[)）]$")


@lru_cache(maxsize=1)
def _labels() -> frozenset[str]:
    listed = yaml.safe_load(Path(__file__).with_name("cut_labels.yaml").read_text(encoding="utf-8"))
    return frozenset(listed["labels"])


def is_label(text: str) -> bool:
    """Whether a text without white space is a listed label, with or without its weight in brackets."""
    return text in _labels() or _WEIGHT.sub("", text) in _labels()
