-- The queue with each file as it was handed in: a bundle's name alone says nothing of the member.
SELECT q.* REPLACE (concat_ws(' ／ ', q.file_name, s.member_path) AS file_name)
FROM out.review_queue q
LEFT JOIN out.reports r ON r.report_id = q.report_id
LEFT JOIN out.submissions s ON s.submission_id = r.submission_id
ORDER BY q.priority DESC, q.unit, q.finding_id LIMIT ?;
