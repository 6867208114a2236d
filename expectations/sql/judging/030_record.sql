-- What the check at hand counted in each report. $check_id
INSERT INTO staged_counts
SELECT p.slice_no, p.report_no, (SELECT check_no FROM staged_catalogue WHERE check_id = $check_id), c.tested, c.failed
FROM counted_rows AS c LEFT JOIN slice_plan AS p USING (report_id)
