-- 选定的计分规则不存在
SELECT report_id, profile_id FROM {batch} WHERE profile_id NOT IN (SELECT profile_id FROM judge.profiles)
