SELECT 'submissions' AS name, count(*) AS number FROM out.submissions WHERE NOT is_bundle
UNION ALL SELECT 'reports', count(*) FROM out.reports
UNION ALL SELECT 'indicators', count(*) FROM out.indicators
UNION ALL SELECT 'findings', count(*) FROM out.findings WHERE state <> 'resolved'
UNION ALL SELECT 'open_findings', count(*) FROM out.findings WHERE state = 'open'
