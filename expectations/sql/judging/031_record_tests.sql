-- The comparisons themselves: all of them, or (very many reports) the failed ones. $check_id, $keep_passed
INSERT INTO staged_tests BY NAME
SELECT $check_id AS check_id, * FROM compared_rows WHERE failed OR $keep_passed
