"""Wholes and the parts listed for them: 其中 …, （… 和 …）, 由…组成, lists behind a colon.

Only what the sentence's structure says; whether a list is complete, and what does not add up, is decided in
`sums`. Each unit makes a list of its own: 32宗 (7宗, 25宗) and 10.9亿元 (…) in one sentence are two lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from extractors.narrative.figures import with_unit_of
from extractors.narrative.model import BARE, Figure, PartList, Passage
from extractors.narrative.signs import is_change, is_signed
from extractors.narrative.words import COUNT_WORDS, WORDS, pattern

_TRIGGER = pattern("part_triggers")
_COMPOSITION = pattern("composition")
_COMPARISON = pattern("comparison")
_ATTRIBUTE = pattern("attribute_only")
_OF_NAMED = re.compile(r"在?(?P<name>[^,。;:0-9其]{2,8})中[,:]")
_NEARLY = Decimal("0.05")
_BEFORE_OPENING = re.compile(r"[^,;。:()\d]{0,8}")
_CHANGES = re.compile(r"增加|减少|增减")
_IN_POST = pattern("in_post")
_NUMBERED = re.compile(r"(?P<count>[两二三四五六七八九十])[类项个种部批级方]")


@dataclass(frozen=True, slots=True)
class _Trigger:
    start: int
    end: int
    depth: int
    stop: int
    complete: bool = False
    adjacent: bool = False


def part_lists(passage: Passage) -> list[PartList]:
    """All lists of parts in a passage, single parts included."""
    triggers = sorted(_triggers(passage), key=lambda trigger: (trigger.start, -trigger.stop))
    owned: set[Figure] = set()
    lists: list[PartList] = []
    for index in range(len(triggers) - 1, -1, -1):  # inner lists stand later: they take their figures first
        trigger = triggers[index]
        lists.extend(_read(passage, trigger, triggers[:index], triggers[index + 1 :], owned))
    return lists[::-1]


def _triggers(passage: Passage) -> Iterable[_Trigger]:
    folded = passage.folded
    taken: set[int] = set()
    for match in _TRIGGER.finditer(folded):
        depth = passage.depths[match.start()]
        taken.add(match.start())
        yield _Trigger(match.start(), match.end(), depth, _stop(passage, match.end(), depth))
    for match in _COMPOSITION.finditer(folded):
        yield _Trigger(
            match.start(), match.start() + 1, passage.depths[match.start()], match.end("body"), True
        )
    for figure in passage.figures:
        gap = _BEFORE_OPENING.match(folded, figure.end)
        after = gap.end() if gap else figure.end
        sign = folded[after : after + 1]
        if sign == "(" and not taken & set(range(after + 1, after + 3)):
            yield _Trigger(
                after, after + 1, figure.depth + 1, _stop(passage, after + 1, figure.depth + 1), adjacent=True
            )
        elif sign == ":" and not taken & set(range(after + 1, after + 3)):
            yield _Trigger(
                after, after + 1, figure.depth, _stop(passage, after + 1, figure.depth), adjacent=True
            )


def _stop(passage: Passage, start: int, depth: int) -> int:
    for position in range(start, len(passage.folded)):
        if passage.depths[position] < depth or passage.folded[position] in "。!?\n":
            return position
    return len(passage.folded)


def _read(
    passage: Passage, trigger: _Trigger, outer: list[_Trigger], inner: list[_Trigger], owned: set[Figure]
) -> list[PartList]:
    listed = [
        figure
        for figure in passage.figures
        if trigger.end <= figure.start < trigger.stop
        and figure.depth == trigger.depth
        and figure not in owned
    ]
    wholes = {
        key: _whole(passage, trigger, key)
        for key in {figure.key for figure in listed} | _seen(passage, trigger)
    }
    lists: list[PartList] = []
    for key, whole in wholes.items():
        if whole is None or not whole.adds_up or whole.value is None:
            continue
        parts = _of_key(listed, key, whole, bare_allowed=_only_key(listed, key))
        parts = _until_next_whole(passage, trigger, parts, whole, inner)
        if not _are_numbered(passage, trigger, parts, whole):
            parts = [part for part in parts if is_part(passage, part, whole)]
        if any(_encloses(list_, trigger, whole) for list_ in outer):
            found = _own_share(passage, trigger, parts, whole)
            if not found:
                owned.update(parts)
            parts = found
        if parts:
            complete = trigger.complete or _are_numbered(passage, trigger, parts, whole)
            lists.append(PartList(whole, tuple(parts), complete, trigger.start, trigger.stop))
            starts = {part.start for part in parts}
            owned.update(figure for figure in listed if figure.start in starts)
    return lists


def _are_numbered(passage: Passage, trigger: _Trigger, parts: list[Figure], whole: Figure) -> bool:
    """民商事、刑事、行政三类案件2145件，分别为1682件、386件和77件: as many bare figures as the whole says it has kinds."""
    said = _NUMBERED.search(passage.lead(whole))
    return (
        said is not None
        and passage.folded[trigger.start : trigger.end].startswith("分别")
        and COUNT_WORDS[said["count"]] == len(parts)
    )


def _encloses(outer: _Trigger, trigger: _Trigger, whole: Figure) -> bool:
    """Whether the list's whole is itself a part in an outer list of the same depth."""
    return outer.depth == trigger.depth and outer.end <= whole.start and trigger.start < outer.stop


def _own_share(passage: Passage, trigger: _Trigger, parts: list[Figure], whole: Figure) -> list[Figure]:
    """Which of the figures behind an inner 其中 are its own, and which go on with the outer list.

    A semicolon ends it; without one, the figures must say it: the first ones that add up to the inner whole, or
    all of them where they nearly do. Otherwise it is open, and none is taken.
    """
    for position, part in enumerate(parts):
        previous = parts[position - 1].end if position else trigger.end
        if position and ";" in passage.folded[previous : part.start]:
            return parts[:position]
    total = Decimal(0)
    for position, part in enumerate(parts, start=1):
        total += part.amount
        if total == whole.amount and position > 1:
            return parts[:position]
    return parts if abs(total - whole.amount) <= whole.amount * _NEARLY else []


def _seen(passage: Passage, trigger: _Trigger) -> set[str]:
    return {figure.key for figure in passage.figures if figure.end <= trigger.start}


def _only_key(listed: list[Figure], key: str) -> bool:
    return {figure.key for figure in listed} <= {key, BARE}


def _whole(passage: Passage, trigger: _Trigger, key: str) -> Figure | None:
    """The nearest figure of that unit before the list: in its sentence, or in the one before where it begins one."""
    before = [figure for figure in passage.figures if figure.end <= trigger.start]
    if trigger.adjacent:
        last = before[-1] if before else None
        return last if last is not None and last.key == key else None
    opening = passage.folded.rfind("(", 0, trigger.start)
    if trigger.depth and opening >= 0 and not passage.folded[opening + 1 : trigger.start].strip():
        last = before[-1] if before else None
        return last if last is not None and last.key == key and last.depth == trigger.depth - 1 else None
    if not before:
        return None
    named = _OF_NAMED.match(passage.folded, trigger.start, trigger.end)
    if named is not None:  # 基本支出中，人员经费…: the figure of that name
        found = [
            f for f in before if f.key == key and f.depth == trigger.depth and named["name"] in f.subject
        ]
        return found[-1] if found else None
    sentence = _sentence_at(passage, trigger.start)
    same = [figure for figure in before if figure.sentence == sentence]
    pool = same or [figure for figure in before if figure.sentence == sentence - 1]
    found = [
        figure
        for figure in pool
        if figure.key == key and figure.depth == trigger.depth and not is_aside(passage, figure)
    ]
    return found[-1] if found else None


def is_aside(passage: Passage, figure: Figure) -> bool:
    """较年初增加230万元, 完成目标2亿元的118%: figures beside the one that is broken down."""
    if passage.folded[figure.end : figure.end + 1] == "的":
        return True
    return bool(_COMPARISON.search(figure.subject)) and not is_change(passage, figure)


def _sentence_at(passage: Passage, position: int) -> int:
    return next((i for i, (start, end) in enumerate(passage.sentences) if start <= position < end), 0)


def _of_key(listed: list[Figure], key: str, whole: Figure, bare_allowed: bool) -> list[Figure]:
    parts: list[Figure] = []
    for figure in listed:
        if figure.value is None:
            continue
        if figure.key == key:
            parts.append(figure)
        elif figure.key == BARE and bare_allowed and len(listed) > 1:
            parts.append(with_unit_of(figure, parts[-1] if parts else whole))
    return parts


def _until_next_whole(
    passage: Passage, trigger: _Trigger, parts: list[Figure], whole: Figure, inner: list[_Trigger]
) -> list[Figure]:
    """A list runs over semicolons until a figure that cannot be a part, because it is as large as the whole.

    A figure behind a semicolon with a list of its own is a part only where the sum then holds exactly.
    """
    kept: list[Figure] = []
    for position, part in enumerate(parts):
        previous = kept[-1].end if kept else trigger.end
        new_segment = bool(kept) and ";" in passage.folded[previous : part.start]
        if new_segment and part.amount >= whole.amount > 0 and not is_signed(passage, part):
            break
        if new_segment and _is_sibling(passage, part, whole):
            break
        if new_segment and _opens_list(passage, part, inner):
            total = sum((item.amount for item in parts), Decimal(0))
            if (
                total != whole.amount
                and sum((item.amount for item in parts[:position]), Decimal(0)) == whole.amount
            ):
                break
        kept.append(part)
    return _exact_segments(passage, kept, whole)


def _is_sibling(passage: Passage, part: Figure, whole: Figure) -> bool:
    """基本支出…，其中…；项目支出…: the other class of its own level is no part of it."""
    above, own = passage.lead(whole), passage.lead(part)
    return any(
        (first in above and second not in above and second in own)
        or (second in above and first not in above and first in own)
        for first, second in WORDS["complete_pairs"]
    )


def _exact_segments(passage: Passage, parts: list[Figure], whole: Figure) -> list[Figure]:
    """The list ends at a semicolon where the parts up to it are exactly the whole."""
    total = Decimal(0)
    for position, part in enumerate(parts[:-1], start=1):
        total += part.amount
        if position > 1 and total == whole.amount and ";" in passage.folded[part.end : parts[position].start]:
            return parts[:position]
    return parts


def _opens_list(passage: Passage, part: Figure, inner: list[_Trigger]) -> bool:
    return any(trigger.depth == part.depth and part.end <= trigger.start <= part.end + 3 for trigger in inner)


def is_part(passage: Passage, part: Figure, whole: Figure) -> bool:
    """A part has words of its own and is no comparison (比上年增加5万元) and no attribute (执行98万元) of another."""
    words = part.subject
    if part.key == "score":  # what was deducted is part of deductions only
        deducted = "扣" in passage.lead(whole)
        return bool(words or part.tail) and deducted == ("扣" in passage.lead(part))
    if is_signed(passage, part) or (is_change(passage, whole) and _CHANGES.search(words)):
        return True
    if _COMPARISON.search(words) or (_IN_POST.search(words) and "编制" in passage.lead(whole)):
        return False
    if words:
        return not _ATTRIBUTE.fullmatch(words)
    return bool(part.tail)
