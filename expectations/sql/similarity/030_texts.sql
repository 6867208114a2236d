-- The texts of one batch, whole.
SELECT u.report_id, u.text_version, u.names, coalesce(string_agg(p.text, chr(10) ORDER BY p.position), '') AS text
FROM unmarked AS u LEFT JOIN compared_paragraphs AS p USING (report_id)
WHERE u.batch_no = $batch_no
GROUP BY u.report_id, u.text_version, u.names
ORDER BY u.report_id
