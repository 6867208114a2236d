"""Judging keeps a ledger: stable keys, resolved findings, one finding for one cause, and nothing lost of other years."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from expectations.catalogue import Catalogue, load_catalogue, parse_check
from expectations.errors import CatalogueError, ConfigurationError
from expectations.judge import Judgement, judge

Fill = Callable[..., object]
OVER = {"name": "培训人次", "max_score": 10, "reported_score": 12}
HEADER = """/*
id: {id}
version: 1
class: {klass}
severity: {severity}
needs: [report]
title: 试验
basis: 试验
message: "{message}"
not_applicable: 没有指标
{more}
*/
{query}"""
QUERY = (
    "SELECT report_id, 'R' || row_no AS subject_key, name AS subject, TRUE AS failed, target_text AS reported_value,"
    " NULL AS expected_value, NULL AS difference, NULL AS evidence, place, location FROM active.indicators"
)


def check_text(
    check_id: str = "TST-01",
    klass: str = "A",
    severity: str = "major",
    message: str = "{subject}",
    more: str = "",
    query: str = QUERY,
) -> str:
    return HEADER.format(id=check_id, klass=klass, severity=severity, message=message, more=more, query=query)


def catalogue_of(*texts: str) -> Catalogue:
    checks = []
    for text in texts:
        check_id = text.split("id: ")[1].splitlines()[0]
        checks.append(parse_check(text, Path("checks") / check_id[:3].lower() / f"{check_id}.sql"))
    return Catalogue({check.id: check for check in checks})


def run(
    con: duckdb.DuckDBPyConnection, run_id: str = "run-1", catalogue: Catalogue | None = None, **more: object
) -> Judgement:
    return judge(
        con, date(2025, 4, 1), run_id, 2024, catalogue=catalogue or load_catalogue().only("SCO-01"), **more
    )  # type: ignore[arg-type]


def one(con: duckdb.DuckDBPyConnection, query: str) -> tuple:
    row = con.execute(query).fetchone()
    assert row is not None
    return row


def test_finding_has_words_figures_and_place(warehouse: duckdb.DuckDBPyConnection, fill: Fill):
    fill(indicators=[OVER])

    judgement = run(warehouse)

    message, place, severity = one(warehouse, "SELECT message, place, severity FROM judge.findings")
    assert message == "培训人次：得分 12 超过分值 2 分（分值 10）"
    assert place == "表1 第2行「得分」"
    assert (severity, judgement.findings, judgement.new_findings) == ("major", {"major": 1}, 1)


def test_second_run_changes_nothing_but_the_run(warehouse: duckdb.DuckDBPyConnection, fill: Fill):
    fill(indicators=[OVER])
    run(warehouse)
    before = warehouse.execute("SELECT * EXCLUDE (last_run_id) FROM judge.findings").fetchall()

    judgement = run(warehouse, "run-2")

    assert warehouse.execute("SELECT * EXCLUDE (last_run_id) FROM judge.findings").fetchall() == before
    assert judgement.new_findings == 0


def test_corrected_report_resolves_its_finding(warehouse: duckdb.DuckDBPyConnection, fill: Fill):
    fill(indicators=[OVER])
    run(warehouse)

    fill(reports=[{"report_id": "r2"}], indicators=[{**OVER, "report_id": "r2", "reported_score": 10}])
    warehouse.execute("UPDATE core.reports SET superseded_by = 'r2' WHERE report_id = 'r1'")
    run(warehouse, "run-2")

    assert one(warehouse, "SELECT active FROM judge.findings") == (False,)
    assert one(warehouse, "SELECT count(*) FROM judge.check_results WHERE report_id = 'r1'") == (0,)


def test_resubmission_with_the_same_fault_keeps_the_finding(warehouse: duckdb.DuckDBPyConnection, fill: Fill):
    fill(indicators=[OVER])
    run(warehouse)
    (finding, facts) = one(warehouse, "SELECT finding_id, facts_hash FROM judge.findings")

    fill(reports=[{"report_id": "r2"}], indicators=[{**OVER, "report_id": "r2"}])
    warehouse.execute("UPDATE core.reports SET superseded_by = 'r2' WHERE report_id = 'r1'")
    run(warehouse, "run-2")

    assert one(warehouse, "SELECT finding_id, facts_hash, report_id, active FROM judge.findings") == (
        finding,
        facts,
        "r2",
        True,
    )


def test_changed_facts_change_the_hash_not_the_key(warehouse: duckdb.DuckDBPyConnection, fill: Fill):
    fill(indicators=[OVER])
    run(warehouse)
    (finding, facts) = one(warehouse, "SELECT finding_id, facts_hash FROM judge.findings")

    warehouse.execute("UPDATE core.indicators SET reported_score = 15")
    run(warehouse, "run-2")

    again, other = one(warehouse, "SELECT finding_id, facts_hash FROM judge.findings")
    assert again == finding
    assert other != facts


def test_other_years_keep_what_was_said(warehouse: duckdb.DuckDBPyConnection, fill: Fill):
    fill(reports=[{"report_id": "r0", "fiscal_year": 2023}], indicators=[{**OVER, "report_id": "r0"}])
    judge(warehouse, date(2024, 4, 1), "run-0", 2023, catalogue=load_catalogue().only("SCO-01"))

    fill(reports=[{"report_id": "r1"}], indicators=[{**OVER, "report_id": "r1"}])
    run(warehouse)

    kept = warehouse.execute("SELECT report_id, active FROM judge.findings ORDER BY report_id").fetchall()
    assert kept == [("r0", True), ("r1", True)]
    assert one(warehouse, "SELECT count(*) FROM judge.indicator_scores") == (2,)


def test_cause_hides_its_consequence_on_the_same_subject(warehouse: duckdb.DuckDBPyConnection, fill: Fill):
    cause = check_text("CAU-01", query=QUERY + " WHERE row_no = 1")
    consequence = check_text("TST-01", more="suppressed_by: [CAU-01]")
    fill(indicators=[{"name": "甲"}, {"name": "乙"}])

    run(warehouse, catalogue=catalogue_of(cause, consequence))

    found = warehouse.execute("SELECT check_id, subject FROM judge.findings ORDER BY ALL").fetchall()
    assert found == [("CAU-01", "甲"), ("TST-01", "乙")]
    assert one(
        warehouse, "SELECT suppressed_by FROM judge.tests WHERE check_id = 'TST-01' AND subject = '甲'"
    ) == ("CAU-01",)


def test_cause_on_the_whole_report_hides_everything(warehouse: duckdb.DuckDBPyConnection, fill: Fill):
    cause = check_text("CAU-01", query=QUERY.replace("'R' || row_no", "'report'") + " WHERE row_no = 1")
    consequence = check_text("TST-01", more="suppressed_by: [CAU-01]")
    fill(indicators=[{"name": "甲"}, {"name": "乙"}])

    run(warehouse, catalogue=catalogue_of(cause, consequence))

    assert one(warehouse, "SELECT count(*) FROM judge.findings WHERE check_id = 'TST-01'") == (0,)
    answer, reason = one(
        warehouse, "SELECT answer, reason FROM judge.check_results WHERE check_id = 'TST-01'"
    )
    assert (answer, reason) == ("not_applicable", "原因已由 CAU-01 列出，不另列")


def test_grouped_rows_are_one_finding_with_all_places(warehouse: duckdb.DuckDBPyConnection, fill: Fill):
    fill(indicators=[{"name": f"指标{number}"} for number in range(1, 13)])

    run(warehouse, catalogue=catalogue_of(check_text(message="{count}项：{subject}", more="group: true")))

    message, places = one(warehouse, "SELECT message, places FROM judge.findings")
    assert message.startswith("12项：")
    assert message.endswith("等12项")
    assert len(places) == 12


def test_candidates_never_weigh_more_than_a_query(warehouse: duckdb.DuckDBPyConnection, fill: Fill):
    fill(indicators=[{"name": "甲"}])
    text = check_text(
        klass="B", severity="query", query=QUERY.replace("place,", "place, 'blocker' AS severity,")
    )

    run(warehouse, catalogue=catalogue_of(text))

    assert one(warehouse, "SELECT severity FROM judge.findings") == ("query",)


def test_open_questions_are_no_findings(warehouse: duckdb.DuckDBPyConnection, fill: Fill):
    fill(indicators=[{"name": "甲"}])

    run(warehouse, catalogue=catalogue_of(check_text(klass="C", severity="query")))

    assert one(warehouse, "SELECT count(*) FROM judge.findings") == (0,)
    assert one(warehouse, "SELECT count(*) FROM judge.tests WHERE failed") == (1,)


def test_check_that_cannot_run_costs_itself_only(warehouse: duckdb.DuckDBPyConnection, fill: Fill):
    fill(indicators=[OVER])
    broken = check_text(
        "BRK-01", query=QUERY.replace("target_text", "CAST(name || '坏' AS INTEGER)::VARCHAR")
    )

    judgement = run(warehouse, catalogue=catalogue_of(broken, check_text()))

    assert list(judgement.broken) == ["BRK-01"]
    answer, reason = one(
        warehouse, "SELECT answer, reason FROM judge.check_results WHERE check_id = 'BRK-01'"
    )
    assert answer == "not_applicable"
    assert reason.startswith("检查未能运行")
    assert one(warehouse, "SELECT count(*) FROM judge.findings WHERE check_id = 'TST-01'") == (1,)


def test_missing_input_is_the_reason(warehouse: duckdb.DuckDBPyConnection, fill: Fill):
    fill(indicators=[OVER])

    run(warehouse, catalogue=load_catalogue().only("REC-02", "XDC-01", "YOY-01"))

    reasons = dict(warehouse.execute("SELECT check_id, reason FROM judge.check_results").fetchall())
    assert reasons == {
        "REC-02": "未提供单位名册",
        "XDC-01": "未提供批复的预算和绩效目标",
        "YOY-01": "库中没有上一年度的自评报告",
    }


def test_only_failures_are_kept_for_very_many_reports(warehouse: duckdb.DuckDBPyConnection, fill: Fill):
    fill(indicators=[OVER, {**OVER, "reported_score": 10}])

    run(warehouse, keep_passed=False)

    assert one(warehouse, "SELECT count(*), bool_and(failed) FROM judge.tests") == (1, True)
    assert one(warehouse, "SELECT tested, failed FROM judge.check_results") == (2, 1)


def test_configuration_switches_off_and_reweighs(
    warehouse: duckdb.DuckDBPyConnection, fill: Fill, tmp_path: Path
):
    fill(
        reports=[{"report_id": "r1", "unit_name": "武汉市某局"}, {"report_id": "r2", "unit_name": "某单位"}],
        indicators=[{**OVER, "report_id": "r1"}, {**OVER, "report_id": "r2"}],
    )
    file = tmp_path / "checks.yaml"
    file.write_text(
        "checks:\n- {check: SCO-01, severity: minor}\n"
        "- {check: SCO-01, enabled: false, jurisdiction: 湖北, years: [2024, 2024], reason: 省厅另行核查}\n",
        encoding="utf-8",
    )

    run(warehouse, configuration=file)

    assert warehouse.execute("SELECT report_id, severity FROM judge.findings").fetchall() == [("r2", "minor")]
    assert one(warehouse, "SELECT answer, reason FROM judge.check_results WHERE report_id = 'r1'") == (
        "not_applicable",
        "按配置停用：省厅另行核查",
    )


@pytest.mark.parametrize(
    "line",
    [
        "{check: XXX-99}",
        "{check: SCO-01, enabled: false}",
        "{check: SCO-01, severity: bad}",
        "{check: SCO-01, wrong: 1}",
        "{check: SCO-01, jurisdiction: 火星}",
        "{check: SCO-01}",
        "{severity: minor}",
        "{check: SCO-01, severity: minor, years: 2024}",
        "{check: SCO-01, severity: minor, years: [2025, 2023]}",
        "{check: SCO-01, enabled: 否, reason: 无}",
        "SCO-01",
    ],
)
def test_wrong_configuration_is_refused_with_its_line(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path, line: str
):
    file = tmp_path / "checks.yaml"
    file.write_text(f"# 本市\nchecks:\n- {{check: SCO-01, severity: minor}}\n- {line}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"checks\.yaml[^第]*第4行"):
        run(warehouse, configuration=file)


def test_every_fault_of_a_configuration_is_listed(warehouse: duckdb.DuckDBPyConnection, tmp_path: Path):
    file = tmp_path / "checks.yaml"
    file.write_text(
        "checks:\n- {check: XXX-99, severity: minor}\n- {check: SCO-01, severity: bad, years: 3}\nprofiles:\n"
        "- {profile: mars, enabled: false, reason: 无}\n- {profile: national, enabled: false, reason: 无}\n",
        encoding="utf-8",
    )
    with pytest.raises(ConfigurationError) as error:
        run(warehouse, configuration=file)
    lines = str(error.value).splitlines()[1:]
    assert [line.strip()[:3] for line in lines] == ["第2行", "第3行", "第3行", "第5行", "第6行"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("checks:\n  - {check: SCO-01,\n", "第3行不是合法的 YAML"),
        ("check:\n- {check: SCO-01}\n", "checks: 或 profiles:"),
        ("checks:\n  check: SCO-01\n", "第2行：checks 之下"),
    ],
)
def test_a_file_that_is_no_configuration_is_refused(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path, text: str, said: str
):
    file = tmp_path / "checks.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=said):
        run(warehouse, configuration=file)


def test_a_profile_switched_off_is_not_chosen_and_the_reason_says_so(
    warehouse: duckdb.DuckDBPyConnection, fill: Fill, tmp_path: Path
):
    fill(
        reports=[{"report_id": "r1", "unit_name": "武汉市某局"}, {"report_id": "r2", "unit_name": "某局"}],
        indicators=[{**OVER, "report_id": "r1"}],
        roster=[{"unit_name": "某局", "profile": "hubei"}],
        unit_matches=[{"submission_id": "s-r2", "report_id": "r2", "roster_unit_name": "某局"}],
    )
    file = tmp_path / "checks.yaml"
    rule = "{profile: hubei, enabled: false, years: [2024, null], reason: 新办法未定}"
    file.write_text(f"profiles:\n- {rule}\n", encoding="utf-8")
    query = "SELECT report_id, profile_id, why FROM judge.report_profiles ORDER BY 1"

    run(warehouse)
    assert [row[1] for row in warehouse.execute(query).fetchall()] == ["hubei", "hubei"]
    run(warehouse, configuration=file)
    switched = warehouse.execute(query).fetchall()
    assert [row[1] for row in switched] == ["national", "national"]
    assert all("已按配置停用（新办法未定）" in why for _, _, why in switched)
    file.write_text(f"profiles:\n- {rule.replace('2024, null', 'null, 2023')}\n", encoding="utf-8")
    run(warehouse, configuration=file)
    assert [row[1] for row in warehouse.execute(query).fetchall()] == ["hubei", "hubei"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (check_text(more="colour: red"), "不认识的键 colour"),
        (check_text().replace("title: 试验\n", ""), "缺少 title"),
        (check_text(severity="awful"), "severity 须为"),
        (check_text(klass="B", severity="major"), "至多为 query"),
        (check_text(message="{wrong}"), "wrong 不认识"),
        (check_text(query="DELETE FROM core.reports"), "须为一条 SELECT"),
        (check_text(query=QUERY + "; SELECT 1"), "只能有一条语句"),
        ("SELECT 1", "须以"),
    ],
)
def test_wrong_check_is_refused(text: str, problem: str):
    with pytest.raises(CatalogueError, match=problem):
        parse_check(text, Path("checks/tst/TST-01.sql"))


def test_doubled_id_is_refused(tmp_path: Path):
    for name in ("tst", "tst2"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "TST-01.sql").write_text(check_text(), encoding="utf-8")
    with pytest.raises(CatalogueError):
        load_catalogue(tmp_path)
