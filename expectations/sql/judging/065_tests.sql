-- The comparisons that are kept, in order. Those of one subject stand in the order of their words' hash: any order does that
-- is always the same, and long words are dear to sort by.
CREATE OR REPLACE TEMP TABLE ordered_tests AS
SELECT t.*
FROM (FROM judged_tests UNION ALL BY NAME SELECT * FROM sliced_tests WHERE NOT failed) AS t JOIN sliced_reports AS r USING (report_id)
ORDER BY r.report_no, t.check_id, length(t.subject_key), t.subject_key,
         hash(t.place, t.subject, t.reported_value, t.expected_value, t.difference, t.detail, t.evidence, t.location);
