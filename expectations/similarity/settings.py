"""The thresholds of the comparison, from expectations/vocabulary/similarity.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

SETTINGS_FILE = Path(__file__).parents[1] / "vocabulary" / "similarity.yaml"


@dataclass(frozen=True, slots=True)
class SimilaritySettings:
    """Lengths in folded characters, shares as fractions; what each is for stands in the file."""

    shingle: int
    sample: int
    template_share: float
    template_at_least: int
    template_at_most: int
    template_same_supervisor: int
    slots: int
    seed: int
    equal_slots: int
    shared_marks: int
    shared_marks_share: float
    shared_marks_enough: int
    per_report: int
    shortest_sentence: int
    sentence_shingle: int
    alike: float
    template_marks: float
    passages: int
    mandated: re.Pattern[str]
    general_sections: frozenset[str]
    self_reference: re.Pattern[str]

    @property
    def method(self) -> str:
        """What marks depend on besides the text."""
        return f"k{self.shingle}-1/{self.sample}"

    def marks_needed(self, marks: int) -> int:
        """Marks that a pair must have in common, where the shorter text has so many."""
        return max(self.shared_marks, min(self.shared_marks_enough, int(marks * self.shared_marks_share)))

    def template_above(self, units: int) -> int:
        """Text found with more units than this is a template, where `units` handed in a narrative."""
        share = int(units * self.template_share)
        return max(self.template_at_least, min(self.template_at_most, share))


@cache
def similarity_settings() -> SimilaritySettings:
    """The settings of the file."""
    content = yaml.safe_load(SETTINGS_FILE.read_text(encoding="utf-8"))
    marks, template = content["marks"], content["template"]
    candidates, sentences = content["candidates"], content["sentences"]
    return SimilaritySettings(
        shingle=marks["shingle"],
        sample=marks["sample"],
        template_share=template["share_of_units"],
        template_at_least=template["at_least"],
        template_at_most=template["at_most"],
        template_same_supervisor=template["same_supervisor"],
        slots=candidates["slots"],
        seed=candidates["seed"],
        equal_slots=candidates["equal_slots"],
        shared_marks=candidates["shared_marks"],
        shared_marks_share=candidates["shared_marks_share"],
        shared_marks_enough=candidates["shared_marks_enough"],
        per_report=candidates["per_report"],
        shortest_sentence=sentences["shortest"],
        sentence_shingle=sentences["shingle"],
        alike=sentences["alike"],
        template_marks=sentences["template_marks"],
        passages=sentences["passages"],
        mandated=re.compile("|".join(content["mandated"])),
        general_sections=frozenset(content["general_sections"]),
        self_reference=re.compile(content["self_reference"]),
    )
