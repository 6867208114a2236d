INSERT INTO raw.runs (run_id, started_at, fiscal_year, as_of, state, versions, settings)
VALUES ($run_id, $started_at, $fiscal_year, $as_of, 'running', $versions, $settings)
