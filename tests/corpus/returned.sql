-- The findings of a unit's reports of a year that a reviewer may return.
SELECT f.finding_id
FROM judge.findings AS f JOIN core.reports AS r USING (report_id)
WHERE r.unit_name = ? AND r.fiscal_year = ? AND f.active AND f.severity IN ('blocker', 'major', 'minor')
ORDER BY f.finding_id
