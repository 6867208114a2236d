"""Documents that look like self-evaluations and are none: refused by name, never read as reports."""

from __future__ import annotations

from flows.samples.facts import FormFacts
from flows.samples.printing import wan
from flows.samples.sheet import GridBuilder, Line, SampleDocument, Slot
from flows.samples.values import target_text
from flows.samples.vocabulary import level1_name, level2_name


def target_setting(facts: FormFacts) -> SampleDocument:
    """绩效目标申报表: targets for the coming year, no actuals."""
    builder = GridBuilder(5)
    builder.section([[Slot("部门（单位）名称"), Slot(facts.unit)]], [1, 4])
    total = facts.line("total")
    builder.section(
        [[Slot("年度资金申请总额（万元）"), Slot(wan(total.initial) if total and total.initial else "")]],
        [1, 4],
    )
    builder.section([[Slot("年度绩效目标"), Slot(facts.goal)]], [1, 4])
    rows: list[list[Slot | None]] = [
        [Slot(text) for text in ("一级指标", "二级指标", "三级指标", "指标值", "备注")]
    ]
    for i in facts.indicators:
        words = (level1_name(i.level1), level2_name(i.level2), i.name, target_text(i, "joined"), "")
        rows.append([Slot(text) for text in words])
    builder.section(rows, [1, 1, 2, 1, 1])
    blocks = (
        Line("部门整体支出绩效目标申报表", "title"),
        Line(f"（{facts.year}年度）", "title"),
        builder.build(),
    )
    return SampleDocument("绩效目标申报表", blocks, (), "target_setting", kind="target_setting")


def final_accounts(facts: FormFacts) -> SampleDocument:
    """部门决算公开: income and expenditure tables of the final accounts."""
    builder = GridBuilder(6)
    rows: list[list[Slot | None]] = [
        [Slot(text) for text in ("收入项目", "行次", "金额", "支出项目", "行次", "金额")],
    ]
    total, basic, project = facts.line("total"), facts.line("basic"), facts.line("project")
    incomes = [
        ("一、一般公共预算财政拨款收入", facts.line("general_public")),
        ("二、政府性基金预算财政拨款收入", facts.line("government_fund")),
    ]
    outlays = [("一、基本支出", basic), ("二、项目支出", project)]
    for number, ((income, source), (outlay, nature)) in enumerate(zip(incomes, outlays, strict=True), 1):
        rows.append([
            Slot(income), Slot(str(number)), Slot(wan(source.executed) if source and source.executed else ""),
            Slot(outlay), Slot(str(number + 30)), Slot(wan(nature.executed) if nature and nature.executed else ""),
        ])  # fmt: skip
    amount = wan(total.executed) if total and total.executed else ""
    rows.append(
        [Slot("本年收入合计"), Slot("9"), Slot(amount), Slot("本年支出合计"), Slot("39"), Slot(amount)]
    )
    builder.section(rows, [2, 0.5, 1, 2, 0.5, 1])
    blocks = (
        Line(f"{facts.unit}{facts.year}年度部门决算公开", "title"),
        Line("第一部分　部门概况", "heading"),
        Line("第二部分　收入支出决算总表", "heading"),
        Line(f"部门：{facts.unit}　　金额单位：万元　　公开01表", "note"),
        builder.build(),
    )
    return SampleDocument("部门决算公开", blocks, (), "final_accounts", kind="final_accounts")
