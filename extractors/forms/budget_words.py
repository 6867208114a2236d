"""What the labels of a budget block say: the money unit, and what a line is."""

from __future__ import annotations

import re

from extractors.forms.labels import first_term, normalise_label, squeeze, vocabulary

_UNIT = re.compile(
    r"(?:单位|金额|人民币)?[:：]?\s*(亿元|千万元|百万元|万元|万无|千元|百元|元)(?=[)）\]】,，、/\s]|$)"
)
OF_WHICH = re.compile(r"^(?:其中|资金来源|资金结构|支出结构)[:：]?(?:[(（]\d{1,2}[)）]|\d{1,2}[.、])?")


def money_unit_in(text: str) -> str | None:
    """The money unit that a caption, block label or column label states: （万元）, 单位：元. OCR's 万无 counts."""
    found = _UNIT.search(squeeze(text))
    return found.group(1).replace("无", "元") if found else None


def line_role(label: str) -> tuple[str, str | None]:
    """What a budget line is, by its label: (role, fund)."""
    bare = OF_WHICH.sub("", normalise_label(label)).lstrip(":：、")
    term = first_term(vocabulary().budget_lines, bare)
    return (term.name, term.fund) if term else ("other", None)
