-- How many comparisons the check at hand made in each report, and how many failed. $check_id
INSERT INTO staged_counts
SELECT report_id, $check_id, count(*), count(*) FILTER (failed) FROM compared_rows GROUP BY report_id
