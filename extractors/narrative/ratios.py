"""Ratios that can be recomputed from figures beside them: shares, completion rates, changes on last year."""

from __future__ import annotations

import re

from extractors.narrative.changes import change_claim
from extractors.narrative.completions import completion_claim, figures_before, is_near, other_figure
from extractors.narrative.model import Claim, Figure, PartList, Passage
from extractors.narrative.named_rates import exact_plan, named_rate
from extractors.narrative.words import pattern

_SHARE, _NAMED = pattern("share"), pattern("share_named")
_OVER, _TARGET, _ACTUAL = pattern("over_target"), pattern("target_lead"), pattern("actual_lead")
_ACHIEVEMENT = pattern("achievement")
_DEBT_RATIO = pattern("debt_ratio")
_DEBTS, _ASSETS = pattern("debts"), pattern("assets")
_BEYOND = pattern("beyond_plan")
_BEYOND_NAMED = pattern("beyond_named")
_OF_IT = re.compile(r"(?:任务|目标|计划)的$")
_OF_TARGET = pattern("ratio_of_target")
_EMPTY_WORDS = pattern("ratio_empty_words")
_EXECUTION = pattern("execution_rate")
_OTHER_TIME = pattern("rate_other_time")


def ratio_claims(passage: Passage, rate: Figure, lists: list[PartList]) -> list[Claim]:
    """What one printed percentage claims; empty where its terms are not plainly named."""
    lead = passage.lead(rate)
    if rate.value is None or rate.key != "percent" or (rate.comparator and not _OVER.search(lead)):
        return []
    if _EXECUTION.search(lead):
        claim = _worked_out(passage, rate, lead, lists)
        return [claim] if claim is not None else []
    if _OTHER_TIME.search(lead):
        return []
    for reader in _READERS:
        claim = reader(passage, rate, lead, lists)
        if claim is not None:
            return [claim]
    if lead.lstrip().startswith("其中"):
        return []  # 破案率65%，其中命案破案率100%: of cases that are not told
    named = named_rate(passage, rate, lead)
    if named is not None:
        return named
    claim = completion_claim(passage, rate, lead)
    return [claim] if claim is not None else []


def _claim(
    kind: str, topic: str, subject: str, passage: Passage, rate: Figure, top: Figure, bottom: Figure
) -> Claim | None:
    if top.key != bottom.key or not bottom.amount or top is bottom:
        return None
    return Claim(kind, topic, subject, passage, rate, [(1, top), (1, bottom)])


def _debt_ratio(passage: Passage, rate: Figure, lead: str, lists: list[PartList]) -> Claim | None:
    if not _DEBT_RATIO.search(lead):
        return None
    before = figures_before(passage, rate, same_sentence=False)
    debts = [f for f in before if f.key == "money" and _DEBTS.search(f.subject) and "流动" not in f.subject]
    assets = [f for f in before if f.key == "money" and _ASSETS.search(f.subject) and "流动" not in f.subject]
    if len(debts) == len(assets) == 1:
        return _claim("ratio", "assets", "资产负债率", passage, rate, debts[0], assets[0])
    return None


def _explicit_share(passage: Passage, rate: Figure, lead: str, lists: list[PartList]) -> Claim | None:
    """已编348个，占全市应编751个行政村的46%."""
    before = figures_before(passage, rate)
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


def _share_of_target(passage: Passage, rate: Figure, lead: str, lists: list[PartList]) -> Claim | None:
    """新增就业5200人，完成年度任务5000人的104%."""
    before = figures_before(passage, rate)
    if len(before) < 2 or not re.fullmatch(r"\s*的\s*", passage.folded[before[-1].end : rate.start]):
        return None
    target = before[-1]
    if not _OF_TARGET.search(passage.lead(target)):
        return None
    actual = next((figure for figure in reversed(before[:-1]) if figure.key == target.key), None)
    if actual is None or re.search(r"[;。(]", passage.folded[actual.end : target.start]):
        return None
    topic = "execution" if "预算" in passage.lead(target) else "achievement"
    return _claim("ratio", topic, actual.subject or lead, passage, rate, actual, target)


def _named_share(passage: Passage, rate: Figure, lead: str, lists: list[PartList]) -> Claim | None:
    """划拨用地占总供应土地比例78.13%, the two figures named earlier in the passage."""
    match = _NAMED.search(lead)
    if match is None:
        return None
    before = figures_before(passage, rate, same_sentence=False)
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
    if match is None:
        return None
    before = figures_before(passage, rate)
    if own := lead[: match.start()].strip():
        return None if match["whole"] else _share_of_named(passage, rate, own, before)
    if passage.folded[rate.start - len(lead) - 1 : rate.start - len(lead)] == "(":  # 120万元（占25%）
        opening = rate.start - len(lead) - 1
        before = [figure for figure in passage.figures if figure.end == opening and figure.value is not None]
    elif before and re.search(r"[。;(]", passage.folded[before[-1].end : rate.start]):
        return None
    if not before:
        return None
    part = before[-1]
    whole = next(
        (found.whole for found in lists if any(item.start == part.start for item in found.parts)), None
    )
    named = match["whole"] or ""
    wanted = _EMPTY_WORDS.sub("", named)
    if whole is None:
        whole = _named_whole(passage, rate, part, named) if wanted else other_figure(passage, part, before)
        if whole is None or not (wanted or is_near(rate, part.amount, whole.amount)):
            return None
    elif wanted and wanted not in _EMPTY_WORDS.sub("", whole.subject + whole.tail):
        return None
    return _claim("ratio", "items", f"{part.subject or part.tail}占比", passage, rate, part, whole)


def _share_of_named(passage: Passage, rate: Figure, name: str, before: list[Figure]) -> Claim | None:
    """在园幼儿9860人，公办园在园幼儿5916人，公办园在园幼儿占比60%."""
    parts = _named(passage, before, name)
    if len(parts) != 1:
        return None
    whole = other_figure(passage, parts[0], before)
    if whole is None or not is_near(rate, parts[0].amount, whole.amount):
        return None
    return _claim("ratio", "items", f"{name}占比", passage, rate, parts[0], whole)


def _named_whole(passage: Passage, rate: Figure, part: Figure, name: str) -> Figure | None:
    """项目总投资2350万元，已完成投资2115万元，占总投资的90%: the one earlier figure of that name."""
    found = [
        figure
        for figure in _named(passage, figures_before(passage, rate), name)
        if figure is not part and figure.key == part.key and figure.amount >= part.amount
    ]
    return found[-1] if len({figure.amount for figure in found}) == 1 else None


def _among(passage: Passage, rate: Figure, lead: str, lists: list[PartList]) -> Claim | None:
    """485台农机具中有473台投入使用，占比97.53%."""
    if not re.fullmatch(r"占比?(?:为|达到|达)?", lead):
        return None
    before = figures_before(passage, rate)
    if len(before) < 2 or re.search(r"[。;]", passage.folded[before[-1].end : rate.start]):
        return None
    whole, part = before[-2:]
    if not re.fullmatch(
        r"[^,。;()\d]{0,16}中,?(?:共|已)?有?", passage.folded[whole.end : part.start].strip()
    ):
        return None
    return _claim("ratio", "items", f"{part.subject or part.tail}占比", passage, rate, part, whole)


def _growth(passage: Passage, rate: Figure, lead: str, lists: list[PartList]) -> Claim | None:
    return change_claim(passage, rate, lead, figures_before(passage, rate))


def _worked_out(passage: Passage, rate: Figure, lead: str, lists: list[PartList]) -> Claim | None:
    """办结率98%（196件/200件): the division stands behind the rate."""
    behind = [figure for figure in passage.figures if figure.start >= rate.end and figure.value is not None][
        :2
    ]
    if len(behind) < 2 or passage.folded[rate.end : behind[0].start].strip() != "(":
        return None
    if not re.fullmatch(r"\s*[/÷]\s*", passage.folded[behind[0].end : behind[1].start]):
        return None
    return _claim("ratio", "execution" if _EXECUTION.search(lead) else "other", lead, passage, rate, *behind)


def _over_target(passage: Passage, rate: Figure, lead: str, lists: list[PartList]) -> Claim | None:
    """任务115处，完成264处，超任务43%."""
    if not _OVER.search(lead):
        return None
    pair = _target_and_actual(passage, rate, over=True) or _target_behind(passage, rate)
    return (
        _claim("change", "achievement", pair[0].subject or pair[1].subject or lead, passage, rate, *pair)
        if pair
        else None
    )


def _over_figure(passage: Passage, rate: Figure, lead: str, lists: list[PartList]) -> Claim | None:
    """完成造林3.36万亩，超年度计划3.2万亩的5%."""
    before = figures_before(passage, rate)
    if len(before) < 2 or not re.fullmatch(r"\s*的\s*", passage.folded[before[-1].end : rate.start]):
        return None
    target, actual = before[-1], before[-2]
    if not _BEYOND_NAMED.fullmatch(passage.lead(target)) or actual.key != target.key:
        return None
    if re.search(r"[;。(]", passage.folded[actual.end : target.start]) or actual.amount < target.amount:
        return None
    return _claim("change", "achievement", actual.subject or lead, passage, rate, actual, exact_plan(target))


def _achievement(passage: Passage, rate: Figure, lead: str, lists: list[PartList]) -> Claim | None:
    """目标50亿元，完成38亿元，完成比例76%."""
    if not _ACHIEVEMENT.search(lead):
        return None
    pair = _target_and_actual(passage, rate, over=bool(_OF_IT.search(lead)))
    return _claim("ratio", "achievement", pair[0].subject or lead, passage, rate, *pair) if pair else None


def _target_and_actual(passage: Passage, rate: Figure, over: bool = False) -> tuple[Figure, Figure] | None:
    before = figures_before(passage, rate)
    own = [figure for figure in before if ";" not in passage.folded[figure.end : rate.start]]
    if any(_TARGET.search(passage.lead(figure)) for figure in own):
        before = own
    targets = [figure for figure in before if _TARGET.search(passage.lead(figure))]
    targets = targets or _bracketed_targets(passage, rate, before)
    if len(targets) != 1:
        return None
    actuals = [
        figure
        for figure in before
        if figure.key == targets[0].key
        and figure is not targets[0]
        and not _BEYOND.search(passage.lead(figure))
    ]
    if len(actuals) > 1 or not over:
        actuals = [figure for figure in actuals if _ACTUAL.search(passage.lead(figure))]
    return (actuals[0], exact_plan(targets[0])) if len(actuals) == 1 else None


def _target_behind(passage: Passage, rate: Figure) -> tuple[Figure, Figure] | None:
    """新增就业5480人，超任务9.6%。目标任务为5000人。: the target alone in the sentence behind."""
    before = figures_before(passage, rate)
    behind = list(passage.in_sentence(rate.sentence + 1))
    if len(before) != 1 or len(behind) != 1 or behind[0].value is None or behind[0].key != before[0].key:
        return None
    return (before[0], exact_plan(behind[0])) if _TARGET.search(passage.lead(behind[0])) else None


def _bracketed_targets(passage: Passage, rate: Figure, before: list[Figure]) -> list[Figure]:
    """1.2万平方米（目标1万平方米）: the target in brackets behind what was achieved."""
    ends = {figure.end for figure in before if figure.depth == rate.depth}
    return [
        figure
        for figure in passage.in_sentence(rate.sentence)
        if figure.end <= rate.start
        and figure.depth == rate.depth + 1
        and figure.value is not None
        and _TARGET.search(passage.lead(figure))
        and passage.folded.rfind("(", 0, figure.start) in ends
    ]


_READERS = (
    _debt_ratio,
    _over_target,
    _over_figure,
    _growth,
    _worked_out,
    _explicit_share,
    _share_of_target,
    _named_share,
    _part_share,
    _among,
    _achievement,
)
