"""Level labels of an indicator table and the weights printed in them."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.forms.labels import dimension_code, normalise_label, squeeze

_LEVEL_WEIGHT = re.compile(
    r"(?:[(（\[【]\s*(?:共|计|权重)?\s*(\d+(?:\.\d+)?)\s*(?:分|%|％)?\s*[)）\]】]|(\d+(?:\.\d+)?)\s*(?:分|%))\s*$"
)
_STRAY = re.compile(r"^[)）\]】]+|[(（\[【]+$")


def level_label(text: str) -> tuple[str, Decimal | None]:
    """A level label and the weight in it: `产\\n出\\n指\\n标（40）` -> (产出指标, 40)."""
    label = squeeze(text)
    weight = _LEVEL_WEIGHT.search(label)
    if weight:
        label = label[: weight.start()]
        points = Decimal(weight.group(1) or weight.group(2))
    else:
        points = None
    if label.count("(") != label.count(")"):
        label = (
            _STRAY.sub("", label).rstrip(")").lstrip("(") if "(" not in label or ")" not in label else label
        )
    return label.strip(":： "), points


def dimension_label(text: str) -> bool:
    """True for a short label that names a dimension as forms do, 数量指标 or 社会效益指标; of satisfaction it says nothing."""
    label = normalise_label(text)
    return (
        label.endswith("指标") and dimension_code(text) not in ("other", "satisfaction") and len(label) <= 8
    )
