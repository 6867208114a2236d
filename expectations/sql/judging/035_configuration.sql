-- What the bureau's configuration says of each report and check; only pairs that some line fits.
CREATE OR REPLACE TEMP TABLE configured AS
SELECT r.report_no, r.report_id, k.check_no, c.check_id,
       arg_max(c.enabled, c.position) AS enabled, arg_max(c.severity, c.position) AS severity, arg_max(c.reason, c.position) AS reason
FROM judge.check_rules AS c
JOIN staged_catalogue AS k USING (check_id)
JOIN sliced_reports AS r
  ON (c.first_year IS NULL OR r.fiscal_year >= c.first_year) AND (c.last_year IS NULL OR r.fiscal_year <= c.last_year)
LEFT JOIN judge.report_profiles AS rp USING (report_id)
LEFT JOIN judge.profiles AS p USING (profile_id)
WHERE c.jurisdiction IS NULL OR c.jurisdiction = p.jurisdiction
GROUP BY r.report_no, r.report_id, k.check_no, c.check_id;

-- A check that is switched off for a report neither finds nor suppresses there; its tests are not kept.
DELETE FROM sliced_tests AS t USING configured AS c WHERE c.report_id = t.report_id AND c.check_id = t.check_id AND NOT c.enabled;
UPDATE sliced_tests AS t SET severity = c.severity
FROM configured AS c WHERE c.report_id = t.report_id AND c.check_id = t.check_id AND c.severity IS NOT NULL;
UPDATE sliced_counts AS t SET tested = 0, failed = 0
FROM configured AS c WHERE c.report_no = t.report_no AND c.check_no = t.check_no AND NOT c.enabled;
