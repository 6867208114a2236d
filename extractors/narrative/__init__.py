"""Narrative -> statements, relations, sections; indicators where a report has no form."""

from extractors.narrative.model import Narrative
from extractors.narrative.reader import read_narrative

__all__ = ["Narrative", "read_narrative"]
