"""One report as rows: exact figures at their columns' scale, printed texts with their places beside them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import Any

from extractors.document import Location
from extractors.doubts import doubts_of
from extractors.report import BUDGET_CELLS, INDICATOR_CELLS, Printed, Quantity, Report
from extractors.row_schemas import AMOUNT, MONEY, POINTS, RATE, YUAN

Row = dict[str, Any]
_encode = json.JSONEncoder(ensure_ascii=False).encode
_WIDE = Context(prec=60)
_STEPS = {scale: Decimal(1).scaleb(-scale) for scale in (4, 8)}


def rows_of_report(
    report: Report, submission_id: str, report_key: str
) -> Iterator[tuple[str, Iterable[Row]]]:
    """Table by table the rows of a report, its own first. report_key: what makes two reports versions of one."""
    report_id = f"{submission_id}-{report.form_no}"
    yield "reports", [_report_row(report_id, submission_id, report_key, report)]
    for table, rows_in in _BELOW_A_REPORT.items():
        yield table, rows_in(report_id, report)


def _report_row(report_id: str, submission_id: str, report_key: str, report: Report) -> Row:
    return {
        "report_id": report_id,
        "submission_id": submission_id,
        "form_no": report.form_no,
        "report_key": report_key,
        "kind": report.kind,
        "scope": report.scope,
        "template": report.template,
        "unit_name": report.unit_name,
        "unit_code": report.unit_code,
        "supervisor": report.supervisor,
        "region": report.region,
        "fiscal_year": report.fiscal_year,
        "project_name": report.project_name,
        "max_score_total": _exact(report.max_score_total, POINTS),
        "reported_score_total": _exact(report.reported_score_total, POINTS),
        "reported_grade": report.reported_grade,
        "money_unit": report.money_unit,
        "has_blocks": sorted(report.has),
        "narrative_text": "\n".join(section.text for section in report.sections) or None,
        "warnings": list(report.warnings),
        "confidence": report.confidence,
        **_spot(report),
    }


def _header_rows(report_id: str, report: Report) -> Iterable[Row]:
    for name, printed in report.header.items():
        yield {
            "report_id": report_id,
            "field": name,
            "label": printed.label,
            "text": printed.text,
            **_spot(printed),
        }


def _section_rows(report_id: str, report: Report) -> Iterable[Row]:
    for number, section in enumerate(report.sections, 1):
        yield {
            "report_id": report_id,
            "section_no": number,
            "heading": section.heading,
            "kind": section.kind,
            "text": section.text,
            **_spot_at(section.location),
        }


def _paragraph_rows(report_id: str, report: Report) -> Iterable[Row]:
    for number, paragraph in enumerate(report.paragraphs, 1):
        yield {
            "report_id": report_id,
            "paragraph_no": number,
            "section_no": paragraph.section_no,
            "is_heading": paragraph.is_heading,
            "text": paragraph.text,
            **_spot_at(paragraph.location),
        }


def _unread_rows(report_id: str, report: Report) -> Iterable[Row]:
    for unread in report.unread:
        yield {
            "report_id": report_id,
            "text": unread.text,
            "why": unread.why,
            **_spot_at(unread.location),
        }


def _doubt_rows(report_id: str, report: Report) -> Iterable[Row]:
    for doubt in doubts_of(report):
        yield {
            "report_id": report_id,
            "subject_key": doubt.subject_key,
            "field": doubt.field,
            "text": doubt.printed.text,
            "confidence": doubt.printed.confidence,
            "is_figure": doubt.is_figure,
            **_spot(doubt.printed),
        }


def _budget_rows(report_id: str, report: Report) -> Iterable[Row]:
    for line in report.budget_lines:
        yield {
            "report_id": report_id,
            "line_no": line.line_no,
            "label": line.label,
            "role": line.role,
            "is_total": line.is_total,
            "parent_line_no": line.parent_line_no,
            "fund": line.fund,
            "line_group": line.group,
            "initial_budget_yuan": _exact(line.initial_budget_yuan, MONEY),
            "adjusted_budget_yuan": _exact(line.adjusted_budget_yuan, MONEY),
            "executed_yuan": _exact(line.executed_yuan, MONEY),
            "amount_yuan": _exact(line.amount_yuan, MONEY),
            "reported_execution_rate": _exact(line.reported_execution_rate, RATE),
            "max_score": _exact(line.max_score, POINTS),
            "reported_score": _exact(line.reported_score, POINTS),
            "money_unit": line.money_unit,
            "money_step_yuan": _exact(line.money_step_yuan, MONEY),
            "rate_step": _exact(line.rate_step, RATE),
            **_printed(line.cells, BUDGET_CELLS),
            **_spot(line),
        }


def _indicator_rows(report_id: str, report: Report) -> Iterable[Row]:
    for indicator in (*report.indicators, *report.placeholders):
        yield {
            "report_id": report_id,
            "row_no": indicator.row_no,
            "source": indicator.source,
            "row_kind": indicator.row_kind,
            "level1": indicator.level1,
            "level2": indicator.level2,
            "name": indicator.name,
            "level1_code": indicator.level1_code,
            "dimension": indicator.dimension,
            "direction": indicator.direction,
            "target_text": indicator.target_text,
            "actual_text": indicator.actual_text,
            "comparator": indicator.comparator,
            **_quantity("target", indicator.target),
            "actual_comparator": indicator.actual.comparator,
            **_quantity("actual", indicator.actual),
            "unit": indicator.unit,
            "name_unit": indicator.name_unit,
            "max_score": _exact(indicator.max_score, POINTS),
            "reported_score": _exact(indicator.reported_score, POINTS),
            "score_group": indicator.score_group,
            "is_placeholder": indicator.is_placeholder,
            "variance_reason": indicator.variance_reason,
            "confidence": indicator.confidence,
            **_printed(indicator.cells, INDICATOR_CELLS),
            **_spot(indicator),
        }


def _quantity(name: str, quantity: Quantity) -> Row:
    return {
        f"{name}_kind": quantity.kind,
        f"{name}_value": _exact(quantity.value, AMOUNT),
        f"{name}_low": _exact(quantity.low, AMOUNT),
        f"{name}_high": _exact(quantity.high, AMOUNT),
        f"{name}_step": _exact(quantity.step, AMOUNT),
        f"{name}_base": _exact(quantity.base, AMOUNT),
        f"{name}_unit": quantity.unit,
        f"{name}_dimension": quantity.dimension,
    }


def _score_group_rows(report_id: str, report: Report) -> Iterable[Row]:
    for group in report.score_groups:
        weight, score = group.cells.get("max_score"), group.cells.get("reported_score")
        yield {
            "report_id": report_id,
            "group_no": group.group_no,
            "kind": group.kind,
            "label": group.label,
            "source": group.source,
            "max_score": _exact(group.max_score, POINTS),
            "reported_score": _exact(group.reported_score, POINTS),
            "members": list(group.members),
            "max_score_place": weight.place if weight else None,
            "reported_score_place": score.place if score else None,
            "max_score_text": weight.text if weight else None,
            "reported_score_text": score.text if score else None,
            **_spot(group),
        }


def _statement_rows(report_id: str, report: Report) -> Iterable[Row]:
    for statement in report.statements:
        yield {
            "report_id": report_id,
            "statement_no": statement.statement_no,
            "subject": statement.subject,
            "quantity": statement.quantity,
            "role": statement.role,
            "comparator": statement.comparator,
            "value": _exact(statement.value, AMOUNT),
            "unit": statement.unit,
            "value_yuan": _exact(statement.value_yuan, YUAN),
            "step": _exact(statement.step, AMOUNT),
            "year": statement.year,
            "section": statement.section,
            "indicator_row_no": statement.indicator_row_no,
            "match_score": statement.match_score,
            "printed": statement.printed,
            "text": statement.text,
            **_spot(statement),
        }


def _relation_rows(report_id: str, report: Report) -> Iterable[Row]:
    for relation in report.relations:
        terms = [_exact(term, AMOUNT) for term in relation.terms]
        step, stated_step = _exact(relation.step, AMOUNT), _exact(relation.stated_step, AMOUNT)
        if None in terms or step is None or stated_step is None:
            continue  # figures beyond 30 digits are no figures
        yield {
            "report_id": report_id,
            "relation_no": relation.relation_no,
            "kind": relation.kind,
            "topic": relation.topic,
            "subject": relation.subject,
            "stated": _exact(relation.stated, AMOUNT),
            "terms": terms,
            "unit": relation.unit,
            "step": step,
            "stated_step": stated_step,
            "formula": relation.formula,
            "text": relation.text,
            "statement_nos": list(relation.statement_nos),
            **_spot(relation),
        }


_BELOW_A_REPORT: dict[str, Callable[[str, Report], Iterable[Row]]] = {
    "header_fields": _header_rows,
    "budget_lines": _budget_rows,
    "indicators": _indicator_rows,
    "score_groups": _score_group_rows,
    "statements": _statement_rows,
    "relations": _relation_rows,
    "sections": _section_rows,
    "paragraphs": _paragraph_rows,
    "unread": _unread_rows,
    "doubts": _doubt_rows,
}
"""Table -> its rows of a report with this report_id."""


def _printed(cells: Mapping[str, Printed], names: Sequence[str]) -> Row:
    return {
        "texts": {name: cells[name].text if name in cells else None for name in names},
        "places": {name: cells[name].place if name in cells else None for name in names},
        "locations": {name: _json(cells[name].location) if name in cells else None for name in names},
    }


def _spot(part: Any) -> Row:
    return {"place": part.place, "location": _json(part.location)}


def _spot_at(location: Location) -> Row:
    return {"place": location.place(), "location": _json(location)}


def _json(location: Location) -> str:
    return _encode(location.as_record())


def _exact(value: Decimal | None, kind: Any) -> Decimal | None:
    """The value at the column's scale; None where it does not fit (a figure of 30 digits is no figure)."""
    if value is None or not value.is_finite():
        return None
    try:
        fitted = value.quantize(_STEPS[kind.scale], rounding=ROUND_HALF_UP, context=_WIDE)
    except InvalidOperation:
        return None
    return fitted if len(fitted.as_tuple().digits) <= kind.precision else None
