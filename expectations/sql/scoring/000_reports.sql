-- Whose scores are rewritten: reports that count now, and those that counted before and no longer do. Reports of
-- other years keep what was said of them.
CREATE OR REPLACE TEMP TABLE rejudged_reports AS
SELECT report_id FROM active.reports
UNION
SELECT s.report_id FROM judge.report_profiles AS s
WHERE s.report_id NOT IN (SELECT report_id FROM core.reports WHERE superseded_by IS NULL);
