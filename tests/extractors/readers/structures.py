"""Mutations that know the format: a file stays well formed enough to be read deep, and lies where it hurts."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence

Mutation = Callable[[bytes, random.Random], bytes]

COUNTS = (b"0", b"-1", b"1", b"2", b"3", b"7", b"64", b"5000", b"100000000", b"4294967297", b"1.5", b"x", b"")
NUMBERS = (
    b"0",
    b"-1",
    b"1e30",
    b"-1e30",
    b"99999999999999999999",
    b"0.0000001",
    b"NaN",
    b"842",
    b"-500",
    b"",
)
FAR = (
    b"A1",
    b"C3:A1",
    b"A1:B2",
    b"B2:D9",
    b"A1:XFD1048576",
    b"XFD1048576",
    b"A0",
    b"ZZZZ99999999",
    b"A1:B2:C3",
    b"$A$1",
    b"",
)


def replaced(
    content: bytes, pattern: re.Pattern[bytes], values: Sequence[bytes], chance: random.Random
) -> bytes:
    """The first group of one match (or of some) replaced by a value of the list."""
    for match in _some(content, pattern, (1, 1, 2, 6), chance):
        content = content[: match.start(1)] + chance.choice(values) + content[match.end(1) :]
    return content


def inserted(
    content: bytes, behind: re.Pattern[bytes], pieces: Sequence[bytes], chance: random.Random
) -> bytes:
    """A piece put behind one match (or some)."""
    for match in _some(content, behind, (1, 2, 5), chance):
        content = content[: match.end()] + chance.choice(pieces) + content[match.end() :]
    return content


def _some(
    content: bytes, pattern: re.Pattern[bytes], counts: Sequence[int], chance: random.Random
) -> list[re.Match[bytes]]:
    """As many of the matches as one of `counts` says, the last first, so that a change leaves the others where they are."""
    found = list(pattern.finditer(content))
    if not found:
        return []
    chosen = chance.sample(found, min(len(found), chance.choice(counts)))
    return sorted(chosen, key=lambda match: -match.start())


def element(content: bytes, name: bytes, chance: random.Random, what: str) -> bytes:
    """One element with this name dropped, doubled, moved, or wrapped in itself."""
    found = list(
        re.finditer(
            rb"<" + name + rb"(?:\s[^<>]*)?(?:/>|>(?:(?!<" + name + rb"[\s>]).)*?</" + name + rb">)",
            content,
            re.S,
        )
    )
    if not found:
        return content
    match = chance.choice(found)
    piece = match.group()
    without = content[: match.start()] + content[match.end() :]
    if what == "drop":
        return without
    if what == "double":
        return content[: match.end()] + piece * chance.choice((1, 3, 200)) + content[match.end() :]
    if what == "wrap":
        times = chance.choice((1, 20, 300))
        opening = re.match(rb"<[^<>]*>", piece)
        if opening is None or opening.group().endswith(b"/>"):
            return content
        return (
            content[: match.start()]
            + opening.group() * times
            + piece
            + (b"</" + name + b">") * times
            + content[match.end() :]
        )
    other = chance.choice(found)
    at = other.start() if other.start() < match.start() else match.start()
    return without[:at] + piece + without[at:]


WHAT = ("drop", "double", "wrap", "move")


def word_xml(xml: bytes, chance: random.Random) -> bytes:
    """Spans, merges, nesting, tracked changes and content controls of WordprocessingML."""
    choice = chance.randrange(6)
    if choice == 0:
        spans = [b'<w:gridSpan w:val="%s"/>' % count for count in COUNTS]
        merges = [b"<w:vMerge/>", b'<w:vMerge w:val="restart"/>', b'<w:vMerge w:val="x"/>', b"<w:hMerge/>"]
        return inserted(xml, re.compile(rb"<w:tcPr>"), spans + merges, chance)
    if choice == 1:
        before = [b'<w:trPr><w:gridBefore w:val="%s"/></w:trPr>' % count for count in COUNTS]
        after = [b'<w:trPr><w:gridAfter w:val="%s"/><w:del w:id="1"/></w:trPr>' % count for count in COUNTS]
        return inserted(xml, re.compile(rb"<w:tr(?:\s[^<>]*)?>"), before + after, chance)
    if choice == 2:
        return element(
            xml,
            chance.choice((b"w:tc", b"w:tr", b"w:tbl", b"w:tblGrid", b"w:gridCol", b"w:p", b"w:r")),
            chance,
            chance.choice(WHAT),
        )
    if choice == 3:
        return replaced(xml, re.compile(rb'w:val="(\d+)"'), COUNTS, chance)
    if choice == 4:
        wraps = (
            (b"<w:sdt><w:sdtContent>", b"</w:sdtContent></w:sdt>"),
            (b'<w:ins w:id="1">', b"</w:ins>"),
            (b'<w:del w:id="1">', b"</w:del>"),
            (b"<mc:AlternateContent><mc:Fallback>", b"</mc:Fallback></mc:AlternateContent>"),
            (b"<w:smartTag>", b"</w:smartTag>"),
        )
        opening, closing = chance.choice(wraps)
        found = list(re.finditer(rb"<w:(p|tc|tr|r)(?:\s[^<>]*)?>.*?</w:\1>", xml, re.S))
        if not found:
            return xml
        match = chance.choice(found)
        return xml[: match.start()] + opening + match.group() + closing + xml[match.end() :]
    runs = [
        b'<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        b"<w:r><w:instrText>PAGE</w:instrText></w:r>",
        b"<w:r><w:tab/><w:br/><w:sym/></w:r>",
        b'<w:pPr><w:numPr><w:ilvl w:val="99"/><w:numId w:val="99999999999"/></w:numPr></w:pPr>',
        "<w:r><w:t>\u202e≥９５％</w:t></w:r>".encode(),
    ]
    return inserted(xml, re.compile(rb"<w:p(?:\s[^<>]*)?>"), runs, chance)


def sheet_xml(xml: bytes, chance: random.Random) -> bytes:
    """References, merges, shared strings, styles and kinds of cells of SpreadsheetML."""
    choice = chance.randrange(7)
    if choice == 0:
        return replaced(xml, re.compile(rb'\br="([A-Z]+\d+)"'), FAR, chance)
    if choice == 1:
        merges = b"".join(
            b'<mergeCell ref="%s"/>' % chance.choice(FAR) for _ in range(chance.choice((1, 4, 3000)))
        )
        closing = b"</sheetData>"
        return xml.replace(closing, closing + b'<mergeCells count="9">' + merges + b"</mergeCells>", 1)
    if choice == 2:
        return replaced(xml, re.compile(rb"<v>([^<]*)</v>"), NUMBERS, chance)
    if choice == 3:
        kinds = (b"s", b"str", b"b", b"e", b"d", b"n", b"inlineStr", b"zzz", b"")
        return replaced(xml, re.compile(rb'\bt="([^"]*)"'), kinds, chance)
    if choice == 4:
        return replaced(
            xml, re.compile(rb'\b(?:s|r|count|uniqueCount|numFmtId|xfId|sheetId)="(\d+)"'), COUNTS, chance
        )
    if choice == 5:
        name = chance.choice((b"row", b"c", b"v", b"si", b"t", b"xf", b"numFmt", b"mergeCells", b"sheet"))
        return element(xml, name, chance, chance.choice(WHAT))
    codes = (
        b"0.0%",
        b"[$-804]yyyy",
        b'"',
        b"0;;;@",
        b"[&gt;=1]0;[Red]",
        b"#" * 3000,
        b"\\",
        b"[h]:mm",
        b"??/??",
    )
    return replaced(xml, re.compile(rb'formatCode="([^"]*)"'), codes, chance)


def ofd_xml(xml: bytes, chance: random.Random) -> bytes:
    """Boxes, matrices, paths, advances and page references of OFD."""
    choice = chance.randrange(4)
    if choice == 0:
        boxes = (b"0 0 0 0", b"-9 -9 -9 -9", b"1 2", b"a b c d", b"0 0 1e30 1e30", b"NaN 0 1 1", b"")
        return replaced(
            xml, re.compile(rb'(?:Boundary|CTM|PhysicalBox|ApplicationBox)(?:="|>)([^"<]*)'), boxes, chance
        )
    if choice == 1:
        moves = (b"g 100000000 1", b"g -1 2", b"g", b"g 3", b"1 2 x", b"-9 " * 4000, b"1e308 1e308")
        return replaced(xml, re.compile(rb'Delta[XY]="([^"]*)"'), moves, chance)
    if choice == 2:
        paths = (b"M 0", b"L", b"M 0 0 L 1e30 0 C", b"B 1 2 3", b"M 0 0 " + b"L 9 9 " * 30_000, b"Z Z Z", b"")
        return replaced(xml, re.compile(rb"<ofd:AbbreviatedData>([^<]*)"), paths, chance)
    name = chance.choice(
        (b"ofd:TextObject", b"ofd:PathObject", b"ofd:TextCode", b"ofd:Layer", b"ofd:Page", b"ofd:BaseLoc")
    )
    return element(xml, name, chance, chance.choice(WHAT))


def markup(html: bytes, chance: random.Random) -> bytes:
    """Spans, nesting, open tags, encodings and entities of HTML."""
    choice = chance.randrange(5)
    if choice == 0:
        spans = [b' %s="%s"' % (name, count) for name in (b"rowspan", b"colspan") for count in COUNTS]
        return inserted(html, re.compile(rb"<t[dh](?=[\s>])"), spans, chance)
    if choice == 1:
        pieces = (
            b"<table>",
            b"</table>",
            b"<tr>",
            b"</td></tr>",
            b"<!--",
            b"<script>",
            b"<style>",
            b"<select><option>",
            b"<table><tr><td>" * 300,
            b"<br>" * 5000,
            b"&#0;&#1114112;&bogus;&nbsp",
            b"<![if !x]>",
            b"<o:p>",
            b"\xff\xfe",
        )
        return inserted(html, re.compile(rb"<t[rdh][^<>]*>"), pieces, chance)
    if choice == 2:
        return element(
            html, chance.choice((b"td", b"tr", b"table", b"p", b"body")), chance, chance.choice(WHAT)
        )
    if choice == 3:
        names = (b"utf-16", b"utf-7", b"gb2312", b"x-mac", b"zzz", b"utf-8", b"iso-2022-cn")
        return replaced(html, re.compile(rb'charset="?([\w-]+)'), names, chance)
    styles = (b"display:none", b"mso-number-format:\\@", b"visibility:hidden", b"x" * 9000)
    return inserted(html, re.compile(rb"<t[dr]"), [b' style="%s"' % style for style in styles], chance)


def pdf(content: bytes, chance: random.Random) -> bytes:
    """Objects, references, the cross-reference table, page attributes and the content's own operators."""
    choice = chance.randrange(7)
    if choice == 0:
        return replaced(
            content, re.compile(rb"(\d+) 0 R"), (b"0", b"1", b"2", b"3", b"4", b"99", b"4294967296"), chance
        )
    if choice == 1:
        return replaced(
            content, re.compile(rb"(\d{10}) 00000 n"), (b"0000000000", b"9999999999", b"0000000015"), chance
        )
    if choice == 2:
        return replaced(
            content,
            re.compile(rb"(?:/Length|/Count|/Rotate|/Size|/Prev|startxref\s)\s*(-?\d+)"),
            (*COUNTS, b"90", b"180", b"45"),
            chance,
        )
    if choice == 3:
        boxes = (b"0 0 0 0", b"0 0 1e9 1e9", b"595 842 0 0", b"-5 -5", b"a b", b"")
        return replaced(
            content, re.compile(rb"/(?:MediaBox|CropBox|BBox|Matrix)\s*\[([^\]]*)\]"), boxes, chance
        )
    if choice == 4:
        keys = (b"/X", b"/Type", b"/Kids", b"/Parent", b"/Font", b"/XObject", b"/Filter", b"/Encrypt")
        return replaced(content, re.compile(rb"(/[A-Z][A-Za-z]+)"), keys, chance)
    return _drawing(content, chance)


OPERATORS = (
    b" q " * 3000,
    b" Q " * 40,
    b" BT ",
    b" ET ",
    b" 1e30 0 0 1e-30 0 0 cm ",
    b" 0 0 0 0 0 0 cm ",
    b" 90 Tz 3 Tr -9 TL ",
    b" 0 1 -1 0 300 300 Tm ",
    b" [(x) -99999999 (y)] TJ ",
    b" (\\377\\000) Tj ",
    b" 0 0 m 1e9 1e9 l S ",
    b" 10 10 500 0.1 re f " * 800,
    b" /X Do ",
    b" /Nope gs ",
    b" BI /W 99999 /H 99999 ID x EI ",
    b" 1 0 0 rg ",
    b" W n ",
)


def _drawing(content: bytes, chance: random.Random) -> bytes:
    """A page's drawing operators changed, packed again, with its new length."""
    found = list(re.finditer(rb"/Length (\d+)(.*?)stream\r?\n(.*?)endstream", content, re.S))
    if not found:
        return content
    match = chance.choice(found)
    packed = match.group(3)
    try:
        drawing = zlib.decompress(packed)
    except zlib.error:
        drawing = packed
    lines = drawing.split(b"\n")
    for _ in range(chance.choice((1, 3, 10))):
        at = chance.randrange(len(lines) + 1)
        if chance.random() < 0.3 and at < len(lines):
            lines[at] = re.sub(rb"-?\d+\.?\d*", lambda _: chance.choice(NUMBERS), lines[at], count=1)
        else:
            lines.insert(at, chance.choice(OPERATORS))
    changed = b"\n".join(lines)
    if drawing is not packed:
        changed = zlib.compress(changed)
    return (
        content[: match.start(1)]
        + str(len(changed)).encode()
        + match.group(2)
        + b"stream\n"
        + changed
        + b"\nendstream"
        + content[match.end() :]
    )


def mail(content: bytes, chance: random.Random) -> bytes:
    """Boundaries, encodings, kinds and file names of a mail, and mails within."""
    choice = chance.randrange(5)
    if choice == 0:
        return replaced(content, re.compile(rb'boundary="([^"]*)"'), (b"", b"x", b"--", b"a" * 900), chance)
    if choice == 1:
        names = (b"base64", b"quoted-printable", b"7bit", b"uuencode", b"zzz", b"8bit")
        return replaced(content, re.compile(rb"(?i)transfer-encoding: (\S+)"), names, chance)
    if choice == 2:
        kinds = (
            b"multipart/mixed",
            b"message/rfc822",
            b"text/html",
            b"text/",
            b"",
            b"multipart/related; boundary=b",
        )
        return replaced(content, re.compile(rb"(?i)content-type: ([^\r\n;]*)"), kinds, chance)
    if choice == 3:
        names = (
            b'"../../x.docx"',
            b'"=?gb2312?B?zazW?="',
            b"utf-8''%E8%87%AA%",
            b'"\x00\x1b.txt"',
            b'"' + b"x" * 9000 + b'"',
            b"",
        )
        return replaced(content, re.compile(rb"filename=(\S+)"), names, chance)
    whole = b"--b\nContent-Type: message/rfc822\n\n" + content
    for _ in range(chance.choice((1, 4, 60))):
        whole = b"From: a@b.cn\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n" + whole
    return whole


def zip_directory(content: bytes, chance: random.Random) -> bytes:
    """Fields of local headers, of the directory and of its end."""
    changed = bytearray(content)
    marks = {b"PK\x03\x04": (4, 26), b"PK\x01\x02": (4, 42), b"PK\x05\x06": (4, 18)}
    for _ in range(chance.choice((1, 2, 5))):
        mark = chance.choice(list(marks))
        places = [match.start() for match in re.finditer(re.escape(mark), content)]
        if not places:
            continue
        first, last = marks[mark]
        at = chance.choice(places) + chance.randrange(first, last, 2)
        value = chance.choice((0, 1, 8, 12, 99, 0x800, 0x7FFF, 0xFFFF, chance.randrange(1 << 16)))
        if at + 2 <= len(changed):
            struct.pack_into("<H", changed, at, value)
    return bytes(changed)


def biff(content: bytes, chance: random.Random) -> bytes:
    """Records of an Excel 97 workbook: kinds, lengths and counts."""
    start = content.find(b"\x09\x08\x10\x00\x00\x06")
    if start < 0:
        return content
    records: list[int] = []
    at = start
    while at + 4 <= len(content) and len(records) < 4000:
        kind, size = struct.unpack_from("<HH", content, at)
        if kind == 0 and size == 0:
            break
        records.append(at)
        at += 4 + size
    changed = bytearray(content)
    for _ in range(chance.choice((1, 2, 6))):
        at = chance.choice(records)
        kind, size = struct.unpack_from("<HH", content, at)
        choice = chance.randrange(3)
        if choice == 0:
            struct.pack_into(
                "<H",
                changed,
                at,
                chance.choice((0xE5, 0xFC, 0xFD, 0x203, 0x27E, 0x85, 0x0A, 0x3C, 0x6, 0x208)),
            )
        elif choice == 1:
            struct.pack_into("<H", changed, at + 2, chance.choice((0, 1, size + 1, 8224, 0xFFFF)))
        elif size >= 2:
            inside = at + 4 + chance.randrange(size - 1)
            struct.pack_into("<H", changed, inside, chance.choice((0, 1, 0xFF, 0x7FFF, 0xFFFF)))
    return bytes(changed)


def compound(content: bytes, chance: random.Random) -> bytes:
    """The head and the sector chains of an OLE file."""
    changed = bytearray(content)
    for _ in range(chance.choice((1, 3))):
        at = chance.choice((chance.randrange(24, 512, 2), chance.randrange(0, max(2, len(content) - 2), 4)))
        if at + 4 <= len(changed):
            struct.pack_into(
                "<I", changed, at, chance.choice((0, 1, 2, 0xFFFFFFFE, 0xFFFFFFFF, 0x7FFFFFFF, 512))
            )
    return bytes(changed)


def in_parts(ending: str, change: Mutation) -> Mutation:
    """The mutation applied to one part of a package whose name matches."""
    pattern = re.compile(ending)

    def apply(content: bytes, chance: random.Random) -> bytes:
        stream = io.BytesIO()
        if not zipfile.is_zipfile(io.BytesIO(content)):
            return content
        with (
            zipfile.ZipFile(io.BytesIO(content)) as source,
            zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
        ):
            fitting = [name for name in source.namelist() if pattern.search(name)]
            victim = chance.choice(fitting) if fitting else ""
            for name in source.namelist():
                part = source.read(name)
                if name == victim:
                    for _ in range(chance.choice((1, 2, 4))):
                        part = change(part, chance)
                target.writestr(name, part)
        return stream.getvalue()

    return apply


STRUCTURED: Mapping[str, tuple[Mutation, ...]] = {
    "docx": (in_parts(r"document\.xml$", word_xml),) * 4
    + (in_parts(r"styles|numbering", word_xml), zip_directory),
    "xlsx": (in_parts(r"sheet\d*\.xml$", sheet_xml),) * 4
    + (in_parts(r"sharedStrings|styles|workbook\.xml$", sheet_xml), zip_directory),
    "ofd": (in_parts(r"\.xml$", ofd_xml), zip_directory),
    "pdf": (pdf,),
    "html": (markup,),
    "spreadsheetml": (markup,),
    "eml": (mail,),
    "zip": (zip_directory,),
    "xls": (biff, biff, compound),
    "doc": (compound,),
}
"""By format, what may be done to a file of it."""
