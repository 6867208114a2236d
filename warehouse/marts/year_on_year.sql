-- A unit's year beside the year before; has_previous says whether there is one. Changes only where both years have the figure.
CREATE OR REPLACE VIEW out.year_on_year AS
  SELECT u.fiscal_year, u.region, u.department, u.unit_name, u.unit_code, p.unit_key IS NOT NULL AS has_previous,
         u.adjusted_budget_yuan, p.adjusted_budget_yuan AS previous_adjusted_budget_yuan,
         u.executed_yuan, p.executed_yuan AS previous_executed_yuan,
         ((u.executed_yuan - p.executed_yuan) / nullif(p.executed_yuan, 0))::DECIMAL(18,4) AS executed_change_rate,
         u.execution_rate, p.execution_rate AS previous_execution_rate,
         (u.execution_rate - p.execution_rate)::DECIMAL(18,8) AS execution_rate_change,
         u.reported_score_total, p.reported_score_total AS previous_reported_score_total,
         u.reported_score_total - p.reported_score_total AS score_change,
         u.reported_grade, p.reported_grade AS previous_reported_grade,
         u.indicators, p.indicators AS previous_indicators, u.unmet, p.unmet AS previous_unmet
  FROM out.rollup_units u
  LEFT JOIN out.rollup_units p ON p.unit_key = u.unit_key AND p.fiscal_year = u.fiscal_year - 1
  WHERE u.fiscal_year IS NOT NULL;
