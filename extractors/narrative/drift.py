"""Names of indicators in running text, where they drift: 举办各类农业技术培训 for 开展技术培训场次.

How much of the indicator's own name the words say, in whatever order, and whether another indicator is nearly as near.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from extractors.narrative.matching import comparable, core
from extractors.narrative.words import WORDS, pattern, patterns
from extractors.report import Indicator

_IDLE = pattern("idle_words")
_SAID, _INSIDE, _OF_NAME, _MARGIN = 0.75, 0.85, 0.5, 0.12
_SHORTEST = 3
_SURE = 5
_RATES = ("率", "度")
_SATISFIED_WITH = pattern("satisfied_with")
"""群众对办事效率满意率 is of one thing, an indicator of satisfaction of all."""
_LONG, _OF_LONG, _OF_SHORT, _APART = 8, 0.6, 0.66, 0.2
_SHORT_NAMES = frozenset(WORDS["short_names"])
_LONGEST_WORDS = 28
_CHANGES = patterns("same_change")
_CLAUSE_MARK = re.compile(r"[^\u3400-\u9fffA-Za-z]")


@lru_cache(maxsize=4096)
def _contents(name: str) -> tuple[str, ...]:
    """What a name says, with and without the word that counts."""
    found = []
    for bare in dict.fromkeys((_CLAUSE_MARK.sub("", core(name)), _CLAUSE_MARK.sub("", comparable(name)))):
        bare = _one_word(bare)
        short = _IDLE.sub("", bare)
        found.append(short if len(short) >= _SHORTEST else bare)
    return tuple(dict.fromkeys(found))


def tells_change(words: str) -> bool:
    """Whether the words tell a rise or a fall."""
    return any(change.search(words) for change in _CHANGES.values())


def _one_word(words: str) -> str:
    for word, change in _CHANGES.items():
        words = change.sub(word, words)
    return words


def most_like(words: str, indicators: Sequence[Indicator]) -> Indicator | None:
    """The one indicator of which the words say most; None where none is said or two are nearly as near."""
    told = _IDLE.sub("", _one_word(_CLAUSE_MARK.sub("", words)))[-_LONGEST_WORDS:]
    if len(told) < _SHORTEST or _SATISFIED_WITH.search(words):
        return None
    ranked = sorted(
        (
            (max(_nearness(told, name) for name in _contents(row.name)), -position)
            for position, row in enumerate(indicators)
        ),
        reverse=True,
    )
    if not ranked or ranked[0][0] == 0:
        return None
    if len(ranked) > 1 and ranked[1][0] > ranked[0][0] - _MARGIN:
        return None
    return indicators[-ranked[0][1]]


def says_the_same(words: str, name: str) -> bool:
    """Whether words and name differ in nothing but idle words: 共抓获各类犯罪嫌疑人 for 抓获犯罪嫌疑人数量."""
    told = _IDLE.sub("", _one_word(_CLAUSE_MARK.sub("", words)))
    return len(told) >= _SURE and told in _contents(name)


def told_in_context(words: str, context: str, indicators: Sequence[Indicator]) -> Indicator | None:
    """The one indicator whose name ends in the words and begins in what is told before them.

    侦破刑事案件806起，破案率56% is of 刑事案件破案率. context: the words of the sentence before those of the figure.
    """
    said = _CLAUSE_MARK.sub("", words)
    if len(said) < _SHORTEST:
        return None
    told = Counter(_IDLE.sub("", _CLAUSE_MARK.sub("", context)))
    ranked = []
    for position, row in enumerate(indicators):
        name = _CLAUSE_MARK.sub("", comparable(row.name))
        rest = _IDLE.sub("", name.removesuffix(said))
        if not name.endswith(said) or len(rest) < _SHORTEST:
            continue
        covered = sum((told & Counter(rest)).values()) / len(rest)
        ranked.append((covered, covered >= (_OF_LONG if len(rest) >= _LONG else _OF_SHORT), position))
    ranked.sort(reverse=True)
    if not ranked or not ranked[0][1]:
        return None
    if len(ranked) > 1 and ranked[1][0] > ranked[0][0] - _APART:
        return None
    return indicators[ranked[0][2]]


def _nearness(told: str, name: str) -> float:
    """0 where the words do not say the name; up to 2 where they say it and nothing else."""
    if len(name) < _SHORTEST:
        return 0.0
    if _is_replaced(told, name):
        return 0.0
    shared = sum((Counter(told) & Counter(name)).values())
    of_name, of_words = shared / len(name), shared / len(told)
    inside = of_words >= _INSIDE and of_name >= _OF_NAME and (len(told) > _SHORTEST or told in _SHORT_NAMES)
    return of_name + of_words if of_name >= _SAID or inside else 0.0


def _is_replaced(told: str, name: str) -> bool:
    """晚稻机插率 for 水稻机插率: a rate whose name has other words in the place of the indicator's is another one."""
    if not (told.endswith(_RATES) and name.endswith(_RATES)):
        return False
    first, second = (Counter(words.replace("度", "率")) for words in (told, name))
    return bool(first - second) and bool(second - first)
