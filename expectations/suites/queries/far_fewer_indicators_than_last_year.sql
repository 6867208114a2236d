-- 每份自评表读出的指标比上年少一半以上
WITH forms AS (
  SELECT r.fiscal_year, r.report_id, count(i.row_no) AS indicators
  FROM core.reports AS r LEFT JOIN {batch} AS i ON i.report_id = r.report_id AND NOT i.is_placeholder
  WHERE r.kind = 'form' AND r.fiscal_year IS NOT NULL AND r.superseded_by IS NULL GROUP BY r.fiscal_year, r.report_id
), years AS (
  SELECT fiscal_year, count(*) AS forms, sum(indicators) AS indicators FROM forms GROUP BY fiscal_year
)
SELECT n.fiscal_year FROM years AS n JOIN years AS l ON l.fiscal_year = n.fiscal_year - 1
WHERE n.forms >= 10 AND l.forms >= 10 AND 2 * n.indicators * l.forms < l.indicators * n.forms
