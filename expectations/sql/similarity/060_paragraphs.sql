-- The paragraphs of the reports to be compared closely, in order.
SELECT p.report_id, coalesce(list_sort(r.unsorted_names), [l.unit_name]) AS names, coalesce(r.unit_name, l.unit_name) AS unit_name,
       p.section_no, p.kind, p.text, p.place, p.location
FROM compared_paragraphs AS p JOIN close_reports USING (report_id)
LEFT JOIN compared_reports AS r USING (report_id)
LEFT JOIN raw.last_reports AS l ON l.last_report_id = p.report_id
ORDER BY p.report_id, p.position
