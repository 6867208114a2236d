-- 参加评判的报告缺少某项检查的答复
WITH this_table AS (SELECT * FROM {batch})
SELECT r.report_id, c.check_id FROM active.reports AS r CROSS JOIN judge.check_catalogue AS c
WHERE NOT EXISTS (SELECT 1 FROM this_table AS a WHERE a.report_id = r.report_id AND a.check_id = c.check_id)
