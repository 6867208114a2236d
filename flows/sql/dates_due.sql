-- Dates between the last run's day and this one's, either way round, that change what is shown: waivers that end,
-- deadlines that pass.
SELECT count(*) AS due
FROM (
  SELECT until AS day FROM judge.decisions
  UNION ALL SELECT deadline FROM raw.roster
  UNION ALL SELECT extension_until FROM raw.roster)
WHERE day >= least($last_as_of, $as_of) AND day < greatest($last_as_of, $as_of)
