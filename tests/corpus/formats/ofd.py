"""OFD (GB/T 33190) with the text runs and lines of the PDF that the same document prints to."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pdfplumber

from flows.samples.sheet import SampleDocument
from flows.samples.writers import pdf
from tests.extractors.readers.ofd_samples import MM, line_object, write_ofd

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
    texts = [_text(run) for run in _runs([char for char in page.chars if char["text"].isprintable()])]
    return "".join(lines + texts)


def _text(run: list[dict[str, Any]]) -> str:
    """One text object, its characters where the print has them."""
    first, last = run[0], run[-1]
    size, height = first["size"] * MM, (first["bottom"] - first["top"]) * MM
    delta = " ".join(f"{(right['x0'] - left['x0']) * MM:.4f}" for left, right in pairwise(run))
    box = f"{first['x0'] * MM:.4f} {first['top'] * MM:.4f} {(last['x1'] - first['x0']) * MM:.4f} {height:.4f}"
    words = escape("".join(char["text"] for char in run))
    return (
        f'<ofd:TextObject ID="1" Boundary="{box}" Font="2" Size="{size:.4f}">'
        f'<ofd:TextCode X="0" Y="{size * 0.88:.4f}" DeltaX="{delta}">{words}</ofd:TextCode></ofd:TextObject>'
    )


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
