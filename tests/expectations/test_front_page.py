"""The first page of the Data Docs leads to the page of every table."""

from __future__ import annotations

import re
from pathlib import Path

from expectations.suites.front_page import SuiteLine, write_front_page


def test_every_table_leads_to_its_own_page(tmp_path: Path) -> None:
    for page in ("raw/submissions/run/raw.submissions.html", "检查目录/run/checks.html"):
        (tmp_path / "validations" / page).parent.mkdir(parents=True)
        (tmp_path / "validations" / page).write_text("", "utf-8")

    write_front_page(tmp_path, [SuiteLine("raw.submissions", 3, 0), SuiteLine("检查目录", 9, 1)], [], [], {})

    links = re.findall(r'href="([^"]+)"', (tmp_path / "index.html").read_text("utf-8"))
    assert len(links) == 2
    assert all((tmp_path / link).exists() for link in links)
