-- The narratives that are compared: of every year, of accepted submissions, no duplicates, no superseded versions.
-- unit_key tells whose text it is: the roster's unit, else the printed name; without either all of one archive, or the
-- file, belong to one sender, so that nobody is compared with himself.
CREATE OR REPLACE TEMP TABLE compared_reports AS
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
