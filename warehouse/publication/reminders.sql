-- Units of the roster that have sent nothing that could be read as a self-evaluation, once the reminders have begun. due: the
-- unit's own deadline with its extension, else the calendar's; NULL where nobody set one.
SELECT concat_ws('|', u.unit_name, u.unit_code, u.region) AS unit_key, u.unit_name AS unit, u.fiscal_year AS year, u.division, u.state,
       coalesce(greatest(u.deadline, u.extension_until), c.deadline) AS due
FROM out.coverage_units u
LEFT JOIN out.calendar c ON true
WHERE u.state IN ('missing', 'unreadable', 'not_an_evaluation')
  AND coalesce(due - coalesce(c.reminder_days, 7) <= $as_of, true)
ORDER BY unit_key;
