-- 报告没有对应的来文
SELECT report_id FROM {batch} WHERE submission_id NOT IN (SELECT submission_id FROM raw.submissions)
