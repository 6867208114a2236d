-- All marks, the reports of one unit together.
SELECT m.report_id, dense_rank() OVER (ORDER BY r.unit_key) - 1 AS unit_no,
       CASE WHEN r.supervisor IS NULL THEN -1 ELSE dense_rank() OVER (ORDER BY r.supervisor) END AS supervisor_no, m.marks
FROM judge.text_marks AS m JOIN compared_reports AS r USING (report_id)
ORDER BY r.unit_key, m.report_id
