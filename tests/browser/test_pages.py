"""The pages in a real browser: they show, filter and print from disk, and no script of theirs is refused."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.warehouse.county import fill_county
from warehouse.publication import publish
from warehouse.publication.page_writing import page_path
from warehouse.store import open_warehouse

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine (package chromium)"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    con = open_warehouse(folder / "warehouse.duckdb")
    fill_county(con)
    publish(con, folder / "published", 2023)
    con.close()
    return folder / "published" / "site"


def browse(profile: Path, page: Path, *options: str) -> str:
    """What headless chromium prints for a page, its console on the error stream behind it."""
    assert CHROMIUM is not None
    done = subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0",
         f"--user-data-dir={profile}", "--virtual-time-budget=3000", *options, page.as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    console = "\n".join(line for line in done.stderr.splitlines() if "CONSOLE" in line)
    return done.stdout + "\n<!-- console -->\n" + console


def test_the_list_is_filtered_by_the_page_s_own_script(site: Path, tmp_path: Path) -> None:
    index = (site / "index.html").read_text(encoding="utf-8")
    assert 'id="words"' in index
    # the browser restores no typing: the search box is filled in the copy, the script reads it when it starts
    copy = site / "filtered.html"
    copy.write_text(index.replace('id="words"', 'id="words" value="教育局"'), encoding="utf-8")
    shown = browse(tmp_path, copy, "--dump-dom")
    copy.unlink()
    rows = shown.split("<tbody>")[-1].count("<tr data-worst")
    hidden = shown.split("<tbody>")[-1].count('hidden=""')
    assert (rows, hidden) == (5, 4)
    assert 'id="shown">1<' in shown
    assert "Refused" not in shown, "the page's own script passes its security policy"


def test_markup_of_a_submission_does_nothing(site: Path, tmp_path: Path) -> None:
    shown = browse(tmp_path, site / page_path("d1-1"), "--dump-dom")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


def test_a_dossier_prints_with_its_findings(site: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "dossier.pdf"
    browse(tmp_path / "profile", site / page_path("a1-1"), f"--print-to-pdf={pdf}", "--no-pdf-header-footer")
    import pdfplumber

    with pdfplumber.open(pdf) as document:
        words = "".join(page.extract_text() for page in document.pages)
        assert document.pages[0].width > document.pages[0].height
    for text in ("清河县水利局", "疏浚河道", "NAR-01", "得分复算"):
        assert text in words.replace("\n", "")
