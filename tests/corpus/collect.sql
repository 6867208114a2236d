-- What the catalogue answered, by file: the worst answer over a file's reports.
SELECT s.file_name, r.check_id, CASE max(CASE r.answer WHEN 'fail' THEN 2 WHEN 'pass' THEN 1 ELSE 0 END) WHEN 2 THEN 'fail' WHEN 1 THEN 'pass' ELSE 'not_applicable' END
FROM judge.check_results r JOIN core.reports p USING (report_id) JOIN raw.submissions s USING (submission_id)
GROUP BY s.file_name, r.check_id;
SELECT s.file_name, t.check_id, t.subject, t.reported_value, t.expected_value, t.evidence, t.place
FROM judge.findings t JOIN core.reports p USING (report_id) JOIN raw.submissions s USING (submission_id)
WHERE t.active
ORDER BY 1, 2, 3;
SELECT check_id, class FROM judge.check_catalogue;
SELECT file_name, outcome || ': ' || coalesce(reason, '') FROM raw.submissions WHERE outcome <> 'accepted';
