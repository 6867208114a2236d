-- 评判的日期或年度不是本次运行的
WITH newest AS (FROM raw.runs ORDER BY started_at DESC, run_id DESC LIMIT 1)
SELECT s.as_of, n.as_of AS run_as_of FROM {batch} AS s CROSS JOIN newest AS n
WHERE s.as_of <> n.as_of OR s.fiscal_year IS DISTINCT FROM n.fiscal_year
