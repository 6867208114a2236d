"""Rates by their own verb: 启动3个批次，2个批次已完成组卷，组卷率100%; 报名1086人，本科上线742人，本科上线率68.32%.

The part's clause has the verb. The whole says that it is all there is; or it is the only other figure of its unit in the
sentence, and the two nearly give the rate.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.narrative.model import Claim, Figure, Passage
from extractors.narrative.words import pattern

_RATE_NAME, _ALL, _REMAINING = pattern("rate_name"), pattern("all_words"), pattern("remaining")
_APART, _LAST_YEAR, _TARGET = pattern("rate_apart"), pattern("last_year"), pattern("target_lead")
_VERBS = pattern("completion_verbs")
_WHERE, _MID_YEAR = pattern("rate_where"), pattern("rate_mid_year")
_DUE = re.compile(r"应(?P<verb>[\u3400-\u9fff])")
_NEAR = Decimal("0.1")


def figures_before(passage: Passage, rate: Figure, same_sentence: bool = True) -> list[Figure]:
    """What a rate may have been made from: counted and measured figures before it, as deep in brackets as it is."""
    return [
        figure
        for figure in passage.figures
        if figure.end <= rate.start
        and figure.value is not None
        and figure.adds_up
        and figure.key != "score"
        and figure.depth == rate.depth
        and (not same_sentence or figure.sentence == rate.sentence)
    ]


def is_near(rate: Figure, part: Decimal, whole: Decimal) -> bool:
    """Whether two figures that only stand near a rate are likely what it was made from."""
    return whole > 0 and abs(part / whole - (rate.value or Decimal(0))) <= _NEAR


def other_figure(passage: Passage, part: Figure, figures: Sequence[Figure]) -> Figure | None:
    """The one figure that can be the whole of a part that is told with it; None where there are several."""
    others = [
        figure
        for figure in figures
        if figure.key == part.key
        and figure is not part
        and figure.sentence == part.sentence
        and figure.comparator is None
        and not _REMAINING.search(passage.clause_text(figure))
    ]
    wholes = [figure for figure in others if figure.amount >= part.amount]
    beside = [f for f in others if _LAST_YEAR.search(passage.lead(f)) or _APART.search(passage.lead(f))]
    return wholes[0] if len(wholes) == 1 and not beside else None


def is_of_things(passage: Passage, kind: str, figures: Sequence[Figure]) -> bool:
    """Whether the words in a rate's name before its verb are said at its figures: 理科上线率 is not of 本科上线742人."""
    bare = _WHERE.sub("", kind)
    said = "|".join(f"{passage.lead(figure)}|{figure.tail}" for figure in figures)
    return len(bare) < 2 or any(bare[i : i + 2] in said for i in range(len(bare) - 1))


def completion_claim(passage: Passage, rate: Figure, lead: str) -> Claim | None:
    """The claim of a rate whose verb is said at one of the figures before it."""
    match = _RATE_NAME.search(lead)
    if match is None:
        return None
    name = match["name"]
    return _of_all(passage, rate, name) or _of_the_other(passage, rate, name)


def _of_all(passage: Passage, rate: Figure, name: str) -> Claim | None:
    kind, verb = name[:-2], name[-2:]
    counts = [
        figure
        for figure in figures_before(passage, rate, same_sentence=False)
        if figure.key.startswith("count:")
    ]
    done = [
        figure
        for figure in counts
        if not _open(passage, figure) and _says(passage.clause_text(figure), verb, name)
    ]
    if len(done) > 1:  # 应参保12万人，实际参保11万人
        done = [figure for figure in done if not _ALL.search(passage.lead(figure))]
    if len({figure.amount for figure in done}) != 1:
        return None
    top = done[-1]
    if any(_is_of_kind(passage, figure, kind) for figure in counts) and not _is_of_kind(passage, top, kind):
        return None  # 回收118份，有效问卷115份，有效回收率: of another count
    others = [figure for figure in counts if figure.key == top.key and figure not in done]
    everything = [
        figure for figure in others if _ALL.search(passage.lead(figure)) and not _open(passage, figure)
    ]
    everything = [figure for figure in everything if _same_things(passage, top, figure, verb)]
    if len({figure.amount for figure in everything}) == 1 and everything[-1].amount >= top.amount:
        return _claim(passage, rate, name, [(1, top), (1, everything[-1])])
    rest = [figure for figure in others if _open(passage, figure) and figure.sentence == top.sentence]
    if everything or len(rest) != 1 or len(others) != 1:
        return None
    values = (top.amount, top.amount + rest[0].amount)
    return _claim(passage, rate, name, [(1, top), (1, top), (1, rest[0])], values)


def _of_the_other(passage: Passage, rate: Figure, name: str) -> Claim | None:
    """Part and whole as the sentence's only two figures of a unit; 不合格43批次 tells what is not of the 合格率."""
    kind, verb = name[:-2], name[-2:]
    before = figures_before(passage, rate)
    words = {
        id(figure): f"{passage.own_words(figure)}|{figure.tail}"
        for figure in before
        if figure.key != "money" and figure.comparator is None
    }
    part = _done(passage, [figure for figure in before if id(figure) in words], words, name)
    if part is None:
        return _due(passage, rate, name, before)
    whole = other_figure(passage, part, before)
    if whole is None or not is_of_things(passage, kind.rstrip("不未非"), [part, whole]):
        return None
    if _is_negated(words[id(part)], verb) == _is_negated(name, verb):
        if is_near(rate, part.amount, whole.amount):
            return _claim(passage, rate, name, [(1, part), (1, whole)])
    elif is_near(rate, whole.amount - part.amount, whole.amount):
        values = (whole.amount - part.amount, whole.amount)
        return _claim(passage, rate, name, [(1, whole), (-1, part), (1, whole)], values)
    return None


def _done(passage: Passage, figures: list[Figure], words: dict[int, str], name: str) -> Figure | None:
    """The figure whose words say the rate's verb, and most of its name where several do."""
    verb = name[-2:]
    if not any(verb in said for said in words.values()):  # 批捕率 of 批准逮捕247件
        short = re.compile(f"{re.escape(verb[0])}[\u3400-\u9fff]{{1,2}}{re.escape(verb[1])}")
        words = {number: short.sub(verb, said) for number, said in words.items()}
    done = [
        figure
        for figure in figures
        if verb in words[id(figure)]
        and not _open(passage, figure)
        and not any(other.search(passage.lead(figure)) for other in (_TARGET, _APART, _MID_YEAR))
    ]
    if len(done) > 1:  # 入学人数23458人，应入学23482人
        done = [figure for figure in done if not _ALL.search(passage.lead(figure))]
    if len(done) > 1:  # 道路清扫面积520万平方米，机械化清扫442万平方米
        said = [max(n for n in range(2, len(name) + 1) if name[-n:] in words[id(f)]) for f in done]
        done = [figure for figure, length in zip(done, said, strict=True) if length == max(said)]
    return done[0] if len(done) == 1 else None


def _due(passage: Passage, rate: Figure, name: str, before: Sequence[Figure]) -> Claim | None:
    """应检32.5万辆，已检31.2万辆，检验率96%: what was to be done and what was, by one verb."""
    for whole in before:
        due = _DUE.search(passage.own_words(whole))
        if due is None or due["verb"] not in name:
            continue
        parts = [f for f in before if f.key == whole.key and is_due_and_done(passage, whole, f)]
        if len(parts) == 1 and is_near(rate, parts[0].amount, whole.amount):
            return _claim(passage, rate, name, [(1, parts[0]), (1, whole)])
    return None


def is_due_and_done(passage: Passage, whole: Figure, part: Figure) -> bool:
    """Whether two figures say by one verb what was to be done and what was: 应检585家、实检508家."""
    due = _DUE.search(passage.own_words(whole))
    return due is not None and bool(re.search(rf"(?:已|实|实际|完成){due['verb']}", passage.own_words(part)))


def _claim(
    passage: Passage,
    rate: Figure,
    name: str,
    terms: list[tuple[int, Figure]],
    values: tuple[Decimal, ...] | None = None,
) -> Claim:
    return Claim("ratio", "achievement", f"{name}率", passage, rate, terms, values)


def _says(words: str, verb: str, name: str) -> bool:
    said = verb in words or verb[::-1] in words
    return said and _is_negated(words, verb) == _is_negated(name, verb)


def _is_negated(words: str, verb: str) -> bool:
    return re.search(f"[不未非无]{re.escape(verb)}", words) is not None


def _same_things(passage: Passage, part: Figure, whole: Figure, verb: str) -> bool:
    """共召开会议24次，完成调研8次 are no part and whole: a part that names other things than the whole."""
    own = _VERBS.sub("", passage.lead(part).replace(verb, "").replace(verb[::-1], ""))
    things = passage.clause_text(whole)
    return len(own) < 2 or any(own[i : i + 2] in things for i in range(len(own) - 1))


def _is_of_kind(passage: Passage, figure: Figure, kind: str) -> bool:
    clause = passage.lead(figure)
    return len(kind) >= 2 and any(kind[i : i + 2] in clause for i in range(len(kind) - 1))


def _open(passage: Passage, figure: Figure) -> bool:
    return bool(_REMAINING.search(passage.clause_text(figure)))
