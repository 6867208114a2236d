"""Styles are cut out of their part one by one; what is cut out must say what the whole part says."""

from __future__ import annotations

import pytest

from extractors.readers.docx_numbering import W
from extractors.readers.docx_styles import ParagraphStyle, Styles, styles_of

ROOT = f'<w:styles xmlns:w="{W[1:-1]}">'
HEADING = (
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/></w:style>'
)
LISTED = (
    '<w:style w:type="paragraph" w:styleId="Listed"><w:name w:val="Listed"/><w:basedOn w:val="2"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
)
NORMAL = '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
LATENT = '<w:latentStyles><w:lsdException w:name="heading 9"/></w:latentStyles>'
EMPTY = '<w:style w:type="character" w:styleId="Empty"/>'


def part(*styles: str, head: str = "") -> bytes:
    return f"{head}{ROOT}{LATENT}{''.join(styles)}</w:styles>".encode()


@pytest.mark.parametrize(
    "content",
    [
        part(NORMAL, HEADING, LISTED),
        part(LISTED, EMPTY, NORMAL, HEADING, head='<?xml version="1.0" encoding="UTF-8"?>\n'),
        # Written in ways that are not cut but parsed whole.
        part(NORMAL, HEADING, LISTED).replace(b"w:", b"x:").replace(b"xmlns:w=", b"xmlns:x="),
        part(NORMAL, HEADING, LISTED).replace(b'"', b"'"),
        part('<!-- <w:style w:styleId="2"><w:bad --> ', NORMAL, HEADING, LISTED),
        part(NORMAL, HEADING, LISTED, head='<?xml version="1.0" encoding="GB18030"?>'),
    ],
)
def test_heading_and_list_are_inherited(content: bytes) -> None:
    styles = Styles(content)
    assert styles.get("2") == ParagraphStyle(2)
    assert styles.get("Listed") == ParagraphStyle(2, "7", 1)
    assert styles.get("a") == styles.get("absent") == ParagraphStyle()


def test_styles_that_go_in_a_circle_end() -> None:
    circle = HEADING.replace('w:val="heading 2"', 'w:val="甲"').replace('w:val="a"', 'w:val="2"')
    assert Styles(part(circle)).get("2") == ParagraphStyle()


def test_the_same_part_is_understood_once() -> None:
    first = styles_of(part(NORMAL, HEADING))
    assert styles_of(part(NORMAL, HEADING)) is first
    assert styles_of(part(HEADING)) is not first
    assert not styles_of(b"")
