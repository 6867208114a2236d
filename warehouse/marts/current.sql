-- The reports that count in rollups: as active.reports, of every year, with the roster's unit, region, department and
-- division filled in. The roster's words win over the report's where the unit was matched.
CREATE OR REPLACE VIEW mart.report_units AS
  SELECT r.report_id, r.submission_id, r.fiscal_year, r.scope, r.kind, r.form_no,
         coalesce(o.unit_name, r.unit_name)                       AS unit_name,
         coalesce(o.unit_code, r.unit_code)                       AS unit_code,
         coalesce(o.region, r.region)                             AS region,
         coalesce(o.department, o.parent_name, r.supervisor, o.unit_name, r.unit_name) AS department,
         o.division, m.roster_unit_name, m.how AS match_how, m.score AS match_score,
         -- one key a unit: roster unit, else code, else region and name as printed, else the report stands alone
         CASE WHEN o.unit_name IS NOT NULL THEN concat_ws('|', 'roster', o.unit_name, o.region)
              WHEN r.unit_code IS NOT NULL THEN concat_ws('|', 'code', r.unit_code)
              WHEN r.unit_name IS NOT NULL THEN concat_ws('|', 'name', regexp_replace(r.unit_name, '\s', '', 'g'), r.region)
              ELSE concat_ws('|', 'report', r.report_id) END      AS unit_key
  FROM core.reports r
  LEFT JOIN raw.unit_matches m ON m.report_id = r.report_id
  LEFT JOIN raw.roster o ON o.unit_name = m.roster_unit_name AND o.region IS NOT DISTINCT FROM m.roster_region;

CREATE OR REPLACE VIEW mart.current_reports AS
  SELECT u.*, r.project_name, r.max_score_total, r.reported_score_total, r.reported_grade
  FROM mart.report_units u
  JOIN core.reports r ON r.report_id = u.report_id
  JOIN raw.submissions s ON s.submission_id = r.submission_id
  WHERE s.outcome = 'accepted' AND s.duplicate_of IS NULL AND r.superseded_by IS NULL;

-- The annual total of a report's budget block: the first line marked total.
CREATE OR REPLACE VIEW mart.report_funds AS
  SELECT b.report_id,
         arg_min(b.initial_budget_yuan, b.line_no)  AS initial_budget_yuan,
         arg_min(b.adjusted_budget_yuan, b.line_no) AS adjusted_budget_yuan,
         arg_min(b.executed_yuan, b.line_no)        AS executed_yuan,
         arg_min(b.max_score, b.line_no)            AS execution_max_score,
         arg_min(s.recomputed_score, b.line_no)     AS execution_recomputed_score
  FROM core.budget_lines b
  LEFT JOIN judge.budget_scores s USING (report_id, line_no)
  WHERE b.is_total
  GROUP BY b.report_id;

-- Grades by the national edges (财预〔2020〕10号), half-open on the unrounded total; for aggregates, which have no profile.
CREATE OR REPLACE MACRO mart.grade(score) AS
  CASE WHEN score IS NULL THEN NULL WHEN score >= 90 THEN '优' WHEN score >= 80 THEN '良' WHEN score >= 60 THEN '中' ELSE '差' END;
