UPDATE raw.runs
SET state = $state, finished_at = $finished_at, message = $message,
    counts_by_status = (
      SELECT CAST(map_from_entries(list((status, number) ORDER BY status)) AS JSON)
      FROM (SELECT status, count(*) AS number FROM out.submissions WHERE NOT is_bundle GROUP BY status))
WHERE run_id = $run_id
