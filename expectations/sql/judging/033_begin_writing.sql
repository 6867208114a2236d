-- What earlier judgings said of the reports judged now goes; findings are taken up again where they are found again.
-- Reports of other years keep what was said of them.
DELETE FROM judge.check_catalogue;
INSERT INTO judge.check_catalogue SELECT * EXCLUDE (check_no) FROM staged_catalogue ORDER BY check_id;

DELETE FROM judge.tests WHERE report_id NOT IN (SELECT report_id FROM reports_of_other_years);
DELETE FROM judge.check_results WHERE report_id NOT IN (SELECT report_id FROM reports_of_other_years);

UPDATE judge.findings SET active = FALSE
WHERE active AND report_id NOT IN (SELECT report_id FROM reports_of_other_years);
