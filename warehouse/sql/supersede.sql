-- Duplicates and newer versions, computed afresh from everything loaded, so that any order of loading gives the same
-- marks. Rows are written only where the mark changes.

-- The same content again: the first one received keeps its place (then path, then member).
CREATE OR REPLACE TEMP TABLE mark_duplicates AS
  SELECT submission_id,
         first_value(submission_id) OVER (PARTITION BY sha256 ORDER BY received_at, file_path, coalesce(member_path, '')) AS first_id
  FROM raw.submissions WHERE outcome = 'accepted';

UPDATE raw.submissions s SET duplicate_of = d.first_id
FROM (SELECT submission_id, CASE WHEN first_id <> submission_id THEN first_id END AS first_id FROM mark_duplicates) d
WHERE s.submission_id = d.submission_id AND s.duplicate_of IS DISTINCT FROM d.first_id;

-- A newer version: same unit, year, scope, project and kind, in another submission. Never where unit, year, or the name of
-- a project is unknown. The unit is the roster's where the match is certain, else the name as printed with its region.
CREATE OR REPLACE TEMP TABLE mark_keys AS
  SELECT r.report_id, r.submission_id, r.form_no, s.received_at, s.file_path, coalesce(s.member_path, '') AS member_path,
         concat_ws('|',
           CASE WHEN m.how IN ('code', 'exact', 'alias', 'normalised') THEN concat_ws('/', 'roster', m.roster_unit_name, m.roster_region)
                ELSE concat_ws('/', 'name', mart.name_key(r.unit_name), coalesce(r.unit_code, ''), coalesce(mart.name_key(r.region), '')) END,
           r.fiscal_year, r.scope, CASE WHEN r.scope = 'project' THEN mart.name_key(r.project_name) ELSE '' END, r.kind) AS version_key
  FROM core.reports r
  JOIN raw.submissions s USING (submission_id)
  LEFT JOIN raw.unit_matches m ON m.report_id = r.report_id
  WHERE s.outcome = 'accepted' AND s.duplicate_of IS NULL AND r.fiscal_year IS NOT NULL
    AND coalesce(mart.name_key(r.unit_name), '') <> '' AND (r.scope <> 'project' OR coalesce(mart.name_key(r.project_name), '') <> '');

-- The newest submission of a key wins (then path, then member); its first form stands for the others. Two forms with one
-- key inside one submission never supersede each other.
CREATE OR REPLACE TEMP TABLE mark_versions AS
  SELECT report_id, submission_id,
         first_value(report_id) OVER newest AS newest_report_id, first_value(submission_id) OVER newest AS newest_submission_id
  FROM mark_keys
  WINDOW newest AS (PARTITION BY version_key ORDER BY received_at DESC, file_path DESC, member_path DESC, submission_id, form_no);

UPDATE core.reports r SET superseded_by = v.superseded_by
FROM (SELECT r.report_id, CASE WHEN v.newest_submission_id <> r.submission_id THEN v.newest_report_id END AS superseded_by
      FROM core.reports r LEFT JOIN mark_versions v USING (report_id)) v
WHERE r.report_id = v.report_id AND r.superseded_by IS DISTINCT FROM v.superseded_by;

UPDATE core.reports r SET supersedes = v.older
FROM (SELECT r.report_id, o.older
      FROM core.reports r
      LEFT JOIN (SELECT superseded_by AS report_id, list(report_id ORDER BY report_id) AS older
                 FROM core.reports WHERE superseded_by IS NOT NULL GROUP BY superseded_by) o USING (report_id)) v
WHERE r.report_id = v.report_id AND r.supersedes IS DISTINCT FROM v.older;

-- A submission is superseded once every report in it is: by the newest of the submissions that replaced them.
CREATE OR REPLACE TEMP TABLE mark_submissions AS
  SELECT o.submission_id,
         CASE WHEN count(*) FILTER (WHERE o.superseded_by IS NULL) = 0
              THEN arg_max(n.submission_id, (s.received_at, s.file_path, coalesce(s.member_path, ''))) END AS superseded_by
  FROM core.reports o
  LEFT JOIN core.reports n ON n.report_id = o.superseded_by
  LEFT JOIN raw.submissions s ON s.submission_id = n.submission_id
  GROUP BY o.submission_id;

-- A file that gave no report (unreadable, refused, another document, no permission) is superseded by the newest file
-- that came later under its own path and could be read; where it was never opened (no content known), by any that was.
CREATE OR REPLACE TEMP TABLE mark_mended AS
  SELECT o.submission_id, arg_max(n.submission_id, (n.received_at, n.sha256)) AS superseded_by
  FROM raw.submissions o
  JOIN raw.submissions n ON n.file_path = o.file_path AND coalesce(n.member_path, '') = coalesce(o.member_path, '')
  WHERE o.outcome <> 'accepted' AND n.sha256 <> o.sha256 AND n.received_at >= o.received_at
    AND (n.outcome = 'accepted' OR (o.sha256 = '' AND n.sha256 <> ''))
  GROUP BY o.submission_id;

UPDATE raw.submissions s SET superseded_by = v.superseded_by
FROM (SELECT s.submission_id, coalesce(m.superseded_by, w.superseded_by) AS superseded_by
      FROM raw.submissions s LEFT JOIN mark_submissions m USING (submission_id) LEFT JOIN mark_mended w USING (submission_id)) v
WHERE s.submission_id = v.submission_id AND s.superseded_by IS DISTINCT FROM v.superseded_by;

UPDATE raw.submissions s SET supersedes = v.older
FROM (SELECT s.submission_id, o.older
      FROM raw.submissions s
      LEFT JOIN (SELECT superseded_by AS submission_id, list(submission_id ORDER BY submission_id) AS older
                 FROM raw.submissions WHERE superseded_by IS NOT NULL GROUP BY superseded_by) o USING (submission_id)) v
WHERE s.submission_id = v.submission_id AND s.supersedes IS DISTINCT FROM v.older;

DROP TABLE mark_duplicates;
DROP TABLE mark_keys;
DROP TABLE mark_versions;
DROP TABLE mark_submissions;
DROP TABLE mark_mended;
