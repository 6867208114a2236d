"""The words sample reports are made of, read once from `vocabulary.yaml`."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def vocabulary() -> dict[str, Any]:
    """The whole vocabulary file as nested mappings."""
    text = files("flows.samples").joinpath("vocabulary.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)


def departments() -> list[str]:
    """The county departments samples are written for, in file order."""
    return list(vocabulary()["departments"])


def level1_name(key: str) -> str:
    """产出指标 for output, and so on."""
    return vocabulary()["level1"][key]


def level2_name(key: str) -> str:
    """数量指标 for quantity, and so on."""
    return vocabulary()["level2"][key]


def offered(department: str, level2: str) -> list[tuple[str, str, str, Decimal | str]]:
    """The indicators of a category for a department, its own first: (name, unit, comparator, typical target)."""
    own = vocabulary()["departments"][department].get(level2, [])
    common = vocabulary()["common"].get(level2, [])
    return [
        (name, unit, comparator, target if isinstance(target, str) else Decimal(str(target)))
        for name, unit, comparator, target in [*own, *common]
    ]
