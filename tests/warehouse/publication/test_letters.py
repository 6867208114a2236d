"""Letters: one a unit that must correct something; what, where, which rule, by when."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import duckdb

from tests.warehouse.filling import put
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
    corrections = {name for name in found if not name.startswith("催报-")}
    assert corrections == {"清河县水利局", "清河县河道管理所"}, (
        "an info finding and an unknown unit give none"
    )
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


def test_a_letter_asks_in_words_for_the_unit_and_names_every_place(
    county: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    county.execute("UPDATE judge.findings SET places = ['表1 第9行', '表1 第11行'] WHERE check_id = 'NAR-01'")
    county.execute("UPDATE raw.submissions SET member_path = '水利/自评.docx' WHERE submission_id = 'a1'")
    publish(county, tmp_path, 2023)
    text = letters(tmp_path)["清河县水利局"]
    assert "【请更正或说明】「疏浚河道长度」" in text
    assert "重大" not in text, "the bureau's own name of a severity"
    assert "《水利局自评报告.docx ／ 水利/自评.docx》" in text
    assert "\n表1 第9行；表1 第11行\n" in text, "one file needs no name in every row"


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


def calendar(con: duckdb.DuckDBPyConnection, **dates: object) -> None:
    put(
        con,
        "raw.calendar",
        **({"fiscal_year": 2023, "opens": date(2024, 1, 15), "deadline": date(2024, 3, 31), "correction_days": 10, "reminder_days": 14} | dates),
    )  # fmt: skip


def test_corrections_are_due_on_the_calendars_day(county: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    calendar(county, corrections_due=date(2024, 4, 30))
    publish(county, tmp_path, 2023)
    assert "2024年4月30日前" in letters(tmp_path)["清河县水利局"]


def test_once_that_day_has_passed_the_days_of_the_calendar_count(
    county: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    calendar(county, corrections_due=date(2024, 4, 1), correction_days=5)
    publish(county, tmp_path, 2023)
    assert "2024年4月15日前" in letters(tmp_path)["清河县水利局"]


def reminded(folder: Path) -> dict[str, str]:
    return {name: text for name, text in letters(folder).items() if name.startswith("催报-")}


def test_a_unit_that_sent_nothing_is_reminded(county: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    calendar(county, corrections_due=date(2024, 4, 30))
    states = dict(county.execute("SELECT unit_name, state FROM out.coverage_units").fetchall())
    waited_for = {
        unit for unit, state in states.items() if state in ("missing", "unreadable", "not_an_evaluation")
    }
    assert waited_for, states
    publish(county, tmp_path, 2023)
    found = reminded(tmp_path)
    assert set(found) == {f"催报-{unit}" for unit in waited_for}
    for unit in waited_for:
        text = found[f"催报-{unit}"]
        assert text.startswith("关于报送2023年度部门整体支出绩效自评材料的催报通知")
        assert f"{unit}：" in text
        assert "报送期限为2024年3月31日，现已超过，请于2024年4月30日前补报" in text


def test_reminders_begin_some_days_before_the_deadline(
    county: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    calendar(county)
    for day, count in ((date(2024, 3, 16), 0), (date(2024, 3, 17), 1)):
        county.execute("UPDATE judge.scope SET as_of = ?", [day])
        publish(county, tmp_path, 2023)
        assert bool(reminded(tmp_path)) == bool(count)
    assert all("请于2024年3月31日前报送" in text for text in reminded(tmp_path).values())


def test_a_unit_with_an_extension_is_reminded_of_its_own_day(
    county: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    calendar(county)
    county.execute("UPDATE raw.roster SET extension_until = DATE '2024-04-20'")
    publish(county, tmp_path, 2023)
    found = reminded(tmp_path)
    assert found
    assert all("请于2024年4月20日前报送" in text for text in found.values())


def test_a_reminder_that_says_the_same_keeps_its_date(
    county: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    calendar(county)
    publish(county, tmp_path, 2023)
    before = reminded(tmp_path)
    county.execute("UPDATE judge.scope SET as_of = DATE '2024-04-12'")
    publish(county, tmp_path, 2023)
    assert reminded(tmp_path) == before
