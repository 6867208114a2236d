"""OFD packages: the same grids as from PDF."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.errors import Refused, Unreadable
from extractors.limits import Limits
from extractors.readers.ofd import read_ofd
from extractors.readers.ofd.geometry import deltas, figures
from tests.extractors.readers.ofd_samples import form_objects, text_object, write_ofd
from tests.extractors.readers.pdf_samples import embedded_font, grid_form, level_form, write_form
from tests.extractors.readers.scan_samples import scan_pages


def cells_of(path: Path) -> list[tuple[int, int, int, int, str]]:
    tables = read_ofd(path).tables
    assert len(tables) == 1
    return sorted((c.row, c.column, c.row_span, c.column_span, c.text) for c in tables[0].cells)


@pytest.mark.parametrize("filled", [False, True])
def test_merged_cells_are_exact(tmp_path: Path, filled: bool) -> None:
    form = level_form()
    title = text_object(200, 60, 14, "部门整体支出绩效自评表")

    path = write_ofd(tmp_path / "form.ofd", [title + form_objects(form, filled)])

    assert cells_of(path) == form.expected()
    assert [p.text for p in read_ofd(path).paragraphs] == ["部门整体支出绩效自评表"]


def test_a_template_stands_behind_the_page(tmp_path: Path) -> None:
    form = grid_form([["指标", "得分"], ["培训人次", ""]], [100, 60])
    path = write_ofd(tmp_path / "t.ofd", [text_object(170, 139, 9, "95")], template=form_objects(form))

    assert [text for *_, text in cells_of(path)] == ["指标", "得分", "培训人次", "95"]


def test_watermarks_doubles_and_hidden_text_are_left_out(tmp_path: Path) -> None:
    form = level_form()
    content = form_objects(form)
    content += text_object(150, 300, 40, "内部资料", 'CTM="0.7 0.7 -0.7 0.7 0 0"')
    content += text_object(150, 300, 40, "样张样张", 'Alpha="60"')
    content += text_object(100, 160, 9, "隐藏文字", 'Visible="false"')
    content += form_objects(form)

    assert cells_of(write_ofd(tmp_path / "w.ofd", [content])) == form.expected()


def test_pieces_on_two_pages_are_one_table(tmp_path: Path) -> None:
    header = ["指标", "指标值", "得分"]
    upper = grid_form([header, *[[f"指标{n}", "≥5次", "2"] for n in range(28)]], [200, 100, 60], top=60)
    lower = grid_form([header, ["末项", "≥9次", "3"]], [200, 100, 60], top=60)

    tables = read_ofd(write_ofd(tmp_path / "p.ofd", [form_objects(upper), form_objects(lower)])).tables

    assert len(tables) == 1
    assert tables[0].row_count == 30
    assert tables[0].cells[-1].location.page == 2


def test_a_page_that_is_a_picture_is_recognised(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr")
    if embedded_font() != "embedded-zh":
        pytest.skip("no Chinese font installed to draw the sample with")
    form = level_form(font=embedded_font())
    image = scan_pages(write_form(tmp_path / "form.pdf", form), dpi=150)[0]

    table = read_ofd(write_ofd(tmp_path / "scan.ofd", [""], picture=image)).tables[0]

    assert {cell.text for cell in table.cells} >= {"96.5%", "600.1万元", "69.01"}


@pytest.mark.parametrize("missing", ["OFD.xml", "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml"])
def test_packages_with_missing_parts_are_unreadable(tmp_path: Path, missing: str) -> None:
    path = write_ofd(tmp_path / "broken.ofd", [form_objects(level_form())], skip=missing)

    with pytest.raises(Unreadable):
        read_ofd(path)


def test_truncated_and_empty_packages_are_unreadable(tmp_path: Path) -> None:
    path = write_ofd(tmp_path / "cut.ofd", [form_objects(level_form())])
    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises(Unreadable):
        read_ofd(path)
    with pytest.raises(Unreadable):
        read_ofd(write_ofd(tmp_path / "empty.ofd", [""]))


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="3页"):
        read_ofd(write_ofd(tmp_path / "many.ofd", ["", "", ""]), Limits(max_pages=2))


def test_repeated_advances_are_bounded() -> None:
    assert deltas("3.5 g 3 2 1", 10) == [3.5, 2, 2, 2, 1]
    assert deltas("g 1000000000 2", 5) == [2] * 5
    assert deltas("g x", 5) == [0, 0]


def test_closed_figures_return_to_their_start() -> None:
    assert list(figures("M 0 0 L 5 0 L 5 5 C M 9 9 L 9 1", 100)) == [
        [(0, 0), (5, 0), (5, 5), (0, 0)],
        [(9, 9), (9, 1)],
    ]


def test_a_figure_that_filled_its_cell_is_one_by_the_steps_of_its_own_font(tmp_path: Path) -> None:
    """Digits 0.6 em wide: 9.5 and 7 below it are 9.57, where half an em would have left room for the 7 on the first line."""
    form = grid_form([["指标", "分"], ["培训人次", ""]], [100, 28.7])
    upper = text_object(156, 133, 8, "9.5").replace('DeltaX="g 2 1.4111"', 'DeltaX="1.6933 0.8467"')
    assert 'DeltaX="1.6933' in upper
    lower = text_object(156, 143, 8, "7")
    path = write_ofd(tmp_path / "w.ofd", [form_objects(form) + upper + lower])

    assert [text for *_, text in cells_of(path)] == ["指标", "分", "培训人次", "9.57"]


def test_a_wide_letter_does_not_break_its_word(tmp_path: Path) -> None:
    """The m of example takes 0.83 em, which leaves no space behind it."""
    steps = " ".join(f"{0.83 if letter == 'm' else 0.55:.4f}" for letter in "exampl")
    text = text_object(100, 100, 72 / 25.4, "example")
    spaced = text.replace(text[text.index('DeltaX="') : text.index(">example")], f'DeltaX="{steps}"')

    assert [p.text for p in read_ofd(write_ofd(tmp_path / "m.ofd", [spaced])).paragraphs] == ["example"]
