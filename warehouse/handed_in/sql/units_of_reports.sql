-- Every report with its unit as printed and the roster's unit it was matched to.
SELECT r.report_id, r.unit_name, r.unit_code, r.region, m.roster_unit_name, m.roster_region, m.how
FROM core.reports r
LEFT JOIN raw.unit_matches m ON m.report_id = r.report_id
ORDER BY r.report_id;
