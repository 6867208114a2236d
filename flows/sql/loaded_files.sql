-- Every file loaded so far.
SELECT file_path, sha256, size_bytes, received_at, archive_name, extractor_version
FROM raw.inbox_files
ORDER BY file_path, sha256
