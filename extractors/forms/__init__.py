"""Forms: a document's tables and text into reports. `recognise` is the one entry."""

from extractors.forms.recognition import recognise

__all__ = ["recognise"]
