-- 参加评判的报告没有选定计分规则
SELECT r.report_id FROM active.reports AS r WHERE r.report_id NOT IN (SELECT report_id FROM {batch})
