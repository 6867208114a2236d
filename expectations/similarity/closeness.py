"""What one narrative shares with another, exactly, sentence by sentence, with the place on both sides."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from expectations.similarity.sentences import Paragraph, Sentence, ToldText
from expectations.similarity.settings import SimilaritySettings
from expectations.similarity.shingles import Hashes, once

Numbers = NDArray[np.int64]


class SharedSentence(NamedTuple):
    """A sentence of this text, the one in the other text most like it, and the share of shingles found there."""

    sentence: Sentence
    other: Sentence
    similarity: float

    @property
    def same_figures(self) -> bool:
        """Whether it has figures, and the other text has the same."""
        return bool(self.sentence.figures) and self.sentence.figures == self.other.figures

    @property
    def is_updated(self) -> bool:
        """Whether it tells figures, several of them, and none of them is the other text's."""
        figures = self.sentence.figures
        return len(figures) >= 2 and not set(figures) & set(self.other.figures)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of this text: folded characters, those shared, and those shared but brought up to date."""

    section_no: int
    characters: int
    shared_characters: int
    updated_characters: int
    text: str
    paragraph: Paragraph
    other_place: str | None


@dataclass(frozen=True, slots=True)
class Likeness:
    """What `text` shares with `other`: shares as fractions of `text`, resemblance (Jaccard) of both."""

    text: ToldText
    other: ToldText
    resemblance: float
    shared: tuple[SharedSentence, ...]

    @property
    def shared_characters(self) -> int:
        """Folded characters of the shared sentences."""
        return sum(found.sentence.size for found in self.shared)

    @property
    def names_other_unit(self) -> bool:
        """Whether this text names the other's unit while that one does not name this unit."""
        own, foreign = self.text.unit_name, self.other.unit_name
        if not own or not foreign or own in foreign or foreign in own:
            return False
        return foreign in self.text.raw and own not in self.other.raw

    def own_words(self, settings: SimilaritySettings) -> int:
        """Shared characters in chapters on the unit's own work."""
        return sum(
            found.sentence.size
            for found in self.shared
            if found.sentence.paragraph.kind not in settings.general_sections
        )

    def shown(self, count: int) -> tuple[SharedSentence, ...]:
        """The most telling shared sentences, in the order of the text."""
        telling = sorted(
            range(len(self.shared)),
            key=lambda index: (not self.shared[index].same_figures, -self.shared[index].sentence.size, index),
        )
        return tuple(self.shared[index] for index in sorted(telling[:count]))

    def chapters(self) -> tuple[Chapter, ...]:
        """By section of this text, in order."""
        shared = {id(found.sentence): found for found in self.shared}
        sections: dict[int, list[Sentence]] = defaultdict(list)
        for sentence in self.text.sentences:
            if sentence.paragraph.section_no is not None:
                sections[sentence.paragraph.section_no].append(sentence)
        return tuple(
            _chapter(number, sentences, [shared[id(s)] for s in sentences if id(s) in shared])
            for number, sentences in sorted(sections.items())
        )


def _chapter(number: int, sentences: list[Sentence], shared: list[SharedSentence]) -> Chapter:
    first = shared[0].sentence if shared else sentences[0]
    return Chapter(
        number,
        sum(sentence.size for sentence in sentences),
        sum(found.sentence.size for found in shared),
        sum(found.sentence.size for found in shared if found.is_updated),
        "。".join(sentence.text for sentence in sentences)[:400],
        first.paragraph,
        shared[0].other.paragraph.place if shared else None,
    )


def liken(text: ToldText, other: ToldText, settings: SimilaritySettings) -> Likeness:
    """Compare two texts. A sentence is shared when enough of its shingles stand in one sentence of the other text."""
    found = other.distinct
    if not found.size or not text.distinct.size:
        return Likeness(text, other, 0.0, ())
    at = np.minimum(np.searchsorted(found, text.hashes), found.size - 1)
    hit = found[at] == text.hashes
    common = int(np.bincount(at[hit]).astype(bool).sum())
    resemblance = common / (text.distinct.size + found.size - common)
    count = len(text.sentences)
    totals = np.bincount(text.sentence_of, minlength=count).clip(1)
    # No more of a sentence stands in one sentence of the other text than in all of it.
    hit &= (np.bincount(text.sentence_of[hit], minlength=count) >= settings.alike * totals)[text.sentence_of]
    if not hit.any():
        return Likeness(text, other, resemblance, ())
    nearest = _nearest(text.sentence_of[hit], other.first_in[at[hit]], count, len(other.sentences))
    similarity = _standing_in(text, other, nearest) / totals
    shared = np.flatnonzero((nearest >= 0) & (similarity >= settings.alike))
    return Likeness(
        text,
        other,
        resemblance,
        tuple(
            SharedSentence(text.sentences[mine], other.sentences[int(nearest[mine])], float(similarity[mine]))
            for mine in shared.tolist()
        ),
    )


def _nearest(mine: Numbers, theirs: Numbers, count: int, other_count: int) -> Numbers:
    """For each of `count` sentences the other's that has most of its shingles, the first of equals; -1 for none."""
    pairs, hits = np.unique(mine * other_count + theirs, return_counts=True)
    order = np.lexsort((-pairs, hits))
    nearest = np.full(count, -1, dtype=np.int64)
    nearest[pairs[order] // other_count] = pairs[order] % other_count
    return nearest


def _standing_in(text: ToldText, other: ToldText, nearest: Numbers) -> Numbers:
    """How many shingles of each sentence stand in the sentence nearest to it."""
    wanted = _within(text.hashes, nearest[text.sentence_of])
    there = once(_within(other.hashes, other.sentence_of))
    at = np.minimum(np.searchsorted(there, wanted), there.size - 1)
    return np.bincount(text.sentence_of[there[at] == wanted], minlength=len(text.sentences))


def _within(hashes: Hashes, sentences: Numbers) -> Hashes:
    """One key for a shingle in a sentence."""
    return hashes ^ (sentences.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15))
