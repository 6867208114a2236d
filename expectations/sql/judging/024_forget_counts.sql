-- A check that could not run has said nothing. $check_id
DELETE FROM staged_counts WHERE check_no = (SELECT check_no FROM staged_catalogue WHERE check_id = $check_id)
