-- What the site's front page shows.

-- : scope
-- the last run's day: an earlier run may have been asked about a later one
SELECT arg_max(as_of, started_at) AS as_of FROM out.runs;

-- : total
SELECT * FROM out.coverage WHERE level = 'all';

-- : queue
SELECT count(*) AS findings, count(*) FILTER (WHERE severity = 'blocker') AS blockers FROM out.review_queue;

-- : regions
-- coverage speaks of the judged year; where every year was judged, a region's own units are all that is known
SELECT r.*, CASE WHEN c.fiscal_year IS NULL THEN r.units ELSE coalesce(c.received_units, r.units) END AS received_units
FROM out.rollup_regions r
LEFT JOIN out.coverage c ON c.level = 'region' AND c.name = r.region
WHERE (SELECT max(fiscal_year) FROM out.coverage) IS NULL OR r.fiscal_year = (SELECT max(fiscal_year) FROM out.coverage)
ORDER BY r.fiscal_year DESC NULLS LAST, r.region;

-- : absent
SELECT region, unit_name, state, deadline, division FROM out.coverage_units
WHERE state IN ('missing', 'unreadable', 'not_an_evaluation') ORDER BY region, state, unit_name;

-- : refused
SELECT file_path, member_path, status, reason FROM out.submissions
WHERE status IN ('refused', 'unreadable', 'not_an_evaluation', 'needs_tool') ORDER BY status, file_path, member_path;

-- : reports
WITH counts AS (
  SELECT report_id, count(*) AS open_findings,
         count(*) FILTER (WHERE severity = 'blocker') AS blocker, count(*) FILTER (WHERE severity = 'major') AS major,
         count(*) FILTER (WHERE severity = 'minor') AS minor, count(*) FILTER (WHERE severity = 'query') AS query,
         count(*) FILTER (WHERE severity = 'info') AS info
  FROM out.review_queue GROUP BY report_id
),
funds AS (
  SELECT report_id, arg_min(execution_rate, line_no) AS execution_rate FROM out.budget_lines WHERE is_total GROUP BY report_id
)
SELECT r.report_id, r.unit_name, r.fiscal_year, r.scope, r.project_name, r.region, concat_ws(' ／ ', r.file_name, s.member_path) AS file_name, r.reported_score_total,
       r.recomputed_score_total, r.recomputed_score_total_low, r.recomputed_score_total_high, r.is_recomputed_complete, f.execution_rate, coalesce(c.open_findings, 0) AS open_findings,
       coalesce(c.blocker, 0) AS blocker, coalesce(c.major, 0) AS major, coalesce(c.minor, 0) AS minor,
       coalesce(c.query, 0) AS query, coalesce(c.info, 0) AS info
FROM out.reports r
LEFT JOIN counts c USING (report_id)
LEFT JOIN funds f USING (report_id)
LEFT JOIN out.submissions s ON s.submission_id = r.submission_id
WHERE r.is_current
ORDER BY r.region NULLS LAST, r.unit_name NULLS LAST, r.fiscal_year DESC, r.scope, r.project_name, r.report_id;
