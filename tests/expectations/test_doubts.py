"""What rests on a figure that was not read with certainty is a question that says so, never a reproach."""

from __future__ import annotations

from datetime import date

from expectations.judge import judge

INDICATORS = [
    {"name": "培训人次", "max_score": 50, "reported_score": 52, "target_value": 10, "actual_value": 10},
    {"name": "检查户数", "max_score": 30, "reported_score": 30, "target_value": 10, "actual_value": 10},
]
WEIGHT_READ_BADLY = {
    "subject_key": "R2",
    "field": "max_score",
    "text": "30",
    "confidence": 0.61,
    "place": "表1 第3行「分值」",
}


def findings(warehouse) -> dict[tuple[str, str], tuple[str, str]]:
    """severity and message by check and subject."""
    judge(warehouse, date(2024, 4, 1), "run-1")
    found = warehouse.execute(
        "SELECT check_id, subject_key, severity, message FROM judge.findings"
    ).fetchall()
    return {(check, key): (severity, message) for check, key, severity, message in found}


def test_a_certain_figure_is_held_against_the_unit(warehouse, fill) -> None:
    fill(indicators=INDICATORS)
    severity, message = findings(warehouse)[("SCO-01", "R1")]
    assert severity == "major"
    assert "识别" not in message


def test_a_row_rests_on_its_own_figures_and_a_sum_on_all(warehouse, fill) -> None:
    fill(indicators=INDICATORS, doubts=[WEIGHT_READ_BADLY])
    found = findings(warehouse)

    assert found[("SCO-01", "R1")][0] == "major"
    assert found[("SCO-06", "total")][0] == "blocker"
    severity, message = found[("WGT-01", "weights")]
    assert severity == "query"
    assert message.endswith(
        "。【识别存疑】所据数字识别把握不大，请先对照原件：“30”（表1 第3行「分值」，把握 0.61）"
    )


def test_ink_that_could_not_be_read_is_named(warehouse, fill) -> None:
    blank = {"subject_key": "R1", "field": "actual", "text": "", "confidence": 0.0, "place": "表1 第2行"}
    fill(indicators=INDICATORS, doubts=[blank])
    severity, message = findings(warehouse)[("SCO-01", "R1")]
    assert severity == "query"
    assert "“未能识别”（表1 第2行，把握 0.0）" in message


def test_the_facts_of_a_finding_do_not_change_with_the_certainty(warehouse, fill) -> None:
    """A decision taken on the finding holds when the same figures are read better later."""
    fill(indicators=INDICATORS, doubts=[WEIGHT_READ_BADLY])
    findings(warehouse)
    before = warehouse.execute("SELECT finding_id, facts_hash FROM judge.findings ORDER BY ALL").fetchall()
    warehouse.execute("DELETE FROM core.doubts")
    judge(warehouse, date(2024, 4, 1), "run-2")
    assert (
        warehouse.execute("SELECT finding_id, facts_hash FROM judge.findings ORDER BY ALL").fetchall()
        == before
    )


def test_a_message_is_one_sentence_though_the_cell_ran_over_lines(warehouse, fill) -> None:
    fill(indicators=[INDICATORS[0] | {"name": "培训\n人次"}])
    _, message = findings(warehouse)[("SCO-01", "R1")]
    assert "培训人次" in message
    assert "\n" not in message
