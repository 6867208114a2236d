-- The archived bundle that a member came in: the version that the member's run loaded, else any.
SELECT archive_name
FROM raw.inbox_files
WHERE file_path = $file_path
ORDER BY run_id = $run_id DESC, received_at DESC
LIMIT 1
