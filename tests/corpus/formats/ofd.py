"""OFD (GB/T 33190) with the text runs and lines of the PDF that the same document prints to."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfplumber

from flows.samples.sheet import SampleDocument
from flows.samples.writers import pdf
from tests.extractors.readers.ofd_samples import line_object, text_object, write_ofd

TOUCH = 1.0


def write(document: SampleDocument, path: Path) -> None:
    """Write the package, pages upright as most are issued."""
    with tempfile.TemporaryDirectory() as folder:
        printed = Path(folder) / "printed.pdf"
        pdf.write(document, printed, upright=True)
        with pdfplumber.open(printed) as source:
            write_ofd(path, [_page(page) for page in source.pages])


def _page(page: Any) -> str:
    lines = [line_object(edge["x0"], edge["top"], edge["x1"], edge["bottom"]) for edge in page.lines]
    texts = [
        text_object(
            run[0]["x0"],
            run[0]["bottom"] - run[0]["size"] * 0.12,
            run[0]["size"],
            "".join(c["text"] for c in run),
        )
        for run in _runs(page.chars)
    ]
    return "".join(lines + texts)


def _runs(chars: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Characters that follow each other on a line, as one text object."""
    run: list[dict[str, Any]] = []
    for char in chars:
        follows = (
            run and abs(run[-1]["top"] - char["top"]) < TOUCH and abs(run[-1]["x1"] - char["x0"]) < TOUCH
        )
        if run and not follows:
            yield run
            run = []
        run.append(char)
    if run:
        yield run
