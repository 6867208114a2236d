-- The calendar of the judged year, else (every year judged) of the season that opened last.
CREATE OR REPLACE VIEW out.calendar AS
  SELECT c.fiscal_year, c.opens, c.deadline, c.corrections_due, c.correction_days, c.reminder_days
  FROM raw.calendar c CROSS JOIN judge.scope k
  WHERE coalesce(c.fiscal_year = k.fiscal_year, c.opens <= k.as_of)
  -- Not QUALIFY row_number() = 1: without a partition DuckDB 1.5 makes a row of NULLs out of an empty table.
  ORDER BY c.opens DESC LIMIT 1;
