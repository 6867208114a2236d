"""Shares told one after the other behind the parts they are of: 基本支出40万元、项目支出60万元，占比分别为40%、60%."""

from __future__ import annotations

import re

from extractors.narrative.model import Claim, Figure, PartList, Passage

_OPENING = re.compile(
    r"[,;]?\s*(?:各)?(?:分别)?占(?:比|[^,。;:()\d]{0,12}?)(?:的)?(?:比例|比重)?(?:分别|依次)?(?:为|是|达|占|:)?\s*"
)
_BETWEEN = re.compile(r"\s*[、,和及与]\s*")


def listed_shares(passage: Passage, lists: list[PartList]) -> list[Claim]:
    """One claim a part, where as many percentages stand right behind a list as it has parts."""
    claims: list[Claim] = []
    for found in lists:
        rates = _rates_behind(passage, found.parts[-1]) if len(found.parts) > 1 else []
        if len(rates) != len(found.parts) or found.whole.amount <= 0:
            continue
        claims += [
            Claim(
                "ratio",
                "items",
                f"{part.subject or part.tail}占比",
                passage,
                rate,
                [(1, part), (1, found.whole)],
            )
            for part, rate in zip(found.parts, rates, strict=True)
        ]
    return claims


def _rates_behind(passage: Passage, last: Figure) -> list[Figure]:
    """The percentages that follow a figure, nothing but their opening words and marks between."""
    rates: list[Figure] = []
    end = last.end
    for figure in passage.figures:
        if figure.start < last.end:
            continue
        between = passage.folded[end : figure.start]
        fits = _BETWEEN.fullmatch(between) if rates else ("分别" in between and _OPENING.fullmatch(between))
        if figure.key != "percent" or figure.value is None or not fits:
            break
        rates.append(figure)
        end = figure.end
    return rates
