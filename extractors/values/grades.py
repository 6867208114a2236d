"""Grades of an evaluation: 优, 良, 中, 差 and the words that stand for them, in a cell or in a sentence."""

from __future__ import annotations

import re

from extractors.values.choices import ticked
from extractors.values.text import any_of, fold, load_vocabulary

_WORDS = load_vocabulary("grades.yaml")
GRADES: dict[str, str] = {word: grade for grade, words in _WORDS["grades"].items() for word in words}
_OPTION = any_of(GRADES)
_UNBOXED = re.compile(rf"(?<![□\u4e00-\u9fff])({_OPTION})(?![\u4e00-\u9fff])")
_TOLD = re.compile(
    rf"(?:{_WORDS['named']})(?:评定|确定|认定|评价)?(?:为|是|:|属于|达到)+"
    rf"[“\"‘'「【(]*(?P<grade>{_OPTION})[”\"’'」】)]*(?:等级|等次|等|级|档)?(?=[,。;:!()\s]|$)"
    rf"|(?:{_WORDS['given']})[“\"‘'「【]+(?P<quoted>{_OPTION})[”\"’'」】]+(?:等级|等次|等|级|档)?(?=[,。;:!()\s]|$)"
)
_APART = re.compile(_WORDS["of_something_else"])
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
LONGEST_GRADE = 16
"""Longest cell that is a label and a grade: 自评等级：优."""
_SENTENCE = re.compile(r"[。!?\n;]")


def grade_in(text: str) -> str | None:
    """The grade that a cell states or ticks: 优, ☑优□良□中□差. None where every choice has its empty box."""
    chosen = ticked(text)
    if chosen is None and "□" in text:
        # the tick's sign was lost in print: the one option without an empty box
        bare = "".join(text.split())
        boxed = len(re.findall(_OPTION, bare)) > bare.count("□")
        unboxed = {found.group(1) for found in _UNBOXED.finditer(bare)} if boxed else set()
        chosen = unboxed.pop() if len(unboxed) == 1 else None
    plain = "".join(fold(chosen or text).split()).strip(":;,。\"“”'()")
    if plain not in GRADES and chosen is None and "□" not in text and len(plain) <= LONGEST_GRADE:
        stated = _TOLD.search(plain)
        plain = (stated["grade"] or stated["quoted"]) if stated else plain
    return GRADES.get(plain)


def told_grade(texts: list[str], fiscal_year: int | None) -> str | None:
    """The one grade that sentences give this year's evaluation (自评等级为“优”); None for none or several.

    A sentence on last year, on other years, on several projects or on what a grade takes says nothing of it.
    """
    told: set[str] = set()
    for text in texts:
        for sentence in _SENTENCE.split(fold(text)):
            years = {int(year) for year in _YEAR.findall(sentence)}
            if _APART.search(sentence) or (fiscal_year and years and fiscal_year not in years):
                continue
            told |= {GRADES[match["grade"] or match["quoted"]] for match in _TOLD.finditer(sentence)}
    return told.pop() if len(told) == 1 else None
