-- 行没有对应的上年报告
SELECT l.last_report_id FROM {batch} AS l ANTI JOIN raw.last_reports AS r USING (last_report_id)
