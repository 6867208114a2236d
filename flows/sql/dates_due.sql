-- Dates that came due since the last run and change what is shown: waivers that end, deadlines that pass.
SELECT count(*) AS due
FROM (
  SELECT until AS day FROM judge.decisions
  UNION ALL SELECT deadline FROM raw.roster
  UNION ALL SELECT extension_until FROM raw.roster)
WHERE day >= $last_as_of AND day < $as_of
