"""Pages that are pictures: recognised cell by cell on the same grid, with confidence and without silent repairs."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("rapidocr")
pytest.importorskip("openvino")

from PIL import Image

from extractors.document import Table
from extractors.errors import Refused, Unreadable
from extractors.limits import Limits
from extractors.readers.pdf import read_pdf
from extractors.readers.scan import read_scan
from extractors.readers.scan.picture import skew_of
from extractors.readers.scan.repairs import repair
from tests.extractors.readers.pdf_samples import embedded_font, level_form, write_form, write_pages
from tests.extractors.readers.scan_samples import as_pdf, scan_pages


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", "".join(text.split()))


def cells_of(table: Table) -> list[tuple[int, int, int, int, str]]:
    return sorted((c.row, c.column, c.row_span, c.column_span, plain(c.text)) for c in table.cells)


@pytest.fixture(scope="module")
def form_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if embedded_font() != "embedded-zh":
        pytest.skip("no Chinese font installed to draw the sample with")
    path = tmp_path_factory.mktemp("scan") / "form.pdf"
    return write_form(path, level_form(font=embedded_font()), title="部门整体支出绩效自评表")


EXPECTED = sorted((r, k, rs, ks, plain(text)) for r, k, rs, ks, text in level_form().expected())


def test_a_skewed_noisy_page_under_a_red_seal_is_read_cell_by_cell(form_pdf: Path, tmp_path: Path) -> None:
    image = scan_pages(form_pdf, dpi=200, skew=1.0, noise=10, seal=(330, 200))[0]
    image.save(tmp_path / "scan.jpg", quality=85)

    document = read_scan(tmp_path / "scan.jpg")

    assert cells_of(document.tables[0]) == EXPECTED
    assert [plain(p.text) for p in document.paragraphs] == ["部门整体支出绩效自评表"]
    assert all(0 < cell.confidence <= 1 for cell in document.tables[0].cells if cell.text)
    assert min(cell.confidence for cell in document.tables[0].cells) < 1


def test_a_pdf_of_pictures_is_read_like_one_with_text(form_pdf: Path, tmp_path: Path) -> None:
    path = as_pdf(scan_pages(form_pdf, dpi=150), tmp_path / "scan.pdf", dpi=150)

    document = read_pdf(path)

    assert cells_of(document.tables[0]) == EXPECTED
    cell = next(cell for cell in document.tables[0].cells if plain(cell.text) == "96.5%")
    assert cell.location.place() == "第1页 表1 第5行第6列"
    assert cell.location.box == pytest.approx((340, 196, 410, 226), abs=2)
    assert any("没有文字层" in warning for warning in document.warnings)


def test_only_the_pages_without_text_are_recognised(form_pdf: Path, tmp_path: Path) -> None:
    import pypdfium2 as pdfium

    text = write_pages(tmp_path / "text.pdf", [[(80, 100, "本单位认真组织开展绩效自评。")]])
    scan = as_pdf(scan_pages(form_pdf, dpi=150), tmp_path / "scan.pdf", dpi=150)
    both = pdfium.PdfDocument.new()
    for part in (text, scan):
        both.import_pages(pdfium.PdfDocument(part))
    both.save(tmp_path / "both.pdf")

    document = read_pdf(tmp_path / "both.pdf")

    assert document.paragraphs[0].text == "本单位认真组织开展绩效自评。"
    assert document.paragraphs[0].confidence == 1.0
    assert cells_of(document.tables[0]) == EXPECTED
    assert document.tables[0].location.page == 2


@pytest.mark.parametrize(
    "degrees", [90, pytest.param(180, marks=pytest.mark.long), pytest.param(270, marks=pytest.mark.long)]
)
def test_a_page_photographed_on_its_side_is_turned(form_pdf: Path, tmp_path: Path, degrees: int) -> None:
    scan_pages(form_pdf, dpi=150)[0].rotate(degrees, expand=True).save(tmp_path / "side.png")

    document = read_scan(tmp_path / "side.png")

    assert cells_of(document.tables[0]) == EXPECTED
    assert any("方向不正" in warning for warning in document.warnings)


def test_a_blank_picture_has_no_blocks(tmp_path: Path) -> None:
    Image.new("RGB", (1240, 1754), "white").save(tmp_path / "blank.png")

    assert read_scan(tmp_path / "blank.png").blocks == ()


def test_a_damaged_picture_is_unreadable(form_pdf: Path, tmp_path: Path) -> None:
    scan_pages(form_pdf, dpi=60)[0].save(tmp_path / "cut.png")
    (tmp_path / "cut.png").write_bytes((tmp_path / "cut.png").read_bytes()[:2000])

    with pytest.raises(Unreadable, match=r"cut\.png"):
        read_scan(tmp_path / "cut.png")


def test_too_many_frames_or_pixels_are_refused(tmp_path: Path) -> None:
    frame = Image.new("L", (100, 140), 255)
    frame.save(tmp_path / "many.tiff", save_all=True, append_images=[frame] * 4)

    with pytest.raises(Refused, match="5页"):
        read_scan(tmp_path / "many.tiff", Limits(max_scan_pages=4))
    with pytest.raises(Refused, match="像素"):
        read_scan(tmp_path / "many.tiff", Limits(max_image_pixels=1000))


@pytest.mark.parametrize("angle", [-4.0, -1.3, 0.4, 2.0])
def test_the_lean_of_a_page_is_measured(form_pdf: Path, angle: float) -> None:
    image = scan_pages(form_pdf, dpi=100, skew=angle)[0]

    assert skew_of(np.asarray(image.convert("L"))) == pytest.approx(angle, abs=0.15)


class TestRepairs:
    NOTHING = np.zeros((0, 0), np.uint8)

    @pytest.mark.parametrize(
        ("read", "meant"),
        [
            ("1O0", "100"),
            ("9O%", "90%"),
            ("l2.5", "12.5"),
            ("2.5O", "2.50"),
            ("7.7%o", "7.7‰"),
            ("A4纸OA系统", "A4纸OA系统"),
            ("OK", "OK"),
            ("295%", "295%"),
            ("工程12个", "工程12个"),
            ("100%0", "100%0"),
        ],
    )
    def test_letters_among_digits_become_digits(self, read: str, meant: str) -> None:
        assert repair(read, self.NOTHING) == meant

    @pytest.mark.parametrize(
        ("drawing", "read", "meant"),
        [
            ("#......./.###..../....###./.....###/..###.../###...../......../########", "295%", "≥95%"),
            (".......#/....###./.###..../###...../...###../.....###/......../########", "S10", "≤10"),
            ("########/######## /......../......../########/########".replace(" ", ""), "二8个", "=8个"),
            (".####./##..##/....##/....##/...##./..##../.##.../##..../######/######", "295%", "295%"),
        ],
    )
    def test_bounds_are_told_by_the_form_of_their_ink(self, drawing: str, read: str, meant: str) -> None:
        ink = np.array([[255 if mark == "#" else 0 for mark in row] for row in drawing.split("/")], np.uint8)

        assert repair(read, ink) == meant
