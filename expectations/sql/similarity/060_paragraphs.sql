-- The paragraphs of the reports to be compared closely, in order: paragraphs without headings, long free texts of the form. Loads of an
-- earlier version, and fixtures, have chapters only; so has last year's report as it was handed in.
WITH paragraphs AS (
  FROM core.paragraphs SEMI JOIN close_reports USING (report_id)
), sections AS (
  FROM core.sections SEMI JOIN close_reports USING (report_id)
), compared AS (
  SELECT p.report_id, p.paragraph_no AS position, p.section_no, coalesce(s.kind, 'other') AS kind, p.text, p.place, p.location
  FROM paragraphs AS p LEFT JOIN sections AS s ON s.report_id = p.report_id AND s.section_no = p.section_no
  WHERE NOT p.is_heading
  UNION ALL BY NAME
  SELECT report_id, section_no AS position, section_no, kind, text, place, location
  FROM sections ANTI JOIN paragraphs USING (report_id)
  UNION ALL BY NAME
  SELECT last_report_id AS report_id, section_no AS position, section_no, kind, text, NULL AS place, NULL AS location
  FROM raw.last_sections
  WHERE last_report_id IN (SELECT report_id FROM close_reports) AND last_report_id NOT IN (SELECT report_id FROM core.reports)
  UNION ALL BY NAME
  SELECT report_id, 1000000 + row_number() OVER (PARTITION BY report_id ORDER BY field, text) AS position, NULL::INTEGER AS section_no, field AS kind, text, place, location
  FROM core.header_fields SEMI JOIN close_reports USING (report_id)
  WHERE field IN ('goal_target', 'goal_actual', 'reasons', 'measures') AND length(text) >= 40
)
SELECT p.report_id, coalesce(list_sort(r.unsorted_names), [l.unit_name]) AS names, coalesce(r.unit_name, l.unit_name) AS unit_name,
       p.section_no, p.kind, p.text, p.place, p.location
FROM compared AS p
LEFT JOIN compared_reports AS r USING (report_id)
LEFT JOIN raw.last_reports AS l ON l.last_report_id = p.report_id
ORDER BY p.report_id, p.position
