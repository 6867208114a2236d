-- How many comparisons the check at hand made, and how many failed.
SELECT count(*), count(*) FILTER (failed) FROM compared_rows
