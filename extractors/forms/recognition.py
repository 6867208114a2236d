"""From a document to its reports: forms told from copies, narrative attached, other kinds of document named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from extractors.document import Document, Location, Paragraph
from extractors.errors import NotAnEvaluation
from extractors.forms.classification import (
    is_evaluation_title,
    mentions_evaluation,
    other_kind,
    titles_of,
)
from extractors.forms.copies import (
    budget_relations,
    budget_statements,
    copy_relations,
    copy_statements,
)
from extractors.forms.draft import Draft
from extractors.forms.fields import long_texts
from extractors.forms.identity import (
    clean_name,
    region_of,
    scope_of,
    split_code,
    unit_in_introduction,
    unit_in_title,
    year_in,
    year_of_field,
)
from extractors.forms.labels import squeeze, vocabulary
from extractors.forms.project_list import listed_projects
from extractors.forms.sorting import sort_drafts
from extractors.forms.stream import glued_paragraphs, restore, taken_paragraphs
from extractors.forms.walker import Walker, text_paragraphs
from extractors.narrative import Narrative, read_narrative
from extractors.report import Printed, Relation, Report, Statement, Unread
from extractors.values import grade_in, is_marker, parse_score, told_grade

TEMPLATES = Path(__file__).parent.parent / "vocabulary" / "templates.yaml"


def recognise(document: Document, file_name: str) -> list[Report]:
    """All reports in a document: one per form found, or one of kind `narrative` when there is no form.

    file_name helps to name unit and year when nothing inside does. Raises NotAnEvaluation with the kind of
    document where it is another one.
    """
    document = restore(document)
    drafts = Walker().walk(document)
    titles = titles_of(document, file_name)
    forms, copies, sides = sort_drafts(drafts)
    if not forms and is_evaluation_title([*titles, *(title for side in sides for title in side.titles)]):
        forms = [project for side in sides for project in listed_projects(side)]
        sides = [side for side in sides if not (forms and side.lists_projects)]
    glued = glued_paragraphs(document) if not forms else []
    if glued:
        return [_unreadable_form(document, glued, titles)]
    if not forms:
        _refuse_others(document, drafts, titles)
    else:
        _refuse_monitoring(forms, titles)
    used = [table for draft in drafts for table in draft.tables]
    paragraphs = [
        p for p in text_paragraphs(document, used) if p.location.paragraph not in taken_paragraphs(used)
    ]
    paragraphs += [paragraph for draft in forms for paragraph in draft.texts]
    if not forms:
        return [_narrative_report(document, paragraphs, titles, copies, sides, file_name)]
    main = next(
        (i for i, draft in enumerate(forms) if scope_of(draft.titles, draft.fields.fields) == "overall"), 0
    )
    reports: list[Report] = []
    for number, draft in enumerate(forms):
        report = _report(draft, number + 1, titles, file_name, document)
        if number == main:
            year = report.fiscal_year
            narrative = read_narrative(paragraphs, report.indicators, year)
            report = _with_narrative(report, narrative, copies, sides)
            if report.reported_grade is None and len(forms) == 1:
                report = replace(report, reported_grade=told_grade([p.text for p in paragraphs], year))
        reports.append(_with_long_texts(report))
    return _complete_identity(reports)


GLUED_NOTE = "自评表各栏文字连在一起、没有分隔，无法可靠对应，请报送带表格的 Word、Excel 或 PDF 原件"


def _unreadable_form(document: Document, glued: Sequence[Paragraph], titles: Sequence[str]) -> Report:
    """A form that is certainly there and certainly not readable: reported whole, never guessed."""
    texts = [re.split(r"项目名称|预算部门|资金情况|年度资金", squeeze(p.text))[0][-120:] for p in glued]
    unit = unit_in_title(titles[:-1]) or unit_in_title(titles)
    return Report(
        1,
        "form",
        scope_of([*titles, *texts], {}),
        "unreadable",
        unit_name=unit,
        region=region_of(unit),
        fiscal_year=year_in([*titles, *texts]),
        unread=tuple(Unread(p.text, p.location, "各栏文字没有分隔") for p in glued),
        warnings=(*document.warnings, GLUED_NOTE),
        confidence=0.0,
        location=glued[0].location,
    )


def _refuse_others(document: Document, drafts: Sequence[Draft], titles: Sequence[str]) -> None:
    """Raises NotAnEvaluation unless the document is a narrative self-evaluation."""
    targets_only = any(draft.row_count and not draft.shows_results for draft in drafts)
    heads = titles[:-1]
    kind = other_kind(heads) or (other_kind(titles[-1:]) if not is_evaluation_title(heads) else None)
    if targets_only and (kind is not None or not is_evaluation_title(heads)):
        code, name = kind or ("target_setting", "绩效目标申报表")
        raise NotAnEvaluation(
            f"这是{name}：只有目标、没有完成情况和得分，不是绩效自评材料。请改报绩效自评表或自评报告", code
        )
    if kind is not None:
        raise NotAnEvaluation(f"这是{kind[1]}，不是绩效自评材料。请改报绩效自评表或自评报告", kind[0])
    if is_evaluation_title(heads) or mentions_evaluation(document):
        return
    if is_evaluation_title(titles) and document.paragraphs:
        return
    raise NotAnEvaluation("没有找到绩效自评表，也没有自评报告的内容。请核对是否报错了文件", "other")


def _refuse_monitoring(forms: Sequence[Draft], titles: Sequence[str]) -> None:
    """Raises NotAnEvaluation for a form that tells how things stood in the middle of the year: it has actuals, too."""
    sheets = {table.location.sheet for draft in forms for table in draft.tables}
    own = [title for draft in forms for title in draft.titles if title not in sheets]
    kind = other_kind([*own, *titles])
    if kind is not None and kind[0] == "monitoring":
        raise NotAnEvaluation(
            f"这是{kind[1]}：反映年度中间的进度，不是全年的绩效自评材料。请改报绩效自评表或自评报告", kind[0]
        )


@lru_cache(maxsize=1)
def _templates() -> list[dict[str, Any]]:
    return yaml.safe_load(TEMPLATES.read_text(encoding="utf-8"))["templates"]


def template_of(draft: Draft) -> str:
    """The family that the form's columns fit, by `templates.yaml`."""
    names = draft.names
    for entry in _templates():
        if not set(entry.get("has", ())) <= names or set(entry.get("absent", ())) & names:
            continue
        order = entry.get("order")
        if order and draft.header:
            first, second = (draft.header.column(name) for name in order)
            if first is None or second is None or first.first > second.first:
                continue
        return str(entry["name"])
    return "other"


def _score_total(draft: Draft) -> tuple[Decimal | None, Decimal | None, str | None]:
    total = next((group for group in reversed(draft.totals) if group.reported_score is not None), None)
    total = total or (draft.totals[-1] if draft.totals else None)
    score = total.reported_score if total else None
    field = draft.fields.fields.get("reported_score_total")
    if score is None and field is not None:
        score = parse_score(field.text)
    grade_cells = [group.cells["grade"] for group in draft.totals if "grade" in group.cells]
    grade_cell = draft.fields.fields.get("grade") or (grade_cells[0] if grade_cells else None)
    grade_cell = grade_cell or draft.fields.fields.get("conclusion")
    grade = grade_in(grade_cell.text) if grade_cell else None
    maximum = next((group.max_score for group in draft.totals if group.max_score is not None), None)
    return maximum, score, grade


def _name(printed: Printed | None) -> str | None:
    return clean_name(printed.text) if printed and not is_marker(printed.text) else None


def _form_titles(texts: Iterable[str]) -> Iterator[str]:
    """Those that entitle a form or its report; a sentence that stands near the form may speak of other years."""
    for text in texts:
        if len(text) <= _LONGEST_TITLE and "。" not in text and vocabulary().form_title.search(squeeze(text)):
            yield text


_LONGEST_TITLE = 60


def _report(draft: Draft, form_no: int, titles: Sequence[str], file_name: str, document: Document) -> Report:
    fields = draft.fields.fields
    scope = scope_of(draft.titles or list(titles), fields, titles[:3])
    _, supervisor = split_code(_name(fields.get("supervisor")))
    code, unit = split_code(_name(fields.get("unit_name")))
    unit = re.sub(r"20\d\d年度?$", "", unit) or None if unit else None  # the year stood beside the name
    _, project = split_code(_name(fields.get("project_name")))
    if unit is None and scope == "overall":
        unit = supervisor or unit_in_title([*draft.titles, *titles])
    elif unit is None and "unit_name" not in fields:
        unit = supervisor  # a form without a line for the unit is the department's own
    first_texts = (paragraph.text for paragraph in document.paragraphs[:40])
    year = (
        year_of_field(fields.get("fiscal_year"))
        or year_in(_form_titles([*reversed(draft.titles), *titles]))
        or year_in([*draft.titles, *titles])
        or year_in(first_texts)
        or year_in([project or ""])
    )
    maximum, score, grade = _score_total(draft)
    has = {
        name
        for name, present in (
            ("budget", bool(draft.budget_lines)),
            ("indicators", draft.row_count > 0),
            ("total", bool(draft.totals) or "reported_score_total" in fields),
            ("goals", "goal_target" in fields or "goal_actual" in fields),
            ("reasons", "reasons" in fields or "variance_reason" in draft.names),
        )
        if present
    }
    spot = draft.tables[0].location if draft.tables else Location()
    rows = [*draft.indicators, *draft.placeholders]
    return Report(
        form_no,
        "form",
        scope,
        template_of(draft),
        unit_name=unit,
        unit_code=_name(fields.get("unit_code")) or code,
        supervisor=supervisor,
        region=_name(fields.get("region")) or region_of(unit or supervisor),
        fiscal_year=year,
        project_name=project,
        max_score_total=maximum,
        reported_score_total=score,
        reported_grade=grade,
        money_unit=draft.money_unit,
        has=frozenset(has),
        header=dict(fields),
        budget_lines=tuple(draft.budget_lines),
        indicators=tuple(draft.indicators),
        placeholders=tuple(draft.placeholders),
        score_groups=tuple([*draft.groups, *draft.totals]),
        unread=tuple(draft.unread),
        warnings=(*document.warnings, *draft.warnings),
        confidence=min((row.confidence for row in rows), default=1.0),
        location=Location(sheet=spot.sheet, page=spot.page, table=spot.table),
    )


def _with_narrative(
    report: Report, narrative: Narrative, copies: Sequence[Draft], sides: Sequence[Draft]
) -> Report:
    statements: list[Statement] = list(narrative.statements)
    relations: list[Relation] = list(narrative.relations)
    for draft in copies:
        statements += copy_statements(draft, report.indicators, len(statements) + 1)
        relations += copy_relations(draft, len(relations) + 1)
    for draft in sides:
        statements += budget_statements(draft.budget_lines, len(statements) + 1)
        relations += budget_relations(draft.budget_lines, len(relations) + 1)
    has = report.has | ({"narrative"} if narrative.sections or narrative.statements else frozenset())
    return replace(
        report,
        statements=tuple(statements),
        relations=tuple(relations),
        sections=narrative.sections,
        paragraphs=narrative.paragraphs,
        has=has,
    )


def _with_long_texts(report: Report) -> Report:
    """Figures in the form's own free texts (goals, reasons) stand beside the narrative's; those of the goal are targets."""
    for aimed in (True, False):
        fields = [item for item in report.header.items() if (item[0] == "goal_target") == aimed]
        texts = [Paragraph(printed.text, printed.location) for printed in long_texts(fields)]
        if texts:
            report = _with_texts(report, texts, aimed)
    return report


def _with_texts(report: Report, texts: Sequence[Paragraph], aimed: bool) -> Report:
    narrative = read_narrative(texts, report.indicators, report.fiscal_year)
    shift = len(report.statements)
    read = [replace(s, statement_no=s.statement_no + shift) for s in narrative.statements]
    if aimed:
        read = [replace(s, role="target") if s.role == "actual" else s for s in read]
    relations = [
        *report.relations,
        *(
            replace(
                relation,
                relation_no=relation.relation_no + len(report.relations),
                statement_nos=tuple(number + shift for number in relation.statement_nos),
            )
            for relation in narrative.relations
        ),
    ]
    return replace(report, statements=(*report.statements, *read), relations=tuple(relations))


def _narrative_report(
    document: Document,
    paragraphs: Sequence[Any],
    titles: Sequence[str],
    copies: Sequence[Draft],
    sides: Sequence[Draft],
    file_name: str,
) -> Report:
    year = year_in([*titles, *(paragraph.text for paragraph in document.paragraphs[:20])])
    narrative = read_narrative(paragraphs, (), year)
    texts = [paragraph.text for paragraph in document.paragraphs[:30]]
    unit = unit_in_title(titles[:-1]) or unit_in_introduction(texts) or unit_in_title([*texts, titles[-1]])
    scope = (
        "overall"
        if any("整体" in title for title in titles) or not re.search("项目", "".join(titles[:6]))
        else "project"
    )
    report = Report(
        1,
        "narrative",
        scope,
        "narrative",
        unit_name=unit,
        region=region_of(unit),
        fiscal_year=year,
        max_score_total=None,
        reported_score_total=_told_total(narrative.statements),
        reported_grade=told_grade([paragraph.text for paragraph in paragraphs], year),
        indicators=narrative.indicators,
        warnings=document.warnings,
    )
    return _with_narrative(report, narrative, copies, sides)


_TOTAL_SUBJECT = re.compile(r"(总得?分|综合(评分|得分|评价得分)|自评(总)?(得分|分数|评分)|评价得分)(结果)?$")


def _told_total(statements: Sequence[Statement]) -> Decimal | None:
    """The total score that the text tells; None when it tells none or several different ones."""
    told = {
        s.value for s in statements if s.quantity == "score" and s.value and _TOTAL_SUBJECT.search(s.subject)
    }
    return told.pop() if len(told) == 1 else None


def _complete_identity(reports: Sequence[Report]) -> list[Report]:
    """Several forms of one file share unit and year where one of them names it alone."""
    units = {report.unit_name for report in reports if report.unit_name}
    years = {report.fiscal_year for report in reports if report.fiscal_year}
    unit = units.pop() if len(units) == 1 else None
    year = years.pop() if len(years) == 1 else None
    return [
        replace(
            report,
            unit_name=report.unit_name or unit,
            fiscal_year=report.fiscal_year or year,
            region=report.region or region_of(report.unit_name or unit),
        )
        for report in reports
    ]
