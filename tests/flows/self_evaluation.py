"""A self-evaluation as a unit sends it, as HTML: small, and with the figures a test asks for."""

from __future__ import annotations

from pathlib import Path

INDICATORS = (
    ("产出指标", "数量指标", "培训人次", "≥300人次", "320人次", "20", "20"),
    ("产出指标", "数量指标", "灌区改造面积", "2万亩以上", "2.1万亩", "10", "10"),
    ("产出指标", "数量指标", "宣传活动场次", "≥6场", "6场", "10", "10"),
    ("产出指标", "质量指标", "工程验收合格率", "100%", "100%", "10", "10"),
    ("效益指标", "社会效益指标", "农村供水保障水平", "有效提升", "有效提升", "30", "30"),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "93%", "10", "10"),
)


def write_self_evaluation(path: Path, unit: str = "清河县水务局", year: int = 2024) -> Path:
    """A report whose budget, targets and accounts differ from the examples in docs/handed-in/."""
    funds = (
        ("", "年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分"),
        ("年度资金总额", "1200.00", "1260.00", "1197.00", "10", "95.00%", "9.5"),
        ("其中：基本支出", "700.00", "720.00", "715.00", "—", "99.31%", "—"),
        ("项目支出", "500.00", "540.00", "482.00", "—", "89.26%", "—"),
    )
    head = (
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    )
    lines = [
        f"<tr><td colspan=8>部门整体支出绩效自评表（{year}年度）</td></tr>",
        f"<tr><td>单位名称</td><td colspan=7>{unit}</td></tr>",
        *(
            f"<tr>{'<td rowspan=4>预算执行情况（万元）</td>' if number == 0 else ''}{_cells(row)}</tr>"
            for number, row in enumerate(funds)
        ),
        f"<tr>{_cells(head)}</tr>",
        *(f"<tr>{_cells((*row, ''))}</tr>" for row in INDICATORS),
        "<tr><td colspan=5>总分</td><td>100</td><td>99.5</td><td></td></tr>",
    ]
    body = f"<h1>{year}年度部门整体支出绩效自评</h1><table border=1>{''.join(lines)}</table>"
    path.write_text(f"<html><meta charset=utf-8><body>{body}</body></html>", "utf-8")
    return path


def _cells(texts: tuple[str, ...]) -> str:
    return "".join(f"<td>{text}</td>" for text in texts)
