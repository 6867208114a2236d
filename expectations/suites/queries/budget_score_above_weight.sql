-- 复算的执行得分超过分值或为负
WITH this_table AS (SELECT * FROM {batch})
SELECT s.report_id, s.line_no FROM this_table AS s JOIN core.budget_lines AS b ON b.report_id = s.report_id AND b.line_no = s.line_no
WHERE s.recomputed_score < 0 OR s.recomputed_score > b.max_score
