-- 所标替换版本不存在
SELECT report_id, superseded_by FROM {batch} WHERE superseded_by IS NOT NULL AND superseded_by NOT IN (SELECT report_id FROM core.reports)
