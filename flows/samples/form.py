"""Facts drawn in a layout: the sample document with its form, and the narrative before it where the layout says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from flows.samples.budget_block import budget_rows
from flows.samples.facts import FormFacts
from flows.samples.indicator_block import indicator_rows
from flows.samples.layouts import Layout
from flows.samples.printing import number
from flows.samples.sheet import Grid, GridBuilder, Line, SampleDocument, Shown, Slot

Section = tuple[list[list[Slot | None]], list[float], int]


def header_value(facts: FormFacts, name: str) -> tuple[str, str, str | Decimal | None]:
    """What a header field prints, which report field it fills, and the value a reader must get."""
    if name == "unit":
        return facts.unit, "unit_name", facts.unit
    if name == "supervisor":
        return facts.supervisor, "supervisor", facts.supervisor
    if name == "project":
        text = facts.project or f"{facts.unit}部门整体支出"
        return text, "project_name", facts.project or None
    if name == "total_score":
        text = number(facts.total_score) if facts.total_score is not None else ""
        return text, "reported_score_total", facts.total_score
    if name == "grade":
        return facts.grade, "reported_grade", facts.grade or None
    if name == "filled_on":
        text = f"{facts.filled_on.year}年{facts.filled_on.month}月{facts.filled_on.day}日"
        return text, "", text
    text = {
        "unit_code": facts.unit_code,
        "contact": facts.contact,
        "phone": facts.phone,
        "year": f"{facts.year}年",
    }[name]
    return text, {"unit_code": "unit_code"}.get(name, ""), text


def _shown(part: str, name: str, field: str, value: str | Decimal | None) -> tuple[Shown, ...]:
    return (Shown(part, "", field, value),) if field and value not in (None, "") else ()


def header_section(facts: FormFacts, layout: Layout) -> Section:
    """Rows of label and value pairs."""
    pairs = max(len(row) for row in layout.header)
    columns = pairs * 2
    rows: list[list[Slot | None]] = []
    for fields in layout.header:
        row: list[Slot | None] = [None] * columns
        for index, (name, label) in enumerate(fields):
            text, field, value = header_value(facts, name)
            last = index == len(fields) - 1
            row[index * 2] = Slot(label)
            row[index * 2 + 1] = Slot(
                text, _shown("header", name, field, value), columns - index * 2 - 1 if last else 1
            )
        rows.append(row)
    return rows, [1.0, 2.0] * pairs, 0


def header_lines(facts: FormFacts, layout: Layout) -> list[Line]:
    """The header fields as paragraphs, one a row: 单位名称：…　填报日期：…"""
    lines: list[Line] = []
    for fields in layout.header:
        parts, shows = [], ()
        for name, label in fields:
            text, field, value = header_value(facts, name)
            parts.append(f"{label}：{text}")
            shows += _shown("header", name, field, value)
        lines.append(Line("　　　".join(parts), "note", shows))
    return lines


def goals_section(facts: FormFacts, layout: Layout) -> Section:
    """The annual goal and what came of it."""
    left, right = layout.goals
    return [[Slot(left), Slot(right)], [Slot(facts.goal), Slot(facts.outcome)]], [1.0, 1.0], 0


def total_section(facts: FormFacts, layout: Layout) -> Section:
    """The row of totals: label over the columns before the points, then weight and score where the layout has them."""
    columns = layout.indicators.columns
    scored = [column for column in ("weight", "score") if column in columns]
    first = min((columns.index(column) for column in scored), default=len(columns) - 1)
    row: list[Slot | None] = [None] * len(columns)
    row[0] = Slot(layout.total_label, width=first)
    for column in columns[first:]:
        position = columns.index(column)
        if column == "weight":
            row[position] = _total("max_score_total", facts.total_weight)
        elif column == "score":
            row[position] = _total("reported_score_total", facts.total_score)
        else:
            row[position] = Slot("")
    weights = indicator_rows(facts, layout)[1]
    return [row], weights, 0


def _total(field: str, points: Decimal | None) -> Slot:
    return Slot("") if points is None else Slot(number(points), (Shown("total", "", field, points),))


def reasons_section(facts: FormFacts, layout: Layout) -> Section:
    """Hubei's closing blocks: why targets were missed, what will be done."""
    reasons = "；".join(f"{i.name}：{i.reason}" for i in facts.indicators if i.reason) or "无"
    rows: list[list[Slot | None]] = [
        [Slot("偏差大或目标未完成原因分析"), Slot(reasons)],
        [Slot("改进措施及结果应用方案"), Slot("细化预算编制，按季度跟踪进度，结果作为下年度预算安排依据。")],
    ]
    return rows, [1.0, 6.0], 0


def notes_section(facts: FormFacts, layout: Layout) -> Section:
    """Notes below the form, one cell over all columns."""
    return [[Slot(layout.notes)]], [1.0], 0


def signature_section(facts: FormFacts, layout: Layout) -> Section:
    """Who filled the form, and when."""
    text = f"填报人：{facts.contact}　　联系电话：{facts.phone}　　填报日期：{header_value(facts, 'filled_on')[0]}"
    return [[Slot(text)]], [1.0], 0


def footer_section(facts: FormFacts, layout: Layout) -> Section:
    """Total and grade beside each other at the end."""
    total = header_value(facts, "total_score")[0]
    row: list[Slot | None] = [
        Slot("自评总得分"),
        Slot(total, _shown("total", "", "reported_score_total", facts.total_score)),
        Slot("自评等级"),
        Slot(facts.grade, _shown("total", "", "reported_grade", facts.grade or None)),
    ]
    return [row], [1.0] * 4, 0


SECTIONS: dict[str, Callable[[FormFacts, Layout], Section]] = {
    "header": header_section,
    "budget": budget_rows,
    "goals": goals_section,
    "indicators": indicator_rows,
    "total": total_section,
    "footer": footer_section,
    "reasons": reasons_section,
    "notes": notes_section,
    "signature": signature_section,
}


def form_blocks(facts: FormFacts, layout: Layout) -> list[Line | Grid]:
    """Title, header lines and the table or tables of one form."""
    title = layout.title.format(year=facts.year, unit=facts.unit, project=facts.project)
    title_shows = (Shown("header", "", "fiscal_year", str(facts.year)),) if "{year}" in layout.title else ()
    if "{unit}" in layout.title and all(name != "unit" for row in layout.header for name, _ in row):
        title_shows += (Shown("header", "", "unit_name", facts.unit),)
    blocks: list[Line | Grid] = []
    order = [name for name in layout.order if not (name == "header" and layout.header_in == "lines")]
    sections = {name: SECTIONS[name](facts, layout) for name in order}
    groups = [order] if layout.tables == "one" else [[name] for name in order]
    if layout.title_in == "line":
        blocks += [
            Line(part, "title", title_shows if index == 0 else ())
            for index, part in enumerate(title.split("\n"))
        ]
    if layout.header_in == "lines":
        blocks += header_lines(facts, layout)
    if layout.unit_note:
        blocks.append(Line(layout.unit_note, "note"))
    for position, names in enumerate(groups):
        width = max(len(sections[name][1]) + bool(layout.side.get(name)) for name in names)
        builder = GridBuilder(width)
        if layout.title_in == "cell" and position == 0:
            builder.section([[Slot(title, title_shows)]], [1.0])
        for name in names:
            rows, weights, headers = sections[name]
            repeats = headers if name == "indicators" else 0
            builder.section(rows, weights, layout.side.get(name, ""), repeats)
        blocks.append(builder.build())
    if layout.total == "line" and facts.total_score is not None:
        shows = _shown("total", "", "reported_score_total", facts.total_score)
        blocks.append(
            Line(f"自评总得分：{number(facts.total_score)}分　　自评等级：{facts.grade}", "note", shows)
        )
    return blocks


def compose(facts: FormFacts, layout: Layout, name: str = "") -> SampleDocument:
    """One form in one document: alone, or as the annex of a narrative report."""
    blocks: list[Line | Grid] = []
    if layout.wrap == "report":
        blocks += narrative_blocks(facts)
        blocks.append(Line(f"附件：{facts.year}年度绩效自评表", "heading"))
    blocks += form_blocks(facts, layout)
    return SampleDocument(name or f"{facts.unit}{facts.year}年度绩效自评", tuple(blocks), (facts,), layout.id)


def narrative_blocks(facts: FormFacts) -> list[Line | Grid]:
    """The report's title and its narrative."""
    what = f"{facts.project}项目" if facts.scope == "project" else "部门整体支出"
    blocks: list[Line | Grid] = [Line(f"{facts.unit}{facts.year}年度{what}绩效自评报告", "title")]
    for text in facts.narrative:
        blocks.append(Line(text, "heading" if text[:2] in _NUMBERED else "body"))
    return blocks


_NUMBERED: Sequence[str] = tuple(f"{numeral}、" for numeral in "一二三四五六七八九")
