"""A department over two years, from files to findings: roster, last year, versions, copies between units."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest

from benchmarks.narratives import Narrative, copy_of, tell
from expectations.judge import judge
from extractors.batch import BatchItem, extract_batch
from tests.flows.self_evaluation import write_self_evaluation
from warehouse.load import load_batch
from warehouse.roster import load_roster, match_units
from warehouse.store import open_warehouse
from warehouse.supersede import mark_superseded

ROSTER = """单位名称,上级单位,主管部门,地区,截止日期
清河县水利局,,清河县水利局,清河县,2025-03-31
清河县灌区管理处,清河县水利局,清河县水利局,清河县,2025-03-31
清河县水文站,清河县水利局,清河县水利局,清河县,2025-03-31
清河县河道所,清河县水利局,清河县水利局,清河县,2025-03-31
"""
Finding = tuple[str, str]


def write(
    folder: Path, name: str, unit: str, year: int, told: Narrative | None = None, **changes: str
) -> Path:
    """A form with a narrative; changes replace what stands in it."""
    path = write_self_evaluation(folder / name, unit, year)
    text = path.read_text("utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    if told is not None:
        chapters = "".join(
            f"<p>{chapter.heading}</p>" + "".join(f"<p>{paragraph}</p>" for paragraph in chapter.paragraphs)
            for chapter in told.chapters
        )
        text = text.replace("</body>", chapters + "</body>")
    path.write_text(text, "utf-8")
    return path


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[set[Finding]]:
    """(unit, check) of every finding on the reports of 2024."""
    from random import Random

    random = Random(3)
    folder = tmp_path_factory.mktemp("department")
    last, river, gauge, canal = (tell(random, number, 2_000) for number in range(4))
    copied = copy_of(random, river, 0, gauge, "disguised")
    files = {
        write(folder, "局2023.html", "清河县水利局", 2023, last, **{"320人次": "380人次"}): datetime(
            2024, 3, 1
        ),
        write(folder, "局2024.html", "清河县水利局", 2024, last): datetime(2025, 3, 1),
        write(folder, "河道所.html", "清河县河道所", 2024, river): datetime(2025, 3, 2),
        write(
            folder, "水文站.html", "清河县水文站", 2024, copied, **{"2.1万亩": "120处", "2万亩以上": "100处"}
        ): datetime(2025, 4, 3),
        write(folder, "外来.html", "东山市档案馆", 2024, canal): datetime(2025, 3, 3),
    }
    first_version = write(folder, "河道所初稿.html", "清河县河道所", 2024, river, **{"93%": "91%"})
    files = {first_version: datetime(2025, 2, 1), **files}
    items = [
        BatchItem(path, path.name, hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_size, day)
        for path, day in files.items()
    ]
    extract_batch(items, folder / "batch", workers=1)
    roster = folder / "roster.csv"
    roster.write_text(ROSTER, "utf-8")
    with closing(open_warehouse(folder / "warehouse.duckdb")) as con:
        load_batch(con, folder / "batch", "run")
        load_roster(con, roster)
        match_units(con)
        mark_superseded(con)
        assert not judge(con, date(2025, 4, 7), "run", year=2024).broken
        yield set(
            con.execute(
                "SELECT r.unit_name, f.check_id FROM judge.findings AS f JOIN core.reports AS r USING (report_id) WHERE f.active"
            ).fetchall()
        )


@pytest.mark.parametrize(
    "finding",
    [
        ("清河县水利局", "YOY-01"),
        ("清河县水利局", "YOY-02"),
        ("清河县水利局", "AGG-02"),
        ("清河县水文站", "AGG-01"),
        ("清河县水文站", "REC-02"),
        ("清河县水文站", "TXT-06"),
        ("清河县河道所", "TXT-06"),
        ("清河县河道所", "REC-04"),
        ("东山市档案馆", "REC-01"),
    ],
)
def test_found(found: set[Finding], finding: Finding):
    assert finding in found


@pytest.mark.parametrize(
    ("check", "units"),
    [
        ("TXT-06", {"清河县水文站", "清河县河道所"}),
        ("YOY-02", {"清河县水利局"}),
        ("REC-01", {"东山市档案馆"}),
        ("REC-02", {"清河县水文站"}),
        ("AGG-01", {"清河县水文站"}),
        ("AGG-02", {"清河县水利局"}),
    ],
)
def test_and_nowhere_else(found: set[Finding], check: str, units: set[str]):
    assert {unit for unit, check_id in found if check_id == check} == units
