"""What a document is when it is no self-evaluation."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from extractors.document import Document
from extractors.forms.labels import squeeze, vocabulary

TITLE_LIMIT = 60


def titles_of(document: Document, file_name: str) -> list[str]:
    """Lines that can be titles: the first short paragraphs, captions, sheet names, top rows; the file's name last."""
    titles = [squeeze(p.text) for p in document.paragraphs[:15] if 0 < len(squeeze(p.text)) <= TITLE_LIMIT]
    long_first = next(
        (squeeze(p.text) for p in document.paragraphs[:3] if len(squeeze(p.text)) > TITLE_LIMIT), ""
    )
    titles += [long_first[:TITLE_LIMIT]] if long_first else []
    joined = [a + b for a, b in itertools.pairwise(titles)]
    for table in document.tables[:6]:
        titles += [squeeze(table.caption)] if table.caption else []
        titles += [
            squeeze(cell.text) for cell in table.cells[:3] if 4 < len(squeeze(cell.text)) <= TITLE_LIMIT
        ]
        titles += [squeeze(table.location.sheet)] if table.location.sheet else []
    return [*titles, *joined, squeeze(re.sub(r"\.\w{1,5}$", "", file_name))]


def is_evaluation_title(titles: Iterable[str]) -> bool:
    """True when a title says self-evaluation."""
    return any(vocabulary().evaluation_title.search(title) for title in titles)


def other_kind(titles: Iterable[str]) -> tuple[str, str] | None:
    """(kind, Chinese name) of another known kind of document, None for an unknown one."""
    listed = list(titles)
    for term, name in vocabulary().documents:
        if any(term.pattern.search(title) for title in listed):
            return term.name, name
    return None


def mentions_evaluation(document: Document) -> bool:
    """True when the text speaks of self-evaluation often enough to be one without saying so in its title."""
    text = "".join(paragraph.text for paragraph in document.paragraphs)
    return len(re.findall(r"绩效自评|自评得分|自评报告|自我评价", text)) >= 2
