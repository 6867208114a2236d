"""The pages: complete from disk, nothing from outside, nothing of a submission runs, unchanged pages left alone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from lxml import html

from tests.warehouse.county import add_finding
from tests.warehouse.filling import put
from warehouse.publication import publish
from warehouse.publication.page_writing import page_path
from warehouse.publication.places import gap_shown
from warehouse.store import open_warehouse


@pytest.fixture(scope="module")
def site(filled_county: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    shutil.copy(filled_county, folder / "warehouse.duckdb")
    con = open_warehouse(folder / "warehouse.duckdb")
    put(
        con,
        "judge.tests",
        report_id="a1-1",
        check_id="EVD-01",
        subject="群众满意度",
        failed=True,
        detail="未见问卷",
        place="表1 第14行",
    )
    publish(con, folder / "published", 2023)
    con.close()
    return folder / "published" / "site"


def dossier(site: Path, report_id: str) -> html.HtmlElement:
    return html.fromstring((site / page_path(report_id)).read_text(encoding="utf-8"))


def texts(found: list[html.HtmlElement]) -> list[str]:
    return [" ".join(element.text_content().split()) for element in found]


def test_the_form_stands_as_submitted_with_the_flagged_cell_marked(site: Path) -> None:
    page = dossier(site, "a1-1")
    (flagged,) = page.xpath("//td[contains(@class, 'flag')]")
    assert flagged.text_content().startswith("12.5") and "major" in flagged.get("class")
    number = flagged.xpath(".//a[@class='mark']")[0].get("href")
    (finding,) = page.xpath("//article[@id=$id]", id=number[1:])
    assert "正文写13公里，表中为12.5公里" in finding.text_content()
    for printed in ("5923.63", "97%", "≥21000", "12月底前", "28.29"):
        assert printed in page.text_content()


def test_a_finding_on_a_column_that_is_not_shown_marks_its_row(site: Path) -> None:
    (row,) = dossier(site, "a1-1").xpath("//tr[contains(@class, 'flagged')]")
    assert "工程验收合格率" in row.text_content()


def test_recomputation_and_what_passed_are_listed(site: Path) -> None:
    words = dossier(site, "a1-1").text_content()
    assert "10分×97%＝9.7分" in words and "表中权重为10/50/30/10" in words
    assert "通过 1 项规则，不通过 2 项，不适用 1 项" in words and "年度资金总额等于各来源之和" in words


def test_questions_for_a_person_are_no_findings(site: Path) -> None:
    page = dossier(site, "a1-1")
    assert any(
        "完成值是否有佐证材料" in text and "未见问卷" in text
        for text in texts(page.xpath("//aside//article"))
    )
    assert len(page.xpath("//article[@id]")) == 2


def test_the_index_has_coverage_and_a_row_a_report(site: Path) -> None:
    page = html.fromstring((site / "index.html").read_text(encoding="utf-8"))
    cards = texts(page.xpath("//div[@class='card']"))
    assert "应报单位 5" in cards[0].replace("应报单位5", "应报单位 5") and any(
        "缺报" in card for card in cards
    )
    rows = page.xpath("//table[@id='reports']/tbody/tr")
    assert len(rows) == 5
    for link in page.xpath("//table[@id='reports']//a"):
        assert (site / link.get("href")).is_file()
    assert "文件已加密" in page.text_content() and "安平县文化馆" in page.text_content()
    assert len(page.xpath("//details[@open]")) == 2, "short lists are open, long ones folded up"


@pytest.mark.parametrize(
    ("difference", "shown"),
    [
        ("0.5公里", "相差 0.5公里"),
        ("约 11500 倍", "相差 约 11500 倍"),
        ("为目标的 130%", "为目标的 130%"),
        (None, ""),
    ],
)
def test_a_difference_says_what_it_is(difference: str | None, shown: str) -> None:
    assert gap_shown(difference) == shown


def pages(site: Path) -> Iterator[str]:
    for path in site.rglob("*.html"):
        yield path.read_text(encoding="utf-8")


def test_nothing_is_loaded_from_outside(site: Path) -> None:
    assert "index.html" in {path.name for path in site.iterdir()}
    for page in pages(site):
        assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//|@import|url\(""", page)
        assert "default-src 'none'" in page


def test_markup_of_a_submission_stays_text(site: Path) -> None:
    page = dossier(site, "d1-1")
    assert not page.xpath("//script")
    assert "<script>alert(1)</script>" in page.text_content()


def test_pages_that_say_the_same_are_left_alone(county: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    published = tmp_path / "published"
    publish(county, published, 2023)
    pages = {report: published / "site" / page_path(report) for report in ("a1-1", "b1-1")}
    before = {report: page.stat().st_ino for report, page in pages.items()}
    add_finding(
        county, "b1-1", "SCO-04", "总分", "T", "各项得分之和为94.7分，总分为95分", place="表1 第20行「得分」"
    )
    publish(county, published, 2023)
    assert pages["a1-1"].stat().st_ino == before["a1-1"]
    assert pages["b1-1"].stat().st_ino != before["b1-1"]
    assert "各项得分之和为94.7分" in pages["b1-1"].read_text(encoding="utf-8")


def test_a_report_that_no_longer_counts_loses_its_page(
    county: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    published = tmp_path / "published"
    publish(county, published, 2023)
    county.execute("UPDATE core.reports SET superseded_by = 'a1-1' WHERE report_id = 'b1-1'")
    publish(county, published, 2023)
    assert not (published / "site" / page_path("b1-1")).exists()
