"""What a document is when it is no self-evaluation."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from extractors.document import Document
from extractors.forms.labels import squeeze, vocabulary

TITLE_LIMIT = 60
SENTENCE_ENDS = ("。", "；", ";", "！")


def titles_of(document: Document, file_name: str) -> list[str]:
    """Lines that can be titles: the first short paragraphs that are no sentences, captions, top rows; the file's name
    last. A worksheet's name is none: templates keep it whatever is written into them."""
    lines = [squeeze(p.text) for p in document.paragraphs[:15]]
    titles = [line for line in lines if 0 < len(line) <= TITLE_LIMIT and not line.endswith(SENTENCE_ENDS)]
    long_first = next(
        (squeeze(p.text) for p in document.paragraphs[:3] if len(squeeze(p.text)) > TITLE_LIMIT), ""
    )
    titles += [long_first[:TITLE_LIMIT]] if long_first else []
    joined = [a + b for a, b in itertools.pairwise(titles)]
    for table in document.tables[:6]:
        titles += [squeeze(table.caption)] if table.caption else []
        heads = [squeeze(cell.text) for cell in table.cells[:3] if 4 < len(squeeze(cell.text)) <= TITLE_LIMIT]
        titles += heads
        joined += [a + b for a, b in itertools.pairwise(heads)]
    return [*titles, *joined, squeeze(re.sub(r"\.\w{1,5}$", "", file_name))]


def is_evaluation_title(titles: Iterable[str]) -> bool:
    """True when a title says self-evaluation."""
    return any(vocabulary().evaluation_title.search(title) for title in titles)


def other_kind(titles: Iterable[str]) -> tuple[str, str] | None:
    """(kind, Chinese name) of another known kind of document, None for an unknown one.

    The first title that says anything decides, so that a self-evaluation may stand among the chapters of final
    accounts, and the other way round. A notice is a notice whatever it is about (`whatever_else` in the vocabulary).
    """
    for title in titles:
        kind = _kind_of(title)
        if kind is not None and kind[0] in vocabulary().whatever_else:
            return kind
        if vocabulary().evaluation_title.search(title):
            return None
        if kind is not None:
            return kind
    return None


def _kind_of(title: str) -> tuple[str, str] | None:
    return next(
        ((term.name, name) for term, name in vocabulary().documents if term.pattern.search(title)), None
    )


def mentions_evaluation(document: Document) -> bool:
    """True when the text speaks of self-evaluation often enough to be one without saying so in its title."""
    text = "".join(paragraph.text for paragraph in document.paragraphs)
    return len(re.findall(r"绩效自评|自评得分|自评报告|自我评价", text)) >= 2
