"""Letters: one a unit that must correct something; what, where, which rule, by when."""

from __future__ import annotations

from pathlib import Path

import docx
import duckdb

from warehouse.decisions import record
from warehouse.publication import publish


def letters(folder: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in (folder / "letters").glob("*.docx"):
        document = docx.Document(str(path))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        found[path.stem] = "\n".join([*(p.text for p in document.paragraphs), *cells])
    return found


def test_units_with_grave_findings_get_a_letter(county: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    publish(county, tmp_path, 2023)
    found = letters(tmp_path)
    assert set(found) == {"清河县水利局", "清河县河道管理所"}, "an info finding and an unknown unit give none"
    text = found["清河县水利局"]
    for words in (
        "2024年4月20日前",
        "《水利局自评报告.docx》",
        "表1 第9行「实际完成值」",
        "12.5",
        "13",
        "财预〔2020〕10号",
        "NAR-01",
    ):
        assert words in text


def test_what_was_waived_is_not_asked_and_what_was_returned_is(
    county: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    record(county, "a1-1-nar-01-r1", "waive", "李敏", "已说明")
    record(county, "c1-1-txt-03-r1", "return", "李敏", "请删除提示")
    publish(county, tmp_path, 2023)
    found = letters(tmp_path)
    assert "NAR-01" not in found["清河县水利局"] and "DEV-02" in found["清河县水利局"]
    assert "填表提示「指标1：」未删除" in found["安平县教育局"]


def test_a_letter_that_says_the_same_keeps_its_date(
    county: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    publish(county, tmp_path, 2023)
    county.execute("UPDATE judge.scope SET as_of = DATE '2024-04-15'")
    record(county, "b1-1-exe-03-l1", "accept", "李敏", "已核实")
    publish(county, tmp_path, 2023)
    found = letters(tmp_path)
    assert "2024年4月20日前" in found["清河县水利局"]
    assert "清河县河道管理所" not in found
