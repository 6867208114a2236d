"""Writes OFD samples from the same declared forms as the PDF samples."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from PIL import Image

from tests.extractors.readers.pdf_samples import Form, borders

MM = 25.4 / 72
NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text_object(
    x: float, baseline: float, size: float, text: str, extra: str = "", compact: bool = True
) -> str:
    """One line of text; x, baseline, size in points."""
    advances = [size * MM * (0.5 if character.isascii() else 1.0) for character in text[:-1]]
    if compact and len(advances) > 1 and len(set(advances)) == 1:
        delta = f"g {len(advances)} {advances[0]:.4f}"
    else:
        delta = " ".join(f"{advance:.4f}" for advance in advances)
    width = sum(advances) + size * MM
    return (
        f'<ofd:TextObject ID="1" Boundary="{x * MM:.4f} {(baseline - size) * MM:.4f} {width:.4f} {size * 1.3 * MM:.4f}"'
        f' Font="2" Size="{size * MM:.4f}" {extra}><ofd:TextCode X="0" Y="{size * MM:.4f}" DeltaX="{delta}">'
        f"{escape(text)}</ofd:TextCode></ofd:TextObject>"
    )


def line_object(x0: float, y0: float, x1: float, y1: float, filled: bool = False) -> str:
    """A border, stroked or as a thin filled rectangle."""
    left, top = min(x0, x1) * MM, min(y0, y1) * MM
    wide, high = abs(x1 - x0) * MM, abs(y1 - y0) * MM
    if filled:
        wide, high = max(wide, 0.18), max(high, 0.18)
        data = f"M 0 0 L {wide:.4f} 0 L {wide:.4f} {high:.4f} L 0 {high:.4f} C"
        attributes = 'Stroke="false" Fill="true"'
    else:
        data = f"M 0 0 L {wide:.4f} {high:.4f}"
        attributes = 'LineWidth="0.18"'
    return (
        f'<ofd:PathObject ID="1" Boundary="{left:.4f} {top:.4f} {max(wide, 0.2):.4f} {max(high, 0.2):.4f}" {attributes}>'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def form_objects(form: Form, filled: bool = False) -> str:
    """Borders and texts of a form."""
    xs, ys = form.xs(), form.ys()
    parts = [line_object(*side, filled=filled) for side in borders(form)]
    for box in form.boxes:
        left, right = xs[box.column], xs[box.column + box.column_span]
        top, bottom = ys[box.row], ys[box.row + box.row_span]
        lines = box.text.split("\n") if box.text else []
        first = (top + bottom) / 2 - len(lines) * form.size * 0.6 + form.size
        for number, line in enumerate(lines):
            wide = sum(form.size * (0.5 if character.isascii() else 1.0) for character in line)
            parts.append(
                text_object((left + right - wide) / 2, first + number * form.size * 1.2, form.size, line)
            )
    return "".join(parts)


def write_ofd(
    path: Path, pages: Sequence[str], template: str = "", picture: Image.Image | None = None, skip: str = ""
) -> Path:
    """A package with these page contents; `template` stands behind every page; `picture` fills every page."""
    use = '<ofd:Template TemplateID="5" ZOrder="Background"/>' if template else ""
    shown = (
        '<ofd:ImageObject ID="9" ResourceID="7" Boundary="0 0 210 297" CTM="210 0 0 297 0 0"/>'
        if picture
        else ""
    )
    page_list = "".join(
        f'<ofd:Page ID="{n + 10}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
    )
    resources = "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>" if picture else ""
    templates = '<ofd:TemplatePage ID="5" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    files: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {NS}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NS}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        f"</ofd:PhysicalBox></ofd:PageArea>{resources}{templates}</ofd:CommonData>"
        f"<ofd:Pages>{page_list}</ofd:Pages></ofd:Document>",
    }
    for number, content in enumerate(pages):
        files[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f'<ofd:Page {NS}>{use}<ofd:Content><ofd:Layer ID="3">{shown}<ofd:PageBlock ID="4">{content}'
            "</ofd:PageBlock></ofd:Layer></ofd:Content></ofd:Page>"
        )
    if template:
        files["Doc_0/Tpls/Tpl_0/Content.xml"] = (
            f'<ofd:Page {NS}><ofd:Content><ofd:Layer ID="3">{template}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    if picture:
        stream = io.BytesIO()
        picture.save(stream, "JPEG", quality=90)
        files["Doc_0/Res/image.jpg"] = stream.getvalue()
        files["Doc_0/DocumentRes.xml"] = (
            f'<ofd:Res {NS} BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="7" Type="Image">'
            "<ofd:MediaFile>image.jpg</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"
        )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            if name != skip:
                package.writestr(name, content)
    return path
