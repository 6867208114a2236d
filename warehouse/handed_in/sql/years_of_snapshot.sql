SELECT fiscal_year, count(*)
FROM out.reports WHERE is_current AND unit_name IS NOT NULL AND fiscal_year IS NOT NULL
GROUP BY fiscal_year;
