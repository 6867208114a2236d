-- What a unit is asked to correct: every finding returned, and open ones that are decided by the program (class A) and
-- of severity blocker or major. One row a finding; a letter a unit. A unit that is not known gets none: its file is
-- named in the queue.
SELECT u.unit_key, q.unit, q.year, q.division AS division, concat_ws(' ／ ', q.file_name, s.member_path) AS file_name, q.finding_id, q.check_id, q.title, q.severity, q.message,
       q.reported_value, q.expected_value, q.difference, q.place, q.places, q.basis, q.state
FROM (
  SELECT f.*, r.unit_name AS unit, r.fiscal_year AS year, r.division, r.submission_id
  FROM out.findings f JOIN out.reports r USING (report_id)
  LEFT JOIN out.check_catalogue c USING (check_id)
  WHERE r.is_current AND r.unit_name IS NOT NULL
    AND (f.state = 'returned' OR (f.state = 'open' AND f.severity IN ('blocker', 'major') AND coalesce(c.class, 'A') = 'A'))
) q
LEFT JOIN out.submissions s ON s.submission_id = q.submission_id
JOIN (SELECT DISTINCT report_id, concat_ws('|', unit_name, unit_code, region) AS unit_key FROM out.reports) u USING (report_id)
ORDER BY u.unit_key, q.year, q.file_name, q.report_id,
         CASE q.severity WHEN 'blocker' THEN 0 WHEN 'major' THEN 1 WHEN 'minor' THEN 2 WHEN 'query' THEN 3 ELSE 4 END, q.check_id, q.finding_id;
