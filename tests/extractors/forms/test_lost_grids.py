"""Forms whose grid was lost on the way: bars without merges, one cell a line, only spaces."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from extractors.forms import recognise
from extractors.readers import read

BARS = """\
部门预算项目支出绩效自评表（2024年度） | ||||||||||
项目名称 | 202400017-档案库房恒温改造 | |||||||||
主管部门 | 青石县档案局 | 实施单位 | 青石县档案馆 | |||||||
预算执行情况（10分） | 年度预算数（万元） | 年初预算 | 调整后预算数 | 预算执行数 | 预算执行率 | 权重 | 得分 | 原因 | |
总额 | 50.00 | 48.20 | 47.30 | 98.13% | 10 | 9.81 | | | |
其中：财政资金 | 50.00 | 48.20 | 47.30 | 98.13% | / | / | ||||
其他资金 | / | / | ||||||||
绩效指标（90分） | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 完成值 | 权重 | 得分 | 未完成原因分析
产出指标 | 数量指标 | 改造库房 | ≥ | 3 | 间 | 3 | 40 | 40 | |
质量指标 | 验收合格率 | ＝ | 100 | % | 100% | 20 | 20 | | |
效益指标 | 社会效益指标 | 档案保存条件 | 定性 | 明显改善 | | 明显改善 | 30 | 30 | |
合计 | 100 | 99.81 | ||||||||
"""

LINES = """\
2024年度部门整体支出绩效自评表
预算部门名称
青石县档案馆
年度资金
（万元）
年初
预算数
全年预算数
全年执行数
分值
执行率
得分
年度资金总额
320.5
330
321
10
97.27%
9.73
一级指标
二级指标
三级指标
年度指标值
实际完成值
分值
得分
偏差原因分析及改进措施
产出指标
数量指标
数字化档案
≥50000页
52000页
50
50
质量指标
扫描合格率
≥99%
98%
30
29.7
原件破损
满意度指标
服务对象满意度指标
利用者满意度
≥95%
97%
10
10
总分
100
99.43
"""


def reports_of(tmp_path: Path, text: str):
    path = tmp_path / "自评表.txt"
    path.write_text(text, encoding="utf-8")
    return recognise(read(path), path.name)


def test_rows_that_lost_their_merged_labels_are_aligned_by_what_suits_the_columns(tmp_path):
    (report,) = reports_of(tmp_path, BARS)

    total = report.budget_lines[0]
    assert (total.adjusted_budget_yuan, total.executed_yuan) == (Decimal("482000.00"), Decimal("473000.00"))
    assert (total.reported_execution_rate, total.reported_score) == (Decimal("0.9813"), Decimal("9.81"))
    assert [(r.level1, r.level2, r.name, r.target_text, r.max_score) for r in report.indicators] == [
        ("产出指标", "数量指标", "改造库房", "≥3间", 40),
        ("产出指标", "质量指标", "验收合格率", "＝100%", 20),
        ("效益指标", "社会效益指标", "档案保存条件", "明显改善", 30),
    ]
    assert (report.project_name, report.unit_name) == ("档案库房恒温改造", "青石县档案馆")
    assert (report.max_score_total, report.reported_score_total) == (100, Decimal("99.81"))


@pytest.mark.parametrize("text", [LINES, " ".join(LINES.split("\n"))], ids=["one cell a line", "only spaces"])
def test_a_table_gone_to_a_sequence_is_put_back_and_said_so(tmp_path, text):
    (report,) = reports_of(tmp_path, text)

    assert [
        (r.level2, r.name, r.target_text, r.actual_text, r.reported_score) for r in report.indicators
    ] == [
        ("数量指标", "数字化档案", "≥50000页", "52000页", 50),
        ("质量指标", "扫描合格率", "≥99%", "98%", Decimal("29.7")),
        ("服务对象满意度指标", "利用者满意度", "≥95%", "97%", 10),
    ]
    assert report.indicators[1].variance_reason == "原件破损"
    assert report.budget_lines[0].executed_yuan == Decimal("3210000")
    assert report.reported_score_total == Decimal("99.43")
    assert any("格线" in warning for warning in report.warnings)
    assert report.confidence < 1


def test_a_form_without_anything_between_its_cells_is_named_and_not_guessed(tmp_path):
    (report,) = reports_of(
        tmp_path, "青石县水务局绩效自评表（2024年度）" + LINES.replace("\n", "") + "……总分100100"
    )

    assert report.kind == "form"
    assert report.indicators == () and report.budget_lines == ()
    assert "没有分隔" in report.warnings[0]
    assert len(report.unread) == 1
