-- How many comparisons the check at hand makes in each report, and how many fail: nothing else of its SELECT is evaluated.
CREATE OR REPLACE TEMP TABLE counted_rows AS
SELECT report_id, count(*) AS tested, count(*) FILTER (failed) AS failed FROM rows_of_check WHERE failed IS NOT NULL GROUP BY report_id;
