"""Ratios that can be recomputed from figures beside them: shares, completion rates, changes on last year."""

from __future__ import annotations

import re

from extractors.narrative.model import Claim, Figure, PartList, Passage
from extractors.narrative.words import pattern

_SHARE, _NAMED = pattern("share"), pattern("share_named")
_RATE_NAME, _ALL, _REMAINING = pattern("rate_name"), pattern("all_words"), pattern("remaining")
_GROWTH, _RISE, _FALL, _LAST_YEAR = (pattern(name) for name in ("growth", "rise", "fall", "last_year"))
_OVER, _TARGET, _ACTUAL = pattern("over_target"), pattern("target_lead"), pattern("actual_lead")
_ACHIEVEMENT = pattern("achievement")
_DEBT_RATIO = pattern("debt_ratio")
_DEBTS, _ASSETS = re.compile(r"负债(?:总额|合计|总计)?$"), re.compile(r"(?<!净)资产(?:总额|合计|总计)?$")
_EMPTY_WORDS = re.compile(r"总|全部|全年|的|共|年度|本年|占用")
_EXECUTION = pattern("execution_rate")


def ratio_claims(passage: Passage, rate: Figure, lists: list[PartList]) -> list[Claim]:
    """What one printed percentage claims; empty where its terms are not plainly named."""
    if rate.value is None or rate.comparator or rate.key != "percent":
        return []
    lead = passage.lead(rate)
    if _EXECUTION.search(lead):
        return []
    for reader in (
        _debt_ratio,
        _over_target,
        _growth,
        _explicit_share,
        _named_share,
        _part_share,
        _achievement,
        _completion,
    ):
        claim = reader(passage, rate, lead, lists)
        if claim is not None:
            return [claim]
    return []


def _before(passage: Passage, rate: Figure, same_sentence: bool = True) -> list[Figure]:
    return [
        figure
        for figure in passage.figures
        if figure.end <= rate.start
        and figure.value is not None
        and figure.key not in {"percent", "percent_point", "bare", "score", "duration", "workdays", "months"}
        and (not same_sentence or figure.sentence == rate.sentence)
    ]


def _claim(
    kind: str, topic: str, subject: str, passage: Passage, rate: Figure, top: Figure, bottom: Figure
) -> Claim | None:
    if top.key != bottom.key or not bottom.amount or top is bottom:
        return None
    return Claim(kind, topic, subject, passage, rate, [(1, top), (1, bottom)])


def _debt_ratio(passage: Passage, rate: Figure, lead: str, lists: list[PartList]) -> Claim | None:
    if not _DEBT_RATIO.search(lead):
        return None
    before = _before(passage, rate, same_sentence=False)
    debts = [f for f in before if f.key == "money" and _DEBTS.search(f.subject) and "流动" not in f.subject]
    assets = [f for f in before if f.key == "money" and _ASSETS.search(f.subject) and "流动" not in f.subject]
    if len(debts) == len(assets) == 1:
        return _claim("ratio", "assets", "资产负债率", passage, rate, debts[0], assets[0])
    return None


def _explicit_share(passage: Passage, rate: Figure, lead: str, lists: list[PartList]) -> Claim | None:
    """已编348个，占全市应编751个行政村的46%."""
    before = _before(passage, rate)
    if len(before) < 2:
        return None
    whole, part = before[-1], before[-2]
    opening = passage.folded[part.end : whole.start]
    behind = passage.folded[whole.end : rate.start]
    if not re.fullmatch(r"[^,。;()]{0,8}的?(?:比例|比重)?为?\s*", behind):
        return None
    if not re.search(r"[,(]?占[^,。;]{0,16}$", opening) or re.search(r"[。;]", opening):
        return None
    return _claim("ratio", "items", f"{part.subject or part.tail}占比", passage, rate, part, whole)


def _named_share(passage: Passage, rate: Figure, lead: str, lists: list[PartList]) -> Claim | None:
    """划拨用地占总供应土地比例78.13%, the two figures named earlier in the passage."""
    match = _NAMED.search(lead)
    if match is None:
        return None
    before = _before(passage, rate, same_sentence=False)
    tops = _named(passage, before, match["part"])
    bottoms = _named(passage, before, match["whole"])
    pairs = [
        (top, bottom)
        for top in tops
        for bottom in bottoms
        if top.key == bottom.key and top is not bottom and top.amount <= bottom.amount
    ]
    if len({(top.amount, bottom.amount) for top, bottom in pairs}) != 1:
        return None
    return _claim("ratio", "items", lead, passage, rate, *pairs[-1])


def _named(passage: Passage, figures: list[Figure], name: str) -> list[Figure]:
    wanted = _EMPTY_WORDS.sub("", name)
    return [
        figure
        for figure in figures
        if len(wanted) >= 2 and wanted in _EMPTY_WORDS.sub("", figure.subject + figure.tail)
    ]


def _part_share(passage: Passage, rate: Figure, lead: str, lists: list[PartList]) -> Claim | None:
    """其中流动资产10681.52万元，占比96.96%: the part just before it, of the whole that lists it."""
    match = _SHARE.search(lead)
    if match is None or (match.start() > 0 and lead[: match.start()].strip()):
        return None
    before = _before(passage, rate)
    if not before or re.search(r"[。;(]", passage.folded[before[-1].end : rate.start]):
        return None
    part = before[-1]
    whole = next(
        (found.whole for found in lists if any(item.start == part.start for item in found.parts)), None
    )
    named = match["whole"]
    if whole is None:
        return None
    if named and len(_EMPTY_WORDS.sub("", named)) >= 2:
        wanted = _EMPTY_WORDS.sub("", named)
        if not (set(wanted) <= set(_EMPTY_WORDS.sub("", whole.subject) + "额数量支出收入")):
            return None
    return _claim("ratio", "items", f"{part.subject or part.tail}占比", passage, rate, part, whole)


def _completion(passage: Passage, rate: Figure, lead: str, lists: list[PartList]) -> Claim | None:
    """启动3个批次，2个批次已完成组卷，组卷率100%: the part's clause has the rate's verb, the whole says all."""
    match = _RATE_NAME.search(lead)
    if match is None:
        return None
    verb = match["name"][-2:]
    counts = [
        figure for figure in _before(passage, rate, same_sentence=False) if figure.key.startswith("count:")
    ]
    done = [figure for figure in counts if verb in passage.clause_text(figure) and not _open(passage, figure)]
    if len({figure.amount for figure in done}) != 1:
        return None
    top = done[-1]
    others = [figure for figure in counts if figure.key == top.key and figure not in done]
    everything = [
        figure for figure in others if _ALL.search(passage.lead(figure)) and not _open(passage, figure)
    ]
    if len({figure.amount for figure in everything}) == 1 and everything[-1].amount >= top.amount:
        return _claim("ratio", "achievement", f"{match['name']}率", passage, rate, top, everything[-1])
    rest = [figure for figure in others if _open(passage, figure) and figure.sentence == top.sentence]
    if everything or len(rest) != 1 or len(others) != 1:
        return None
    claim = Claim(
        "ratio", "achievement", f"{match['name']}率", passage, rate, [(1, top), (1, top), (1, rest[0])]
    )
    claim.values = (top.amount, top.amount + rest[0].amount)
    return claim


def _open(passage: Passage, figure: Figure) -> bool:
    return bool(_REMAINING.search(passage.clause_text(figure)))


def _over_target(passage: Passage, rate: Figure, lead: str, lists: list[PartList]) -> Claim | None:
    """任务115处，完成264处，超任务43%."""
    if not _OVER.search(lead):
        return None
    pair = _target_and_actual(passage, rate)
    return (
        _claim("change", "achievement", pair[0].subject or pair[1].subject or lead, passage, rate, *pair)
        if pair
        else None
    )


def _achievement(passage: Passage, rate: Figure, lead: str, lists: list[PartList]) -> Claim | None:
    """目标50亿元，完成38亿元，完成比例76%."""
    if not _ACHIEVEMENT.search(lead):
        return None
    pair = _target_and_actual(passage, rate)
    return _claim("ratio", "achievement", pair[0].subject or lead, passage, rate, *pair) if pair else None


def _target_and_actual(passage: Passage, rate: Figure) -> tuple[Figure, Figure] | None:
    before = _before(passage, rate)
    targets = [figure for figure in before if _TARGET.search(passage.lead(figure))]
    if len(targets) != 1:
        return None
    actuals = [figure for figure in before if figure.key == targets[0].key and figure is not targets[0]]
    if len(actuals) > 1:
        actuals = [figure for figure in actuals if _ACTUAL.search(passage.lead(figure))]
    return (actuals[0], targets[0]) if len(actuals) == 1 else None


def _growth(passage: Passage, rate: Figure, lead: str, lists: list[PartList]) -> Claim | None:
    """2022年收入120万元，上年100万元，比上年增长20% — or 比上年增加20万元，增长20%."""
    rises, falls = bool(_RISE.search(lead)), bool(_FALL.search(lead))
    if rises == falls:
        return None
    before = _before(passage, rate)
    delta = before[-1] if before else None
    if not _GROWTH.search(lead) and not (delta and _GROWTH.search(passage.lead(delta))):
        return None
    sign = 1 if rises else -1
    if delta is not None and len(before) >= 2 and _is_change(passage, delta, rate, rises):
        now = next((figure for figure in reversed(before[:-1]) if figure.key == delta.key), None)
        return _change(passage, rate, now, delta, sign) if now and _adjoins(passage, now, delta) else None
    past = [
        figure
        for figure in before
        if _LAST_YEAR.search(passage.lead(figure)) and not _GROWTH.search(passage.lead(figure))
    ]
    current = [figure for figure in before if figure not in past and past and figure.key == past[0].key]
    if len(past) != 1 or len(current) != 1 or not past[0].amount:
        return None
    claim = Claim(
        "change", "other", current[0].subject or lead, passage, rate, [(1, current[0]), (1, past[0])]
    )
    return _signed(claim, sign)


def _is_change(passage: Passage, delta: Figure, rate: Figure, rises: bool) -> bool:
    lead = passage.lead(delta)
    between = passage.folded[delta.end : rate.start]
    same_way = _RISE.search(lead) if rises else _FALL.search(lead)
    return bool(same_way and _GROWTH.search(lead) and not re.search(r"[。;(]", between))


def _adjoins(passage: Passage, now: Figure, delta: Figure) -> bool:
    return not re.search(r"[。;(]", passage.folded[now.end : delta.start])


def _change(passage: Passage, rate: Figure, now: Figure, delta: Figure, sign: int) -> Claim | None:
    past = now.amount - sign * delta.amount
    if past <= 0:
        return None
    claim = Claim("change", "other", now.subject, passage, rate, [(1, now), (1, now), (-sign, delta)])
    claim.values = (now.amount, past)
    return _signed(claim, sign)


def _signed(claim: Claim, sign: int) -> Claim:
    claim.stated_sign = sign
    return claim
