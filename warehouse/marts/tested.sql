-- Every comparison made, failed or not: what was tested and held can be listed, too.
CREATE OR REPLACE VIEW out.tested AS
  SELECT t.report_id, t.check_id, c.title, c.class, t.subject_key, mart.masked(t.subject) AS subject, t.failed,
         mart.masked(t.reported_value) AS reported_value, mart.masked(t.expected_value) AS expected_value, t.difference,
         mart.masked(t.evidence) AS evidence, mart.masked(t.detail) AS detail, t.place
  FROM judge.tests t
  LEFT JOIN judge.check_catalogue c USING (check_id);
