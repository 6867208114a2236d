-- One row a unit and year. Figures come from the unit's overall report (a form before a narrative); a unit with project
-- reports only gets their funds added up and no score: projects are not the unit.
CREATE OR REPLACE VIEW out.rollup_units AS
  WITH chosen AS (
    SELECT fiscal_year, unit_key, report_id AS overall_report_id, reported_score_total, reported_grade, max_score_total
    FROM mart.current_reports
    WHERE scope = 'overall'
    QUALIFY row_number() OVER (PARTITION BY fiscal_year, unit_key
              ORDER BY (kind = 'form') DESC, (reported_score_total IS NOT NULL) DESC, report_id) = 1
  ),
  units AS (
    SELECT fiscal_year, unit_key, min(unit_name) AS unit_name, min(unit_code) AS unit_code, min(region) AS region,
           min(department) AS department, min(division) AS division,
           count(*) AS reports, count(*) FILTER (WHERE scope = 'project') AS project_reports
    FROM mart.current_reports GROUP BY fiscal_year, unit_key
  ),
  project_funds AS (
    SELECT r.fiscal_year, r.unit_key, sum(f.initial_budget_yuan) AS initial_budget_yuan,
           sum(f.adjusted_budget_yuan) AS adjusted_budget_yuan, sum(f.executed_yuan) AS executed_yuan
    FROM mart.current_reports r JOIN mart.report_funds f USING (report_id)
    WHERE r.scope = 'project' GROUP BY r.fiscal_year, r.unit_key
  ),
  counts AS (
    SELECT i.report_id, count(*) AS indicators,
           count(*) FILTER (WHERE s.outcome = 'met') AS met, count(*) FILTER (WHERE s.outcome = 'unmet') AS unmet,
           count(*) FILTER (WHERE coalesce(s.outcome, 'not_computable') = 'not_computable') AS not_computable
    FROM core.indicators i LEFT JOIN judge.indicator_scores s USING (report_id, row_no)
    WHERE i.row_kind = 'indicator' AND NOT i.is_placeholder
    GROUP BY i.report_id
  ),
  open_findings AS (
    SELECT r.fiscal_year, r.unit_key, count(*) AS findings_open,
           count(*) FILTER (WHERE f.severity = 'blocker') AS blockers_open, count(*) FILTER (WHERE f.severity = 'major') AS majors_open
    FROM judge.findings f JOIN mart.finding_states t USING (finding_id) JOIN mart.current_reports r USING (report_id)
    WHERE t.state IN ('open', 'returned') GROUP BY r.fiscal_year, r.unit_key
  )
  SELECT u.fiscal_year, u.region, u.department, u.division, u.unit_name, u.unit_code, u.unit_key, c.overall_report_id,
         u.reports, u.project_reports,
         CASE WHEN f.report_id IS NOT NULL THEN f.initial_budget_yuan ELSE p.initial_budget_yuan END::DECIMAL(28,4) AS initial_budget_yuan,
         CASE WHEN f.report_id IS NOT NULL THEN f.adjusted_budget_yuan ELSE p.adjusted_budget_yuan END::DECIMAL(28,4) AS adjusted_budget_yuan,
         CASE WHEN f.report_id IS NOT NULL THEN f.executed_yuan ELSE p.executed_yuan END::DECIMAL(28,4) AS executed_yuan,
         CASE WHEN f.report_id IS NOT NULL THEN 'overall' WHEN p.unit_key IS NOT NULL THEN 'projects' END AS funds_basis,
         (CASE WHEN f.report_id IS NOT NULL THEN f.executed_yuan / nullif(f.adjusted_budget_yuan, 0)
               ELSE p.executed_yuan / nullif(p.adjusted_budget_yuan, 0) END)::DECIMAL(18,8) AS execution_rate,
         c.max_score_total, c.reported_score_total,
         t.recomputed_total AS recomputed_score_total,
         t.recomputed_low AS recomputed_score_total_low, t.recomputed_high AS recomputed_score_total_high,
         coalesce(t.is_complete, false) AS is_recomputed_complete,
         c.reported_grade, t.recomputed_grade,
         coalesce(n.indicators, 0) AS indicators, coalesce(n.met, 0) AS met, coalesce(n.unmet, 0) AS unmet,
         coalesce(n.not_computable, 0) AS not_computable,
         coalesce(o.findings_open, 0) AS findings_open, coalesce(o.blockers_open, 0) AS blockers_open, coalesce(o.majors_open, 0) AS majors_open,
         CASE WHEN c.overall_report_id IS NULL THEN '无部门整体自评表'
              WHEN t.report_id IS NULL OR t.recomputed_low IS NULL THEN '得分无法复算'
              WHEN NOT t.is_complete THEN '得分复算不完整'
              WHEN coalesce(f.adjusted_budget_yuan, 0) <= 0 THEN '全年预算数缺失或为零' END AS excluded_because
  FROM units u
  LEFT JOIN chosen c ON c.unit_key = u.unit_key AND c.fiscal_year IS NOT DISTINCT FROM u.fiscal_year
  LEFT JOIN mart.report_funds f ON f.report_id = c.overall_report_id
  LEFT JOIN project_funds p ON p.unit_key = u.unit_key AND p.fiscal_year IS NOT DISTINCT FROM u.fiscal_year
  LEFT JOIN judge.report_scores t ON t.report_id = c.overall_report_id
  LEFT JOIN counts n ON n.report_id = c.overall_report_id
  LEFT JOIN open_findings o ON o.unit_key = u.unit_key AND o.fiscal_year IS NOT DISTINCT FROM u.fiscal_year;
