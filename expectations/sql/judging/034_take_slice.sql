-- What was staged of the slice at hand (variable slice_no), and its reports.
CREATE OR REPLACE TEMP TABLE sliced_reports AS
SELECT p.report_no, r.report_id, r.report_key, r.form_no, r.fiscal_year
FROM active.reports AS r JOIN (FROM slice_plan WHERE slice_no = getvariable('slice_no')) AS p ON p.report_id = r.report_id;

CREATE OR REPLACE TEMP TABLE sliced_tests AS
SELECT * EXCLUDE (slice_no) FROM staged_tests WHERE slice_no = getvariable('slice_no');

CREATE OR REPLACE TEMP TABLE sliced_counts AS
SELECT * EXCLUDE (slice_no) FROM staged_counts WHERE slice_no = getvariable('slice_no');
