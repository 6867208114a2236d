-- Every report with its unit as printed, and every submission that gave none.
SELECT r.submission_id, r.report_id, r.unit_name, r.unit_code, r.region, s.file_path || coalesce('/' || s.member_path, '') AS file_path
FROM core.reports r JOIN raw.submissions s USING (submission_id)
UNION ALL
SELECT s.submission_id, NULL, NULL, NULL, NULL, s.file_path || coalesce('/' || s.member_path, '')
FROM raw.submissions s ANTI JOIN core.reports r USING (submission_id)
ORDER BY ALL;
