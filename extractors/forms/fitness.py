"""How well a text suits a column: what aligns rows whose positions were lost."""

from __future__ import annotations

import re

from extractors.forms.labels import normalise_label, squeeze, vocabulary
from extractors.values import is_marker, parse_money, parse_rate, parse_score

GOOD, FAIR, NEUTRAL, POOR, WRONG = 3.0, 1.0, 0.0, -1.5, -4.0
MOST_POINTS = 200
"""No weight or score of a form is greater; an amount of money is."""
_OPERATOR = re.compile(
    r"^(?:[<>≤≥≦≧=＝═＜＞]{1,2}|定性|定量|正向|反向|大于等于|小于等于|等于|大于|小于|不少于|不超过)$"
)
_NUMBER = re.compile(r"^[-+]?[\d.,]+(?:分|%)?$")
_SCORES = frozenset({"max_score", "reported_score", "single_score", "single_max"})
_MONEY = frozenset({"initial_budget", "adjusted_budget", "executed", "received", "variance"})
_REASONS = frozenset({"variance_reason", "basis", "remark", "scoring_rule"})


def is_level1_label(text: str) -> bool:
    """True for a first-level label such as 产出指标（50分）, not for a name that only contains its words."""
    return bool(vocabulary().level1_label.search(normalise_label(text)))


def is_level2_label(text: str) -> bool:
    """True for a second-level label such as 数量指标."""
    return bool(vocabulary().level2_label.search(normalise_label(text)))


def fit(field: str, text: str) -> float:
    """The plausibility of `text` in the column of `field`: above 0 suits, 0 says nothing, below 0 contradicts."""
    plain = squeeze(text)
    if not plain:
        return POOR if field == "name" else NEUTRAL
    if field in _SCORES:
        if is_marker(plain):
            return NEUTRAL
        points = parse_score(plain)
        return FAIR + 1 if points is not None and points <= MOST_POINTS else WRONG
    if field in _MONEY:
        if is_marker(plain):
            return NEUTRAL
        return FAIR + 1 if parse_money(plain, "元") is not None else WRONG
    if field in ("execution_rate", "completion_rate"):
        if "%" in plain or "％" in plain:
            return GOOD
        if is_marker(plain):
            return NEUTRAL
        return FAIR + 1 if parse_rate(plain) is not None else WRONG
    return _fit_words(field, text, plain)


def _fit_words(field: str, text: str, plain: str) -> float:
    number = bool(_NUMBER.match(plain))
    if field == "level1":
        if not is_level1_label(text):
            return NEUTRAL if is_level2_label(text) else WRONG
        return FAIR if is_level2_label(text) else GOOD
    if field == "level2":
        return GOOD if is_level2_label(text) else POOR
    if field == "comparator":
        return GOOD if _OPERATOR.match(plain) else WRONG
    if field == "unit":
        return POOR if number or len(plain) > 8 else FAIR
    if field == "name":
        return (
            WRONG
            if number or _OPERATOR.match(plain)
            else (POOR if is_level1_label(text) or is_level2_label(text) else FAIR)
        )
    if field in _REASONS:
        return POOR if number else NEUTRAL
    if field in ("target", "actual"):
        return POOR if _OPERATOR.match(plain) or is_level1_label(text) else NEUTRAL
    return NEUTRAL
