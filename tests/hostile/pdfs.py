"""PDF files that would take a machine down: recursive forms, swollen streams, endless pages; and protected, cut ones."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Sequence

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.hostile.case import EITHER, READ, Hostile, form


def pdf_files() -> Iterator[Hostile]:
    """PDF only."""
    yield Hostile("加密.pdf", _protected(StandardEncryption("secret", "owner")), words="加密|密码")
    whole = form(".pdf", 40)
    for share in (1, 30, 60, 97):
        yield Hostile(
            f"传输中断{share}.pdf", whole[: max(20, len(whole) * share // 100)], EITHER, "损坏|没有"
        )
    yield Hostile("只有头.pdf", b"%PDF-1.7\n", words="损坏")
    yield Hostile("递归图形.pdf", _recursive(30), EITHER)
    yield Hostile("自引用图形.pdf", _self_reference(), EITHER)
    yield Hostile("流膨胀.pdf", _swollen_stream(500_000_000), EITHER)
    yield Hostile("两万页.pdf", _many_pages(20_000), words="页")
    yield Hostile("十万条线.pdf", _many_lines(100_000), EITHER)
    yield Hostile("巨大页面.pdf", written([b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 1e7 1e7]>>"]), EITHER)
    yield Hostile("页树成环.pdf", _page_tree_loop(), EITHER)
    yield Hostile(
        "脚本.pdf",
        form(".pdf", 41).replace(
            b"/Type /Catalog", b"/Type /Catalog /OpenAction <</S/JavaScript/JS(app.alert(1))>>"
        ),
        READ,
    )


def written(objects: Sequence[bytes], catalog: bytes = b"<</Type/Catalog/Pages 2 0 R>>") -> bytes:
    """A PDF of the first page and further objects, numbered from 3."""
    numbered = [catalog, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", *objects]
    parts, places = [b"%PDF-1.7\n"], []
    at = len(parts[0])
    for number, body in enumerate(numbered, 1):
        piece = b"%d 0 obj\n%s\nendobj\n" % (number, body)
        places.append(at)
        at += len(piece)
        parts.append(piece)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(numbered) + 1, table))
    parts.append(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(numbered) + 1, at))
    return b"".join(parts)


def stream(content: bytes, head: bytes = b"") -> bytes:
    """A stream object, deflated."""
    packed = zlib.compress(content, 9)
    return b"<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (head, len(packed), packed)


def _protected(encryption: StandardEncryption) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, encrypt=encryption)
    canvas.drawString(80, 700, "report")
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _recursive(levels: int) -> bytes:
    """Form objects each of which calls the next one twice: 2^levels drawings."""
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>"
    )
    forms = [
        stream(
            b"/X Do /X Do",
            b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X %d 0 R>>>>" % (6 + number),
        )
        for number in range(levels)
    ]
    last = stream(b"0 0 10 10 re S", b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]")
    return written([page, stream(b"/X Do /X Do"), *forms, last])


def _self_reference() -> bytes:
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>"
    )
    own = stream(b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 5 0 R>>>>")
    return written([page, stream(b"/X Do"), own])


def _swollen_stream(size: int) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    packer = zlib.compressobj(9)
    block = b"0 0 m 1 1 l S\n" * 80_000
    packed = b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()
    return written(
        [page, b"<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (len(packed), packed)]
    )


def _many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (3 + number) for number in range(count))
    pages = [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"] * count
    whole = written(pages)
    return whole.replace(
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    )


def _many_lines(count: int) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    lines = b"".join(
        b"%d %d m %d %d l S\n" % (n * 7 % 595, n * 13 % 842, n * 31 % 595, n * 13 % 842) for n in range(count)
    )
    return written([page, stream(lines)])


def _page_tree_loop() -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    return written([page]).replace(b"/Kids[3 0 R]/Count 1", b"/Kids[2 0 R]/Count 9")
