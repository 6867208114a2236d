"""A narrative as sentences with their places and shingles: what is compared closely."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from expectations.similarity.settings import SimilaritySettings
from expectations.similarity.shingles import (
    END,
    SENTENCE_ENDS,
    Hashes,
    Marks,
    as_marks,
    fold,
    own_names,
    sampled,
    sentence_hashes,
    shingle_hashes,
    without_names,
)

_ENDS = re.compile(f"[{re.escape(SENTENCE_ENDS)}]+")
_NUMBER = re.compile(r"\d[\d,，.．]*")
_YEAR = re.compile(
    r"(?:19|20)\d\d\s*年?(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?|\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?"
)


class Paragraph(NamedTuple):
    """A paragraph as it comes from the warehouse."""

    section_no: int | None
    kind: str
    text: str
    place: str | None
    location: str | None


class Sentence(NamedTuple):
    """A sentence that may be compared. size: folded characters."""

    text: str
    paragraph: Paragraph
    size: int

    @property
    def figures(self) -> tuple[str, ...]:
        """Its numbers as printed, without dates: a copy brought up to date changes those."""
        return _figures(self.text)


@dataclass(frozen=True, slots=True, eq=False)
class ToldText:
    """The sentences of a report that are its own to write, with the hashes of their shingles.

    sentence_of[i] is the sentence that hashes[i] stands in. distinct: the hashes once, ascending; first_in: the first
    sentence each of them stands in.
    """

    report_id: str
    unit_name: str | None
    sentences: tuple[Sentence, ...]
    hashes: Hashes
    sentence_of: NDArray[np.int64]
    distinct: Hashes
    first_in: NDArray[np.int64]
    raw: str

    @property
    def characters(self) -> int:
        """Folded characters of all sentences."""
        return sum(sentence.size for sentence in self.sentences)


@lru_cache(maxsize=50_000)
def _figures(text: str) -> tuple[str, ...]:
    return tuple(found.replace(",", "").rstrip(".．，") for found in _NUMBER.findall(_YEAR.sub("", text)))


def tell(
    report_id: str,
    unit_name: str | None,
    names: Sequence[str],
    paragraphs: Sequence[Paragraph],
    template: Marks,
    settings: SimilaritySettings,
) -> ToldText:
    """Take a report's paragraphs apart. Mandated sentences, short ones, and those of a template are left out."""
    found = list(_sentences(paragraphs, settings))
    joined = "\0".join(text for text, _ in found)
    codes = fold(without_names(joined, own_names(names), settings.self_reference))
    segments = np.cumsum(codes == END)
    sizes = np.bincount(segments[codes != END], minlength=len(found))
    long_hashes, starts = shingle_hashes(codes, settings.shingle)
    kept = (sizes >= settings.shortest_sentence) & ~_of_template(
        long_hashes, segments[starts], len(found), template, settings
    )
    hashes, starts = shingle_hashes(codes, settings.sentence_shingle)
    owners = segments[starts]
    numbers = np.cumsum(kept) - 1
    inside = kept[owners]
    hashes, sentence_of = hashes[inside], numbers[owners[inside]]
    distinct, first = np.unique(hashes, return_index=True)
    return ToldText(
        report_id,
        unit_name,
        tuple(
            Sentence(text, paragraph, int(size))
            for (text, paragraph), size, keep in zip(found, sizes, kept, strict=True)
            if keep
        ),
        hashes,
        sentence_of,
        distinct,
        sentence_of[first],
        "\n".join(paragraph.text for paragraph in paragraphs),
    )


def _sentences(
    paragraphs: Sequence[Paragraph], settings: SimilaritySettings
) -> Iterator[tuple[str, Paragraph]]:
    for paragraph in paragraphs:
        for piece in _ENDS.split(paragraph.text):
            text = piece.strip()
            if len(text) >= settings.shortest_sentence and not settings.mandated.search(text):
                yield text, paragraph


def _of_template(
    hashes: Hashes, owners: NDArray[np.int64], count: int, template: Marks, settings: SimilaritySettings
) -> NDArray[np.bool_]:
    """Which sentences many units share, judged by their sample."""
    if not template.size or not hashes.size:
        return np.zeros(count, bool)
    chosen = sampled(hashes, settings.sample)
    parts = owners[chosen]
    common = np.bincount(parts[_among(as_marks(hashes[chosen]), template)], minlength=count)
    found = common > settings.template_marks * np.bincount(parts, minlength=count).clip(1)
    whole, numbers = sentence_hashes(hashes, owners)
    found[numbers[_among(as_marks(whole), template)]] = True
    return found


def _among(marks: Marks, template: Marks) -> NDArray[np.bool_]:
    return template[np.minimum(np.searchsorted(template, marks), template.size - 1)] == marks
