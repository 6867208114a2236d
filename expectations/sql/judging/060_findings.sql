-- Findings of this judging: message from the catalogue's template, a key that survives new runs and resubmissions,
-- and a hash of the facts by which a decision holds.
CREATE OR REPLACE TEMP TABLE found AS
WITH failures AS (
  SELECT t.*, c.version AS check_version, c.grouped, c.message AS template, r.report_key, r.form_no,
         CASE WHEN c.class = 'B' AND coalesce(t.severity, c.severity) NOT IN ('query', 'info') THEN 'query'
              ELSE coalesce(t.severity, c.severity) END AS final_severity,
         CASE coalesce(t.severity, c.severity)
           WHEN 'blocker' THEN 1 WHEN 'major' THEN 2 WHEN 'minor' THEN 3 WHEN 'query' THEN 4 ELSE 5 END AS rank
  FROM judged_tests AS t
  JOIN staged_catalogue AS c USING (check_id)
  JOIN active.reports AS r USING (report_id)
  WHERE t.failed AND t.suppressed_by IS NULL AND c.class <> 'C'
), keyed AS (
  -- What becomes one finding: the rows of one subject, or (group: true) all failing rows of the report.
  SELECT *, CASE WHEN grouped THEN 'report' ELSE subject_key END AS finding_key,
         row_number() OVER (PARTITION BY report_id, check_id ORDER BY length(subject_key), subject_key, place) AS position
  FROM failures
), all_found AS (
  SELECT report_id, report_key, form_no, check_id, check_version, finding_key AS subject_key,
         arg_min(final_severity, rank) AS severity, any_value(template) AS template, count(*)::INTEGER AS members,
         array_to_string(list(DISTINCT subject ORDER BY subject)[:8], '、')
           || CASE WHEN count(DISTINCT subject) > 8 THEN '等' || count(DISTINCT subject) || '项' ELSE '' END AS subject,
         several(list(reported_value ORDER BY position)) AS reported_value,
         several(list(expected_value ORDER BY position)) AS expected_value,
         several(list(difference ORDER BY position)) AS difference,
         several(list(evidence ORDER BY position)) AS evidence,
         several(list(detail ORDER BY position)) AS detail,
         arg_min(place, position) AS place,
         coalesce(list(place ORDER BY position) FILTER (place IS NOT NULL), []) AS places,
         arg_min(location, position) AS location,
         string_agg(concat_ws(chr(31), subject_key, reported_value, expected_value, difference), chr(30) ORDER BY position) AS facts
  FROM keyed
  GROUP BY report_id, report_key, form_no, check_id, check_version, finding_key
), numbered AS (
  -- Two forms with the same key, or two rows with the same subject: told apart by their order in the document.
  SELECT *, row_number() OVER (PARTITION BY report_key, check_id, subject_key ORDER BY report_id, subject, facts) AS nth
  FROM all_found
)
SELECT left(sha256(concat_ws(chr(31), report_key, check_id, subject_key, CASE WHEN nth > 1 THEN nth END)), 16) AS finding_id,
       report_id, check_id, check_version, severity, subject, subject_key,
       replace(replace(replace(replace(replace(replace(replace(replace(replace(template,
         '{subject}', subject), '{reported}', or_blank(reported_value)), '{expected}', or_blank(expected_value)),
         '{difference}', coalesce(difference, '')), '{detail}', coalesce(detail, '')), '{evidence}', left(coalesce(evidence, ''), 200)),
         '{place}', coalesce(place, '')), '{count}', members::VARCHAR), '（）', '') AS message,
       reported_value, expected_value, difference, left(evidence, 4000) AS evidence, place, places, location,
       left(sha256(concat_ws(chr(31), check_version, facts)), 16) AS facts_hash
FROM numbered;
