-- Whose judgement stays as it is: reports that count but are not judged now (other years). What is said of any other
-- report is rewritten, or goes with the report (superseded, a duplicate, no longer there).
CREATE OR REPLACE TEMP TABLE reports_of_other_years AS
SELECT r.report_id
FROM core.reports AS r
JOIN raw.submissions AS s USING (submission_id)
WHERE s.outcome = 'accepted' AND s.duplicate_of IS NULL AND r.superseded_by IS NULL
  AND r.report_id NOT IN (SELECT report_id FROM active.reports);

-- Scores are written slice by slice; the former ones go first.
DELETE FROM judge.report_profiles WHERE report_id NOT IN (SELECT report_id FROM reports_of_other_years);
DELETE FROM judge.scored_items WHERE report_id NOT IN (SELECT report_id FROM reports_of_other_years);
DELETE FROM judge.budget_scores WHERE report_id NOT IN (SELECT report_id FROM reports_of_other_years);
DELETE FROM judge.indicator_scores WHERE report_id NOT IN (SELECT report_id FROM reports_of_other_years);
DELETE FROM judge.report_scores WHERE report_id NOT IN (SELECT report_id FROM reports_of_other_years);
