-- The files of a batch that is now loaded; a re-reading by a newer extractor replaces their rows.
INSERT INTO raw.inbox_files
SELECT file_path, sha256, size_bytes, received_at, archive_name, $extractor_version, $run_id
FROM read_json($items, columns = {file_path: 'VARCHAR', sha256: 'VARCHAR', size_bytes: 'BIGINT',
                                  received_at: 'TIMESTAMP', archive_name: 'VARCHAR'})
