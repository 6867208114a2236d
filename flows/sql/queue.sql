-- The queue at the terminal; NULL parameters leave all in.
SELECT left(finding_id, 8) AS id, priority, unit, year, "check", severity, message, place, state, age, file_name
FROM out.review_queue
WHERE ($severity IS NULL OR severity = $severity)
  AND ($unit IS NULL OR contains(unit, $unit))
  AND ($check_id IS NULL OR "check" = $check_id)
ORDER BY priority DESC, unit, year, "check", place, finding_id
LIMIT $most
