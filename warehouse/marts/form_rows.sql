CREATE OR REPLACE VIEW out.budget_lines AS
  SELECT b.report_id, b.line_no, b.label, b.role, b.is_total, b.parent_line_no, b.fund,
         b.initial_budget_yuan, b.texts.initial_budget AS initial_budget_text,
         b.adjusted_budget_yuan, b.texts.adjusted_budget AS adjusted_budget_text,
         b.executed_yuan, b.texts.executed AS executed_text,
         b.reported_execution_rate, b.texts.execution_rate AS execution_rate_text, s.execution_rate,
         b.max_score, b.texts.max_score AS max_score_text, b.reported_score, b.texts.reported_score AS reported_score_text,
         s.recomputed_score, s.exact_score, s.rule, s.explanation, b.money_unit, b.places, b.place, b.location
  FROM core.budget_lines b
  LEFT JOIN judge.budget_scores s USING (report_id, line_no);

CREATE OR REPLACE VIEW out.indicators AS
  SELECT i.report_id, i.row_no, i.source, i.row_kind, i.level1, i.level2, i.name, i.level1_code, i.dimension, i.direction,
         mart.masked(i.target_text) AS target_text, mart.masked(i.actual_text) AS actual_text,
         -- A date is compared by its days, but is no quantity: low and high keep them, value stays empty.
         i.comparator, CASE WHEN i.target_kind <> 'date' THEN i.target_value END AS target_value, i.target_low, i.target_high,
         i.target_unit,
         CASE WHEN i.actual_kind <> 'date' THEN i.actual_value END AS actual_value, i.actual_low, i.actual_high, i.actual_unit,
         i.actual_kind, i.actual_dimension, i.actual_base,
         i.unit,
         i.max_score, i.texts.max_score AS max_score_text, i.reported_score, i.texts.reported_score AS reported_score_text,
         s.low AS recomputed_score_low, s.high AS recomputed_score_high, s.exact_score,
         coalesce(s.outcome, 'not_computable') AS outcome, s.achievement, s.rule, s.explanation,
         mart.masked(i.variance_reason) AS variance_reason, i.is_placeholder, i.score_group, i.confidence,
         coalesce(i.places.actual, i.place) AS actual_place, coalesce(i.places.target, i.place) AS target_place,
         i.places, i.place, i.location
  FROM core.indicators i
  LEFT JOIN judge.indicator_scores s USING (report_id, row_no)
  WHERE NOT i.is_placeholder;

CREATE OR REPLACE VIEW out.score_groups AS
  SELECT report_id, group_no, kind, label, source, max_score, max_score_text, reported_score, reported_score_text, members,
         place, location
  FROM core.score_groups;

CREATE OR REPLACE VIEW out.statements AS
  SELECT report_id, statement_no, subject, quantity, role, comparator, value, unit, value_yuan, year, indicator_row_no,
         match_score, mart.masked(printed) AS printed, mart.masked(text) AS text, section, place, location
  FROM core.statements;

-- Cells of a recognised form that ended in no field: nothing disappears silently.
CREATE OR REPLACE VIEW out.unread AS
  SELECT report_id, mart.masked(text) AS text, why, place, location FROM core.unread;

-- Values that were not read with certainty (scans): to be compared with the original.
CREATE OR REPLACE VIEW out.doubts AS
  SELECT report_id, subject_key, field, mart.masked(text) AS text, confidence, is_figure, place, location FROM core.doubts;
