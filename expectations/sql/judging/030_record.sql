-- What the check at hand counted in each report. $check_id
INSERT INTO staged_counts
SELECT p.slice_no, c.report_id, $check_id, c.tested, c.failed FROM counted_rows AS c LEFT JOIN slice_plan AS p USING (report_id)
