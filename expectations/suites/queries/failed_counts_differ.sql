-- 未通过的比较数与检查答复所记不一致
SELECT a.report_id, a.check_id FROM judge.check_results AS a
LEFT JOIN (SELECT report_id, check_id, count(*) AS failed FROM {batch} WHERE failed GROUP BY report_id, check_id) AS t ON t.report_id = a.report_id AND t.check_id = a.check_id
WHERE a.failed <> coalesce(t.failed, 0)
