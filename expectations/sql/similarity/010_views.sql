-- The narratives that are compared: of every year, of accepted submissions, no duplicates, no superseded versions.
-- unit_key tells whose text it is: the roster's unit, else the printed name; without either all of one archive, or the
-- file, belong to one sender, so that nobody is compared with himself.
CREATE OR REPLACE TEMP VIEW compared_reports AS
WITH matched AS (
  SELECT report_id, min(coalesce(roster_region, '') || '|' || roster_unit_name) AS roster_key, min(roster_unit_name) AS roster_unit
  FROM raw.unit_matches WHERE report_id IS NOT NULL GROUP BY report_id
)
SELECT r.report_id, r.submission_id, r.fiscal_year, r.scope, r.project_name, r.unit_name,
       coalesce(m.roster_key, nullif(regexp_replace(r.unit_name, '[\s　]|[（(](本级|机关)[）)]$|本级$', '', 'g'), ''),
                CASE WHEN s.member_path IS NOT NULL THEN 'archive ' || s.file_path END, 'file ' || r.submission_id) AS unit_key,
       coalesce(o.department, o.parent_name, r.supervisor) AS supervisor,
       list_distinct(list_filter([r.unit_name, m.roster_unit], lambda name: name IS NOT NULL) || coalesce(o.aliases, [])) AS unsorted_names,
       s.run_id || ' ' || s.extractor_version AS text_load
FROM core.reports AS r
JOIN raw.submissions AS s USING (submission_id)
LEFT JOIN matched AS m USING (report_id)
LEFT JOIN (FROM raw.roster QUALIFY row_number() OVER (PARTITION BY region, unit_name ORDER BY unit_code) = 1) AS o
  ON coalesce(o.region, '') || '|' || o.unit_name = m.roster_key
WHERE s.outcome = 'accepted' AND s.duplicate_of IS NULL AND r.superseded_by IS NULL;

-- What is compared of them: paragraphs without headings, long free texts of the form. Loads of an earlier version, and fixtures, have
-- chapters only.
CREATE OR REPLACE TEMP VIEW compared_paragraphs AS
SELECT p.report_id, p.paragraph_no AS position, p.section_no, coalesce(s.kind, 'other') AS kind, p.text, p.place, p.location
FROM core.paragraphs AS p LEFT JOIN core.sections AS s ON s.report_id = p.report_id AND s.section_no = p.section_no
WHERE NOT p.is_heading
UNION ALL BY NAME
SELECT report_id, section_no AS position, section_no, kind, text, place, location
FROM core.sections ANTI JOIN core.paragraphs USING (report_id)
UNION ALL BY NAME
SELECT last_report_id AS report_id, section_no AS position, section_no, kind, text, NULL AS place, NULL AS location
FROM raw.last_sections WHERE last_report_id NOT IN (SELECT report_id FROM core.reports)
UNION ALL BY NAME
SELECT report_id, 1000000 + row_number() OVER (PARTITION BY report_id ORDER BY field, text) AS position, NULL::INTEGER AS section_no, field AS kind, text, place, location
FROM core.header_fields WHERE field IN ('goal_target', 'goal_actual', 'reasons', 'measures') AND length(text) >= 40;
