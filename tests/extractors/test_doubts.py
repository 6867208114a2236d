"""Which values of a report are doubtful: by the confidence of their cells, the empty ones with ink included."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.document import Cell, Document, Location, Table
from extractors.doubts import doubts_of
from extractors.forms import recognise

HEADER = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")
ROWS = (
    ("产出指标", "数量指标", "维修渠道（公里）", "≥20", "22", "50", "50"),
    ("效益指标", "社会效益", "受益人口（人）", "≥900", "", "50", "50"),
)


def scanned(confidence: dict[tuple[int, int], float]) -> Document:
    """The form as a scan gives it; cells not named were read with certainty."""
    cells = tuple(
        Cell(
            row,
            column,
            text,
            location=Location(page=1, table=1, row=row, column=column),
            confidence=confidence.get((row, column), 1.0),
        )
        for row, texts in enumerate((HEADER, *ROWS))
        for column, text in enumerate(texts)
    )
    table = Table(cells, len(ROWS) + 1, len(HEADER), Location(page=1, table=1))
    return Document((table,), format="image", reader="rapidocr")


@pytest.mark.parametrize(
    ("where", "confidence", "expected"),
    [
        ((1, 4), 0.62, ("R1", "actual", "22", True)),
        ((2, 4), 0.0, ("R2", "actual", "", True)),
        ((1, 2), 0.5, ("R1", "name", "维修渠道（公里）", False)),
    ],
)
def test_a_doubtful_cell_is_named_with_its_row_and_field(where, confidence, expected) -> None:
    (report,) = recognise(scanned({where: confidence}), "自评表")
    (doubt,) = doubts_of(report)
    assert (doubt.subject_key, doubt.field, doubt.printed.text, doubt.is_figure) == expected
    assert doubt.printed.place.startswith("第1页 表1")


def test_a_faint_dash_is_no_uncertain_figure() -> None:
    """Dashes mark what a row has no figure for; recognisers are seldom sure of them."""
    (report,) = recognise(scanned({(1, 4): 0.6}), "自评表")
    row = report.indicators[0]
    dash = replace(row.cells["actual"], text="——")
    (doubt,) = doubts_of(replace(report, indicators=(replace(row, cells={"actual": dash}),)))
    assert not doubt.is_figure


def test_certain_cells_and_plain_text_are_not_doubted() -> None:
    (report,) = recognise(scanned({(1, 4): 0.95}), "自评表")
    assert list(doubts_of(report)) == []
    row = report.indicators[0]
    flat = replace(row.cells["actual"], confidence=0.6, location=Location(line=3))
    text = replace(report, indicators=(replace(row, cells={"actual": flat}),))
    assert list(doubts_of(text)) == []
