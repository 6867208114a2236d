-- 参加评判的指标没有复算结果
WITH this_table AS (SELECT * FROM {batch})
SELECT i.report_id, i.row_no FROM active.indicators AS i WHERE NOT EXISTS (SELECT 1 FROM this_table AS s WHERE s.report_id = i.report_id AND s.row_no = i.row_no)
