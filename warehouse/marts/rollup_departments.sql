-- Children aggregated by the official rule (Hubei form, note; RULES consequence 7): completion and funds first, then the
-- score. Absolute values are added, relative values averaged weighted by funds, qualitative scores averaged weighted by
-- funds; weights are averaged weighted by funds, so that a department's indicators again come to 100. Values of unlike
-- units are never added: such an indicator keeps the fund-weighted mean of its units' own scores and is counted in
-- unlike_units. Units whose score or funds are missing stay out and are counted with the reason.
CREATE OR REPLACE VIEW mart.department_indicators AS
  WITH children AS (
    SELECT fiscal_year, department, overall_report_id AS report_id,
           adjusted_budget_yuan::DOUBLE / sum(adjusted_budget_yuan::DOUBLE) OVER (PARTITION BY fiscal_year, department) AS share
    FROM out.rollup_units WHERE excluded_because IS NULL
  ),
  -- a join on a condition of the left side alone is no hash join: the row is worked out before
  items AS (
    SELECT *, CASE WHEN kind = 'indicator' THEN rows_covered[1] END AS row_no
    FROM judge.scored_items WHERE kind <> 'execution' AND max_score IS NOT NULL
  ),
  lines AS (
    SELECT c.fiscal_year, c.department, c.share, k.level1_code, coalesce(i.dimension, k.kind) AS dimension, coalesce(i.direction, 'unknown') AS direction,
           mart.name_key(coalesce(i.name, k.label)) AS indicator_key, coalesce(i.name, k.label) AS name,
           k.max_score::DOUBLE AS weight, k.low::DOUBLE AS low, k.high::DOUBLE AS high,
           coalesce(i.target_dimension, '') AS measure,
           (i.target_kind = 'number' AND i.actual_kind = 'number' AND i.actual_comparator IS NULL AND i.direction IN ('up', 'down')
            AND i.target_dimension IS NOT NULL AND i.target_dimension = i.actual_dimension AND i.target_base IS NOT NULL AND i.actual_base IS NOT NULL
            AND i.target_value > 0 AND i.actual_value >= 0) IS TRUE AS is_additive,
           (i.target_value * i.target_base)::DOUBLE AS target, (i.actual_value * i.actual_base)::DOUBLE AS actual
    FROM children c
    JOIN items k USING (report_id)
    LEFT JOIN core.indicators i ON i.report_id = k.report_id AND i.row_no = k.row_no
  ),
  merged AS (
    SELECT fiscal_year, department, level1_code, dimension, indicator_key, min(name) AS name, count(*) AS units,
           count(DISTINCT measure) > 1 OR count(DISTINCT direction) > 1 AS is_unlike, bool_and(is_additive) AS is_additive,
           min(measure) AS measure, min(direction) AS direction,
           sum(share * weight) AS weight, sum(share * low) AS own_low, sum(share * high) AS own_high,
           CASE WHEN min(measure) = 'percent' THEN sum(share * target) ELSE sum(target) END AS target,
           CASE WHEN min(measure) = 'percent' THEN sum(share * actual) ELSE sum(actual) END AS actual
    FROM lines GROUP BY fiscal_year, department, level1_code, dimension, indicator_key
  )
  SELECT *, CASE WHEN units > 1 AND is_additive AND NOT is_unlike
                 THEN least(1, CASE direction WHEN 'up' THEN actual / target ELSE target / nullif(actual, 0) END) END AS achievement
  FROM merged;

CREATE OR REPLACE VIEW out.rollup_departments AS
  WITH scored AS (
    SELECT fiscal_year, department, count(*) AS indicators_merged, count(*) FILTER (WHERE is_unlike) AS unlike_units,
           sum(weight) AS weight,
           sum(coalesce(weight * achievement, own_low)) AS low, sum(coalesce(weight * achievement, own_high)) AS high
    FROM mart.department_indicators GROUP BY fiscal_year, department
  ),
  funds AS (
    SELECT u.fiscal_year, u.department, count(*) AS units, sum(u.reports) AS reports,
           count(*) FILTER (WHERE u.excluded_because IS NULL) AS units_scored,
           count(*) FILTER (WHERE u.excluded_because IS NOT NULL) AS units_excluded,
           string_agg(DISTINCT u.excluded_because, '；' ORDER BY u.excluded_because) AS excluded_because,
           sum(u.initial_budget_yuan) AS initial_budget_yuan, sum(u.adjusted_budget_yuan) AS adjusted_budget_yuan,
           sum(u.executed_yuan) AS executed_yuan,
           -- only units that state both figures go into the rate
           sum(u.executed_yuan) FILTER (WHERE u.adjusted_budget_yuan IS NOT NULL)
             / nullif(sum(u.adjusted_budget_yuan) FILTER (WHERE u.executed_yuan IS NOT NULL), 0) AS execution_rate,
           count(*) FILTER (WHERE u.adjusted_budget_yuan IS NOT NULL AND u.executed_yuan IS NOT NULL) AS units_with_funds,
           sum(u.executed_yuan) FILTER (WHERE u.excluded_because IS NULL) / nullif(sum(u.adjusted_budget_yuan) FILTER (WHERE u.excluded_because IS NULL), 0) AS scored_rate,
           sum(u.adjusted_budget_yuan::DOUBLE * f.execution_max_score::DOUBLE) FILTER (WHERE u.excluded_because IS NULL)
             / nullif(sum(u.adjusted_budget_yuan::DOUBLE) FILTER (WHERE u.excluded_because IS NULL), 0) AS execution_weight,
           avg(u.reported_score_total) AS average_reported_score, count(u.reported_score_total) AS units_with_reported_score,
           sum(u.adjusted_budget_yuan * u.reported_score_total) / nullif(sum(u.adjusted_budget_yuan) FILTER (WHERE u.reported_score_total IS NOT NULL), 0) AS fund_weighted_reported_score,
           sum(u.indicators) AS indicators, sum(u.met) AS met, sum(u.unmet) AS unmet, sum(u.not_computable) AS not_computable,
           sum(u.findings_open) AS findings_open
    FROM out.rollup_units u LEFT JOIN mart.report_funds f ON f.report_id = u.overall_report_id
    GROUP BY u.fiscal_year, u.department
  ),
  totals AS (
    SELECT f.*,
           -- coverage speaks of the judged year only
           CASE WHEN k.fiscal_year IS NULL OR f.fiscal_year IS NULL OR f.fiscal_year = k.fiscal_year
                THEN coalesce(f.department, '（部门不明）') END AS coverage_name,
           s.indicators_merged, s.unlike_units, coalesce(s.weight, 0) + coalesce(f.execution_weight, 0) AS weight,
           -- above 100 % execution there is no score, never a silent cap
           CASE WHEN f.units_scored > 0 AND coalesce(f.scored_rate, 0) <= 1 THEN s.low + coalesce(f.execution_weight * f.scored_rate::DOUBLE, 0) END AS low,
           CASE WHEN f.units_scored > 0 AND coalesce(f.scored_rate, 0) <= 1 THEN s.high + coalesce(f.execution_weight * f.scored_rate::DOUBLE, 0) END AS high
    FROM funds f CROSS JOIN judge.scope k LEFT JOIN scored s ON s.department IS NOT DISTINCT FROM f.department AND s.fiscal_year IS NOT DISTINCT FROM f.fiscal_year
  )
  SELECT t.fiscal_year, coalesce(t.department, '（部门不明）') AS department, c.expected_units, c.missing_units, c.late_units,
         c.unreadable_units, c.coverage_rate, t.units, t.reports, t.units_scored, t.units_excluded, t.excluded_because,
         t.initial_budget_yuan::DECIMAL(28,4) AS initial_budget_yuan, t.adjusted_budget_yuan::DECIMAL(28,4) AS adjusted_budget_yuan,
         t.executed_yuan::DECIMAL(28,4) AS executed_yuan, t.execution_rate::DECIMAL(18,8) AS execution_rate, t.units_with_funds,
         nullif(round(t.weight, 4), 0)::DECIMAL(18,4) AS aggregated_max_score,
         round(t.low, 2)::DECIMAL(18,4) AS aggregated_score_low, round(t.high, 2)::DECIMAL(18,4) AS aggregated_score_high,
         -- a grade only where the weights come to 100 and both ends of the interval earn the same
         CASE WHEN abs(t.weight - 100) < 0.01 AND mart.grade(t.low) = mart.grade(t.high) THEN mart.grade(t.low) END AS aggregated_grade,
         round(t.average_reported_score, 2)::DECIMAL(18,4) AS average_reported_score,
         round(t.fund_weighted_reported_score, 2)::DECIMAL(18,4) AS fund_weighted_reported_score, t.units_with_reported_score,
         coalesce(t.indicators_merged, 0) AS indicators_merged, coalesce(t.unlike_units, 0) AS unlike_units,
         t.indicators::BIGINT AS indicators, t.met::BIGINT AS met, t.unmet::BIGINT AS unmet, t.not_computable::BIGINT AS not_computable,
         t.findings_open::BIGINT AS findings_open
  FROM totals t
  LEFT JOIN (FROM out.coverage WHERE level = 'department') c ON c.name = t.coverage_name;
