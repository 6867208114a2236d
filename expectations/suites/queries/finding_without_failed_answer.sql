-- 有问题而检查答复不是未通过
WITH this_table AS (SELECT * FROM {batch})
SELECT f.finding_id FROM this_table AS f JOIN active.reports AS r ON r.report_id = f.report_id
LEFT JOIN judge.check_results AS a ON a.report_id = f.report_id AND a.check_id = f.check_id
WHERE f.active AND a.answer IS DISTINCT FROM 'fail'
