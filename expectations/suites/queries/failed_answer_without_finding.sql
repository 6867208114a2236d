-- 检查未通过而没有问题记录
WITH this_table AS (SELECT * FROM {batch})
SELECT a.report_id, a.check_id FROM judge.check_results AS a
WHERE a.answer = 'fail' AND NOT EXISTS (SELECT 1 FROM this_table AS f WHERE f.active AND f.report_id = a.report_id AND f.check_id = a.check_id)
