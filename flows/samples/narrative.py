"""The narrative of a sample report, written from its facts: what it says is what the form says."""

from __future__ import annotations

from decimal import Decimal

from flows.samples.facts import FormFacts, IndicatorFact
from flows.samples.printing import number, wan

HEADINGS = (
    "一、单位基本情况",
    "二、预算安排及执行情况",
    "三、绩效目标完成情况",
    "四、自评结论",
    "五、存在的问题",
    "六、改进措施及结果应用",
)


def narrate(facts: FormFacts) -> tuple[str, ...]:
    """Headings and paragraphs in order. Only figures the form has are mentioned; blanks are left out."""
    bodies = (
        organisation(facts),
        funds(facts),
        achievements(facts),
        conclusion(facts),
        problems(facts),
        "一是细化预算编制，提高年初预算到位率；二是按季度跟踪指标进度，发现偏离及时纠正；三是将自评结果随部门决算向社会公开，并作为下年度预算安排的依据。",
    )
    paragraphs: list[str] = []
    for heading, body in zip(HEADINGS, bodies, strict=True):
        paragraphs += [heading, *(line for line in body.split("\n") if line)]
    return tuple(paragraphs)


def organisation(facts: FormFacts) -> str:
    """Offices, posts and staff."""
    s = facts.staffing
    return (
        f"{facts.unit}为{facts.region}人民政府组成部门，内设股室{s.offices}个，下属事业单位{s.institutions}个。核定编制{s.posts}名，"
        f"年末在职人员{s.staff}人，其中：行政人员{s.civil}人、事业人员{s.career}人、工勤人员{s.support}人。"
    )


def funds(facts: FormFacts) -> str:
    """Initial budget, supplement, adjusted budget, spending, and its split in basic and project expenditure."""
    total = facts.line("total")
    if total is None or total.initial is None or total.adjusted is None or total.executed is None:
        return "本年度预算安排及执行情况详见附表。"
    what = f"{facts.project}项目" if facts.scope == "project" else "部门"
    text = (
        f"{facts.year}年{what}年初预算{wan(total.initial)}万元，年中追加{wan(total.adjusted - total.initial)}万元，"
        f"调整后全年预算{wan(total.adjusted)}万元；全年实际支出{wan(total.executed)}万元"
    )
    text += f"，预算执行率{number((total.rate or Decimal(0)) * 100)}%。" if total.rate is not None else "。"
    basic, project = facts.line("basic"), facts.line("project")
    if basic and project and basic.executed is not None and project.executed is not None:
        text += f"\n全年支出{wan(total.executed)}万元，其中：基本支出{wan(basic.executed)}万元，项目支出{wan(project.executed)}万元。"
    return text


def achievements(facts: FormFacts) -> str:
    """Counts of met and unmet indicators, the figures of a few, and the survey."""
    count = len(facts.indicators)
    lines = [f"本次自评共设置三级指标{count}项，其中已完成{facts.met}项，未完成{count - facts.met}项。"]
    told = [indicator for indicator in facts.indicators if _tellable(indicator)][:4]
    lines.append(
        "；".join(f"{i.name}年初目标值{figure(i, 'target')}，实际完成{figure(i, 'actual')}" for i in told)
        + "。"
    )
    s = facts.survey
    lines.append(
        f"{facts.year}年{s.month}月采取问卷方式开展满意度调查，发放问卷{s.sent}份，收回有效问卷{s.returned}份，满意度为{number(s.rate)}%。"
    )
    return "\n".join(lines)


def _tellable(indicator: IndicatorFact) -> bool:
    return (
        indicator.level1 == "output"
        and isinstance(indicator.target, Decimal)
        and isinstance(indicator.actual, Decimal)
    )


def figure(indicator: IndicatorFact, side: str) -> str:
    """A target or actual with its unit, `480件`."""
    value = indicator.target if side == "target" else indicator.actual
    return f"{number(value)}{indicator.unit}" if isinstance(value, Decimal) else str(value or "")


def conclusion(facts: FormFacts) -> str:
    """Total score and grade."""
    if facts.total_score is None:
        return "对照评分办法，各项工作总体达到预期。"
    return f"对照评分办法逐项打分，{facts.year}年度绩效自评得分{number(facts.total_score)}分，自评等级为“{facts.grade}”。"


def problems(facts: FormFacts) -> str:
    """Why indicators were missed."""
    reasons = [f"{i.name}未达到年初目标，主要是{i.reason}。" for i in facts.indicators if i.reason]
    return "".join(reasons[:2]) or "预算编制的精细化程度还不够，个别指标设置不够科学。"
