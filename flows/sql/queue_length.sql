-- How many findings the same choice has in all.
SELECT count(*) AS number
FROM out.review_queue
WHERE ($severity IS NULL OR severity = $severity)
  AND ($unit IS NULL OR contains(unit, $unit))
  AND ($check_id IS NULL OR "check" = $check_id)
