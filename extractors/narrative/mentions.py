"""Indicators named in running text: 新建农村公路里程132公里，培训农技人员280人次; 技术培训，目标40场，实际42场.

A name that is the indicator's own (but for the word that counts) is taken with any figure in the indicator's unit.
A name that drifts is taken only where the figure confirms it: it is near the form's, or stands beside the form's own
target, or both target and actual are told as such. Parts, other years and plans are never taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.narrative.drift import most_like, says_the_same, tells_change, told_in_context
from extractors.narrative.items import Told, dimension_of
from extractors.narrative.matching import Match, core
from extractors.narrative.model import Figure, Passage
from extractors.narrative.words import pattern
from extractors.report import Indicator, Quantity

_RESULTS = frozenset({"", "completion", "effect", "satisfaction"})
_TARGET, _ACTUAL = pattern("mention_target"), pattern("mention_actual")
_OTHER_TIME, _AGAINST_TIME = pattern("other_time"), pattern("against_other_time")
_YEAR = re.compile(r"^(?:(?:19|20)\d\d年度?|本年度?|当年)")
_IN_BRACKETS = pattern("mention_in_brackets")
"""任务完成率96%（目标值：95%）: the target in brackets."""
_YEAR_END = pattern("mention_year_end")
"""截至2024年底 is the whole year; another year is told by the figure's own year."""
_ROLE_ONLY, _TO_TARGET = pattern("role_only"), pattern("to_target")
_OF_TARGET = pattern("mention_of_target")
_PART = pattern("mention_part")
_AMONG = re.compile(r"其中[^。;\n]*$")
_SEGMENT = re.compile(r"[;。\n]")
_INTENT = pattern("mention_intent")
_COUNTED = re.compile(r"的?(?P<what>[^\d,;。:()、]{2,30}?)(?:工作|任务)?(?=[,;。()]|$)")
_TRAIL = pattern("mention_trail")
_NEAR, _NEAR_RATE = Decimal("0.15"), Decimal("0.06")
_DRIFTED = 0.9


@dataclass(frozen=True, slots=True)
class _Named:
    indicator: Indicator
    exact: bool


@dataclass(frozen=True, slots=True)
class _Mention:
    told: Told
    exact: bool
    explicit: bool


def read_mentions(
    passage: Passage, indicators: Sequence[Indicator], fiscal_year: int | None = None
) -> list[Told]:
    """Targets and actuals of indicators that a passage names in its clauses."""
    if passage.section not in _RESULTS and passage.section != "goals":
        return []
    names = _unique_names(indicators)
    mentions: list[_Mention] = []
    current: _Named | None = None
    last = 0
    for figure in passage.figures:
        if current is not None and _SEGMENT.search(passage.folded[last : figure.start]):
            current = None
        named = _named(passage, figure, last, names, indicators)
        subject = named or (current if _says_role_only(passage, figure) else None)
        if (
            subject is not None
            and _fits(
                figure, subject.indicator, depth=int(_IN_BRACKETS.fullmatch(passage.lead(figure)) is not None)
            )
            and not _of_other_time(passage, figure, fiscal_year)
        ):
            role, explicit = _role(passage, figure)
            match = Match(subject.indicator, 1.0 if subject.exact else _DRIFTED)
            mentions.append(_Mention(Told(figure, role, match), subject.exact, explicit))
        current = named or (current if subject is not None else None)
        last = figure.end
    return _single([mention.told for mention in mentions if _confirmed(mention, mentions)])


def _unique_names(indicators: Sequence[Indicator]) -> dict[str, Indicator]:
    names: dict[str, Indicator] = {}
    twice: set[str] = set()
    for indicator in indicators:
        name = core(indicator.name)
        if name in names:
            twice.add(name)
        names[name] = indicator
    return {name: row for name, row in names.items() if name not in twice}


def _named(
    passage: Passage, figure: Figure, last: int, names: dict[str, Indicator], indicators: Sequence[Indicator]
) -> _Named | None:
    """The indicator of a figure: by the words of its clause, by those behind it, or by the clause before."""
    words = passage.text[max(figure.clause, last) : figure.start]
    exact = _exact(words, names) or _exact(_around(passage, figure, words), names)
    if exact is not None:
        return _Named(exact, True)
    start = passage.sentences[figure.sentence][0]
    if _PART.search(_AGAINST_TIME.sub("", words)) or _AMONG.search(passage.folded[start : figure.start]):
        return None
    fitting = [indicator for indicator in indicators if _fits(figure, indicator)]
    tries = [words, figure.tail, _around(passage, figure, words)]
    if _says_role_only(passage, figure):
        tries = [_clause_before(passage, figure, last), *tries[2:]]
        exact = _exact(tries[0], names)
        if exact is not None:
            return _Named(exact, True)
    for said in tries:
        like = most_like(_ACTUAL.sub("", _TARGET.sub("", _AGAINST_TIME.sub("", said))), fitting)
        if like is not None and (tells_change(like.name) or not tells_change(said)):
            return _Named(like, says_the_same(said, like.name))
    like = told_in_context(_trim(words), passage.text[start : figure.clause], fitting)
    return _Named(like, False) if like is not None else None


def _around(passage: Passage, figure: Figure, words: str) -> str:
    """The words before the figure and what it counts behind it: 力争申报2个省级项目 speaks of 申报省级项目."""
    found = _COUNTED.match(passage.folded, figure.end)
    counted = passage.text[found.start("what") : found.end("what")] if found else ""
    return _INTENT.sub("", _trim(words)) + counted


def _exact(words: str, names: dict[str, Indicator]) -> Indicator | None:
    whole = core(_trim(words))
    if len(whole) >= 4 and whole in names:
        return names[whole]
    told = core(_YEAR.sub("", _trim(words)))
    last = next((match for match in _TARGET.finditer(told) if match.end() == len(told)), None)
    planned = _TARGET.sub("", told)
    without = told[: last.start()] if last else told
    for bare in map(
        core, (without, planned, _ACTUAL.sub("", planned))
    ):  # a name may hold 任务 or 完成 itself
        if len(bare) >= 4 and bare in names:
            return names[bare]
    return None


def _clause_before(passage: Passage, figure: Figure, last: int) -> str:
    """技术培训，目标40场: the words of the clause before, up to the last figure or the segment's begin."""
    end = max(figure.clause - 1, 0)
    start = max(last, 0)
    text = passage.folded[start:end]
    mark = max(text.rfind(sign) for sign in ",;。\n")
    return passage.text[start + mark + 1 : end]


def _trim(words: str) -> str:
    return _TRAIL.sub("", words.strip())


def _says_role_only(passage: Passage, figure: Figure) -> bool:
    lead = passage.own_words(figure).strip()
    return bool(lead) and any(_ROLE_ONLY.fullmatch(words) for words in (lead, _trim(lead)) if words)


def _fits(figure: Figure, indicator: Indicator, depth: int = 0) -> bool:
    key, _ = dimension_of(indicator)
    is_told = figure.value is not None or figure.low is not None
    return is_told and figure.depth <= depth and key is not None and figure.key == key


def _of_other_time(passage: Passage, figure: Figure, fiscal_year: int | None) -> bool:
    """上半年新建80公里 is no result of the year; in the goals any time may be named."""
    if passage.section == "goals":
        return False
    against = _AGAINST_TIME.search(passage.lead(figure)) is not None  # 较上年下降3.2% is of this year
    if figure.year is not None and fiscal_year is not None and figure.year != fiscal_year and not against:
        return True
    start = passage.sentences[figure.sentence][0]
    earlier = passage.folded[start : figure.clause].replace(
        "累计", ""
    )  # says something of its own clause only
    said = _YEAR_END.sub("", _AGAINST_TIME.sub("", earlier + passage.folded[figure.clause : figure.start]))
    return _OTHER_TIME.search(said) is not None


def _role(passage: Passage, figure: Figure) -> tuple[str, bool]:
    """target or actual, and whether the text says which."""
    lead = passage.own_words(figure).strip()
    if _OF_TARGET.match(figure.tail) or _TO_TARGET.search(lead):
        return "target", True
    if _TARGET.search(lead):
        return "target", True
    if _ACTUAL.search(lead):
        return "actual", True
    return ("target" if passage.section == "goals" else "actual"), False


def _confirmed(mention: _Mention, mentions: Sequence[_Mention]) -> bool:
    """Whether a figure is surely what is told of its indicator; one with the very name is, unless it repeats the target."""
    told, row = mention.told, mention.told.match.indicator
    if told.figure.value is None:
        return mention.exact  # a range
    own, other = (row.target, row.actual) if told.role == "target" else (row.actual, row.target)
    if not mention.explicit and _same(told.figure, other) and not _same(told.figure, own):
        return mention.exact and told.figure.comparator is None  # it may be the target that is told
    alike = _near(told.figure, own) or _misprinted(told.figure, own)
    if mention.exact or _same(told.figure, own) or (alike and not _of_others(told)):
        return True
    beside = [m for m in mentions if m.told.match.indicator is row and m is not mention]
    return any(
        m.explicit
        and m.told.role != told.role
        and (mention.explicit or _same(m.told.figure, row.target if m.told.role == "target" else row.actual))
        for m in beside
    )


def _of_others(told: Told) -> bool:
    """省里下达的任务2.4万亩 is not always the form's target."""
    return told.role == "target" and "任务" in told.figure.subject and "目标" not in told.figure.subject


def _same(figure: Figure, quantity: Quantity) -> bool:
    return _amount(quantity) == figure.amount


def _near(figure: Figure, quantity: Quantity) -> bool:
    amount = _amount(quantity)
    if amount is None:
        return False
    gap = abs(amount - figure.amount)
    return gap <= (_NEAR_RATE if figure.key == "percent" else max(abs(amount), abs(figure.amount)) * _NEAR)


def _misprinted(figure: Figure, quantity: Quantity) -> bool:
    """1306 for 1036, 46 for 64: the same digits in another order."""
    amount = _amount(quantity)
    if amount is None:
        return False
    times = 10_000 if figure.key == "percent" else 1
    told, own = (str(int(value * times)) for value in (figure.amount, amount))
    return len(told.rstrip("0")) > 1 and sorted(told) == sorted(own)


def _amount(quantity: Quantity) -> Decimal | None:
    value = quantity.value if quantity.value is not None else quantity.low
    return value * (quantity.base or Decimal(1)) if value is not None else None


def _single(told: list[Told]) -> list[Told]:
    """One figure for each indicator and role; where a passage gives two, it is open which is meant."""
    seen: dict[tuple[int, str], int] = {}
    for item in told:
        key = (item.match.indicator.row_no, item.role)
        seen[key] = seen.get(key, 0) + 1
    return [item for item in told if seen[item.match.indicator.row_no, item.role] == 1]
