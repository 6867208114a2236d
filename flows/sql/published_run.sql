-- The newest run that the snapshot shows.
SELECT run_id FROM out.runs ORDER BY started_at DESC, run_id DESC LIMIT 1
