"""The narrative of a sample report, written from its facts in one of three wordings: what it says is what the form says."""

from __future__ import annotations

from decimal import Decimal

from flows.samples.facts import FormFacts, IndicatorFact
from flows.samples.printing import number, wan

HEADINGS = (
    (
        "一、单位基本情况",
        "二、预算安排及执行情况",
        "三、绩效目标完成情况",
        "四、自评结论",
        "五、存在的问题",
        "六、改进措施及结果应用",
    ),
    (
        "一、部门概况",
        "二、部门整体支出情况",
        "三、绩效自评情况",
        "四、自评得分",
        "五、问题及原因分析",
        "六、下一步打算",
    ),
    (
        "一、基本情况",
        "二、资金使用及管理情况",
        "三、绩效指标完成情况分析",
        "四、综合评价结论",
        "五、存在问题",
        "六、有关建议和结果公开情况",
    ),
)
CLOSING = (
    "一是细化预算编制，提高年初预算到位率；二是按季度跟踪指标进度，发现偏离及时纠正；三是将自评结果随部门决算向社会公开（已于3月20日在www.example.gov.cn公开），并作为下年度预算安排的依据。",
    "下一步将加强预算绩效管理，对照指标逐项落实责任科室。自评报告已于3月18日在县政府门户网站（www.example.gov.cn）公开，评价结果用于优化下年度支出结构。",
    "建议财政部门加强业务培训。本单位自评结果已于3月25日在门户网站（www.example.gov.cn）公开，并与下年度预算安排挂钩。",
)


def narrate(facts: FormFacts) -> tuple[str, ...]:
    """Headings and paragraphs in order. Only figures the form has are mentioned; blanks are left out."""
    bodies = (
        organisation(facts),
        funds(facts),
        "\n".join((achievements(facts), *facts.extra)),
        conclusion(facts),
        problems(facts),
        CLOSING[facts.voice],
    )
    paragraphs: list[str] = []
    for heading, body in zip(HEADINGS[facts.voice], bodies, strict=True):
        paragraphs += [heading, *(line for line in body.split("\n") if line)]
    return tuple(paragraphs)


def organisation(facts: FormFacts) -> str:
    """Offices, posts and staff."""
    s = facts.staffing
    return (
        f"{facts.unit}为{facts.region}人民政府组成部门，内设股室{s.offices}个，下属事业单位{s.institutions}个。核定编制{s.posts}名，"
        f"年末在职人员{s.staff}人，其中：行政人员{s.civil}人、事业人员{s.career}人、工勤人员{s.support}人。",
        f"本单位内设{s.offices}个股室，下辖{s.institutions}个二级单位。编制总数{s.posts}人，实有在职人员{s.staff}人"
        f"（其中：行政人员{s.civil}人，事业人员{s.career}人，工勤人员{s.support}人）。",
        f"截至{facts.year}年底，{facts.unit}共有内设机构{s.offices}个、所属单位{s.institutions}个，人员编制{s.posts}名，在职{s.staff}人，"
        f"其中行政人员{s.civil}人，事业人员{s.career}人，工勤人员{s.support}人。",
    )[facts.voice]


def funds(facts: FormFacts) -> str:
    """Initial budget, what was added and cut, adjusted budget, spending, and its split in basic and project expenditure."""
    total = facts.line("total")
    if total is None or total.initial is None or total.adjusted is None or total.executed is None:
        return "本年度预算安排及执行情况详见附表。"
    return "\n".join(part for part in (budget(facts), natures(facts), parts(facts)) if part)


def budget(facts: FormFacts) -> str:
    """Initial budget, what was added and cut, adjusted budget, spending and its rate."""
    total = facts.budget[0]
    assert total.initial is not None and total.adjusted is not None and total.executed is not None
    what = f"{facts.project}项目" if facts.scope == "project" else "部门整体支出"
    added, cut = (wan(amount) for amount in facts.supplements)
    initial, adjusted, executed = wan(total.initial), wan(total.adjusted), wan(total.executed)
    rate = f"{number(total.rate * 100)}%" if total.rate is not None else ""
    sentence = (
        f"{facts.year}年{what}年初预算{initial}万元，年中追加{added}万元、核减{cut}万元，调整后全年预算{adjusted}万元；全年实际支出{executed}万元",
        f"{facts.year}年初批复{what}预算{initial}万元，执行中追加预算{added}万元，调减预算{cut}万元，全年预算数为{adjusted}万元，实际执行{executed}万元",
        f"年初预算安排{initial}万元，年度中追加{added}万元，核减{cut}万元，调整预算数{adjusted}万元。全年共支出{executed}万元",
    )[facts.voice]
    return sentence + (f"，预算执行率{rate}。" if rate else "。")


def natures(facts: FormFacts) -> str:
    """Basic and project expenditure and their sum; empty where the form has no such lines."""
    total, basic, project = facts.budget[0], facts.line("basic"), facts.line("project")
    if not basic or not project or None in (total.executed, basic.executed, project.executed):
        return ""
    whole, first, second = (wan(line.executed or Decimal(0)) for line in (total, basic, project))
    return (
        f"全年支出{whole}万元，其中：基本支出{first}万元，项目支出{second}万元。",
        f"按支出性质分，基本支出{first}万元，项目支出{second}万元，支出合计{whole}万元。",
        f"部门整体支出{whole}万元，包括基本支出{first}万元和项目支出{second}万元。",
    )[facts.voice]


def parts(facts: FormFacts) -> str:
    """What project expenditure went to."""
    line = facts.line("project") or facts.budget[0]
    if line.executed is None:
        return ""
    listed = "；".join(f"{name}{wan(amount)}万元" for name, amount in facts.breakdown.parts)
    what = "项目支出" if line.key == "project" else "项目资金支出"
    return f"{what}{wan(line.executed)}万元，其中：{listed}。"


def achievements(facts: FormFacts) -> str:
    """Counts of met and unmet indicators, the figures of a few, a counted activity, and the survey."""
    return "\n".join((counts(facts), told(facts), inspection(facts), survey(facts)))


def told(facts: FormFacts) -> str:
    """Targets and actuals of the first indicators; empty where none has both."""
    first = [indicator for indicator in facts.indicators if _tellable(indicator)][:4]
    return "；".join(_told(indicator, facts.voice) for indicator in first) + "。" if first else ""


def inspection(facts: FormFacts) -> str:
    """A counted activity and the share that passed."""
    done = facts.inspection
    return (
        f"全年开展专项检查{done.done}次，其中合格{done.passed}次，合格率{number(done.rate)}%。",
        f"组织现场抽查{done.done}处，合格{done.passed}处，抽查合格率为{number(done.rate)}%。",
        f"共受理群众诉求{done.done}件，按期办结{done.passed}件，按期办结率{number(done.rate)}%。",
    )[facts.voice]


def counts(facts: FormFacts) -> str:
    """How many indicators were met and missed."""
    count, met = len(facts.indicators), facts.met
    return (
        f"本次自评共设置三级指标{count}项，其中已完成{met}项，未完成{count - met}项。",
        f"本年度共设定绩效指标{count}个，完成{met}个，未完成{count - met}个。",
        f"对照年初目标，{count}项三级指标中，{met}项已完成，{count - met}项未完成。",
    )[facts.voice]


def _told(indicator: IndicatorFact, voice: int) -> str:
    target, actual = figure(indicator, "target"), figure(indicator, "actual")
    return (
        f"{indicator.name}年初目标值{target}，实际完成{actual}",
        f"{indicator.name}目标为{target}，实际完成值为{actual}",
        f"{indicator.name}年度目标{target}、实际完成{actual}",
    )[voice]


def survey(facts: FormFacts) -> str:
    """Who was asked, when, how many answered, and how satisfied they are."""
    s = facts.survey
    return (
        f"{facts.year}年{s.month}月采取问卷方式开展满意度调查，发放问卷{s.sent}份，收回有效问卷{s.returned}份，满意度为{number(s.rate)}%。",
        f"{s.month}月面向服务对象发放满意度调查问卷{s.sent}份，回收{s.returned}份，综合满意度{number(s.rate)}%。",
        f"本单位于{facts.year}年{s.month}月开展问卷调查，共发出{s.sent}份，收回{s.returned}份，服务对象满意率{number(s.rate)}%。",
    )[facts.voice]


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
    total = number(facts.total_score)
    return (
        f"对照评分办法逐项打分，{facts.year}年度绩效自评得分{total}分，自评等级为“{facts.grade}”。",
        f"综合各项指标完成情况，本单位自评总分为{total}分，评价结果为“{facts.grade}”。",
        f"经自评，{facts.year}年度绩效得分{total}分，等级为“{facts.grade}”。",
    )[facts.voice]


def problems(facts: FormFacts) -> str:
    """Why indicators were missed."""
    reasons = [f"{i.name}未达到年初目标，主要是{i.reason}。" for i in facts.indicators if i.reason]
    return "".join(reasons[:3]) or "预算编制的精细化程度还不够，个别指标设置不够科学。"
