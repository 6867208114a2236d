"""Damaged and hostile variants of small files: bytes changed anywhere, and office packages changed where it hurts."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

from tests.extractors.readers.structures import STRUCTURED

Mutation = Callable[[bytes, random.Random], bytes]


def flip(content: bytes, chance: random.Random) -> bytes:
    """A few bytes replaced."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 30)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(content: bytes, chance: random.Random) -> bytes:
    """The end missing."""
    return content[: chance.randrange(len(content))]


def drop(content: bytes, chance: random.Random) -> bytes:
    """A piece of the middle missing."""
    begin = chance.randrange(len(content))
    return content[:begin] + content[begin + chance.randint(1, 400) :]


def double(content: bytes, chance: random.Random) -> bytes:
    """A piece repeated many times."""
    begin = chance.randrange(len(content))
    piece = content[begin : begin + chance.randint(1, 300)]
    return content[:begin] + piece * chance.randint(2, 200) + content[begin:]


def blank(content: bytes, chance: random.Random) -> bytes:
    """A piece overwritten with zeros."""
    begin = chance.randrange(len(content))
    size = chance.randint(1, 600)
    return content[:begin] + bytes(size) + content[begin + size :]


def sow(content: bytes, chance: random.Random) -> bytes:
    """Tabs, line ends, bars and odd characters strewn in."""
    marks = (
        b"\t",
        b"\n",
        b"\n\n",
        b"|",
        b"\x00",
        b"\xff\xfe",
        "≥".encode(),
        "　".encode(),
        b'"',
        b",",
        b"<",
        b"]]>",
    )
    changed = content
    for _ in range(chance.randint(1, 40)):
        begin = chance.randrange(len(changed))
        changed = changed[:begin] + chance.choice(marks) + changed[begin:]
    return changed


PLAIN: tuple[Mutation, ...] = (flip, cut, drop, double, blank, sow)

TAG = re.compile(rb"<[A-Za-z][^<>]*>")
NUMBER = re.compile(rb'="(\d+)"')
REFERENCE = re.compile(rb'"([A-Z]{1,3}\d+)(:[A-Z]{1,3}\d+)?"')
HUGE = (b"100000000", b"4294967296", b"-1", b"0", b"999999999999999999999", b"1e9", b"")
FAR = (b"XFD1048576", b"A0", b"ZZZZ99999999", b"A1:XFD1048576", b"1", b"")


def tag_lost(xml: bytes, chance: random.Random) -> bytes:
    found = list(TAG.finditer(xml))
    if not found:
        return xml
    match = chance.choice(found)
    return xml[: match.start()] + xml[match.end() :]


def number_grown(xml: bytes, chance: random.Random) -> bytes:
    found = list(NUMBER.finditer(xml))
    if not found:
        return xml
    match = chance.choice(found)
    return xml[: match.start(1)] + chance.choice(HUGE) + xml[match.end(1) :]


def reference_moved(xml: bytes, chance: random.Random) -> bytes:
    found = list(REFERENCE.finditer(xml))
    if not found:
        return xml
    match = chance.choice(found)
    return xml[: match.start() + 1] + chance.choice(FAR) + xml[match.end() - 1 :]


def part_nested(xml: bytes, chance: random.Random) -> bytes:
    """A stretch of markup wrapped into itself many times."""
    found = [match for match in TAG.finditer(xml) if not match.group().endswith(b"/>")]
    if not found:
        return xml
    match = chance.choice(found)
    name = match.group()[1:-1].split()[0]
    times = chance.choice((3, 50, 400))
    return xml[: match.start()] + match.group() * times + (b"</" + name + b">") * times + xml[match.start() :]


def part_repeated(xml: bytes, chance: random.Random) -> bytes:
    begin = chance.choice(
        (
            b"<w:tr",
            b"<w:tbl>",
            b"<w:p",
            b"<row",
            b"<c ",
            b"<mergeCell ",
            b"<table:table-row",
            b"<tr",
            b"<w:tc",
        )
    )
    positions = [match.start() for match in re.finditer(re.escape(begin), xml)]
    if len(positions) < 2:
        return xml
    first, second = sorted(chance.sample(positions, 2))
    return xml[:second] + xml[first:second] * chance.choice((2, 30, 300)) + xml[second:]


def doctype(xml: bytes, chance: random.Random) -> bytes:
    return b'<!DOCTYPE x [<!ENTITY a "bbbbbbbb"><!ENTITY c "&a;&a;&a;">]>' + xml


IN_XML: tuple[Mutation, ...] = (
    tag_lost,
    number_grown,
    reference_moved,
    part_nested,
    part_repeated,
    doctype,
    flip,
    cut,
)


def in_package(content: bytes, chance: random.Random) -> bytes:
    """One part of a zip changed, lost, renamed, doubled or made a bomb; the rest stays whole."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        names = source.namelist()
        inner = [name for name in names if name.endswith((".xml", ".rels"))] or names
        # The parts with the content, most of the time.
        weights = [
            8 if re.search(r"document|sheet|content|shared|styles|numbering", name) else 1 for name in inner
        ]
        victim = chance.choices(inner, weights)[0]
        what = chance.random()
        for name in names:
            part = source.read(name)
            if name == victim:
                if what < 0.05:
                    continue
                if what < 0.08:
                    name = "../" * 5 + name
                elif what < 0.1:
                    part = part + b" " * 30_000_000
                else:
                    for _ in range(chance.randint(1, 3)):
                        part = chance.choice(IN_XML)(part, chance) or b"x"
            target.writestr(name, part)
    return stream.getvalue()


def mutated(content: bytes, chance: random.Random, kind: str = "") -> bytes:
    """One variant; of a known format half of them keep the format and lie inside it."""
    if kind in STRUCTURED and chance.random() < 0.5:
        return chance.choice(STRUCTURED[kind])(content, chance) or b"\x00"
    if content.startswith(b"PK") and chance.random() < 0.7:
        changed = in_package(content, chance)
    elif content.lstrip()[:1] == b"<" and chance.random() < 0.6:
        changed = chance.choice(IN_XML)(content, chance)
    else:
        changed = content
        for _ in range(chance.randint(1, 3)):
            changed = chance.choice(PLAIN)(changed, chance) or b"\x00"
    return changed
