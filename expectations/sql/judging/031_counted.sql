-- How many comparisons the check at hand made, and how many failed.
SELECT coalesce(sum(tested), 0), coalesce(sum(failed), 0) FROM counted_rows
