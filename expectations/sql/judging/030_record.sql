-- How many comparisons the check at hand made in each report, and how many failed. $check_id
INSERT INTO staged_counts
SELECT p.slice_no, c.report_id, $check_id, c.tested, c.failed
FROM (SELECT report_id, count(*) AS tested, count(*) FILTER (failed) AS failed FROM compared_rows GROUP BY report_id) AS c
LEFT JOIN slice_plan AS p USING (report_id)
