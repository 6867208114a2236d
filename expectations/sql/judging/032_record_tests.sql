-- The comparisons themselves: all of them, or (very many reports) the failed ones. $check_id, $keep_passed
INSERT INTO staged_tests BY NAME
SELECT p.slice_no, $check_id AS check_id, c.*
FROM (FROM compared_rows WHERE failed OR ($keep_passed AND failed IS NOT NULL)) AS c
LEFT JOIN slice_plan AS p USING (report_id)
