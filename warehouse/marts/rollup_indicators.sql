-- By level 1 and dimension. met_rate stands on computable indicators only; their number is beside it.
CREATE OR REPLACE VIEW out.rollup_indicators AS
  SELECT r.fiscal_year, i.level1_code AS level1, i.dimension,
         count(*) AS indicators, count(DISTINCT i.report_id) AS reports,
         count(*) FILTER (WHERE s.outcome = 'met') AS met, count(*) FILTER (WHERE s.outcome = 'unmet') AS unmet,
         count(*) FILTER (WHERE coalesce(s.outcome, 'not_computable') = 'not_computable') AS not_computable,
         count(*) FILTER (WHERE s.outcome IN ('met', 'unmet')) AS computable,
         (count(*) FILTER (WHERE s.outcome = 'met') / nullif(count(*) FILTER (WHERE s.outcome IN ('met', 'unmet')), 0))::DECIMAL(18,4) AS met_rate,
         count(*) FILTER (WHERE i.max_score IS NOT NULL AND i.reported_score IS NOT NULL) AS scored,
         sum(i.max_score) FILTER (WHERE i.reported_score IS NOT NULL) AS max_score,
         sum(i.reported_score) FILTER (WHERE i.max_score IS NOT NULL) AS reported_score,
         (sum(i.reported_score) FILTER (WHERE i.max_score IS NOT NULL) / nullif(sum(i.max_score) FILTER (WHERE i.reported_score IS NOT NULL), 0))::DECIMAL(18,4) AS reported_score_rate,
         sum(s.low) AS recomputed_score_low, sum(s.high) AS recomputed_score_high,
         count(*) FILTER (WHERE s.outcome = 'unmet' AND trim(i.variance_reason) = '') AS unmet_without_reason
  FROM mart.current_reports r
  JOIN core.indicators i USING (report_id)
  LEFT JOIN judge.indicator_scores s USING (report_id, row_no)
  WHERE i.row_kind <> 'execution' AND NOT i.is_placeholder
  GROUP BY r.fiscal_year, i.level1_code, i.dimension;
