-- Submissions of the judged year with the region and department they belong to. A file without reports belongs to the
-- year being judged: nothing says otherwise. An archive that was opened is no submission of its own: its members are.
CREATE OR REPLACE VIEW mart.scoped_submissions AS
  WITH placed AS (
    SELECT s.submission_id, s.status, s.received_at,
           min(coalesce(u.region, o.region)) AS region, min(coalesce(u.department, o.department, o.parent_name, o.unit_name)) AS department,
           count(u.report_id) AS reports,
           bool_or(coalesce(u.fiscal_year = k.fiscal_year, true)) AS in_year
    FROM out.submissions s
    CROSS JOIN judge.scope k
    LEFT JOIN mart.report_units u ON u.submission_id = s.submission_id
    LEFT JOIN raw.unit_matches m ON m.submission_id = s.submission_id AND m.report_id IS NULL
    LEFT JOIN raw.roster o ON o.unit_name = m.roster_unit_name AND o.region IS NOT DISTINCT FROM m.roster_region
    WHERE NOT s.is_bundle
    GROUP BY s.submission_id, s.status, s.received_at
  )
  SELECT submission_id, status, received_at, region, department, reports FROM placed WHERE reports = 0 OR in_year;

-- Every unit of the roster, and what became of its report. state: received, extended (after the deadline, inside the
-- extension granted), late, unreadable (only files that could not be read), not_an_evaluation (only other documents), missing.
CREATE OR REPLACE VIEW out.coverage_units AS
  WITH arrivals AS (
    SELECT m.roster_unit_name, m.roster_region,
           min(s.received_at) FILTER (WHERE s.status IN ('accepted', 'duplicate', 'superseded'))   AS first_received_at,
           count(DISTINCT s.submission_id)                                                         AS submissions,
           count(DISTINCT s.submission_id) FILTER (WHERE s.status IN ('unreadable', 'refused', 'needs_tool')) AS unread,
           count(DISTINCT s.submission_id) FILTER (WHERE s.status = 'not_an_evaluation')           AS others,
           count(DISTINCT m.report_id) FILTER (WHERE s.status = 'accepted')                        AS reports
    FROM raw.unit_matches m
    JOIN mart.scoped_submissions s USING (submission_id)
    GROUP BY m.roster_unit_name, m.roster_region
  )
  SELECT k.fiscal_year, o.region, coalesce(o.department, o.parent_name, o.unit_name) AS department, o.division, o.unit_name, o.unit_code,
         CASE WHEN a.first_received_at IS NULL AND coalesce(a.unread, 0) > 0 THEN 'unreadable'
              WHEN a.first_received_at IS NULL AND coalesce(a.others, 0) > 0 THEN 'not_an_evaluation'
              WHEN a.first_received_at IS NULL THEN 'missing'
              WHEN a.first_received_at::DATE > greatest(o.deadline, o.extension_until) THEN 'late'
              WHEN a.first_received_at::DATE > o.deadline THEN 'extended'
              ELSE 'received' END AS state,
         o.deadline, o.extension_until, a.first_received_at, coalesce(a.submissions, 0) AS submissions,
         coalesce(a.reports, 0) AS reports, o.expected_forms
  FROM raw.roster o
  CROSS JOIN judge.scope k
  LEFT JOIN arrivals a ON a.roster_unit_name = o.unit_name AND a.roster_region IS NOT DISTINCT FROM o.region
  WHERE coalesce(o.expected_forms, 1) > 0;

-- What a row of coverage is called.
CREATE OR REPLACE MACRO mart.group_name(level, region, department) AS
  CASE level WHEN 'all' THEN '全部' WHEN 'region' THEN coalesce(region, '（地区不明）') ELSE coalesce(department, '（部门不明）') END;

-- How much of what was expected stands behind the rollups: for everything, by region, by department.
CREATE OR REPLACE VIEW out.coverage AS
  WITH levels(level) AS (VALUES ('all'), ('region'), ('department')),
  expected AS (
    SELECT level, mart.group_name(level, c.region, c.department) AS name,
           count(*)                                                              AS expected_units,
           count(*) FILTER (WHERE c.state IN ('received', 'extended', 'late'))   AS received_units,
           count(*) FILTER (WHERE c.state = 'late')                              AS late_units,
           count(*) FILTER (WHERE c.state = 'extended')                          AS extended_units,
           count(*) FILTER (WHERE c.state = 'unreadable')                        AS unreadable_units,
           count(*) FILTER (WHERE c.state = 'not_an_evaluation')                 AS other_document_units,
           count(*) FILTER (WHERE c.state = 'missing')                           AS missing_units
    FROM out.coverage_units c CROSS JOIN levels
    GROUP BY ALL
  ),
  arrived AS (
    SELECT level, mart.group_name(level, s.region, s.department) AS name,
           count(*)                                                AS submissions,
           count(*) FILTER (WHERE s.status = 'accepted')           AS accepted,
           count(*) FILTER (WHERE s.status = 'duplicate')          AS duplicate,
           count(*) FILTER (WHERE s.status = 'superseded')         AS superseded,
           count(*) FILTER (WHERE s.status = 'refused')            AS refused,
           count(*) FILTER (WHERE s.status = 'unreadable')         AS unreadable,
           count(*) FILTER (WHERE s.status = 'not_an_evaluation')  AS not_an_evaluation,
           count(*) FILTER (WHERE s.status = 'needs_tool')         AS needs_tool
    FROM mart.scoped_submissions s CROSS JOIN levels
    GROUP BY ALL
  ),
  counted AS (
    SELECT level, mart.group_name(level, r.region, r.department) AS name,
           count(*)                                                            AS reports,
           count(*) FILTER (WHERE r.scope = 'overall')                         AS overall_reports,
           count(*) FILTER (WHERE r.scope = 'project')                         AS project_reports,
           count(*) FILTER (WHERE r.reported_score_total IS NOT NULL)          AS reports_with_score,
           count(DISTINCT r.unit_key)                                          AS units_heard_of,
           count(DISTINCT r.unit_key) FILTER (WHERE r.roster_unit_name IS NULL) AS units_outside_roster
    FROM mart.current_reports r CROSS JOIN levels
    WHERE coalesce(r.fiscal_year = (SELECT fiscal_year FROM judge.scope), true)
    GROUP BY ALL
  )
  -- Where every year is judged and one came in, that is the year spoken of.
  SELECT coalesce(k.fiscal_year, (SELECT min(fiscal_year) FROM mart.current_reports HAVING count(DISTINCT fiscal_year) = 1)) AS fiscal_year,
         level, name, e.expected_units,
         coalesce(e.received_units, CASE WHEN (SELECT count(*) FROM raw.roster) = 0 THEN c.units_heard_of ELSE 0 END) AS received_units,
         e.late_units, e.extended_units, e.unreadable_units, e.other_document_units, e.missing_units,
         (e.received_units / nullif(e.expected_units, 0))::DECIMAL(18,4) AS coverage_rate,
         coalesce(c.units_outside_roster, 0) AS units_outside_roster,
         coalesce(a.submissions, 0) AS submissions, coalesce(a.accepted, 0) AS accepted, coalesce(a.duplicate, 0) AS duplicate,
         coalesce(a.superseded, 0) AS superseded, coalesce(a.refused, 0) AS refused, coalesce(a.unreadable, 0) AS unreadable,
         coalesce(a.not_an_evaluation, 0) AS not_an_evaluation, coalesce(a.needs_tool, 0) AS needs_tool,
         coalesce(c.reports, 0) AS reports, coalesce(c.overall_reports, 0) AS overall_reports,
         coalesce(c.project_reports, 0) AS project_reports, coalesce(c.reports_with_score, 0) AS reports_with_score,
         CASE WHEN (SELECT count(*) FROM raw.roster) = 0 THEN '未提供单位名册，应报数不明' ELSE '按单位名册统计' END AS basis
  FROM expected e
  FULL JOIN arrived a USING (level, name)
  FULL JOIN counted c USING (level, name)
  CROSS JOIN judge.scope k;
