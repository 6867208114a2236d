"""The budget block of a sample form: lines by columns, amounts inside labels, or transposed."""

from __future__ import annotations

from decimal import Decimal

from flows.samples.facts import BudgetFact, FormFacts
from flows.samples.layouts import Layout
from flows.samples.printing import money, number, percent
from flows.samples.sheet import Shown, Slot

HEADERS = {
    "label": "",
    "initial": "年初预算数",
    "adjusted": "全年预算数（A）",
    "executed": "全年执行数（B）",
    "max_score": "分值",
    "rate": "执行率（B/A）",
    "score": "得分",
}
LABELS = {
    "total": "年度资金总额",
    "fiscal": "其中：当年财政拨款",
    "carryover": "上年结转资金",
    "other": "其他资金",
    "general_public": "其中：一般公共预算",
    "government_fund": "政府性基金拨款",
    "special_account": "纳入专户管理的非税收入拨款",
    "basic": "其中：基本支出",
    "project": "项目支出",
}
FIELDS = {
    "initial": "initial_budget_yuan",
    "adjusted": "adjusted_budget_yuan",
    "executed": "executed_yuan",
    "rate": "reported_execution_rate",
    "max_score": "max_score",
    "score": "reported_score",
}
WEIGHTS = {"label": 2.0}


def budget_rows(facts: FormFacts, layout: Layout) -> tuple[list[list[Slot | None]], list[float], int]:
    """Rows of slots, the widths of the columns, and how many rows are headers."""
    spec = layout.budget
    if spec.amounts == "transposed":
        return _transposed(facts, layout)
    if spec.amounts == "label":
        return _in_labels(facts, layout)
    header: list[Slot | None] = [Slot(_header(column, facts, layout)) for column in spec.columns]
    rows: list[list[Slot | None]] = [header]
    for key in spec.lines:
        line = facts.line(key) or BudgetFact(key)
        rows.append([_cell(facts, line, column, layout) for column in spec.columns])
    return rows, [WEIGHTS.get(column, 1.0) for column in spec.columns], 1


def _header(column: str, facts: FormFacts, layout: Layout) -> str:
    words = layout.budget.headers.get(column, HEADERS.get(column, ""))
    return words.format(weight=number(facts.execution_weight))


def label_of(key: str, layout: Layout) -> str:
    """What the layout calls a line."""
    return layout.budget.labels.get(key, LABELS[key])


def _cell(facts: FormFacts, line: BudgetFact, column: str, layout: Layout) -> Slot:
    spec = layout.budget
    if column == "label":
        label = label_of(line.key, layout)
        return Slot(label, (Shown("budget", line.key, "label", label),))
    if column not in FIELDS:
        return Slot("")
    if line.key != "total" and column in {"max_score", "score"}:
        return _sub_score(facts, column, layout)
    if line.key != "total" and column == "rate" and not spec.sub_rates:
        return Slot("" if spec.sub in {"blank", "repeat"} else spec.sub)
    text, value = printed(line, column, layout)
    return Slot(text, (Shown("budget", line.key, FIELDS[column], value),) if text else ())


def _sub_score(facts: FormFacts, column: str, layout: Layout) -> Slot:
    """The score cells below the total: blank, a mark, or the total's figures once more (never counted)."""
    if layout.budget.sub == "blank":
        return Slot("")
    if layout.budget.sub != "repeat":
        return Slot(layout.budget.sub)
    total = facts.line("total")
    return Slot(printed(total, column, layout)[0] if total else "")


def printed(line: BudgetFact, column: str, layout: Layout) -> tuple[str, Decimal | None]:
    """Text and value of one figure: amounts in yuan, rates as fractions, points."""
    value: Decimal | None = getattr(line, column)
    if value is None:
        return "", None
    if column == "rate":
        return percent(value, layout.rate_style), value
    if column in {"max_score", "score"}:
        suffix = layout.budget.weight_suffix if column == "max_score" else ""
        return number(value) + suffix, value
    return money(value, layout.money_unit, layout.money_style), value


def _transposed(facts: FormFacts, layout: Layout) -> tuple[list[list[Slot | None]], list[float], int]:
    spec = layout.budget
    lines = [facts.line(key) or BudgetFact(key) for key in spec.lines]
    first: list[Slot | None] = [Slot(spec.headers.get("label", "资金来源"))]
    first += [_cell(facts, line, "label", layout) for line in lines]
    rows: list[list[Slot | None]] = [first]
    for column in spec.columns:
        if column != "label":
            head: list[Slot | None] = [Slot(_header(column, facts, layout))]
            rows.append(head + [_cell(facts, line, column, layout) for line in lines])
    return rows, [1.5] + [1.0] * len(lines), 1


def _in_labels(facts: FormFacts, layout: Layout) -> tuple[list[list[Slot | None]], list[float], int]:
    """Hunan: the total by columns, then sources and natures as labels that carry their executed amount."""
    spec = layout.budget
    total = facts.line("total") or BudgetFact("total")
    count = len(spec.columns)
    left = (count + 1) // 2
    header: list[Slot | None] = [Slot(_header(column, facts, layout)) for column in spec.columns]
    rows: list[list[Slot | None]] = [header, [_cell(facts, total, column, layout) for column in spec.columns]]

    def pair(one: Slot, two: Slot) -> list[Slot | None]:
        row: list[Slot | None] = [None] * count
        row[0] = Slot(one.text, one.shows, left)
        row[left] = Slot(two.text, two.shows, count - left)
        return row

    def carrying(key: str) -> Slot:
        line = facts.line(key)
        amount = line.executed if line else None
        label = label_of(key, layout)
        if amount is None:
            return Slot(f"{label}：")
        text = f"{label}：{money(amount, layout.money_unit, layout.money_style)}"
        return Slot(text, (Shown("budget", key, "executed_yuan", amount),))

    rows.append(pair(Slot("按收入性质分："), Slot("按支出性质分：")))
    sources = [key for key in spec.lines if key not in {"total", "basic", "project"}]
    natures = [key for key in spec.lines if key in {"basic", "project"}]
    for index in range(max(len(sources), len(natures))):
        one = carrying(sources[index]) if index < len(sources) else Slot("")
        two = carrying(natures[index]) if index < len(natures) else Slot("")
        rows.append(pair(one, two))
    return rows, [WEIGHTS.get(column, 1.0) for column in spec.columns], 1
