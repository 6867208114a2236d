-- 参加评判的资金行没有复算结果
WITH this_table AS (SELECT * FROM {batch})
SELECT b.report_id, b.line_no FROM active.budget_lines AS b WHERE NOT EXISTS (SELECT 1 FROM this_table AS s WHERE s.report_id = b.report_id AND s.line_no = b.line_no)
