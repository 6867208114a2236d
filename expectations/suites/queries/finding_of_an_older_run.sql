-- 所评年度的现行问题不是本次运行评判的
WITH newest AS (FROM raw.runs ORDER BY started_at DESC, run_id DESC LIMIT 1)
SELECT f.finding_id, f.last_run_id, n.run_id FROM {batch} AS f CROSS JOIN newest AS n
WHERE f.active AND f.last_run_id <> n.run_id AND f.report_id IN (SELECT report_id FROM active.reports)
