-- By region. Averages stand beside the number of units they come from and the coverage of the region.
CREATE OR REPLACE VIEW out.rollup_regions AS
  WITH funds AS (
    SELECT fiscal_year, coalesce(region, '（地区不明）') AS region, count(*) AS units, sum(reports) AS reports,
           count(*) FILTER (WHERE excluded_because IS NULL) AS units_scored,
           count(*) FILTER (WHERE excluded_because IS NOT NULL) AS units_excluded,
           string_agg(DISTINCT excluded_because, '；' ORDER BY excluded_because) AS excluded_because,
           sum(initial_budget_yuan) AS initial_budget_yuan, sum(adjusted_budget_yuan) AS adjusted_budget_yuan, sum(executed_yuan) AS executed_yuan,
           sum(executed_yuan) FILTER (WHERE adjusted_budget_yuan IS NOT NULL)
             / nullif(sum(adjusted_budget_yuan) FILTER (WHERE executed_yuan IS NOT NULL), 0) AS execution_rate,
           count(*) FILTER (WHERE adjusted_budget_yuan IS NOT NULL AND executed_yuan IS NOT NULL) AS units_with_funds,
           avg(reported_score_total) AS average_reported_score, count(reported_score_total) AS units_with_reported_score,
           avg(recomputed_score_total) AS average_recomputed_score, count(recomputed_score_total) AS units_with_recomputed_score,
           sum(adjusted_budget_yuan * reported_score_total) / nullif(sum(adjusted_budget_yuan) FILTER (WHERE reported_score_total IS NOT NULL), 0) AS fund_weighted_reported_score,
           count(*) FILTER (WHERE reported_grade = '优') AS grade_excellent, count(*) FILTER (WHERE reported_grade = '良') AS grade_good,
           count(*) FILTER (WHERE reported_grade = '中') AS grade_fair, count(*) FILTER (WHERE reported_grade = '差') AS grade_poor,
           count(*) FILTER (WHERE reported_grade IS NULL) AS grade_missing,
           sum(indicators) AS indicators, sum(met) AS met, sum(unmet) AS unmet, sum(not_computable) AS not_computable,
           sum(findings_open) AS findings_open, sum(blockers_open) AS blockers_open
    FROM out.rollup_units GROUP BY fiscal_year, coalesce(region, '（地区不明）')
  )
  SELECT f.fiscal_year, f.region, c.expected_units, c.missing_units, c.late_units, c.unreadable_units, c.coverage_rate,
         f.units, f.reports::BIGINT AS reports, f.units_scored, f.units_excluded, f.excluded_because,
         f.initial_budget_yuan::DECIMAL(28,4) AS initial_budget_yuan, f.adjusted_budget_yuan::DECIMAL(28,4) AS adjusted_budget_yuan,
         f.executed_yuan::DECIMAL(28,4) AS executed_yuan, f.execution_rate::DECIMAL(18,8) AS execution_rate, f.units_with_funds,
         round(f.average_reported_score, 2)::DECIMAL(18,4) AS average_reported_score, f.units_with_reported_score,
         round(f.average_recomputed_score, 2)::DECIMAL(18,4) AS average_recomputed_score, f.units_with_recomputed_score,
         round(f.fund_weighted_reported_score, 2)::DECIMAL(18,4) AS fund_weighted_reported_score,
         f.grade_excellent, f.grade_good, f.grade_fair, f.grade_poor, f.grade_missing,
         f.indicators::BIGINT AS indicators, f.met::BIGINT AS met, f.unmet::BIGINT AS unmet, f.not_computable::BIGINT AS not_computable,
         f.findings_open::BIGINT AS findings_open, f.blockers_open::BIGINT AS blockers_open
  FROM (SELECT funds.*, CASE WHEN k.fiscal_year IS NULL OR funds.fiscal_year IS NULL OR funds.fiscal_year = k.fiscal_year THEN region END AS coverage_name
        FROM funds CROSS JOIN judge.scope k) f
  LEFT JOIN (FROM out.coverage WHERE level = 'region') c ON c.name = f.coverage_name;
