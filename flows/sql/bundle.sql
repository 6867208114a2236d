-- The bundle that a member came in: the version that the member's run loaded, else the newest.
SELECT sha256
FROM out.submissions
WHERE file_path = $file_path AND member_path IS NULL
ORDER BY run_id = $run_id DESC, received_at DESC
LIMIT 1
