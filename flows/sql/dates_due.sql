-- Dates between the last run's day and this one's, either way round, that change what is shown: waivers that end,
-- deadlines that pass, the first day on which units that sent nothing are reminded.
SELECT count(*) AS due
FROM (
  SELECT until AS day FROM judge.decisions
  UNION ALL SELECT deadline FROM raw.roster
  UNION ALL SELECT extension_until FROM raw.roster
  UNION ALL SELECT deadline FROM raw.calendar
  UNION ALL SELECT corrections_due FROM raw.calendar
  -- One day earlier: what counts is the day on which the reminders begin, not the day after.
  UNION ALL SELECT c.deadline - c.reminder_days - 1 FROM raw.calendar c
  UNION ALL SELECT DISTINCT greatest(o.deadline, o.extension_until) - c.reminder_days - 1 FROM raw.roster o CROSS JOIN raw.calendar c)
WHERE day >= least($last_as_of, $as_of) AND day < greatest($last_as_of, $as_of)
