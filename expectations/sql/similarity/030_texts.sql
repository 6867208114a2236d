-- The texts of one batch, whole: without the joins that only the close comparison needs.
WITH batch AS (
  FROM unmarked_texts WHERE batch_no = $batch_no
), texts AS (
  SELECT report_id, paragraph_no AS position, text FROM core.paragraphs SEMI JOIN batch USING (report_id) WHERE NOT is_heading
  UNION ALL BY NAME
  SELECT report_id, section_no AS position, text FROM core.sections SEMI JOIN (FROM batch WHERE NOT has_paragraphs) AS b USING (report_id)
  UNION ALL BY NAME
  SELECT report_id, 1000000 AS position, text FROM core.header_fields SEMI JOIN batch USING (report_id)
  WHERE field IN ('goal_target', 'goal_actual', 'reasons', 'measures') AND length(text) >= 40
)
SELECT b.report_id, b.text_version, b.names, coalesce(string_agg(t.text, chr(10) ORDER BY t.position, t.text), '') AS text
FROM batch AS b LEFT JOIN texts AS t USING (report_id)
GROUP BY b.report_id, b.text_version, b.names
ORDER BY b.report_id
