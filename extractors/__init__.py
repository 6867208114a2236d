"""Extraction: a submitted file becomes a Document, a Document becomes Reports. No database, no orchestration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.document import Document
    from extractors.limits import Limits
    from extractors.report import Report

__all__ = ["EXTRACTOR_VERSION", "extract_reports", "read_document"]

EXTRACTOR_VERSION = "2"
"""Rises when the same file would give other rows; stamped on every submission."""


def read_document(path: str | Path, limits: Limits | None = None) -> Document:
    """Read one file: paragraphs and tables in reading order, whatever its format.

    The format is told by content, never by name. Raises ExtractionError (Unreadable, Refused, NeedsTool) with
    a Chinese reason. Runs in this process; `extractors.batch` isolates hostile files.
    """
    from extractors.limits import DEFAULT_LIMITS
    from extractors.readers import read

    return read(Path(path), limits or DEFAULT_LIMITS)


def extract_reports(path: str | Path, limits: Limits | None = None) -> list[Report]:
    """Every self-evaluation in one file (all members of an archive, in order), one Report per form.

    Raises ExtractionError; NotAnEvaluation when the file is another kind of document.
    """
    from extractors.containers import is_container, iter_reports
    from extractors.forms import recognise
    from extractors.limits import DEFAULT_LIMITS
    from extractors.readers import read
    from extractors.readers.sniff import sniff

    path = Path(path)
    limits = limits or DEFAULT_LIMITS
    if is_container(sniff(path)):
        return list(iter_reports(path, limits))
    return recognise(read(path, limits), path.name)
