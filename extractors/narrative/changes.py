"""Rises and falls against last year that can be recomputed: 比上年增长20%, 减少5万元、下降10%."""

from __future__ import annotations

import re

from extractors.narrative.model import Claim, Figure, Passage
from extractors.narrative.words import pattern

_GROWTH, _RISE, _FALL, _LAST_YEAR = (pattern(name) for name in ("growth", "rise", "fall", "last_year"))
_COMPARED_WITH = re.compile(r"^(?:但|且)?(?:比|较)(?!.*(?:增|减|升|降|提高))[^,;。]{1,14}$")
_AGAINST_IT = re.compile(r"(?:比|较)(?:上年|去年|上一年|(?:19|20)\d\d年)(?:度|同期)?的?$")
_CARRIED = pattern("change_carried")
_BARE_CHANGE = pattern("bare_change")
_FROM = re.compile(r"(?:由|从)[^,。;\d]{0,10}(?:(?:19|20)\d\d年(?:度)?的?)?\s*$")
_TO = pattern("changed_to")
_APART = re.compile(r"[。;(]")


def change_claim(passage: Passage, rate: Figure, lead: str, before: list[Figure]) -> Claim | None:
    """The change that a printed percentage claims; before: the figures of its sentence that stand before it."""
    rises, falls = bool(_RISE.search(lead)), bool(_FALL.search(lead))
    if rises == falls or not before:
        return None
    sign = 1 if rises else -1
    if moved := _from_to(passage, before, lead):
        return _against(passage, rate, [moved[0]], [moved[1]], sign)
    delta = before[-1]
    if _is_delta(passage, delta, rate, rises):
        past = _pasts(passage, before[:-1], delta)
        if past:
            current = [f for f in before[:-1] if f.key == delta.key and f not in past]
            if not current and past == [before[-2]] and _AGAINST_IT.search(passage.lead(past[0])):
                return _on_top(passage, rate, past[0], delta)
            return _against(passage, rate, past, current, sign)
        now = _now(passage, delta, before[:-1])
        return _by_delta(passage, rate, now, delta, sign) if now else None
    past = _pasts(passage, before, delta)
    current = [figure for figure in before if past and figure not in past and figure.key == past[0].key]
    if not past:
        current, past = _consecutive_years(passage, before, lead)
    elif not (
        _GROWTH.search(lead) or _COMPARED_WITH.search(passage.lead(past[0])) or _BARE_CHANGE.search(lead)
    ):
        return None
    return _against(passage, rate, past, current, sign)


def _from_to(passage: Passage, before: list[Figure], lead: str) -> tuple[Figure, Figure] | None:
    """由上年的379人增加到426人，增长12.4%: the two figures just before the change."""
    if len(before) < 2 or not _BARE_CHANGE.search(lead):
        return None
    past, now = before[-2:]
    between = passage.folded[past.end : now.start]
    if past.key == now.key and _FROM.search(passage.lead(past)) and _TO.fullmatch(between):
        return past, now
    return None


def _pasts(passage: Passage, figures: list[Figure], like: Figure) -> list[Figure]:
    """Last year's figures: 上年100万元, 比2022年60万元."""
    found = []
    for figure in figures:
        lead = passage.lead(figure)
        if figure.key != like.key or _CARRIED.search(lead):
            continue
        if (
            _COMPARED_WITH.search(lead)
            or _AGAINST_IT.search(lead)
            or (_LAST_YEAR.search(lead) and not _GROWTH.search(lead))
        ):
            found.append(figure)
    return found


def _consecutive_years(
    passage: Passage, before: list[Figure], lead: str
) -> tuple[list[Figure], list[Figure]]:
    """2023年120件，2022年100件，增长20%: the sentence's only two figures, each behind its own year."""
    if len(before) != 2 or not _BARE_CHANGE.search(lead):
        return [], []
    now, past = before
    years = [re.findall(r"(?:19|20)\d\d(?=年)", passage.lead(figure)) for figure in before]
    if (
        now.key == past.key
        and all(len(found) == 1 for found in years)
        and int(years[0][0]) == int(years[1][0]) + 1
    ):
        return [now], [past]
    return [], []


def _against(
    passage: Passage, rate: Figure, past: list[Figure], current: list[Figure], sign: int
) -> Claim | None:
    if len(past) != 1 or len(current) != 1 or not past[0].amount:
        return None
    subject = current[0].subject or current[0].tail
    claim = Claim("change", "other", subject, passage, rate, [(1, current[0]), (1, past[0])])
    claim.stated_sign = sign
    return claim


def _is_delta(passage: Passage, delta: Figure, rate: Figure, rises: bool) -> bool:
    """比上年增加20万元，增长… or 与2022年相比，收入增加20万元，增长…: the amount just before the rate."""
    lead = passage.lead(delta)
    same_way = _RISE.search(lead) if rises else _FALL.search(lead)
    start = passage.sentences[delta.sentence][0]
    compared = _GROWTH.search(lead) or _GROWTH.search(
        passage.folded[max(start, delta.clause - 24) : delta.clause]
    )
    return bool(same_way and compared and not _APART.search(passage.folded[delta.end : rate.start]))


def _now(passage: Passage, delta: Figure, before: list[Figure]) -> Figure | None:
    """This year's figure: just before the change, or the only one of its unit in the sentence before."""
    here = next((figure for figure in reversed(before) if figure.key == delta.key), None)
    if here is not None and _COMPARED_WITH.search(passage.lead(here)):
        return None
    if here is not None:
        return None if _APART.search(passage.folded[here.end : delta.start]) else here
    last = [
        figure
        for figure in passage.in_sentence(delta.sentence - 1)
        if figure.key == delta.key and figure.value is not None
    ]
    return last[0] if len(last) == 1 else None


def _on_top(passage: Passage, rate: Figure, past: Figure, delta: Figure) -> Claim | None:
    """支出比2021年的100万元增加5万元，增长5%: the change stands beside the amount that it is a change of."""
    if past.amount <= 0:
        return None
    return Claim(
        "ratio",
        "other",
        _AGAINST_IT.sub("", passage.lead(past)) or delta.subject,
        passage,
        rate,
        [(1, delta), (1, past)],
    )


def _by_delta(passage: Passage, rate: Figure, now: Figure, delta: Figure, sign: int) -> Claim | None:
    past = now.amount - sign * delta.amount
    if past <= 0:
        return None
    claim = Claim("change", "other", now.subject, passage, rate, [(1, now), (1, now), (-sign, delta)])
    claim.values = (now.amount, past)
    claim.stated_sign = sign
    return claim
