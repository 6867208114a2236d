CREATE OR REPLACE VIEW out.runs AS
  SELECT run_id, started_at, finished_at, fiscal_year, as_of, state, counts_by_status, versions, settings, message FROM raw.runs;
