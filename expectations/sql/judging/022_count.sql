-- How many comparisons the check at hand makes in each report, and how many fail: nothing else of its SELECT is evaluated.
CREATE OR REPLACE TEMP TABLE counted_rows AS
SELECT report_id, count(failed) AS tested, count(*) FILTER (failed) AS failed FROM rows_of_check GROUP BY report_id HAVING count(failed) > 0;
