-- 其中行所属的上级行不存在
WITH this_table AS (SELECT * FROM {batch})
SELECT b.report_id, b.line_no FROM this_table AS b
WHERE b.parent_line_no IS NOT NULL AND NOT EXISTS (SELECT 1 FROM core.budget_lines AS p WHERE p.report_id = b.report_id AND p.line_no = b.parent_line_no)
