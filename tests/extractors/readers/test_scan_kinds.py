"""Scans as they come: borders of all kinds, photographs, pens, broken lines. Figures under `scan_kinds.KINDS`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("rapidocr")
pytest.importorskip("openvino")

from PIL import Image, ImageDraw

from extractors.readers.pdf.lattice import find_lattices
from extractors.readers.pdf.marks import Edge
from extractors.readers.scan import read_scan
from extractors.readers.scan.mending import mended
from extractors.readers.scan.picture import prepare
from extractors.readers.scan.repairs import repair
from extractors.readers.scan.ruled import ruled_lines
from extractors.readers.scan.spread import pages_of
from tests.extractors.readers.pdf_samples import embedded_font
from tests.extractors.readers.scan_kinds import KINDS, measure, pictures

pytestmark = pytest.mark.skipif(
    embedded_font() != "embedded-zh", reason="no Chinese font installed to draw the sample with"
)


@pytest.mark.parametrize(
    "name",
    [
        "clean, 150 dpi",
        "dotted borders",
        "dashed borders",
        "photograph",
        "uneven light",
        "handwriting",
        "double borders",
    ],
)
def test_the_grid_is_found(name: str, tmp_path: Path) -> None:
    """Every declared cell, no more and no less, before anything is recognised."""
    form, image = next(pictures(KINDS[name], tmp_path, 1))
    edges, _ = ruled_lines(prepare(np.asarray(image)))
    lattices, _, _ = find_lattices(edges, 3_000)
    assert [len(lattice.cells) for lattice in lattices] == [len(form.boxes)]


@pytest.mark.parametrize("name", ["dotted borders", "rules only", "photograph"])
def test_figures_are_read(name: str) -> None:
    score = measure(KINDS[name], 1)
    assert score.exact / score.cells > 0.96
    assert score.figures_exact / score.figures > 0.96


def test_what_a_pen_wrote_into_is_marked() -> None:
    score = measure(KINDS["handwriting"], 1)
    assert score.wrong > 0, "the sample should be hard"
    assert score.silent == 0


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", KINDS)
def test_every_kind(name: str) -> None:
    """Of the figures read wrong hardly any is unmarked, whatever the kind."""
    score = measure(KINDS[name], 3)
    assert score.exact / score.cells > (0.8 if name == "handwriting" else 0.95)
    assert score.silent / score.figures < 0.04


def test_a_shadow_does_not_cut_the_page(tmp_path: Path) -> None:
    """The dark side of an unevenly lit page belongs to it; a dark desk around a sheet does not."""
    _, image = next(pictures(KINDS["uneven light"], tmp_path, 1))
    picture = prepare(np.asarray(image))
    assert picture.grey.shape == (image.height, image.width)
    _, image = next(pictures(KINDS["photograph"], tmp_path, 1))
    picture = prepare(np.asarray(image))
    assert np.median(picture.grey[:, :5]) > 120


class TestMending:
    def grid(self, *changed: Edge) -> list[Edge]:
        return [
            Edge(True, 0, 0, 100),
            Edge(True, 100, 0, 100),
            Edge(False, 0, 0, 100),
            Edge(False, 100, 0, 100),
            *changed,
        ]

    def test_a_gap_in_the_middle_of_a_cell_is_closed(self) -> None:
        assert Edge(False, 50, 0, 100) in mended(self.grid(Edge(False, 50, 0, 40), Edge(False, 50, 60, 100)))

    def test_a_gap_from_border_to_border_is_a_merged_cell(self) -> None:
        columns = (Edge(True, 40, 0, 100), Edge(True, 60, 0, 100))
        pieces = (Edge(False, 50, 0, 40), Edge(False, 50, 60, 100))
        assert set(pieces) <= set(mended(self.grid(*columns, *pieces)))

    def test_a_loose_end_is_carried_on_to_the_next_border(self) -> None:
        assert Edge(False, 50, 0, 100) in mended(self.grid(Edge(False, 50, 0, 85)))

    def test_an_underline_stays(self) -> None:
        underline = Edge(False, 50, 20, 85)
        assert underline in mended(self.grid(underline))


def test_two_pages_in_one_picture_are_read_one_after_the_other(tmp_path: Path) -> None:
    kind = KINDS["clean, 150 dpi"]
    (first, left), (second, right) = pictures(kind, tmp_path, 2)
    both = Image.new("RGB", (left.width + right.width, left.height), "white")
    both.paste(left, (0, 0))
    both.paste(right, (left.width, 0))
    both.save(tmp_path / "both.png")

    document = read_scan(tmp_path / "both.png")

    assert document.page_count == 2
    # The second form repeats the header of the first, so the two are one table cut by a page break.
    cells = [cell for table in document.tables for cell in table.cells]
    assert len(cells) == len(first.boxes) + len(second.boxes) - 8
    assert {cell.location.page for cell in cells} == {1, 2}


def test_a_landscape_form_is_one_page(tmp_path: Path) -> None:
    _, image = next(pictures(KINDS["clean, 150 dpi"], tmp_path, 1))
    wide = image.resize((image.height, image.width))
    assert len(pages_of(np.asarray(wide))) == 1


def test_a_fax_of_oblong_pixels_is_stretched(tmp_path: Path) -> None:
    """204 by 98 dpi, one bit a pixel, as fax machines store their pages."""
    form, image = next(pictures(KINDS["clean, 200 dpi"], tmp_path, 1))
    grey = image.resize((image.width, image.height // 2)).convert("L")
    flat = grey.point(lambda level: 255 if level > 200 else 0).convert("1", dither=Image.Dither.NONE)
    flat.save(tmp_path / "fax.tiff", compression="group4", dpi=(204, 98))

    (table,) = read_scan(tmp_path / "fax.tiff").tables

    assert len(table.cells) == len(form.boxes)


def test_ink_that_cannot_be_read_leaves_the_cell_in_doubt(tmp_path: Path) -> None:
    """Half a character, a torn-off figure: the cell is not known to be empty."""
    form, image = next(pictures(KINDS["clean, 150 dpi"], tmp_path, 1))
    draw = ImageDraw.Draw(image)
    scale = 150 / 72
    box = next(box for box in form.boxes if box.column == 7 and not box.text and box.row < 6)
    x, y = (form.xs()[7] + 25) * scale, (form.ys()[box.row] + 8) * scale
    for step in range(4):
        draw.line((x + 4 * step, y, x + 4 * step + 2, y + 20), fill="black", width=1)
    image.save(tmp_path / "scan.png")

    cells = {(cell.row, cell.column): cell for cell in read_scan(tmp_path / "scan.png").tables[0].cells}

    assert cells[(box.row, 7)].confidence < 0.9
    assert cells[(7, 5)].confidence > 0.9


def test_a_page_without_paper_around_is_not_cut_out() -> None:
    blank = Image.new("RGB", (800, 1100), "white")
    assert prepare(np.asarray(blank)).grey.shape[0] >= 1100


@pytest.mark.parametrize(
    ("read", "meant"), [("61.07%。", "61.07‰"), ("≥95%。", "≥95‰"), ("完成率达到95%。", "完成率达到95%。")]
)
def test_per_mille_read_as_percent_and_full_stop(read: str, meant: str) -> None:
    assert repair(read, np.zeros((0, 0), np.uint8)) == meant
