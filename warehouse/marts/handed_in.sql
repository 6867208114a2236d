CREATE SCHEMA IF NOT EXISTS out;

-- A unit as a handed-in table writes it: the table's rows and the reports that mean it meet by equality.
CREATE OR REPLACE MACRO mart.table_unit(unit_name, unit_code, region) AS
  concat(unit_name, chr(31), unit_code, chr(31), region);

-- The tables handed in beside the reports, each row with the report it speaks of: matched by unit (raw.handed_in_matches),
-- fiscal year and project. A row without a report of this judging is left out.
CREATE OR REPLACE VIEW mart.handed_in_reports AS
  SELECT m.kind, mart.table_unit(m.unit_name, m.unit_code, m.region) AS table_unit, r.report_id, r.fiscal_year, r.scope,
         CASE WHEN r.scope = 'project' THEN coalesce(mart.name_key(r.project_name), '') ELSE '' END AS project_key
  FROM raw.handed_in_matches m
  JOIN active.reports r USING (report_id);

CREATE OR REPLACE VIEW active.approved_budgets AS
  SELECT r.report_id, a.* EXCLUDE (unit_name, unit_code, region)
  FROM raw.approved_budgets a
  JOIN mart.handed_in_reports r
    ON r.kind = 'approved_budgets' AND r.table_unit = mart.table_unit(a.unit_name, a.unit_code, a.region) AND r.fiscal_year = a.fiscal_year
   AND r.project_key = coalesce(mart.name_key(a.project_name), '');

CREATE OR REPLACE VIEW active.approved_targets AS
  SELECT r.report_id, a.* EXCLUDE (unit_name, unit_code, region)
  FROM raw.approved_targets a
  JOIN mart.handed_in_reports r
    ON r.kind = 'approved_targets' AND r.table_unit = mart.table_unit(a.unit_name, a.unit_code, a.region) AND r.fiscal_year = a.fiscal_year
   AND r.project_key = coalesce(mart.name_key(a.project_name), '');

CREATE OR REPLACE VIEW active.final_accounts AS
  SELECT r.report_id, a.* EXCLUDE (unit_name, unit_code, region)
  FROM raw.final_accounts a
  JOIN mart.handed_in_reports r
    ON r.kind = 'final_accounts' AND r.table_unit = mart.table_unit(a.unit_name, a.unit_code, a.region) AND r.fiscal_year = a.fiscal_year
   AND r.scope = 'overall';

-- The report of the year before: in this warehouse (the same roster unit, code, or name; never against another code or
-- region), else among those handed in.
CREATE OR REPLACE VIEW active.last_reports AS
  WITH reports AS (
    SELECT r.report_id, r.fiscal_year, r.scope, u.unit_key, mart.name_key(r.unit_name) AS unit_words, r.unit_code,
           mart.name_key(r.region) AS region_words, u.roster_unit_name,
           CASE WHEN r.scope = 'project' THEN coalesce(mart.name_key(r.project_name), '') ELSE '' END AS project_key
    FROM core.reports r
    JOIN mart.current_reports u USING (report_id)
    WHERE r.fiscal_year IS NOT NULL
  ),
  judged AS (FROM reports SEMI JOIN active.reports USING (report_id)),
  own AS (
    SELECT j.report_id, l.report_id AS last_report_id, l.fiscal_year AS last_year
    FROM judged j
    JOIN reports l ON l.unit_key = j.unit_key AND l.fiscal_year = j.fiscal_year - 1 AND l.scope = j.scope AND l.project_key = j.project_key
    UNION
    SELECT j.report_id, l.report_id, l.fiscal_year
    FROM judged j
    JOIN reports l ON l.unit_words = j.unit_words AND l.fiscal_year = j.fiscal_year - 1 AND l.scope = j.scope AND l.project_key = j.project_key
    WHERE j.unit_words <> '' AND coalesce(l.unit_code = j.unit_code, true) AND coalesce(l.region_words = j.region_words, true)
      AND (l.roster_unit_name IS NULL OR j.roster_unit_name IS NULL)
  )
  FROM own
  UNION ALL
  SELECT r.report_id, l.last_report_id, l.fiscal_year
  FROM raw.last_reports l
  JOIN mart.handed_in_reports r
    ON r.kind = 'last_year' AND r.table_unit = mart.table_unit(l.unit_name, l.unit_code, l.region) AND r.fiscal_year = l.fiscal_year + 1
   AND r.scope = l.scope
   AND r.project_key = CASE WHEN l.scope = 'project' THEN coalesce(mart.name_key(l.project_name), '') ELSE '' END
  ANTI JOIN own ON own.report_id = r.report_id;

CREATE OR REPLACE VIEW active.last_indicators AS
  SELECT report_id AS last_report_id, row_no, level2, name, target_text, actual_text, actual_kind, actual_value, actual_dimension, actual_base
  FROM core.indicators SEMI JOIN (SELECT last_report_id AS report_id FROM active.last_reports) USING (report_id)
  UNION ALL BY NAME FROM raw.last_indicators SEMI JOIN active.last_reports USING (last_report_id);

CREATE OR REPLACE VIEW active.last_statements AS
  SELECT report_id AS last_report_id, statement_no, subject, quantity, value, value_yuan, year, printed, text
  FROM core.statements SEMI JOIN (SELECT last_report_id AS report_id FROM active.last_reports) USING (report_id)
  UNION ALL BY NAME FROM raw.last_statements SEMI JOIN active.last_reports USING (last_report_id);

CREATE OR REPLACE VIEW active.last_sections AS
  SELECT report_id AS last_report_id, section_no, heading, kind, text
  FROM core.sections SEMI JOIN (SELECT last_report_id AS report_id FROM active.last_reports) USING (report_id)
  UNION ALL BY NAME FROM raw.last_sections SEMI JOIN active.last_reports USING (last_report_id);

-- Findings of last year with the last decision taken on them.
CREATE OR REPLACE VIEW active.last_findings AS
  SELECT f.report_id AS last_report_id, f.check_id, f.subject, f.severity, d.decision
  FROM judge.findings f
  JOIN (SELECT finding_id, arg_max(decision, (decided_at, decision)) AS decision FROM judge.decisions GROUP BY finding_id) d USING (finding_id)
  WHERE f.report_id IN (SELECT last_report_id FROM active.last_reports)
  UNION ALL BY NAME FROM raw.last_findings SEMI JOIN active.last_reports USING (last_report_id);

-- What was handed in beside the reports, and how much of it found its report.
CREATE OR REPLACE VIEW out.handed_in AS
  WITH units AS (
    SELECT 'approved_budgets' AS kind, fiscal_year, unit_name, unit_code, region FROM raw.approved_budgets
    UNION SELECT 'approved_targets', fiscal_year, unit_name, unit_code, region FROM raw.approved_targets
    UNION SELECT 'final_accounts', fiscal_year, unit_name, unit_code, region FROM raw.final_accounts
    UNION SELECT 'last_year', fiscal_year, unit_name, unit_code, region FROM raw.last_reports
  )
  SELECT h.kind, h.fiscal_year, h.file_name, h.row_count, count(u.unit_name) AS unit_count,
         count(u.unit_name) FILTER (m.unit_name IS NOT NULL) AS units_with_report,
         -- Not handed in yet, or written in a way that meets no report: twenty names are enough to tell which.
         coalesce(list_sort(list(DISTINCT u.unit_name) FILTER (u.unit_name IS NOT NULL AND m.unit_name IS NULL))[:20], []) AS units_without_report
  FROM raw.handed_in h
  LEFT JOIN units u ON u.kind = h.kind AND u.fiscal_year = h.fiscal_year
  LEFT JOIN (SELECT DISTINCT kind, unit_name, unit_code, region FROM raw.handed_in_matches) m
    ON m.kind = u.kind AND m.unit_name = u.unit_name AND m.unit_code IS NOT DISTINCT FROM u.unit_code AND m.region IS NOT DISTINCT FROM u.region
  GROUP BY h.kind, h.fiscal_year, h.file_name, h.row_count;
