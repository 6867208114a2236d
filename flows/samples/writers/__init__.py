"""One writer a file format; `write` picks it by the path's suffix."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from flows.samples.sheet import SampleDocument

MODULES = {
    ".docx": "docx",
    ".xlsx": "xlsx",
    ".xls": "xls",
    ".pdf": "pdf",
    ".txt": "text",
    ".html": "html",
}


def write(document: SampleDocument, path: Path) -> Path:
    """Write the document in the format of the path's suffix; KeyError for a suffix without a writer."""
    writer: Callable[[SampleDocument, Path], None] = import_module(
        f"flows.samples.writers.{MODULES[path.suffix]}"
    ).write
    path.parent.mkdir(parents=True, exist_ok=True)
    writer(document, path)
    return path
