SELECT run_id, state, fiscal_year, as_of, finished_at, versions, settings, message
FROM raw.runs
ORDER BY started_at DESC, run_id DESC
LIMIT 1
