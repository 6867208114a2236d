"""A small year of one county: a roster, reports of three units over two years, findings of every kind, decisions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import duckdb

from tests.warehouse.filling import add_report, put
from warehouse.supersede import mark_superseded

CHECKS = {
    "FUN-01": ("major", "A", "年度资金总额等于各来源之和", "《项目支出绩效评价管理办法》财预〔2020〕10号"),
    "EXE-03": ("blocker", "A", "执行率不应超过100%", "财预〔2020〕10号"),
    "DEV-02": ("major", "A", "未完成指标须说明原因", "财预〔2020〕10号"),
    "TXT-03": ("info", "A", "填表提示未删除", "填表说明"),
    "NAR-01": ("major", "A", "正文完成值与表中一致", "财预〔2020〕10号"),
    "EVD-01": ("query", "C", "完成值是否有佐证材料", "财预〔2020〕10号"),
    "SCO-04": ("major", "A", "各项得分之和等于总分", "财预〔2020〕10号"),
}
ROWS: list[tuple[str, str, str, str, str, str, str, str, str, str]] = [
    # level1, level2, name, target text, value, actual text, value, max, score, outcome
    ("产出指标", "数量指标", "疏浚河道长度（公里）", "≥12", "12", "12.5", "12.5", "15", "15", "met"),
    ("产出指标", "质量指标", "工程验收合格率", "100%", "1", "98%", "0.98", "15", "14.7", "unmet"),
    ("产出指标", "时效指标", "完工时间", "12月底前", "", "11月", "", "10", "10", "not_computable"),
    ("产出指标", "成本指标", "公里造价（万元）", "≤80", "80", "76.2", "76.2", "10", "10", "met"),
    (
        "效益指标",
        "社会效益指标",
        "受益人口（人）",
        "≥21000",
        "21000",
        "19800",
        "19800",
        "30",
        "28.29",
        "unmet",
    ),
    ("满意度指标", "服务对象满意度", "群众满意度", "≥90%", "0.9", "93%", "0.93", "10", "10", "met"),
]
CODES = {"产出指标": "output", "效益指标": "outcome", "满意度指标": "satisfaction"}
DIMENSIONS = {
    "数量指标": "quantity", "质量指标": "quality", "时效指标": "timeliness", "成本指标": "cost",
    "社会效益指标": "social", "服务对象满意度": "satisfaction",
}  # fmt: skip


def fill_form(
    con: duckdb.DuckDBPyConnection, report_id: str, executed: int = 57_371_200, adjusted: int = 59_236_300
) -> None:
    """Budget block, six indicators and their scores under a report."""
    rate = f"{executed / adjusted:.8f}"
    for field, label, text in (
        ("unit_name", "单位名称", "清河县水利局"),
        ("contact", "联系人", "王小明"),
        ("phone", "联系电话", "13912345678"),
    ):
        put(
            con,
            "core.header_fields",
            report_id=report_id,
            field=field,
            label=label,
            text=text,
            place="表1 第2行",
        )
    for number, label, share in (
        (1, "年度资金总额", 1.0),
        (2, "其中：当年财政拨款", 0.9),
        (3, "上年结转资金", 0.1),
    ):
        money = {
            name: f"{value * share:.4f}"
            for name, value in (
                ("initial_budget_yuan", adjusted),
                ("adjusted_budget_yuan", adjusted),
                ("executed_yuan", executed),
            )
        }
        put(con, "core.budget_lines", report_id=report_id, line_no=number, label=label, is_total=number == 1,
            role="total" if number == 1 else "source", parent_line_no=None if number == 1 else 1,
            **money, reported_execution_rate=rate if number == 1 else None, max_score="10" if number == 1 else None,
            reported_score="9.7" if number == 1 else None, money_unit="万元", place=f"表1 第{number + 4}行",
            texts={"label": label, "initial_budget": f"{adjusted * share / 1e4:.2f}", "adjusted_budget": f"{adjusted * share / 1e4:.2f}",
                   "executed": f"{executed * share / 1e4:.2f}", "execution_rate": "97%" if number == 1 else "",
                   "max_score": "10" if number == 1 else "", "reported_score": "9.7" if number == 1 else ""},
            places={name: f"表1 第{number + 4}行「{zh}」" for name, zh in
                    (("label", "项目"), ("adjusted_budget", "全年预算数"), ("executed", "全年执行数"), ("execution_rate", "执行率"), ("reported_score", "得分"))})  # fmt: skip
    put(con, "judge.budget_scores", report_id=report_id, line_no=1, execution_rate=rate, recomputed_score="9.70",
        exact_score="9.69", rule="分值×执行率", explanation="10分×97%＝9.7分（执行率按表中取整后的97%计）")  # fmt: skip
    put(con, "judge.scored_items", report_id=report_id, item_key="L1", kind="execution", label="预算执行率",
        level1_code="execution", max_score="10", reported_score="9.7", low="9.7", high="9.7")  # fmt: skip
    for number, (level1, level2, name, target, t, actual, a, weight, score, outcome) in enumerate(
        ROWS, start=1
    ):
        code = CODES[level1]
        kind = "number" if t else "date"
        dimension = "percent" if "%" in target else "count"
        put(con, "core.indicators", report_id=report_id, row_no=number, level1=level1, level2=level2, name=name,
            level1_code=code, dimension=DIMENSIONS[level2], direction="down" if "≤" in target else "up",
            target_text=target, actual_text=actual, comparator="LE" if "≤" in target else "GE",
            target_kind=kind, actual_kind=kind, target_value=t or None, actual_value=a or None, target_base="1", actual_base="1",
            target_dimension=dimension, actual_dimension=dimension, max_score=weight, reported_score=score,
            variance_reason="个别村未接通，2024年补齐；联系人：李大伟，13800138000" if number == 5 else "",
            texts={"level1": level1, "level2": level2, "name": name, "target": target, "actual": actual, "max_score": weight,
                   "reported_score": score, "variance_reason": ""},
            places={"name": f"表1 第{number + 8}行「三级指标」", "target": f"表1 第{number + 8}行「年度指标值」",
                    "actual": f"表1 第{number + 8}行「实际完成值」", "reported_score": f"表1 第{number + 8}行「得分」"},
            place=f"表1 第{number + 8}行")  # fmt: skip
        put(con, "judge.indicator_scores", report_id=report_id, row_no=number, outcome=outcome, low=score, high=score,
            achievement=f"{float(a) / float(t):.8f}" if t else None, rule="正向：分值×完成值/指标值" if t else "时间：按自评",
            explanation=f"{weight}分×min(1, {actual}/{target})＝{score}分")  # fmt: skip
        put(con, "judge.scored_items", report_id=report_id, item_key=f"R{number}", kind="indicator", label=name,
            level1_code=code, rows_covered=[number], max_score=weight, reported_score=score, low=score, high=score)  # fmt: skip
    put(con, "judge.report_scores", report_id=report_id, recomputed_low="97.69", recomputed_high="97.69", recomputed_total="97.69",
        exact_total="97.68", recomputed_grade="优", is_complete=True, explanation="各项复算得分相加")  # fmt: skip
    put(
        con,
        "judge.report_profiles",
        report_id=report_id,
        profile_id="national",
        why="表中权重为10/50/30/10，按全国默认规则",
    )
    put(con, "core.statements", report_id=report_id, statement_no=1, subject="疏浚河道", quantity="count", role="actual",
        value="13", unit="公里", printed="13公里", text="全年疏浚河道13公里，受益群众约2万人。", place="第4段")  # fmt: skip


def add_finding(
    con: duckdb.DuckDBPyConnection,
    report_id: str,
    check_id: str,
    subject: str,
    key: str,
    message: str,
    **values: Any,
) -> str:
    """One finding of a known check; its id is made of report and check."""
    severity, _, _, _ = CHECKS[check_id]
    finding_id = f"{report_id}-{check_id}-{key}".lower()
    put(con, "judge.findings", finding_id=finding_id, report_id=report_id, check_id=check_id, severity=severity, subject=subject,
        subject_key=key, message=message, first_seen_on=date(2024, 4, 1), **values)  # fmt: skip
    put(con, "judge.check_results", report_id=report_id, check_id=check_id, answer="fail", tested=1, failed=1)
    put(
        con,
        "judge.tests",
        report_id=report_id,
        check_id=check_id,
        subject=subject,
        subject_key=key,
        failed=True,
        **values,
    )
    return finding_id


def fill_county(con: duckdb.DuckDBPyConnection) -> None:
    """Everything: afterwards the scope is 2023 as of 10 April 2024."""
    con.execute("UPDATE judge.scope SET fiscal_year = 2023, as_of = DATE '2024-04-10'")
    for name, code, region, division in (
        ("清河县水利局", "101", "清河县", "农业科"),
        ("清河县河道管理所", "102", "清河县", "农业科"),
        ("安平县教育局", "201", "安平县", "教科文科"),
        ("安平县林业局", "202", "安平县", "农业科"),
        ("安平县文化馆", "203", "安平县", "教科文科"),
    ):
        put(con, "raw.roster", unit_name=name, unit_code=code, region=region, division=division, deadline=date(2024, 3, 31),
            department="清河县水利局" if code.startswith("10") else name)  # fmt: skip
    for check_id, (severity, kind, title, basis) in CHECKS.items():
        put(
            con,
            "judge.check_catalogue",
            check_id=check_id,
            severity=severity,
            title=title,
            basis=basis,
            family=check_id[:3],
            **{"class": kind},
        )
    water = add_report(con, "a1", "清河县水利局", file_path="清河县/水利局自评报告.docx", reported_score_total="97.69", reported_grade="优",
                       max_score_total="100", supervisor="清河县人民政府", place="表1", has_blocks=["budget", "indicators", "total"],
                       warnings=["第2页有删除修订，已忽略"])  # fmt: skip
    last_year = add_report(
        con,
        "a0",
        "清河县水利局",
        fiscal_year=2022,
        reported_score_total="93.10",
        reported_grade="优",
        received_at=datetime(2023, 3, 20),
    )
    river = add_report(
        con,
        "b1",
        "清河县河道管理所",
        reported_score_total="95",
        reported_grade="优",
        received_at=datetime(2024, 4, 3, 8),
    )
    school = add_report(con, "c1", "安平县教育局", reported_score_total=None, file_path="安平县教育局.xlsx")
    add_report(con, "c0", "安平县教育局", received_at=datetime(2024, 3, 1))
    unknown = add_report(
        con, "d1", None, kind="narrative", fiscal_year=None, file_path='=HYPERLINK("http://x","报告").docx'
    )
    put(con, "raw.submissions", submission_id="e1", file_path="安平县林业局.pdf", file_name="安平县林业局.pdf", sha256="e1",
        outcome="unreadable", reason="文件已加密，请解除密码后重新报送。")  # fmt: skip
    put(con, "raw.submissions", submission_id="g1", file_path="预算公开表.xlsx", file_name="预算公开表.xlsx", sha256="g1",
        outcome="not_an_evaluation", document_kind="预算公开表", reason="这是预算公开表，不是绩效自评表。")  # fmt: skip
    fill_form(con, water)
    fill_form(con, last_year, 40_000_000, 50_000_000)
    fill_form(con, river, 4_000_000, 8_000_000)
    put(
        con,
        "core.indicators",
        report_id=school,
        row_no=1,
        level1="产出指标",
        name="指标1：",
        is_placeholder=True,
        target_kind="placeholder",
    )
    add_finding(con, water, "NAR-01", "疏浚河道长度（公里）", "R1", "「疏浚河道长度」正文写13公里，表中为12.5公里，相差0.5公里",
                reported_value="12.5", expected_value="13", difference="0.5", evidence="全年疏浚河道13公里，受益群众约2万人。", place="表1 第9行「实际完成值」")  # fmt: skip
    add_finding(con, water, "DEV-02", "工程验收合格率", "R2", "「工程验收合格率」未完成（98%，目标100%），未说明原因", reported_value="98%",
                expected_value="100%", evidence="98%", place="表1 第10行「偏差原因」")  # fmt: skip
    add_finding(
        con,
        river,
        "EXE-03",
        "年度资金总额",
        "L1",
        "执行率671.19%超过100%，请核对全年预算数",
        reported_value="671.19%",
        expected_value="≤100%",
        place="表1 第5行「执行率」",
    )
    add_finding(con, school, "TXT-03", "指标1：", "R1", "填表提示「指标1：」未删除", place="Sheet1!C12")
    add_finding(con, unknown, "FUN-01", "=cmd|'/c calc'!A0", "T", "资金总额341.29万元与各来源之和340.29万元相差1万元",
                reported_value="=1+1", expected_value="340.29万元", difference="1万元", evidence="<script>alert(1)</script>联系人：赵丽，电话13912345678", place="第7段")  # fmt: skip
    put(con, "judge.check_results", report_id=water, check_id="FUN-01", answer="pass", tested=1)
    put(
        con,
        "judge.tests",
        report_id=water,
        check_id="FUN-01",
        subject="年度资金总额",
        reported_value="5923.63",
        expected_value="5923.63",
        place="表1 第5行「全年预算数」",
    )
    put(
        con,
        "judge.check_results",
        report_id=water,
        check_id="SCO-04",
        answer="not_applicable",
        reason="未填总分",
    )
    put(
        con,
        "raw.runs",
        run_id="run-1",
        started_at=datetime(2024, 4, 10, 2),
        finished_at=datetime(2024, 4, 10, 2, 3),
        fiscal_year=2023,
        as_of=date(2024, 4, 10),
        state="done",
    )
    mark_superseded(con)
