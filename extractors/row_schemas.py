"""The columns of every core table as Arrow schemas: exactly those of warehouse/schema/001_core.sql."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from extractors.report import BUDGET_CELLS, INDICATOR_CELLS

TEXT, WHOLE, REAL, FLAG, TEXTS = pa.string(), pa.int32(), pa.float64(), pa.bool_(), pa.list_(pa.string())
POINTS, MONEY, RATE, AMOUNT = (
    pa.decimal128(18, 4),
    pa.decimal128(24, 4),
    pa.decimal128(18, 8),
    pa.decimal128(38, 8),
)
YUAN = pa.decimal128(28, 4)


def _cells(names: Sequence[str]) -> pa.DataType:
    return pa.struct([(name, TEXT) for name in names])


SPOT = [("place", TEXT), ("location", TEXT)]
SCHEMAS: dict[str, pa.Schema] = {
    "submissions": pa.schema(
        [
            ("submission_id", TEXT), ("file_name", TEXT), ("file_path", TEXT), ("member_path", TEXT), ("sha256", TEXT),
            ("size_bytes", pa.int64()), ("received_at", pa.timestamp("us")), ("format", TEXT), ("reader", TEXT),
            ("outcome", TEXT), ("reason", TEXT), ("document_kind", TEXT), ("duplicate_of", TEXT), ("superseded_by", TEXT),
            ("seconds", REAL), ("page_count", WHOLE), ("warnings", TEXTS), ("extractor_version", TEXT),
        ]
    ),
    "reports": pa.schema(
        [
            ("report_id", TEXT), ("submission_id", TEXT), ("form_no", WHOLE), ("report_key", TEXT), ("kind", TEXT),
            ("scope", TEXT), ("template", TEXT), ("unit_name", TEXT), ("unit_code", TEXT), ("supervisor", TEXT),
            ("region", TEXT), ("fiscal_year", WHOLE), ("project_name", TEXT), ("max_score_total", POINTS),
            ("reported_score_total", POINTS), ("reported_grade", TEXT), ("money_unit", TEXT), ("has_blocks", TEXTS),
            ("narrative_text", TEXT), ("warnings", TEXTS), ("confidence", REAL), *SPOT, ("superseded_by", TEXT),
        ]
    ),
    "header_fields": pa.schema([("report_id", TEXT), ("field", TEXT), ("label", TEXT), ("text", TEXT), *SPOT]),
    "budget_lines": pa.schema(
        [
            ("report_id", TEXT), ("line_no", WHOLE), ("label", TEXT), ("role", TEXT), ("is_total", FLAG),
            ("parent_line_no", WHOLE), ("fund", TEXT), ("line_group", TEXT), ("initial_budget_yuan", MONEY),
            ("adjusted_budget_yuan", MONEY), ("executed_yuan", MONEY), ("amount_yuan", MONEY), ("reported_execution_rate", RATE),
            ("max_score", POINTS), ("reported_score", POINTS), ("money_unit", TEXT), ("money_step_yuan", MONEY),
            ("rate_step", RATE), ("texts", _cells(BUDGET_CELLS)), ("places", _cells(BUDGET_CELLS)),
            ("locations", _cells(BUDGET_CELLS)), *SPOT,
        ]
    ),
    "indicators": pa.schema(
        [
            ("report_id", TEXT), ("row_no", WHOLE), ("source", TEXT), ("row_kind", TEXT), ("level1", TEXT),
            ("level2", TEXT), ("name", TEXT), ("level1_code", TEXT), ("dimension", TEXT), ("direction", TEXT),
            ("target_text", TEXT), ("actual_text", TEXT), ("comparator", TEXT), ("target_kind", TEXT),
            ("target_value", AMOUNT), ("target_low", AMOUNT), ("target_high", AMOUNT), ("target_step", AMOUNT),
            ("target_base", AMOUNT), ("target_unit", TEXT), ("target_dimension", TEXT), ("actual_comparator", TEXT),
            ("actual_kind", TEXT), ("actual_value", AMOUNT), ("actual_low", AMOUNT), ("actual_high", AMOUNT),
            ("actual_step", AMOUNT), ("actual_base", AMOUNT), ("actual_unit", TEXT), ("actual_dimension", TEXT),
            ("unit", TEXT), ("name_unit", TEXT), ("max_score", POINTS), ("reported_score", POINTS),
            ("score_group", WHOLE), ("is_placeholder", FLAG), ("variance_reason", TEXT), ("confidence", REAL),
            ("texts", _cells(INDICATOR_CELLS)), ("places", _cells(INDICATOR_CELLS)),
            ("locations", _cells(INDICATOR_CELLS)), *SPOT,
        ]
    ),
    "score_groups": pa.schema(
        [
            ("report_id", TEXT), ("group_no", WHOLE), ("kind", TEXT), ("label", TEXT), ("source", TEXT),
            ("max_score", POINTS), ("reported_score", POINTS), ("members", pa.list_(WHOLE)),
            ("max_score_place", TEXT), ("reported_score_place", TEXT), ("max_score_text", TEXT),
            ("reported_score_text", TEXT), *SPOT,
        ]
    ),
    "statements": pa.schema(
        [
            ("report_id", TEXT), ("statement_no", WHOLE), ("subject", TEXT), ("quantity", TEXT), ("role", TEXT),
            ("comparator", TEXT), ("value", AMOUNT), ("unit", TEXT), ("value_yuan", YUAN), ("step", AMOUNT),
            ("year", WHOLE), ("section", TEXT), ("indicator_row_no", WHOLE), ("match_score", REAL),
            ("printed", TEXT), ("text", TEXT), *SPOT,
        ]
    ),
    "relations": pa.schema(
        [
            ("report_id", TEXT), ("relation_no", WHOLE), ("kind", TEXT), ("topic", TEXT), ("subject", TEXT),
            ("stated", AMOUNT), ("terms", pa.list_(AMOUNT)), ("unit", TEXT), ("step", AMOUNT),
            ("stated_step", AMOUNT), ("formula", TEXT), ("text", TEXT), ("statement_nos", pa.list_(WHOLE)), *SPOT,
        ]
    ),
    "sections": pa.schema(
        [("report_id", TEXT), ("section_no", WHOLE), ("heading", TEXT), ("kind", TEXT), ("text", TEXT), *SPOT]
    ),
    "paragraphs": pa.schema(
        [
            ("report_id", TEXT), ("paragraph_no", WHOLE), ("section_no", WHOLE), ("is_heading", FLAG),
            ("text", TEXT), *SPOT,
        ]
    ),
    "unread": pa.schema([("report_id", TEXT), ("text", TEXT), ("why", TEXT), *SPOT]),
    "doubts": pa.schema(
        [("report_id", TEXT), ("subject_key", TEXT), ("field", TEXT), ("text", TEXT), ("confidence", REAL), ("is_figure", FLAG), *SPOT]
    ),
}  # fmt: skip
"""Table name -> columns in the order of the core tables (`run_id` of submissions is added on loading)."""
