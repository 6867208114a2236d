"""Sums that the narrative claims: a whole and its parts, a total behind its items, assets less debts."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.narrative.model import Claim, Figure, PartList, Passage
from extractors.narrative.signs import is_change, is_signed, sign_of
from extractors.narrative.words import COUNT_WORDS, WORDS, pattern

_DECREASE, _INCREASE, _COMPARED = pattern("decrease"), pattern("increase"), pattern("comparison")
_FUND, _STAFF, _ASSET = (re.compile(WORDS[name]) for name in ("fund_words", "staff_words", "asset_words"))
_TOTAL = pattern("total_words")
_BASIC, _PROJECT = (re.compile(WORDS["classes"][name]) for name in ("basic", "project"))
_REST, _STAFF_KIND = pattern("rest"), pattern("staff_kinds")
_SCORE_TOTAL, _SCORED = pattern("score_total"), re.compile(r"得分?(?:为|:)?$|得分$")
_STRONG_TOTAL = re.compile(r"(?:合计|总计|共计|小计)(?:为|:)?$")
_AND_MORE = pattern("sum_and_more")
"""由局机关和6个下属单位组成: the parts behind may count the first one, too."""
_LARGEST_GAP = Decimal("0.05")
_LARGEST_EXCESS = Decimal("0.25")  # of money; beyond it, or with things counted, the parts overlap
_LARGEST_SLIP = Decimal("0.1")  # of a pair that is only told behind its whole, and of a misprint
_OVERLAPPING = pattern("overlapping")
_LISTED_STAFF = pattern("sum_listed_staff")
_FEWEST_KINDS = 3
_ROUNDED = re.compile(r"四舍五入|尾差")
_COUNTED_ITEMS = re.compile(r"(?P<count>[两二三四五六七八九十])项(?:共|合|总)?计")
_CARRIED = (
    re.compile(r"(?:年初|上年|期初)结转(?:和|与)?(?:结余)?(?:资金)?$"),
    re.compile(r"(?:本年|全年|年度)(?:总)?收入$"),
    re.compile(r"(?:本年|全年|年度)(?:总)?支出$"),
    re.compile(r"(?:年末|期末)结转(?:和|与)?(?:结余)?(?:资金)?$"),
)
_DEBTS, _ASSETS, _NET_ASSETS = pattern("debts"), pattern("assets"), pattern("net_assets")


def list_claims(passage: Passage, lists: list[PartList]) -> list[Claim]:
    """Sums from lists of parts that claim to be complete."""
    claims = []
    for found in lists:
        terms = signed_terms(passage, found)
        if _AND_MORE.search(passage.lead(found.whole)) or _only_rounded(passage, found.whole, terms):
            continue
        alone = len(found.parts) == 1 and found.whole.key == "money"
        if (alone and found.parts[0].amount == found.whole.amount) or (
            len(found.parts) >= 2 and _claims_all(passage, found, terms)
        ):
            topic = _topic(passage, found)
            claims.append(
                Claim("sum", topic, found.whole.subject or found.whole.tail, passage, found.whole, terms)
            )
    return claims


def _only_rounded(passage: Passage, whole: Figure, terms: list[tuple[int, Figure]]) -> bool:
    """因四舍五入，合计数与分项数存在尾差: the text itself explains a gap of a few last digits."""
    start, end = passage.sentences[whole.sentence]
    gap = abs(sum((sign * part.amount for sign, part in terms), Decimal(0)) - whole.amount)
    step = max([whole.amount_step, *(part.amount_step for _, part in terms)])
    return gap <= step * len(terms) and _ROUNDED.search(passage.folded, start, end) is not None


def signed_terms(passage: Passage, found: PartList) -> list[tuple[int, Figure]]:
    """The parts with their signs, as seen from the whole: parts of a decrease are not negative in it."""
    if not _has_signs(passage, found):
        return [(1, part) for part in found.parts]
    direction = sign_of(passage, found.whole) if is_signed(passage, found.whole) else 1
    return [(sign_of(passage, part) * direction, part) for part in found.parts]


def _has_signs(passage: Passage, found: PartList) -> bool:
    if any(is_signed(passage, part) for part in found.parts):
        return True
    words = (passage.lead(part) for part in found.parts)
    return is_change(passage, found.whole) and any(
        _DECREASE.search(lead) or _INCREASE.search(lead) for lead in words
    )


def _claims_all(passage: Passage, found: PartList, terms: list[tuple[int, Figure]]) -> bool:
    """其中 names some parts or all of them: it is read as a sum where the text or the figures say that it is all.

    Parts beyond the whole contradict it in any case; a list that stops short by more than a slip is no claim.
    """
    whole = found.whole.amount
    total = sum((sign * part.amount for sign, part in terms), Decimal(0))
    if any(sign < 0 for sign, _ in terms):  # moves make up a change, never the level that they led to
        return is_change(passage, found.whole) or not all(is_signed(passage, part) for part in found.parts)
    if whole <= 0:
        return False
    named = _names_all(passage, found)
    if total > whole:
        return found.complete or total - whole <= _excess(passage, found, named)
    if total == whole or found.complete or (named and not _rest_untold(passage, found)):
        return True
    if passage.folded[found.parts[-1].end :].startswith("等") or _rest_untold(passage, found):
        return False
    gap = whole - total
    smallest = min(part.amount for part in found.parts)
    return gap <= whole * _LARGEST_GAP and gap <= max(smallest, found.whole.amount_step * len(terms))


def _rest_untold(passage: Passage, found: PartList) -> bool:
    """其余为零星支出: what is left over is named behind the list and has no figure."""
    end = passage.sentences[found.parts[-1].sentence][1]
    behind = passage.folded[found.parts[-1].end : end].lstrip(",、; ")
    return _REST.match(behind) is not None and not re.search(r"\d", behind)


def _excess(passage: Passage, found: PartList, named: bool) -> Decimal:
    """By how much parts may exceed their whole and still be its parts: members of a party and women overlap.

    Where one of the parts is the rest (其他支出3万元) no two overlap, whatever they are called.
    """
    whole = found.whole.amount
    above = passage.lead(found.whole)
    clauses = [passage.clause_text(part) for part in found.parts]
    said = [word[0] for clause in clauses for word in _OVERLAPPING.finditer(clause)]
    has_rest = any(_REST.match(clause.lstrip(",; ")) for clause in clauses)
    if any(word not in above for word in said) and not has_rest:
        return Decimal(0)
    if found.whole.key == "money" or named:
        return whole * _LARGEST_EXCESS
    gap = sum((part.amount for part in found.parts), Decimal(0)) - whole
    return max(whole * (_LARGEST_SLIP if _is_slip(gap) else _LARGEST_GAP), found.whole.amount_step)


def _is_slip(gap: Decimal) -> bool:
    """One digit of one figure: 746 and 846, 1253.76 and 1193.76."""
    return gap > 0 and len(gap.normalize().as_tuple().digits) == 1


def _names_all(passage: Passage, found: PartList) -> bool:
    leads = [passage.clause_text(part) for part in found.parts]
    if _STAFF.search(passage.lead(found.whole)) and all(_STAFF_KIND.search(lead) for lead in leads):
        return len(leads) >= 3  # 行政、事业、工勤 are all the staff there is
    if any(_REST.match(lead.lstrip(",; ")) for lead in leads):
        return True
    return any(
        len(leads) == 2 and any(first in lead for lead in leads) and any(second in lead for lead in leads)
        for first, second in WORDS["complete_pairs"]
        if first not in second
    ) or (len(leads) == 2 and bool(_BASIC.search(leads[0])) and bool(_PROJECT.search(leads[1])))


def _topic(passage: Passage, found: PartList) -> str:
    if found.whole.key == "money" and _has_signs(passage, found):
        return "adjustment"
    return topic_of(
        found.whole.key, passage.lead(found.whole), [passage.lead(part) + part.tail for part in found.parts]
    )


def topic_of(key: str, whole: str, leads: list[str]) -> str:
    """What a sum is about, by the words of its whole and of its parts; key: what is summed."""
    if key == "money":
        if any(_BASIC.search(lead) for lead in leads) and any(_PROJECT.search(lead) for lead in leads):
            return "nature"
        if _ASSET.search(whole):
            return "assets"
        if sum(bool(_FUND.search(lead)) for lead in leads) >= len(leads) - 1 and any(
            _FUND.search(x) for x in leads
        ):
            return "fund_source"
    if key == "count:个" and "编制" in whole and any("编制" in lead for lead in leads):
        return "staff"
    if key == "count:人" and any(_STAFF.search(lead) for lead in [whole, *leads]):
        return "staff"
    return "items"


def trailing_totals(passage: Passage, lists: list[PartList]) -> list[Claim]:
    """人员经费10万元，公用经费5万元，合计15万元."""
    claims = []
    inside = {part.start for found in lists for part in found.parts}
    for figure in passage.figures:
        lead = passage.lead(figure)
        scored = figure.key == "score" and _SCORE_TOTAL.search(lead) is not None
        if figure.value is None or figure.start in inside or not (scored or _says_total(lead)):
            continue
        if any(found.whole is figure for found in lists):
            continue
        items = [
            other
            for other in passage.alike_before(figure)
            if not scored or _SCORED.search(passage.lead(other))
        ]
        counted = _counted(lead)
        if counted is not None and len(items) > counted:  # 总投资4260万元，…，三项合计: the last three
            items = items[-counted:]
        total = sum((item.amount for item in items), Decimal(0))
        gap = abs(total - figure.amount)
        if (
            len(items) >= 2
            and (scored or all(item.subject for item in items))
            and (
                gap <= figure.amount * (_LARGEST_SLIP if _is_slip(gap) else _LARGEST_GAP)
                or counted == len(items)
            )
        ):
            terms = [(1, item) for item in items]
            topic = _topic(passage, PartList(figure, tuple(items), True, figure.start, figure.end))
            claims.append(Claim("sum", topic, figure.subject or items[0].subject, passage, figure, terms))
    return claims


def paired_parts(passage: Passage, lists: list[PartList]) -> list[Claim]:
    """举办展览36场，线上12场，线下24场: two kinds that together are all there is, right behind their whole."""
    claims = []
    inside = {found.whole.start for found in lists}
    for whole, first, second in zip(passage.figures, passage.figures[1:], passage.figures[2:], strict=False):
        figures = (whole, first, second)
        if whole.start in inside or len({(f.key, f.sentence, f.depth) for f in figures}) != 1:
            continue
        words = [passage.own_words(figure) for figure in figures]
        named = any(
            one in words[1] and other in words[2] and one not in words[0] and other not in words[0]
            for pair in WORDS["complete_pairs"]
            for one, other in (pair, pair[::-1])
        )
        told = all(figure.value is not None and figure.adds_up for figure in figures)
        gap = abs(whole.amount - first.amount - second.amount)
        apart = any(_COMPARED.search(said) or "编制" in said for said in words)
        by_sex = "男" in "".join(words[1:]) and _STAFF.search(words[0]) is not None
        largest = (
            _LARGEST_EXCESS if by_sex else _LARGEST_SLIP
        )  # men and women are all there is, whatever the gap
        if told and named and not apart and whole.key != "money" and gap <= whole.amount * largest:
            topic, terms = topic_of(whole.key, words[0], words[1:]), [(1, first), (1, second)]
            claims.append(Claim("sum", topic, whole.subject or whole.tail, passage, whole, terms))
    return claims


def staff_listed(passage: Passage) -> list[Claim]:
    """在职人员合计57名，行政29名、事业24名、工勤4名: kinds of staff right behind their total."""
    people = [figure for figure in passage.figures if figure.key == "count:人" and figure.value is not None]
    claims = []
    for position, whole in enumerate(people):
        if not (_STAFF.search(passage.lead(whole)) and _TOTAL.search(passage.lead(whole))):
            continue
        parts: list[Figure] = []
        for part in people[position + 1 :]:
            words = passage.own_words(part).strip(",、; ")
            if part.sentence != whole.sentence or not _LISTED_STAFF.fullmatch(words):
                break
            parts.append(part)
        if len(parts) >= _FEWEST_KINDS:
            claims.append(Claim("sum", "staff", whole.subject, passage, whole, [(1, part) for part in parts]))
    return claims


def _counted(lead: str) -> int | None:
    """以上三项合计: how many items the total says it has."""
    said = _COUNTED_ITEMS.search(lead)
    return COUNT_WORDS[said["count"]] if said is not None else None


def _says_total(lead: str) -> bool:
    """合计, 共计, 支出合计; 总额 and 共 only by themselves."""
    total = _TOTAL.search(lead)
    return total is not None and (
        total.start() == 0 or (_STRONG_TOTAL.search(lead) is not None and len(lead) <= 8)
    )


def balance_claims(passage: Passage) -> list[Claim]:
    """净资产 = 资产 - 负债, where a passage names each once."""
    money = passage.money
    net = [figure for figure in money if _NET_ASSETS.search(figure.subject)]
    assets = [
        figure
        for figure in money
        if _ASSETS.search(figure.subject) and "流动" not in figure.subject and "固定" not in figure.subject
    ]
    debts = [figure for figure in money if _DEBTS.search(figure.subject) and "流动" not in figure.subject]
    if len(net) == len(assets) == len(debts) == 1:
        return [Claim("sum", "assets", "净资产", passage, net[0], [(1, assets[0]), (-1, debts[0])])]
    return _carried_over(passage, money)


def _carried_over(passage: Passage, money: list[Figure]) -> list[Claim]:
    """年末结转结余 = 年初结转结余 + 本年收入 - 本年支出, where a passage names each once and nothing else."""
    named = [[figure for figure in money if words.search(figure.subject)] for words in _CARRIED]
    if any(len(figures) != 1 for figures in named) or len(money) != len(named):
        return []
    opening, income, spent, closing = (figures[0] for figures in named)
    return [
        Claim("sum", "other", closing.subject, passage, closing, [(1, opening), (1, income), (-1, spent)])
    ]
