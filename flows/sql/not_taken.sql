-- Files handed in from which no report came, and what to do about each: a person has to ask for them again.
SELECT concat_ws(' ／ ', file_path, member_path) AS file, status, reason
FROM out.submissions
WHERE status IN ('unreadable', 'refused', 'needs_tool', 'not_an_evaluation')
ORDER BY array_position(['needs_tool', 'unreadable', 'refused', 'not_an_evaluation'], status), file, submission_id
