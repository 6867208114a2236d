-- 行没有对应的报告
SELECT report_id FROM {batch} WHERE report_id NOT IN (SELECT report_id FROM core.reports)
