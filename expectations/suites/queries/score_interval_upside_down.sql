-- 复算区间的下端大于上端，或超出分值
WITH this_table AS (SELECT * FROM {batch})
SELECT s.report_id, s.row_no FROM this_table AS s JOIN core.indicators AS i ON i.report_id = s.report_id AND i.row_no = s.row_no
WHERE s.low > s.high OR (i.max_score > 0 AND (s.high > i.max_score OR s.low < 0))
