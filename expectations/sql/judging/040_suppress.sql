-- One cause, one finding: a failure whose cause another check reports (on the same subject, or on the report as a
-- whole) names that check and is no finding of its own. Only what failed is copied: most of what was compared passed.
CREATE OR REPLACE TEMP TABLE staged_causes AS
SELECT DISTINCT report_id, check_id, key_stem(subject_key) AS stem FROM sliced_tests WHERE failed;

CREATE OR REPLACE TEMP TABLE judged_tests AS
WITH causes AS (
  SELECT check_id, unnest(suppressed_by) AS cause FROM staged_catalogue
), suppressed AS (
  SELECT t.report_id, t.check_id, t.subject_key, min(c.check_id) AS suppressed_by
  FROM sliced_tests AS t
  JOIN causes AS s ON s.check_id = t.check_id
  JOIN staged_causes AS c ON c.report_id = t.report_id AND c.check_id = s.cause
                         AND (c.stem = 'report' OR c.stem = key_stem(t.subject_key))
  WHERE t.failed
  GROUP BY ALL
)
SELECT t.* EXCLUDE (suppressed_by), s.suppressed_by
FROM sliced_tests AS t LEFT JOIN suppressed AS s USING (report_id, check_id, subject_key)
WHERE t.failed;
