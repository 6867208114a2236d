SELECT r.fiscal_year, count(*)
FROM core.reports r JOIN raw.submissions s USING (submission_id)
WHERE s.outcome = 'accepted' AND s.duplicate_of IS NULL AND r.superseded_by IS NULL
  AND r.unit_name IS NOT NULL AND r.fiscal_year IS NOT NULL
GROUP BY r.fiscal_year;
