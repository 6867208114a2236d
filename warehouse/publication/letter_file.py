"""Turns the words of one letter into a docx: python-docx makes the package once, a template fills its body.

Building each table by python-docx takes a hundred times longer, and a province gets a letter for most of its units.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import docx
import jinja2
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

PAGES = Path(__file__).parent / "pages"
FONT = "宋体"
BODY_PART = "word/document.xml"
LEFT_OUT = ("docProps/thumbnail.jpeg",)
WRITTEN_ON = (1980, 1, 1, 0, 0, 0)
"""One time for every part, so that the same letter is the same file."""


def write_letter(path: Path, words: Mapping[str, Any]) -> None:
    """Writes the letter to `path`; `words` are the fields of pages/letter.xml, as plain text."""
    parts, before, after = _package()
    body = _template().render(words)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in parts:
            package.writestr(zipfile.ZipInfo(name, WRITTEN_ON), content, zipfile.ZIP_DEFLATED, 1)
        package.writestr(
            zipfile.ZipInfo(BODY_PART, WRITTEN_ON), (before + body + after).encode(), zipfile.ZIP_DEFLATED, 1
        )


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(PAGES),
        autoescape=True,
        trim_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("letter.xml")


@cache
def _package() -> tuple[list[tuple[str, bytes]], str, str]:
    """The parts of an empty letter, and the document part cut where its body goes."""
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.name = FONT  # pyright: ignore[reportAttributeAccessIssue]  # paragraph styles have a font
    style.font.size = Pt(12)  # pyright: ignore[reportAttributeAccessIssue]
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        parts = [
            (name, package.read(name)) for name in package.namelist() if name not in (BODY_PART, *LEFT_OUT)
        ]
        whole = package.read(BODY_PART).decode("utf-8")
    parts = [
        (name, _without_thumbnail(content) if name == "_rels/.rels" else content) for name, content in parts
    ]
    start = whole.index("<w:body>") + len("<w:body>")
    end = whole.index("<w:sectPr")
    return parts, whole[:start], whole[end:]


def _without_thumbnail(relations: bytes) -> bytes:
    return re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", relations)
