"""Sheets of drop-down choices beside a form are named for what they are."""

from dataclasses import replace

from extractors.document import Table
from extractors.forms.choice_lists import WHY
from extractors.forms.recognition import recognise
from tests.extractors.forms.builders import document, table

FORM = (
    "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分",
    "产出指标 | 数量指标 | 治理河道长度 | ≥12公里 | 12.8公里 | 50 | 50",
    "效益指标 | 社会效益 | 受益人口 | ≥3万人 | 3.5万人 | 50 | 50",
)


def on_sheet(one: Table, sheet: str) -> Table:
    location = one.location._replace(sheet=sheet)
    cells = tuple(cell._replace(location=cell.location._replace(sheet=sheet)) for cell in one.cells)
    return replace(one, cells=cells, location=location)


def why_unread(*rows: str) -> list[str]:
    form, beside = on_sheet(table(*FORM), "自评表"), on_sheet(table(*rows, number=2), "下拉")
    (report,) = recognise(document(form, beside), "自评表")
    return [unread.why for unread in report.unread]


def test_a_column_of_short_words_is_a_list_of_choices() -> None:
    assert why_unread("优", "良", "中", "差") == [WHY] * 4


def test_figures_and_further_columns_may_belong_to_the_report() -> None:
    assert WHY not in why_unread("优", "96.5")
    assert WHY not in why_unread("优 | 良", "中 | 差")
