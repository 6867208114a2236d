-- 报送期已过，报送单位比上年少两成以上
WITH counted AS (
  SELECT fiscal_year, count(DISTINCT unit_name) AS units FROM {batch}
  WHERE fiscal_year IS NOT NULL AND superseded_by IS NULL GROUP BY fiscal_year
)
SELECT n.fiscal_year, n.units, l.units AS last_year FROM counted AS n
JOIN counted AS l ON l.fiscal_year = n.fiscal_year - 1
JOIN raw.calendar AS c ON c.fiscal_year = n.fiscal_year
JOIN judge.scope AS s ON s.as_of > c.deadline AND coalesce(s.fiscal_year = n.fiscal_year, TRUE)
WHERE n.units * 10 < l.units * 8
