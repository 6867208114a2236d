-- 已收下的文件没有读出任何报告
WITH this_table AS (SELECT * FROM {batch})
SELECT s.submission_id, s.file_path FROM this_table AS s WHERE s.outcome = 'accepted' AND s.duplicate_of IS NULL AND coalesce(s.document_kind, '') <> 'archive'
  AND s.submission_id NOT IN (SELECT submission_id FROM core.reports)
